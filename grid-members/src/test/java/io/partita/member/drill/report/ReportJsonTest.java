package io.partita.member.drill.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class ReportJsonTest {

    @Test
    void a_report_is_read_as_it_was_written() {
        for (DrillReport report : new DrillReport[] {SampleReports.passed(), SampleReports.violated()}) {
            String json = ReportJson.write(report);
            assertThat(ReportJson.read(json)).isEqualTo(report);
            assertThat(ReportJson.write(ReportJson.read(json))).isEqualTo(json);
        }
    }

    @Test
    void the_verdict_and_its_sentence_stand_near_the_beginning() {
        JsonNode json = JsonMapper.shared().readTree(ReportJson.write(SampleReports.violated()));

        assertThat(json.propertyNames()).startsWith("format", "drill", "verdict", "sentence");
        assertThat(json.get("verdict").asString()).isEqualTo("VIOLATED");
        assertThat(json.get("format").asString()).isEqualTo("partita-drill/1");
        assertThat(json.get("startedAt").asString()).isEqualTo("2026-11-21T03:00:00Z");
    }

    @Test
    void the_names_are_the_documented_ones() {
        JsonNode json = JsonMapper.shared().readTree(ReportJson.write(SampleReports.passed()));

        assertThat(json.propertyNames()).containsExactly("format", "drill", "verdict", "sentence", "summary", "proves", "seed", "startedAt",
                "durationMillis", "repeat", "setup", "machine", "versions", "findings", "faults", "sides", "timeline");
        assertThat(json.at("/sides/0").propertyNames()).containsExactlyInAnyOrder("name", "nodes", "answers", "codes", "p50Micros",
                "p99Micros", "maxMicros", "seconds", "writeGaps", "readGaps");
        assertThat(json.at("/sides/0/answers").propertyNames()).containsExactlyInAnyOrder("acknowledged", "refused", "turnedAway", "unknown",
                "reads", "staleReads", "failedReads");
        assertThat(json.at("/faults/0").propertyNames()).containsExactlyInAnyOrder("what", "fromMillis", "toMillis", "detectedMillis",
                "resumedMillis", "recoveredMillis");
        assertThat(json.at("/findings/0").propertyNames()).containsExactlyInAnyOrder("rule", "name", "passed", "counted", "violations",
                "shown");
    }

    @Test
    void a_field_of_a_later_version_is_passed_over_but_another_format_is_refused() {
        String json = ReportJson.write(SampleReports.passed());

        assertThat(ReportJson.read(json.replaceFirst("\\{", "{\"later\": 1,"))).isEqualTo(SampleReports.passed());
        assertThatThrownBy(() -> ReportJson.read(json.replace("partita-drill/1", "partita-drill/9"))).hasMessageContaining("partita-drill/9");
    }
}
