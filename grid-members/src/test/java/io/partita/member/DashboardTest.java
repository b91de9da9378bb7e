package io.partita.member;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.partita.member.testing.Http;
import io.partita.member.testing.TestMember;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.Yaml;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Whatever the dashboards and the alerts of compose/ ask for is among the metrics of a running member. */
class DashboardTest {

    private static final Pattern METRIC = Pattern.compile("\\b(?:partita|hikaricp|http_server|jvm|process)_[a-z0-9_]+");
    private static final Path COMPOSE = Path.of("../compose");
    private static final TestMember MEMBER = TestMember.start();

    @AfterAll
    static void close() {
        MEMBER.close();
    }

    @Test
    void each_part_of_the_house_has_a_dashboard_of_its_own_number() throws IOException {
        List<JsonNode> dashboards = dashboards();
        assertThat(dashboards).extracting(dashboard -> dashboard.get("uid").asString()).containsExactlyInAnyOrder("partita", "partita-cluster", "partita-ledger",
                "partita-trading", "partita-streams", "partita-risk", "partita-security");
        assertThat(dashboards).allSatisfy(dashboard -> {
            assertThat(dashboard.get("tags").get(0).asString()).isEqualTo("partita");
            assertThat(dashboard.at("/links/0/tags/0").asString()).as("leads to the others").isEqualTo("partita");
            dashboard.get("panels").forEach(panel -> assertThat(panel.get("title").asString()).isNotBlank());
        });
    }

    @Test
    void dashboards_show_metrics_that_exist() throws IOException {
        List<String> expressions = new ArrayList<>();
        for (JsonNode dashboard : dashboards()) {
            dashboard.get("panels").forEach(panel -> panel.path("targets").forEach(target -> expressions.add(target.get("expr").asString())));
            dashboard.at("/annotations/list").forEach(annotation -> expressions.add(annotation.get("expr").asString()));
        }

        assertThat(expressions).hasSizeGreaterThan(60).allMatch(expression -> METRIC.matcher(expression).find());
        // There is no pause of the garbage collector to tell of before there was one.
        System.gc();
        await().atMost(Duration.ofSeconds(20)).untilAsserted(() -> assertThat(metrics()).containsAll(named(expressions)));
    }

    @Test
    void alerts_watch_metrics_that_exist() throws IOException {
        String alerts = Files.readString(COMPOSE.resolve("prometheus/alerts.yml"));
        assertThat(new Yaml().<Object>load(alerts)).isNotNull();

        List<String> expressions = alerts.lines().filter(line -> line.strip().startsWith("expr:")).toList();
        assertThat(expressions).hasSizeGreaterThan(15).allMatch(expression -> METRIC.matcher(expression).find() || expression.contains("up{"));
        System.gc();
        await().atMost(Duration.ofSeconds(20)).untilAsserted(() -> assertThat(metrics()).containsAll(named(expressions)));
    }

    @Test
    void operations_say_what_to_do_about_each_alert() throws IOException {
        String page = Files.readString(COMPOSE.resolve("../docs/operations.md"));
        List<String> names = Files.readString(COMPOSE.resolve("prometheus/alerts.yml")).lines().filter(line -> line.contains("- alert: "))
                .map(line -> line.substring(line.indexOf(": ") + 2)).toList();
        assertThat(names).hasSizeGreaterThan(15).doesNotHaveDuplicates().allSatisfy(name -> assertThat(page).contains("`" + name + "`"));
    }

    @Test
    void panels_lie_side_by_side_and_have_numbers_of_their_own() throws IOException {
        for (JsonNode dashboard : dashboards()) {
            lieSideBySide(dashboard.get("panels"));
        }
    }

    private static void lieSideBySide(JsonNode panels) {
        Set<Integer> ids = new TreeSet<>();
        Set<String> cells = new TreeSet<>();
        panels.forEach(panel -> {
            assertThat(ids.add(panel.get("id").asInt())).isTrue();
            JsonNode place = panel.get("gridPos");
            for (int x = place.get("x").asInt(); x < place.get("x").asInt() + place.get("w").asInt(); x++) {
                for (int y = place.get("y").asInt(); y < place.get("y").asInt() + place.get("h").asInt(); y++) {
                    assertThat(x).isLessThan(24);
                    assertThat(cells.add(x + "," + y)).as(panel.get("title").asString()).isTrue();
                }
            }
        });
    }

    private static List<JsonNode> dashboards() throws IOException {
        try (Stream<Path> files = Files.list(COMPOSE.resolve("grafana/dashboards"))) {
            return files.map(file -> JsonMapper.shared().readTree(file.toFile())).toList();
        }
    }

    private static Set<String> metrics() {
        Http.get(MEMBER.uri("/health/live"));
        return METRIC.matcher(Http.get(MEMBER.uri("/metrics")).body()).results().map(result -> result.group()).collect(Collectors.toSet());
    }

    private static Set<String> named(List<String> expressions) {
        return expressions.stream().flatMap(expression -> METRIC.matcher(expression).results()).map(result -> result.group())
                .collect(Collectors.toCollection(TreeSet::new));
    }
}
