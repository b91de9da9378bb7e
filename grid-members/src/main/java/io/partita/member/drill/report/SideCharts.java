package io.partita.member.drill.report;

import io.partita.member.drill.report.Chart.Line;
import io.partita.member.drill.report.DrillReport.Answers;
import io.partita.member.drill.report.DrillReport.Second;
import io.partita.member.drill.report.DrillReport.Side;
import java.util.List;
import java.util.function.ToLongFunction;
import java.util.stream.LongStream;

/** Three charts for each side. All sides have the same scales, so that one can be held against the other. */
final class SideCharts {

    private final DrillReport report;
    private final Scale served;
    private final Scale notServed;
    private final Scale latency;

    SideCharts(DrillReport report) {
        this.report = report;
        this.served = Scale.counts(greatest(answers -> Math.max(answers.acknowledged(), answers.reads())));
        this.notServed = Scale.counts(greatest(answers -> Math.max(answers.refused(), Math.max(answers.turnedAway(), answers.unknown()))));
        this.latency = Scale.latencies(micros(Second::p50Micros).min().orElse(100), micros(Second::p99Micros).max().orElse(10_000));
    }

    private long greatest(ToLongFunction<Answers> number) {
        return report.sides().stream().flatMap(side -> side.seconds().stream()).map(Second::answers).mapToLong(number).max().orElse(0);
    }

    private LongStream micros(ToLongFunction<Second> percentile) {
        return report.sides().stream().flatMap(side -> side.seconds().stream()).mapToLong(percentile).filter(micros -> micros > 0);
    }

    Html html(Side side) {
        Answers answers = side.answers();
        Chart calls = chart("Served, per second", served)
                .line(counts(side, "acknowledged", "acknowledged", true, Answers::acknowledged), Text.number(answers.acknowledged()))
                .line(counts(side, "reads", "reads", false, Answers::reads), Text.number(answers.reads()));
        Chart refusals = chart("Not booked, per second", notServed)
                .line(counts(side, "turned away", "turned-away", true, Answers::turnedAway), Text.number(answers.turnedAway()))
                .line(counts(side, "refused", "refused", false, Answers::refused), Text.number(answers.refused()))
                .line(counts(side, "unknown", "unknown", false, Answers::unknown), Text.number(answers.unknown()));
        Chart latencies = chart("Latency of acknowledged calls", latency)
                .line(latency(side, "p99", "p99", Second::p99Micros), Text.latency(side.p99Micros()))
                .line(latency(side, "p50", "p50", Second::p50Micros), Text.latency(side.p50Micros()));
        return Html.of("<div class=\"side\"><h3>{} <span>{}</span></h3><div class=\"charts\">{}{}{}</div></div>\n", Text.capital(side.name()),
                String.join(", ", side.nodes()), calls.html(), refusals.html(), latencies.html());
    }

    private Chart chart(String title, Scale scale) {
        return new Chart(title, scale, report.durationMillis(), report.faults());
    }

    /** What ended after the load did is counted, but not drawn. */
    private List<Second> seconds(Side side) {
        return side.seconds().stream().filter(second -> second.second() * 1_000L < report.durationMillis()).toList();
    }

    private Line counts(Side side, String name, String style, boolean filled, ToLongFunction<Answers> number) {
        return new Line(name, style, filled, seconds(side).stream().map(second -> (double) number.applyAsLong(second.answers())).toList());
    }

    private Line latency(Side side, String name, String style, ToLongFunction<Second> micros) {
        return new Line(name, style, false, seconds(side).stream().map(second -> {
            long value = micros.applyAsLong(second);
            return value > 0 ? value : -1.0;
        }).toList());
    }
}
