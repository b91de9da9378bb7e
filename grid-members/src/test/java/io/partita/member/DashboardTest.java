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
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.Yaml;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Whatever the dashboard and the alerts of compose/ ask for is among the metrics of a running member. */
class DashboardTest {

    private static final Pattern METRIC = Pattern.compile("\\b(?:partita|hikaricp|http_server|jvm|process)_[a-z0-9_]+");
    private static final Path COMPOSE = Path.of("../compose");
    private static final TestMember MEMBER = TestMember.start();

    @AfterAll
    static void close() {
        MEMBER.close();
    }

    @Test
    void the_dashboard_shows_metrics_that_exist() throws IOException {
        JsonNode dashboard = JsonMapper.shared().readTree(Files.readString(COMPOSE.resolve("grafana/dashboards/partita.json")));
        List<String> expressions = new ArrayList<>();
        dashboard.get("panels").forEach(panel -> panel.path("targets").forEach(target -> expressions.add(target.get("expr").asString())));
        dashboard.at("/annotations/list").forEach(annotation -> expressions.add(annotation.get("expr").asString()));

        assertThat(expressions).hasSizeGreaterThan(20).allMatch(expression -> METRIC.matcher(expression).find());
        // There is no pause of the garbage collector to tell of before there was one.
        System.gc();
        await().atMost(Duration.ofSeconds(20)).untilAsserted(() -> assertThat(metrics()).containsAll(named(expressions)));
    }

    @Test
    void alerts_watch_metrics_that_exist() throws IOException {
        String alerts = Files.readString(COMPOSE.resolve("prometheus/alerts.yml"));
        assertThat(new Yaml().<Object>load(alerts)).isNotNull();

        List<String> expressions = alerts.lines().filter(line -> line.strip().startsWith("expr:")).toList();
        assertThat(expressions).hasSizeGreaterThan(5);
        assertThat(metrics()).containsAll(named(expressions));
    }

    @Test
    void panels_lie_side_by_side_and_have_numbers_of_their_own() throws IOException {
        JsonNode panels = JsonMapper.shared().readTree(Files.readString(COMPOSE.resolve("grafana/dashboards/partita.json"))).get("panels");
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

    private static Set<String> metrics() {
        Http.get(MEMBER.uri("/health/live"));
        return METRIC.matcher(Http.get(MEMBER.uri("/metrics")).body()).results().map(result -> result.group()).collect(Collectors.toSet());
    }

    private static Set<String> named(List<String> expressions) {
        return expressions.stream().flatMap(expression -> METRIC.matcher(expression).results()).map(result -> result.group())
                .collect(Collectors.toCollection(TreeSet::new));
    }
}
