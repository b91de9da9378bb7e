package io.partita.member.marketdata.alerts;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.partita.marketdata.anomaly.Aftermath;
import io.partita.marketdata.anomaly.Anomaly;
import io.partita.marketdata.anomaly.AnomalyAlert;
import io.partita.marketdata.anomaly.AnomalyKind;
import io.partita.marketdata.anomaly.Feature;
import io.partita.marketdata.anomaly.Outlook;
import io.partita.marketdata.anomaly.Severity;
import io.partita.marketdata.anomaly.SimilarEpisode;
import io.partita.marketdata.surveillance.Evidence;
import io.partita.marketdata.surveillance.Practice;
import io.partita.marketdata.surveillance.SurveillanceAlert;
import io.partita.member.rest.Caller;
import io.partita.time.EpochNanos;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.function.LongFunction;

/** Alerts in the words of JSON. Returns are logarithmic, times ISO 8601; what is not there is left out. */
public final class AlertJson {


    private AlertJson() {
    }

    static Instant instant(long nanos) {
        return EpochNanos.instant(nanos);
    }

    /** How far one feature was from what was expected. */
    @Schema(name = "Attribution")
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Part(Feature feature, Double observed, Double expected, @Schema(description = "robust deviations") Double deviation,
                @Schema(description = "of the whole, 0 to 1") double share) {
    }

    /** An anomaly that people should hear of, or may. */
    @Schema(name = "AnomalyAlert")
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Alert(String id, @Schema(description = "absent for the market as a whole") String symbol, @Schema(description = "size of the bars", example = "1m") String size,
                 AnomalyKind kind, Severity severity, @Schema(description = "end of the first bar concerned") Instant from, Instant to,
                 @Schema(description = "end of the bar by which it was known") Instant detected, double score, String unit, String explanation,
                 @Schema(description = "in how many bars it was seen") int bars, @Schema(description = "the largest share first") List<Part> attributions,
                 @Schema(description = "what followed similar episodes: medians") Outlook outlook,
                 @Schema(description = "what somebody said of it: worth the look or not") Boolean real,
                 @Schema(description = "the alert rule that says so; kind is RULE then") String rule) {

        public static Alert of(AnomalyAlert alert, LongFunction<String> symbols, Boolean real) {
            Anomaly anomaly = alert.anomaly();
            return new Alert(alert.id(), anomaly.instrument() == 0 ? null : symbols.apply(anomaly.instrument()), alert.size().toString(), anomaly.kind(),
                    anomaly.severity(), instant(anomaly.from()), instant(anomaly.to()), instant(anomaly.detected()), anomaly.score(), anomaly.kind().unit(),
                    anomaly.explanation(), anomaly.bars(), anomaly.attributions().stream().map(part -> new Part(part.feature(), known(part.observed()),
                    known(part.expected()), known(part.deviation()), part.share())).toList(), alert.outlook().orElse(null), real, alert.rule());
        }

        /** JSON has no word for what is no number. */
        private static Double known(double value) {
            return Double.isFinite(value) ? value : null;
        }
    }

    /** A window of history that is like the one that ends with an alert, and what followed. */
    @Schema(name = "SimilarEpisode")
    record Episode(String symbol, @Schema(description = "end of its first bar") Instant from, Instant to, @Schema(description = "1 for the same") double similarity,
                   Aftermath followed) {

        static Episode of(SimilarEpisode episode, LongFunction<String> symbols) {
            return new Episode(symbols.apply(episode.instrument()), instant(episode.from()), instant(episode.to()), episode.similarity(), episode.followed());
        }
    }

    /** What somebody says of an alert. */
    @Schema(name = "AnomalyFeedback")
    record Opinion(@Schema(requiredMode = Schema.RequiredMode.REQUIRED, description = "true if it was worth the look") Boolean real,
                   @Schema(description = Caller.ACTOR) String actor, String reason) {
    }

    /** What follows from an opinion. */
    @Schema(name = "AnomalyThreshold")
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Tuned(String alert, boolean real, String symbol, String size, AnomalyKind kind, @Schema(description = "what scores must reach from now on") double threshold,
                 String unit) {
    }

    /** A time in which nobody wants to hear of some kinds. */
    @Schema(name = "AnomalySilence")
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Quiet(@Schema(accessMode = Schema.AccessMode.READ_ONLY) String silence, @Schema(description = "all instruments unless said") String symbol,
                 @Schema(description = "all kinds unless said") Set<AnomalyKind> kinds, @Schema(requiredMode = Schema.RequiredMode.REQUIRED) Instant from,
                 @Schema(requiredMode = Schema.RequiredMode.REQUIRED, description = "the first moment after it") Instant until,
                 @Schema(requiredMode = Schema.RequiredMode.REQUIRED, description = "for those who wonder later") String reason,
                 @Schema(accessMode = Schema.AccessMode.WRITE_ONLY, description = Caller.ACTOR) String actor) {
    }

    /** A report that an alert rests on. */
    @Schema(name = "Evidence")
    record Proof(long sequence, Instant time, String orderId, String role, @Schema(description = "ticks") long price, long quantity) {

        static Proof of(Evidence evidence) {
            return new Proof(evidence.sequence(), instant(evidence.time()), Long.toString(evidence.order()), evidence.role(), evidence.price(), evidence.quantity());
        }
    }

    /** What looks like abuse of a market: a question, never a verdict. */
    @Schema(name = "SurveillanceAlert")
    record Suspicion(String id, String symbol, Practice practice, @Schema(description = "trading account") String account, Instant from, Instant to,
                     @Schema(description = "how many times the limit was reached") double score, @Schema(description = "how often it was seen") int cycles, String explanation,
                     @Schema(description = "the latest reports that it rests on, 50 at most") List<Proof> evidence) {

        static Suspicion of(SurveillanceAlert alert, LongFunction<String> symbols) {
            return new Suspicion(alert.id(), symbols.apply(alert.instrument()), alert.practice(), Long.toString(alert.owner()), instant(alert.from()),
                    instant(alert.to()), alert.score(), alert.cycles(), alert.explanation(), alert.evidence().stream().map(Proof::of).toList());
        }
    }
}
