package io.partita.member.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;

/** What a run comes to: a table for people, JSON for programs. */
record Report(String name, Map<String, Object> machine, Map<String, Object> settings, List<Row> rows, List<Curve> curves) {

    private static final String LINE = "  %-28s %14s %-14s %14s %8s %9s %9s %9s  %s";

    static String heading() {
        return LINE.formatted("row", "value", "unit", "baseline", "ratio", "p50 ms", "p99 ms", "p99.9 ms", "reaches").stripTrailing();
    }

    static String line(Row row) {
        return LINE.formatted(row.id(), figure(row.value()), row.unit(), figure(row.baseline()),
                Double.isNaN(row.ratio()) ? "" : format("%.2fx", row.ratio()), millis(row.p50()), millis(row.p99()), millis(row.p999()),
                reaches(row)).stripTrailing();
    }

    private static String reaches(Row row) {
        if (Double.isNaN(row.floor())) {
            return "";
        }
        return row.value() >= row.goal() ? "goal " + figure(row.goal())
                : row.value() >= row.floor() ? "floor " + figure(row.floor())
                : "BELOW its floor of " + figure(row.floor());
    }

    static String figure(double value) {
        return Double.isNaN(value) ? "" : format(Math.abs(value) < 10 ? "%,.2f" : "%,.0f", value);
    }

    private static String millis(double value) {
        return Double.isNaN(value) ? "" : format(value < 0.1 ? "%.4f" : value < 10 ? "%.2f" : "%.1f", value);
    }

    private static String format(String pattern, Object... values) {
        return String.format(Locale.ROOT, pattern, values);
    }

    /** The machine, the settings and how each row was measured. */
    List<String> remarks() {
        List<String> lines = new ArrayList<>();
        lines.add("Machine: " + machine.get("cpu") + ", " + machine.get("cores") + " cores, " + machine.get("memoryGiB") + " GiB, "
                + machine.get("os") + ", load " + machine.get("load") + " as it began");
        lines.add("JVM: " + machine.get("jvm"));
        settings.forEach((setting, value) -> lines.add(setting + ": " + value));
        rows.stream().filter(row -> !row.note().isEmpty()).forEach(row -> lines.add(row.id() + ": " + row.note()));
        return lines;
    }

    void write(Path folder) throws IOException {
        Files.createDirectories(folder);
        Map<String, Object> describedMachine = new LinkedHashMap<>(machine);
        describedMachine.put("settings", settings);
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("bench", name);
        document.put("machine", describedMachine);
        document.put("rows", rows.stream().map(Report::json).toList());
        JsonMapper.shared().writerWithDefaultPrettyPrinter().writeValue(folder.resolve(name + ".json").toFile(), document);
        Files.writeString(folder.resolve(name + ".svg"), new Chart(this).svg());
        if (!curves.isEmpty()) {
            Files.writeString(folder.resolve(name + "-scaling.svg"), new CurveChart().svg(this, curves));
        }
    }

    private static Map<String, Object> json(Row row) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("id", row.id());
        json.put("value", number(row.value()));
        json.put("unit", row.unit());
        json.put("baseline", number(row.baseline()));
        json.put("ratio", number(row.ratio()));
        json.put("p50", number(row.p50()));
        json.put("p99", number(row.p99()));
        json.put("p999", number(row.p999()));
        return json;
    }

    /** JSON has no NaN; and no figure here has more than four digits that mean anything. */
    private static Double number(double value) {
        if (Double.isNaN(value) || Double.isInfinite(value)) {
            return null;
        }
        double scale = Math.pow(10, 4 - Math.ceil(Math.log10(Math.max(Math.abs(value), 1e-9))));
        return scale >= 1 ? Math.round(value * scale) / scale : Math.rint(value);
    }
}
