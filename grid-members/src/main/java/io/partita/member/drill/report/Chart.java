package io.partita.member.drill.report;

import io.partita.member.drill.report.DrillReport.Fault;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A chart over the seconds of a run. The lines are drawn in a stretched SVG; the labels beside it are text of the page, so that they
 * stay readable at every width.
 */
final class Chart {

    private static final int WIDTH = 1_000;
    private static final int HEIGHT = 200;

    private final String title;
    private final Scale scale;
    private final long durationMillis;
    private final List<Fault> faults;
    private final StringBuilder lines = new StringBuilder();
    private final List<Html> legend = new ArrayList<>();

    /**
     * One line of a chart.
     *
     * @param name   for the legend
     * @param style  class of the line: decides its colour
     * @param filled whether the area below it is filled
     * @param values one for each second; below zero where there is none
     */
    record Line(String name, String style, boolean filled, List<Double> values) {
        Line {
            values = List.copyOf(values);
        }
    }

    Chart(String title, Scale scale, long durationMillis, List<Fault> faults) {
        this.title = title;
        this.scale = scale;
        this.durationMillis = Math.max(1, durationMillis);
        this.faults = faults;
    }

    /** Adds a line, with what the legend says besides its name. */
    Chart line(Line line, String figure) {
        lines.append(path(line));
        legend.add(Html.of("<li class=\"{}\"><i></i>{} <b>{}</b></li>", line.style(), line.name(), figure));
        return this;
    }

    private String path(Line line) {
        StringBuilder stroke = new StringBuilder();
        StringBuilder area = new StringBuilder();
        int from = -1;
        for (int i = 0; i <= line.values().size(); i++) {
            boolean there = i < line.values().size() && line.values().get(i) >= 0;
            if (there && from < 0) {
                from = i;
            } else if (!there && from >= 0) {
                String points = points(line, from, i);
                stroke.append('M').append(points);
                area.append('M').append(x(from)).append(' ').append(HEIGHT).append('L').append(points).append('L').append(x(i - 1)).append(' ')
                        .append(HEIGHT).append('Z');
                from = -1;
            }
        }
        return (line.filled() ? "<path class=\"area %s\" d=\"%s\"/>".formatted(line.style(), area) : "")
                + "<path class=\"line %s\" d=\"%s\"/>".formatted(line.style(), stroke);
    }

    private String points(Line line, int from, int to) {
        StringBuilder points = new StringBuilder();
        for (int i = from; i < to; i++) {
            points.append(i == from ? "" : "L").append(x(i)).append(' ').append(decimal(HEIGHT * (1 - scale.place(line.values().get(i)))));
        }
        // A lone second is a dot: a line to itself, with round ends.
        return to - from == 1 ? points + "l0.01 0" : points.toString();
    }

    /** A second's value stands in its middle. */
    private String x(int second) {
        return decimal(Math.min(WIDTH, (second + 0.5) * 1_000 / durationMillis * WIDTH));
    }

    Html html() {
        String shades = String.join("", faults.stream().map(this::shade).toList());
        String grid = String.join("", scale.ticks().stream().map(tick -> "<path class=\"grid\" d=\"M0 %sH%d\"/>"
                .formatted(decimal(HEIGHT * (1 - scale.place(tick))), WIDTH)).toList());
        return Html.of("""
                <figure class="chart"><figcaption>{}<ul class="legend">{}</ul></figcaption>
                <div class="plot"><div class="y">{}</div><svg viewBox="0 0 {} {}" preserveAspectRatio="none" role="img" aria-label="{}">{}</svg>\
                <div class="x">{}</div></div></figure>
                """, title, legend.stream().collect(Html.joining()), yLabels(), WIDTH, HEIGHT, title, new Html(shades + grid + lines), xLabels(durationMillis));
    }

    private String shade(Fault fault) {
        double from = Math.clamp(fault.fromMillis() / (double) durationMillis, 0, 1);
        double to = Math.clamp(fault.toMillis() / (double) durationMillis, from, 1);
        return "<rect class=\"fault\" x=\"%s\" y=\"0\" width=\"%s\" height=\"%d\"/>".formatted(decimal(from * WIDTH),
                decimal(Math.max(1.5, (to - from) * WIDTH)), HEIGHT);
    }

    private Html yLabels() {
        return Html.each(scale.ticks(), tick -> Html.of("<span style=\"bottom:{}%\">{}</span>", decimal(100 * scale.place(tick)), scale.label(tick)));
    }

    /** Labels of the time axis of anything that is as wide as the run is long. */
    static Html xLabels(long durationMillis) {
        long step = Scale.step(durationMillis / 1_000.0 / 5, 1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 1_800, 3_600);
        List<Html> labels = new ArrayList<>();
        // The last one would stick out if it stood at the very end.
        for (long second = 0; second * 1_000 <= durationMillis * 0.97; second += step) {
            labels.add(Html.of("<span style=\"left:{}%\">{}</span>", decimal(100_000.0 * second / durationMillis),
                    second / 60 + ":" + String.format("%02d", second % 60)));
        }
        return labels.stream().collect(Html.joining());
    }

    static String decimal(double value) {
        String text = String.format(Locale.ENGLISH, "%.2f", value);
        return text.endsWith(".00") ? text.substring(0, text.length() - 3) : text;
    }
}
