package io.partita.member.strategy;

import io.partita.trading.strategy.BacktestResult;
import io.partita.trading.strategy.EquityCurve;
import io.partita.trading.strategy.Metrics;
import java.util.List;
import java.util.Locale;

/** The report as one page that needs nothing else: equity and drawdown of all runs over time, and a table of their figures. */
final class BacktestPage {

    private static final int WIDTH = 960;
    private static final int HEIGHT = 320;
    private static final int LEFT = 76;
    private static final int BOTTOM = 24;
    /** More points than pixels nobody sees. */
    private static final int MOST_POINTS = 800;
    private static final String[] COLOURS = {"#0e7a5f", "#c46a1b", "#3b6fc4", "#a33a6a", "#7a6f12", "#5b4bb5", "#1a8ca3", "#8c3b2a", "#4d7a1f", "#6b6b6b"};

    private static final String STYLE = """
            :root{color-scheme:light dark;--ink:#1d2421;--quiet:#66706b;--line:#d9ded9;--ground:#fbfaf6}
            @media(prefers-color-scheme:dark){:root{--ink:#e8ece9;--quiet:#98a39d;--line:#39423e;--ground:#161b19}}
            body{font:15px/1.5 system-ui,sans-serif;color:var(--ink);background:var(--ground);margin:2rem auto;max-width:62rem;padding:0 1rem}
            h1{font-size:1.5rem;margin:0}h2{font-size:1.05rem;margin:2rem 0 .4rem}p{margin:.3rem 0;color:var(--quiet)}
            svg{width:100%;height:auto;display:block}text{fill:var(--quiet);font-size:11px}.grid{stroke:var(--line)}
            polyline{fill:none;stroke-width:1.6;stroke-linejoin:round}
            .scroll{overflow-x:auto}table{border-collapse:collapse;width:100%;font-variant-numeric:tabular-nums}
            th,td{padding:.35rem .6rem;text-align:right;border-bottom:1px solid var(--line);white-space:nowrap}th:first-child,td:first-child{text-align:left}
            th{color:var(--quiet);font-weight:500}.key{display:inline-block;width:.8em;height:.8em;border-radius:2px;margin-right:.5em}
            """;

    private BacktestPage() {
    }

    static String of(BacktestReport report) {
        List<BacktestResult> results = report.results();
        StringBuilder page = new StringBuilder("""
                <!doctype html>
                <html lang="en">
                <head>
                <meta charset="utf-8">
                <meta name="viewport" content="width=device-width, initial-scale=1">
                <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
                <title>Backtest</title>
                <style>
                """).append(STYLE).append("</style>\n</head>\n<body>\n<h1>Backtest</h1>\n<p>").append(escape(String.join(", ", report.sources())))
                .append("</p>\n<p>Commission ").append(percent(report.model().commission() / 1e6)).append(", slippage ")
                .append(percent(report.model().slippage() / 1e6)).append(", share of volume ")
                .append(report.model().volumeShare() == 0 ? "not bounded" : percent(report.model().volumeShare() / 1e6)).append("</p>\n");
        page.append("<h2>Equity</h2>\n").append(chart(report, true));
        page.append("<h2>Drawdown</h2>\n").append(chart(report, false));
        return page.append("<h2>Figures</h2>\n").append(table(report, results)).append("</body>\n</html>\n").toString();
    }

    private static double[] drawdowns(BacktestResult result) {
        double[] drawdowns = new double[result.curve().size()];
        long peak = result.cash();
        for (int i = 0; i < drawdowns.length; i++) {
            peak = Math.max(peak, result.curve().value(i));
            drawdowns[i] = (double) result.curve().value(i) / peak - 1;
        }
        return drawdowns;
    }

    // ---- charts ----------------------------------------------------------------------------------------------------------

    /** What is drawn of all runs: the values of each, and how far they and their times reach. */
    private record Drawing(List<BacktestResult> runs, double[][] series, double lowest, double highest, long first, long last) {

        static Drawing of(List<BacktestResult> runs, boolean money) {
            double[][] series = runs.stream().map(run -> values(run, money)).toArray(double[][]::new);
            double lowest = Double.MAX_VALUE;
            double highest = -Double.MAX_VALUE;
            for (double[] values : series) {
                for (double value : values) {
                    lowest = Math.min(lowest, value);
                    highest = Math.max(highest, value);
                }
            }
            return new Drawing(runs, series, lowest, highest, runs.stream().mapToLong(run -> run.curve().time(0)).min().orElseThrow(),
                    runs.stream().mapToLong(run -> run.curve().time(run.curve().size() - 1)).max().orElseThrow());
        }

