package io.partita.member.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A run as bars, one panel for each unit: the value in colour with its baseline beneath in grey, floor and goal as marks. The
 * axis is logarithmic, since a row may be hundreds of times its baseline. Light or dark as the reader's screen is.
 */
final class Chart {

    private static final int WIDTH = 960;
    private static final int LEFT = 240;
    private static final int RIGHT = 190;
    private static final int TOP = 76;
    private static final int ROW = 46;
    private static final int PANEL_HEAD = 44;

    private final Report report;
    private final StringBuilder svg = new StringBuilder();

    Chart(Report report) {
        this.report = report;
    }

    String svg() {
        List<String> units = report.rows().stream().map(Row::unit).distinct().toList();
        int height = TOP + units.size() * (PANEL_HEAD + 22) + report.rows().size() * ROW + 12;
        add("<svg xmlns='http://www.w3.org/2000/svg' width='%d' height='%d' viewBox='0 0 %1$d %2$d' role='img' aria-label='%s'>",
                WIDTH, height, escape("Benchmark " + report.name()));
        add("""
                <style>
                text { font: 13px system-ui, 'Segoe UI', sans-serif; fill: #1f2933 }
                .paper { fill: #ffffff } .title { font-size: 20px; font-weight: 600 } .quiet { fill: #67727e; font-size: 12px }
                .value { fill: #1f6f8b } .base { fill: #b8c2cc } .grid { stroke: #e4e8ec } .number { font-weight: 600 }
                .floor { stroke: #c2571a; stroke-width: 2 } .goal { stroke: #2f855a; stroke-width: 2 }
                @media (prefers-color-scheme: dark) { text { fill: #e4e8ec } .paper { fill: #14191f } .quiet { fill: #93a0ad }
                .value { fill: #4fb3d4 } .base { fill: #55616d } .grid { stroke: #2a323b } .floor { stroke: #f0883e } .goal { stroke: #56d38b } }
                </style>
                <rect class='paper' width='100%' height='100%' rx='8'/>""".replace("%", "%%"));
        add("<text x='24' y='36' class='title'>%s</text>", escape("./partita bench " + report.name()));
        add("<text x='24' y='58' class='quiet'>%s</text>", escape(report.machine().get("cpu") + " · " + report.machine().get("cores") + " cores · "
                + report.machine().get("jvm")));
        legend();
        int y = TOP;
        for (String unit : units) {
            y = panel(unit, report.rows().stream().filter(row -> row.unit().equals(unit)).toList(), y);
        }
        return add("</svg>").toString();
    }

    private void legend() {
        int x = WIDTH - 330;
        add("<rect x='%d' y='26' width='14' height='10' rx='2' class='value'/><text x='%d' y='36' class='quiet'>measured</text>", x, x + 20);
        add("<rect x='%d' y='26' width='14' height='10' rx='2' class='base'/><text x='%d' y='36' class='quiet'>baseline</text>", x + 88, x + 108);
        add("<path d='M%d 24v14' class='floor'/><text x='%d' y='36' class='quiet'>floor</text>", x + 178, x + 186);
        add("<path d='M%d 24v14' class='goal'/><text x='%d' y='36' class='quiet'>goal</text>", x + 236, x + 244);
    }

    private int panel(String unit, List<Row> rows, int top) {
        List<Double> all = new ArrayList<>();
        rows.forEach(row -> all.addAll(List.of(row.value(), row.baseline(), row.floor(), row.goal())));
        all.removeIf(value -> value.isNaN() || value <= 0);
        int low = (int) Math.floor(Math.log10(all.stream().mapToDouble(value -> value).min().orElse(1)) - 0.05);
        int high = Math.max(low + 1, (int) Math.ceil(Math.log10(all.stream().mapToDouble(value -> value).max().orElse(10))));
        int bottom = top + PANEL_HEAD + rows.size() * ROW;
        add("<text x='24' y='%d' class='number'>%s</text>", top + 30, escape(unit));
        for (int decade = low; decade <= high; decade++) {
            int x = at(Math.pow(10, decade), low, high);
            add("<path d='M%d %dV%d' class='grid'/><text x='%d' y='%d' class='quiet' text-anchor='middle'>%s</text>",
                    x, top + PANEL_HEAD - 6, bottom, x, top + 30, brief(Math.pow(10, decade)));
        }
        int y = top + PANEL_HEAD;
        for (Row row : rows) {
            bar(row, y, low, high);
            y += ROW;
        }
        return bottom + 22;
    }

    private void bar(Row row, int y, int low, int high) {
        add("<text x='%d' y='%d' text-anchor='end'>%s</text>", LEFT - 14, y + 20, escape(row.id()));
        if (!Double.isNaN(row.p99())) {
            add("<text x='%d' y='%d' class='quiet' text-anchor='end'>p50 %s · p99 %s ms</text>", LEFT - 14, y + 36, brief(row.p50()), brief(row.p99()));
        }
        int end = at(row.value(), low, high);
        add("<rect x='%d' y='%d' width='%d' height='18' rx='3' class='value'/>", LEFT, y + 6, Math.max(2, end - LEFT));
        if (row.baseline() > 0) {
            add("<rect x='%d' y='%d' width='%d' height='8' rx='2' class='base'/>", LEFT, y + 28, Math.max(2, at(row.baseline(), low, high) - LEFT));
        }
        mark(row.floor(), "floor", y, low, high);
        mark(row.goal(), "goal", y, low, high);
        add("<text x='%d' y='%d'><tspan class='number'>%s</tspan>%s</text>", WIDTH - RIGHT + 20, y + 20, Report.figure(row.value()),
                row.baseline() > 0 ? String.format(Locale.ROOT, " <tspan class='quiet'>%.1fx</tspan>", row.ratio()) : "");
    }

    private void mark(double value, String kind, int y, int low, int high) {
        if (value > 0) {
            add("<path d='M%d %dv26' class='%s'/>", at(value, low, high), y + 2, kind);
        }
    }

    private static int at(double value, int low, int high) {
        double part = (Math.log10(Math.max(value, 1e-12)) - low) / (high - low);
        return LEFT + (int) Math.round(Math.clamp(part, 0, 1) * (WIDTH - LEFT - RIGHT));
    }

    static String brief(double value) {
        return value >= 1e6 ? figure(value / 1e6) + " M" : value >= 1e3 ? figure(value / 1e3) + " k" : figure(value);
    }

    private static String figure(double value) {
        return String.format(Locale.ROOT, value >= 10 || value == Math.rint(value) ? "%.0f" : "%.2f", value);
    }

    private StringBuilder add(String pattern, Object... values) {
        return svg.append(String.format(Locale.ROOT, pattern, values)).append('\n');
    }

    static String escape(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace("'", "&#39;");
    }
}
