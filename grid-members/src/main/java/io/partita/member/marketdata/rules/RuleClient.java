package io.partita.member.marketdata.rules;

import io.partita.member.rest.ClientKey;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Alert rules from Java, by the REST of a member. What a member refuses is a value, with its code. Thread-safe; calls block. */
public final class RuleClient implements AutoCloseable {

    private static final Duration CONNECT = Duration.ofSeconds(5);
    /** A dry run looks at 100,000 bars. */
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final HttpClient http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(CONNECT).build();
    private final String rules;
    private final ClientKey key;

    /** What a member says. */
    public sealed interface Answer<T> {
    }

    /** It was done. */
    public record Done<T>(T value) implements Answer<T> {
    }

    /**
     * It was not done.
     *
     * @param code  the same as over REST, such as {@code RULE_INVALID}
     * @param flaws what is wrong with a condition, and where; none for other codes
     */
    public record Refused<T>(String code, String detail, List<String> flaws) implements Answer<T> {

        public Refused {
            flaws = List.copyOf(flaws);
        }
    }

    private RuleClient(URI member, ClientKey key) {
        String address = member.toString();
        rules = (address.endsWith("/") ? address.substring(0, address.length() - 1) : address) + "/api/v1/marketdata/rules";
        this.key = key;
    }

    /**
     * @param member such as {@code http://127.0.0.1:8080}
     * @param key    what is presented to it; {@link ClientKey#usual} for tools
     */
    public static RuleClient of(URI member, ClientKey key) {
        return new RuleClient(member, key);
    }

    /** All rules, by name. */
    public Answer<List<RuleJson.Rule>> all() throws IOException, InterruptedException {
        return switch (call("GET", "", null, RuleJson.Rule[].class)) {
            case Done<RuleJson.Rule[]>(RuleJson.Rule[] all) -> new Done<>(List.of(all));
            case Refused<RuleJson.Rule[]>(String code, String detail, List<String> flaws) -> new Refused<>(code, detail, flaws);
        };
    }

    public Answer<RuleJson.Rule> find(String name) throws IOException, InterruptedException {
        return call("GET", named(name), null, RuleJson.Rule.class);
    }

    /** A new rule; the same once more changes nothing. */
    public Answer<RuleJson.Rule> add(RuleJson.Wanted rule) throws IOException, InterruptedException {
        return call("POST", "", rule, RuleJson.Rule.class);
    }

    /** Another rule in place of the one of its name: what is left out is as usual. */
    public Answer<RuleJson.Rule> replace(RuleJson.Wanted rule) throws IOException, InterruptedException {
        return call("PUT", named(rule.name()), rule, RuleJson.Rule.class);
    }

    /** Takes a rule away; its alerts stay. */
    public Answer<String> remove(String name) throws IOException, InterruptedException {
        return call("DELETE", named(name), null, String.class);
    }

    /** What a condition would have said of what the grid has. */
    public Answer<RuleJson.Tried> tried(RuleJson.Trial trial) throws IOException, InterruptedException {
        return call("POST", "/dry-run", trial, RuleJson.Tried.class);
    }

    /** What there is to write rules with. */
    public Answer<RuleJson.Words> words() throws IOException, InterruptedException {
        return call("GET", "/words", null, RuleJson.Words.class);
    }

    /** Any text may be asked for, as any may come from a command line; it is the member that knows no such rule. */
    private static String named(String name) {
        return "/" + URLEncoder.encode(name, StandardCharsets.UTF_8).replace("+", "%20");
    }

    private <T> Answer<T> call(String method, String path, Object body, Class<T> type) throws IOException, InterruptedException {
        HttpRequest.Builder request = key.present(HttpRequest.newBuilder(URI.create(rules + path))).timeout(PATIENCE).header("Accept", "application/json");
        if (body != null) {
            request.header("Content-Type", "application/json");
        }
        request.method(method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(JSON.writeValueAsString(body)));
        HttpResponse<String> answer = http.send(request.build(), BodyHandlers.ofString());
        try {
            if (answer.statusCode() / 100 == 2) {
                return new Done<>(answer.body().isEmpty() ? null : JSON.readValue(answer.body(), type));
            }
            return refused(answer.statusCode(), JSON.readTree(answer.body()));
        } catch (JacksonException unreadable) {
            throw new IOException("what answers there with " + answer.statusCode() + " is no member", unreadable);
        }
    }

    private static <T> Refused<T> refused(int status, JsonNode problem) {
        List<String> flaws = problem.path("flaws").valueStream()
                .map(flaw -> "line " + flaw.path("line").asInt() + ", column " + flaw.path("column").asInt() + ": " + flaw.path("message").asString("")).toList();
        return new Refused<>(problem.path("code").asString(Integer.toString(status)), problem.path("detail").asString(""), flaws);
    }

    @Override
    public void close() {
        http.shutdownNow();
    }
}
