package io.partita.kernels.backtest;

import java.util.List;
import java.util.Locale;

/** Reports side by side, as a table of Markdown. */
public final class BacktestTable {

    private static final double SIGNIFICANCE = 0.05;

    private BacktestTable() {
    }

    /** One row for each report, with the tests' p-values; a test that rejects at 5 % is marked with an asterisk. */
    public static String of(List<BacktestReport> reports) {
        StringBuilder table = new StringBuilder("""
                | method | window | days | exceptions | expected | Kupiec | independence | conditional | zone | multiplier | Z2 | critical | shortfall |
                |---|---|---|---|---|---|---|---|---|---|---|---|---|
                """);
        for (BacktestReport report : reports) {
            ShortfallTest shortfall = report.shortfallTest();
            table.append(String.format(Locale.ROOT, "| %s | %d | %d | %d | %.2f | %s | %s | %s | %s | %.2f | %.3f | %.3f | %s |%n", report.method(),
                    report.window(), report.days(), report.exceptions().length, report.expected(), p(report.coverage().pValue()),
                    p(report.clustering().independence().pValue()), p(report.clustering().conditional().pValue()),
                    report.trafficLight().zone().name().toLowerCase(Locale.ROOT), report.trafficLight().multiplier(), shortfall.statistic(),
                    shortfall.criticalValue(), p(shortfall.pValue())));
        }
        return table.toString();
    }

    private static String p(double value) {
        return String.format(Locale.ROOT, value < SIGNIFICANCE ? "%.4f*" : "%.4f", value);
    }
}
