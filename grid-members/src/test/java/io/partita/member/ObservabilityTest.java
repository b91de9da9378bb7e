package io.partita.member;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.micrometer.tracing.Tracer;
import io.partita.member.cli.PartitaRun;
import io.partita.member.testing.Http;
import io.partita.member.testing.Http.Answer;
import io.partita.member.testing.TestMember;
import io.partita.tracing.Tracing;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.NoSuchBeanDefinitionException;

/** What a member tells of itself: its status, its health by domain, and the archive for whoever helps. */
class ObservabilityTest {

    private static final List<String> SECRETS = List.of("database-hush-1", "fix-hush-2", "header-hush-3", "hush_key_4444", "body hush 5");
    private static final TestMember MEMBER = TestMember.start(Map.of("partita.database.password", SECRETS.get(0), "partita.fix.port", "0",
            "partita.fix.sessions.ALPHA.accounts", "7", "partita.fix.sessions.ALPHA.password", SECRETS.get(1)));

    @TempDir
    Path folder;

    @BeforeAll
    static void ready() {
        MEMBER.awaitReady();
    }

    @AfterAll
    static void close() {
        MEMBER.close();
    }

    @Test
    void the_status_tells_what_works_and_how_promises_were_kept() {
        // The first ones may take longer, when nothing is compiled yet.
        await().atMost(Duration.ofSeconds(20)).untilAsserted(() -> {
            Answer now = Http.get(MEMBER.uri("/api/v1/status"));
            assertThat(now.json().at("/promises/2/day/bad").asInt()).as("within its bucket").isLessThan(now.json().at("/promises/2/day/total").asInt());
        });
        Answer status = Http.get(MEMBER.uri("/api/v1/status"));

        assertThat(status.status()).as(status.toString()).isEqualTo(200);
        assertThat(status.json().get("parts").propertyNames()).containsExactly("cluster", "database", "ledger", "trading", "streams");
        assertThat(status.json().get("parts")).allSatisfy(part -> assertThat(part.get("works").asBoolean()).as(status.toString()).isTrue());
        assertThat(status.json().get("promises").findValuesAsString("name")).containsExactly("serving", "requests", "latency", "commands", "commits");
        assertThat(status.json().at("/promises/1/day/total").asInt()).isPositive();
        assertThat(status.json().at("/promises/1/day/budgetLeft").asDouble()).isEqualTo(1);
    }

    @Test
    void the_status_page_needs_no_script() {
        Answer page = Http.get(MEMBER.uri("/status"), "Accept", "text/html");

        assertThat(page.status()).isEqualTo(200);
        assertThat(page.header("Content-Type")).startsWith("text/html");
        assertThat(page.body()).contains("<td>ledger</td><td class=\"good\">works</td>", "<b>commits</b>").doesNotContain("<script", "src=");
    }

    @ParameterizedTest
    @ValueSource(strings = {"live", "ready", "cluster", "bookings", "orders", "jobs"})
    void health_comes_in_groups(String group) {
        Answer health = Http.get(MEMBER.uri("/health/" + group));

        assertThat(health.status()).as(health.toString()).isEqualTo(200);
        assertThat(health.json().get("components")).isNotEmpty();
    }

