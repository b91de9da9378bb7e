package io.partita.member.marketdata.rules;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.partita.marketdata.anomaly.AnomalyAlert;
import io.partita.marketdata.anomaly.Severity;
import io.partita.marketdata.rules.AlertRule;
import io.partita.marketdata.rules.RuleFailure;
import io.partita.member.rest.Caller;
import io.partita.pipelines.marketdata.rules.DryRun;
import io.partita.time.EpochNanos;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.LongFunction;

/** Rules in the words of JSON. */
public final class RuleJson {

    private RuleJson() {
    }

    static Instant instant(long nanos) {
        return EpochNanos.instant(nanos);
    }

    /** A rule as somebody wants it. */
    @Schema(name = "NewAlertRule")
    public record Wanted(@Schema(description = "of a new one; small letters, digits and -", example = "oversold") String name,
                  @Schema(requiredMode = Schema.RequiredMode.REQUIRED, example = "rsi(14) < 30 && close < bbands(20,2).lower") String condition,
                  @Schema(description = "of the bars, 1m unless said", example = "1m") String size, @Schema(description = "all unless said") List<String> symbols,
                  @Schema(description = "WARNING unless said") Severity severity, @Schema(description = "true unless said") Boolean enabled, String description,
                  @Schema(description = Caller.ACTOR) String actor) {
    }

    /** Whether a rule is judged. */
    public enum Status { ON, OFF, FAILED }

    /** What it is judged on. */
    public enum On { BARS, ANOMALIES }

    /** Why a rule is judged no more. */
    @Schema(name = "AlertRuleFailure")
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Failed(String symbol, @Schema(description = "end of the bar") Instant time, String message) {

        static Failed of(RuleFailure failure, LongFunction<String> symbols) {
            return new Failed(failure.instrument() == 0 ? null : symbols.apply(failure.instrument()), instant(failure.time()), failure.message());
        }
    }

    /** A rule. */
    @Schema(name = "AlertRule")
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Rule(String name, String condition, On on, String size, @Schema(description = "none: all") List<String> symbols, Severity severity, boolean enabled,
                Status status, Failed failure, String description, String actor, Instant changed, @Schema(description = "higher after each change") String version) {

        static Rule of(KeptRule kept, On on, Failed failure, LongFunction<String> symbols) {
            AlertRule rule = kept.rule();
            Status status = !rule.enabled() ? Status.OFF : failure != null ? Status.FAILED : Status.ON;
            return new Rule(rule.name(), rule.condition(), on, rule.size().toString(), rule.instruments().stream().map(symbols::apply).sorted().toList(),
                    rule.severity(), rule.enabled(), status, failure, kept.description(), kept.actor(), kept.changed(), Long.toString(rule.version()));
        }
    }

    /** What is to be tried. */
    @Schema(name = "AlertRuleTrial")
    public record Trial(@Schema(requiredMode = Schema.RequiredMode.REQUIRED) String condition, @Schema(description = "1m unless said") String size,
                 @Schema(requiredMode = Schema.RequiredMode.REQUIRED, description = "1 to 10") List<String> symbols,
                 @Schema(description = "WARNING unless said") Severity severity, @Schema(description = "since bars are kept, unless said") Instant from,
                 @Schema(description = "not in it; up to now unless said") Instant to) {
    }

    /** An alert that there would have been. */
    @Schema(name = "AlertRuleHit")
    public record Hit(String symbol, @Schema(description = "end of the first bar") Instant from, Instant to, @Schema(description = "of how many bars it was true") int bars,
               String explanation) {

        static Hit of(AnomalyAlert alert, LongFunction<String> symbols) {
            return new Hit(symbols.apply(alert.anomaly().instrument()), instant(alert.anomaly().from()), instant(alert.anomaly().to()), alert.anomaly().bars(),
                    alert.anomaly().explanation());
        }
    }

    /** What a rule would have said. */
    @Schema(name = "AlertRuleDryRun")
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Tried(On on, @Schema(description = "bars, or anomalies, that it was judged on") int judged,
                 @Schema(description = "of these: where an indicator had not warmed up, or there was no bar before") int absent,
                 @Schema(description = "of how many it was true") int matched, @Schema(description = "alerts that there would have been") int alerts,
                 @Schema(description = "times that it was true and nobody would have heard of it, for too many alerts") int suppressed,
                 @Schema(description = "the last 200 alerts, the newest last") List<Hit> hits, @Schema(description = "why it could not be evaluated any further") String failure) {

        private static final int MOST = 200;

        static Tried of(On on, DryRun run, LongFunction<String> symbols) {
            List<AnomalyAlert> alerts = List.copyOf(run.alerts());
            return new Tried(on, run.judged(), run.absent(), run.matched(), alerts.size(), run.suppressed(),
                    alerts.subList(Math.max(0, alerts.size() - MOST), alerts.size()).stream().map(alert -> Hit.of(alert, symbols)).toList(), run.failure());
        }
    }

    /** What there is to write rules with. */
    @Schema(name = "AlertRuleWords")
    public record Words(@Schema(description = "words and their types; previous(...) has those of bars and indicators for the bar before") Map<String, String> words,
                 List<String> functions) {
    }
}
