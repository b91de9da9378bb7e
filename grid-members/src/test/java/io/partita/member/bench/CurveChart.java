package io.partita.member.bench;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * Curves as small panels beside each other, both axes logarithmic: what grows in proportion is a line at 45 degrees, which is drawn dashed through
 * the first point. Light or dark as the reader's screen is.
 */
final class CurveChart {

    private static final int PANEL = 310;
    private static final int PLOT = 210;
    private static final int LEFT = 70;
    private static final int TOP = 130;
    private static final int ACROSS = 3;
    private static final int DOWN = 320;

    private final StringBuilder svg = new StringBuilder();

    String svg(Report report, List<Curve> curves) {
        int width = ACROSS * PANEL + 30;
        int height = TOP - 50 + (curves.size() + ACROSS - 1) / ACROSS * DOWN;
        add("<svg xmlns='http://www.w3.org/2000/svg' width='%d' height='%d' viewBox='0 0 %1$d %2$d' role='img' aria-label='How the time of %s grows'>",
                width, height, Chart.escape(report.name()));
        svg.append("""
                <style>
                text { font: 13px system-ui, 'Segoe UI', sans-serif; fill: #1f2933 }
                .paper { fill: #ffffff } .title { font-size: 20px; font-weight: 600 } .quiet { fill: #67727e; font-size: 12px }
                .line { fill: none; stroke: #1f6f8b; stroke-width: 2 } .dot { fill: #1f6f8b } .grid { stroke: #e4e8ec } .number { font-weight: 600 }
                .prop { stroke: #93a0ad; stroke-dasharray: 4 4 }
                @media (prefers-color-scheme: dark) { text { fill: #e4e8ec } .paper { fill: #14191f } .quiet { fill: #93a0ad }
                .line { stroke: #4fb3d4 } .dot { fill: #4fb3d4 } .grid { stroke: #2a323b } .prop { stroke: #67727e } }
                </style>
                <rect class='paper' width='100%' height='100%' rx='8'/>
                """);
        add("<text x='24' y='36' class='title'>./partita bench %s: how the time of a run grows</text>", Chart.escape(report.name()));
        add("<text x='24' y='58' class='quiet'>%s · milliseconds, the median run; dashed: in proportion</text>",
                Chart.escape(report.machine().get("cpu") + " · " + report.machine().get("cores") + " cores"));
        for (int i = 0; i < curves.size(); i++) {
            panel(curves.get(i), LEFT + i % ACROSS * PANEL, TOP + i / ACROSS * DOWN);
        }
        return svg.append("</svg>\n").toString();
    }

    private void panel(Curve curve, int left, int top) {
        Axis x = Axis.of(curve.points().stream().mapToDouble(Curve.Point::x).toArray());
        Axis y = Axis.of(curve.points().stream().mapToDouble(Curve.Point::millis).toArray());
        add("<text x='%d' y='%d' class='number'>%s, by %s</text>", left, top - 18, Chart.escape(curve.title()), Chart.escape(curve.axis()));
        for (int decade = y.low(); decade <= y.high(); decade++) {
            int at = top + PLOT - y.at(Math.pow(10, decade), PLOT);
            add("<path d='M%d %dh%d' class='grid'/><text x='%d' y='%d' class='quiet' text-anchor='end'>%s</text>", left, at, PLOT, left - 8, at + 4, Chart.brief(Math.pow(10, decade)));
        }
        for (Curve.Point point : curve.points()) {
            add("<text x='%d' y='%d' class='quiet' text-anchor='middle'>%s</text>", left + x.at(point.x(), PLOT), top + PLOT + 20, Chart.brief(point.x()));
        }
        Curve.Point first = curve.points().getFirst();
        double last = curve.points().getLast().x();
        double proportional = curve.axis().equals("threads") ? first.millis() * first.x() / last : first.millis() * last / first.x();
        add("<path d='M%d %dL%d %d' class='prop'/>", left + x.at(first.x(), PLOT), top + PLOT - y.at(first.millis(), PLOT), left + x.at(last, PLOT),
                top + PLOT - y.at(proportional, PLOT));
        add("<polyline class='line' points='%s'/>", curve.points().stream()
                .map(point -> (left + x.at(point.x(), PLOT)) + "," + (top + PLOT - y.at(point.millis(), PLOT))).collect(Collectors.joining(" ")));
        for (Curve.Point point : curve.points()) {
            int down = top + PLOT - y.at(point.millis(), PLOT);
            add("<circle cx='%d' cy='%d' r='4' class='dot'/><text x='%1$d' y='%d' text-anchor='middle'>%s</text>", left + x.at(point.x(), PLOT), down, down - 10,
                    Chart.brief(point.millis()));
        }
    }

    /** A logarithmic axis over whole decades. */
    private record Axis(int low, int high) {

        static Axis of(double[] values) {
            double least = Double.MAX_VALUE;
            double most = 0;
            for (double value : values) {
                least = Math.min(least, value);
                most = Math.max(most, value);
            }
            int low = (int) Math.floor(Math.log10(least));
            return new Axis(low, Math.max(low + 1, (int) Math.ceil(Math.log10(most))));
        }

        int at(double value, int length) {
            return (int) Math.round(Math.clamp((Math.log10(value) - low) / (high - low), 0, 1) * length);
        }
    }

    private void add(String pattern, Object... values) {
        svg.append(String.format(Locale.ROOT, pattern, values)).append('\n');
    }
}