    @Test
    void the_archive_has_everything_but_secrets() throws IOException {
        LoggerFactory.getLogger("io.partita.test").info("Authorization: Bearer {} and pk_test_{} and {}", SECRETS.get(2), SECRETS.get(3),
                "{\"password\":\"" + SECRETS.get(4) + "\"}");
        LoggerFactory.getLogger("io.partita.test").warn("told apart 4711");

        Map<String, String> parts = parts(MEMBER.key().present(Http.request(MEMBER.uri("/api/v1/diagnostics"))).GET().build());

        assertThat(parts.keySet()).containsExactlyInAnyOrder("versions.txt", "settings.txt", "health.json", "cluster.txt", "jobs.json", "metrics.txt", "threads.txt", "heap.txt",
                "collections.txt", "database/schema.tsv", "database/slow.tsv", "database/tables.tsv", "log.txt");
        List<String> ofThisMachine = new ArrayList<>();
        for (String file : List.of("operator.key", "console.key", "master.key", "admin.password")) {
            ofThisMachine.add(Files.readString(MEMBER.data().resolve(file)).strip());
        }
        assertThat(parts).allSatisfy((name, text) -> assertThat(text).as(name).isNotBlank().doesNotContain("could not be found out").doesNotContain(SECRETS).doesNotContain(ofThisMachine));
        assertThat(parts.get("versions.txt")).contains("Partita " + Version.text(), "Hazelcast 5.7.0");
        assertThat(parts.get("settings.txt")).contains("partita.database.password = ***", "partita.fix.sessions.ALPHA.password = ***", "partita.grid.name = " + MEMBER.cluster());
        assertThat(parts.get("health.json")).contains("\"ledger\"");
        assertThat(parts.get("cluster.txt")).contains("271 partitions, this one");
        assertThat(parts.get("metrics.txt")).contains("partita_ledger_results_total");
        assertThat(parts.get("threads.txt")).contains("ledger-lane-1");
        assertThat(parts.get("heap.txt")).contains("java.lang.String");
        assertThat(parts.get("database/schema.tsv")).contains("V1__ledger.sql");
        assertThat(parts.get("database/tables.tsv")).contains("flyway_schema_history");
        assertThat(parts.get("log.txt")).contains("told apart 4711", "Bearer ***");
    }

    @Test
    void the_command_line_puts_the_logs_beside_what_the_member_tells() throws IOException {
        Files.createDirectories(folder.resolve("logs"));
        Files.writeString(folder.resolve("admin.password"), "correct horse\n");
        Files.writeString(folder.resolve("logs/member.log"), "started\nlogged on with password=" + SECRETS.get(0) + "\nand correct horse\n");
        Path archive = folder.resolve("all.zip");

        PartitaRun run = PartitaRun.of("diagnose", "--member", MEMBER.uri("/"), "--key-file", MEMBER.keyFile(), "--data", folder, "--out", archive);

        assertThat(run.status()).as(run.output()).isZero();
        Map<String, String> parts = parts(Files.newInputStream(archive));
        assertThat(parts).containsKeys("member/threads.txt", "member/settings.txt").containsEntry("logs/logs-member.log", "started\nlogged on with password=***\nand ***\n");
        assertThat(parts).allSatisfy((name, text) -> assertThat(text).as(name).doesNotContain(SECRETS));
    }

    @Test
    void the_command_line_takes_what_there_is_when_the_member_does_not_answer() throws IOException {
        Files.createDirectories(folder.resolve("logs"));
        Files.writeString(folder.resolve("logs/member.log"), "last words\n");
        Path archive = folder.resolve("half.zip");

        PartitaRun run = PartitaRun.of("diagnose", "--member", "http://127.0.0.1:1", "--data", folder, "--out", archive);

        assertThat(run.status()).isEqualTo(1);
        assertThat(run.output()).contains("did not answer");
        assertThat(parts(Files.newInputStream(archive))).containsOnlyKeys("member/not-told.txt", "logs/logs-member.log");
    }

    @Test
    void without_an_endpoint_there_is_no_machinery_of_traces() {
        assertThat(MEMBER.bean(Tracing.class)).isSameAs(Tracing.NONE);
        assertThatThrownBy(() -> MEMBER.bean(Tracer.class)).isInstanceOf(NoSuchBeanDefinitionException.class);
    }

    private static Map<String, String> parts(HttpRequest request) throws IOException {
        try (HttpClient client = HttpClient.newHttpClient()) {
            return parts(client.send(request, HttpResponse.BodyHandlers.ofInputStream()).body());
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Map<String, String> parts(InputStream archive) throws IOException {
        Map<String, String> parts = new TreeMap<>();
        try (ZipInputStream zip = new ZipInputStream(archive, StandardCharsets.UTF_8)) {
            for (ZipEntry entry; (entry = zip.getNextEntry()) != null; ) {
                parts.put(entry.getName(), new String(zip.readAllBytes(), StandardCharsets.UTF_8));
            }
        }
        return parts;
    }
}