        double x(long time) {
            return LEFT + (WIDTH - LEFT) * (last == first ? 0 : (double) (time - first) / (last - first));
        }

        double y(double value) {
            return 10 + (HEIGHT - BOTTOM - 20) * (highest == lowest ? 0.5 : (highest - value) / (highest - lowest));
        }
    }

    private static String chart(BacktestReport report, boolean money) {
        List<BacktestResult> runs = report.results().stream().filter(result -> result.curve().size() > 0).toList();
        if (runs.isEmpty()) {
            return "<p>Nothing happened.</p>\n";
        }
        Drawing drawing = Drawing.of(runs, money);
        StringBuilder svg = new StringBuilder("<svg role=\"img\" viewBox=\"0 0 %d %d\"><title>%s</title>".formatted(WIDTH, HEIGHT,
                money ? "Equity over time" : "Loss from the peak over time"));
        for (int line = 0; line <= 4; line++) {
            double value = drawing.lowest + (drawing.highest - drawing.lowest) * line / 4;
            String y = number(drawing.y(value));
            svg.append("<line class=\"grid\" x1=\"%d\" x2=\"%d\" y1=\"%s\" y2=\"%s\"/><text x=\"%d\" y=\"%s\" text-anchor=\"end\" dy=\"4\">%s</text>"
                    .formatted(LEFT, WIDTH, y, y, LEFT - 8, y, escape(money ? report.amount(Math.round(value)) : percent(value))));
        }
        svg.append("<text x=\"%d\" y=\"%d\">%s</text><text x=\"%d\" y=\"%d\" text-anchor=\"end\">%s</text>".formatted(LEFT, HEIGHT - 4,
                day(drawing.first), WIDTH, HEIGHT - 4, day(drawing.last)));
        for (int run = 0; run < runs.size(); run++) {
            svg.append("<polyline stroke=\"").append(colour(report.results().indexOf(runs.get(run)))).append("\" points=\"");
            EquityCurve curve = runs.get(run).curve();
            int step = Math.max(1, Math.ceilDiv(curve.size(), MOST_POINTS));
            for (int i = 0; i < curve.size(); i += step) {
                svg.append(number(drawing.x(curve.time(i)))).append(',').append(number(drawing.y(drawing.series[run][i]))).append(' ');
            }
            svg.append("\"/>");
        }
        return svg.append("</svg>\n").toString();
    }

    private static double[] values(BacktestResult result, boolean money) {
        if (!money) {
            return drawdowns(result);
        }
        double[] values = new double[result.curve().size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = result.curve().value(i);
        }
        return values;
    }

    // ---- the table -------------------------------------------------------------------------------------------------------

    private static String table(BacktestReport report, List<BacktestResult> results) {
        StringBuilder table = new StringBuilder("<div class=\"scroll\"><table><thead><tr>");
        for (String heading : new String[] {"Strategy", "Equity", "Return", "a year", "Sharpe", "Sortino", "Drawdown", "Hit rate", "Round trips", "Turnover",
            "Exposure", "Fills", "Commission"}) {
            table.append("<th scope=\"col\">").append(heading).append("</th>");
        }
        table.append("</tr></thead><tbody>\n");
        for (int run = 0; run < results.size(); run++) {
            BacktestResult result = results.get(run);
            Metrics metrics = result.metrics();
            table.append("<tr><td><span class=\"key\" style=\"background:").append(colour(run)).append("\"></span>").append(escape(result.name())).append("</td>");
            for (String cell : new String[] {report.amount(BacktestReport.last(result)), percent(metrics.totalReturn()), percent(metrics.annualReturn()),
                number(metrics.sharpe()), number(metrics.sortino()), percent(metrics.maxDrawdown()), percent(metrics.hitRate()), "" + metrics.roundTrips(),
                number(metrics.turnover()), percent(metrics.exposure()), "" + metrics.fills(), report.amount(metrics.commission())}) {
                table.append("<td>").append(escape(cell)).append("</td>");
            }
            table.append("</tr>\n");
        }
        return table.append("</tbody></table></div>\n").toString();
    }

    private static String colour(int run) {
        return COLOURS[run % COLOURS.length];
    }

    private static String day(long nanos) {
        return BacktestReport.instant(nanos).toString().substring(0, 10);
    }

    static String percent(double part) {
        return String.format(Locale.ROOT, "%.2f %%", 100 * part);
    }

    static String number(double value) {
        return String.format(Locale.ROOT, "%.2f", value);
    }

    private static String escape(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace("\"", "&quot;");
    }
}
