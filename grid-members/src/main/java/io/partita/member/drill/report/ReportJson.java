package io.partita.member.drill.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** A report as JSON, for machines: the components of {@link DrillReport}, with {@code verdict} and {@code sentence} besides. */
public final class ReportJson {

    private static final JsonMapper JSON = JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT)
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES).build();

    private ReportJson() {
    }

    public static String write(DrillReport report) {
        return JSON.writeValueAsString(report) + "\n";
    }

    /** Fields that a later version added are passed over. */
    public static DrillReport read(String json) {
        return JSON.readValue(json, DrillReport.class);
    }

    public static DrillReport read(Path file) throws IOException {
        return read(Files.readString(file));
    }
}
