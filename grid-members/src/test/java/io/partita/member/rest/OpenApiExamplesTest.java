package io.partita.member.rest;

import static org.assertj.core.api.Assertions.assertThat;

import io.partita.member.testing.Http;
import io.partita.member.testing.Http.Answer;
import io.partita.member.testing.TestMember;
import java.io.UncheckedIOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** What the description of the interface offers to be tried, tried. */
class OpenApiExamplesTest {

    private static final TestMember MEMBER = TestMember.start();
    private static final List<OpenApiExamples.Sample> SAMPLES = OpenApiExamples.read(InstantSource.system()).samples();
    private static JsonNode description;

    @BeforeAll
    static void read() {
        MEMBER.awaitReady();
        // The first one takes long to make, and longer than a request waits where much else goes on.
        description = Awaitility.await().atMost(Duration.ofMinutes(2)).ignoreException(UncheckedIOException.class).until(() -> Http.get(MEMBER.uri("/v3/api-docs")).json(),
                JsonNode::isObject);
    }

    @AfterAll
    static void close() {
        MEMBER.close();
    }

    private static JsonNode operation(OpenApiExamples.Sample sample) {
        return description.path("paths").path(sample.template()).path(sample.method().toLowerCase(Locale.ROOT));
    }

    @Test
    void each_example_stands_in_the_description_and_is_answered_as_it_says() {
        List<String> wrong = new ArrayList<>();
        for (OpenApiExamples.Sample sample : SAMPLES) {
            JsonNode offered = operation(sample).path("requestBody").path("content").path("application/json").path("examples").path(sample.summary()).path("value");
            assertThat(offered).as(sample.request() + " " + sample.summary()).isEqualTo(sample.body());
            assertThat(operation(sample).path("responses").has(Integer.toString(sample.status()))).as(sample.request()).isTrue();
            String path = sample.template();
            for (Map.Entry<String, String> variable : sample.path().entrySet()) {
                path = path.replace("{" + variable.getKey() + "}", variable.getValue());
            }
            Answer answer = Http.send(Http.request(MEMBER.uri(path), "Content-Type", "application/json").method(sample.method(), BodyPublishers.ofString(offered.toString())));
            if (answer.status() != sample.status() || answer.json().path("refused").size() > 0) {
                wrong.add(sample.request() + " " + sample.summary() + ": " + answer);
            }
        }
        assertThat(wrong).isEmpty();
    }

    @Test
    void each_address_refuses_a_parameter_that_its_description_does_not_have_and_lists_those_that_it_has() {
        List<String> wrong = new ArrayList<>();
        description.path("paths").properties().stream().filter(path -> path.getKey().startsWith("/api/v1/") && path.getValue().has("get")).forEach(path -> {
            Set<String> described = new TreeSet<>();
            path.getValue().path("get").path("parameters").forEach(parameter -> {
                if (parameter.path("in").asString().equals("query")) {
                    described.add(parameter.path("name").asString());
                }
            });
            Answer answer = Http.get(MEMBER.uri(path.getKey().replaceAll("\\{[^}]*}", "1") + "?acount=7"));
            if (answer.status() != 400 || !answer.text("code").equals("UNKNOWN_PARAMETER")
                    || !answer.text("detail").equals("acount: this address takes " + (described.isEmpty() ? "none." : String.join(", ", described) + "."))) {
                wrong.add(path.getKey() + " with " + described + ": " + answer);
            }
        });
        assertThat(wrong).isEmpty();
    }

    @Test
    void operations_stand_together_by_domain() {
        Map<String, Set<String>> domains = new TreeMap<>();
        description.path("tags").forEach(tag -> domains.computeIfAbsent(tag.path("name").asString().replaceAll(":.*", ""), domain -> new TreeSet<>()).add(tag.path("name").asString()));
        assertThat(domains.keySet()).containsExactly("Ledger", "Market data", "Operations", "Positions", "Risk", "Security", "Streams", "Trading");
        assertThat(domains.get("Ledger")).contains("Ledger: Accounts", "Ledger: Transfers", "Ledger: Evidence");
        description.path("paths").forEach(path -> path.forEach(operation -> operation.path("tags").forEach(tag ->
                assertThat(domains.get(tag.asString().replaceAll(":.*", ""))).as(tag.asString()).contains(tag.asString()))));
        Set<String> grouped = new TreeSet<>();
        description.path("x-tagGroups").forEach(group -> group.path("tags").forEach(tag -> grouped.add(tag.asString())));
        assertThat(grouped).containsExactlyElementsOf(domains.values().stream().flatMap(Set::stream).collect(Collectors.toCollection(TreeSet::new)));
    }
}
