package io.partita.member.risk.limits;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.partita.member.rest.Caller;
import io.partita.member.risk.Amounts;
import io.partita.money.Currency;
import io.partita.risk.Breach;
import io.partita.risk.BreachChange;
import io.partita.risk.Figure;
import io.partita.risk.LimitRefusal;
import io.partita.risk.LimitRefused;
import io.partita.risk.LimitState;
import io.partita.risk.Measure;
import io.partita.risk.RiskLimit;
import io.partita.risk.Scope;
import io.partita.risk.Tail;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;

/** Limits in the words of JSON. Amounts are decimals in major units, concentrations shares of one. */
public final class LimitJson {

    private LimitJson() {
    }

    static String level(Measure measure, Currency currency, long value) {
        return measure.isMoney() ? currency.toMajor(value).toPlainString() : Amounts.share(value);
    }

    /** @throws io.partita.risk.LimitRefused {@code MALFORMED_LEVEL} */
    static long level(Measure measure, Currency currency, String text) {
        return measure.isMoney() ? Amounts.money(currency, text) : Amounts.share(text);
    }

    /** A limit as somebody wants it. */
    @Schema(name = "NewRiskLimit")
    public record Wanted(@Schema(requiredMode = Schema.RequiredMode.REQUIRED) Scope scope,
                  @Schema(requiredMode = Schema.RequiredMode.REQUIRED, description = "the code of a portfolio or a counterparty, or the number of an account") String target,
                  @Schema(requiredMode = Schema.RequiredMode.REQUIRED) Measure measure,
                  @Schema(description = "of its figures; that of the portfolio's or the account's firm, and may be left out there", example = "EUR") String currency,
                  @Schema(requiredMode = Schema.RequiredMode.REQUIRED, description = "an amount, or a share of one for CONCENTRATION", example = "50000.00") String soft,
                  @Schema(requiredMode = Schema.RequiredMode.REQUIRED, example = "60000.00") String hard,
                  @Schema(description = "of value at risk and expected shortfall; FILTERED_HISTORICAL unless said") String method,
                  @Schema(description = "0.99 unless said") Double level, @Schema(description = "days ahead; 1 unless said") Integer horizon,
                  @Schema(description = "days of history; 500 unless said") Integer window,
                  @Schema(description = "whether a figure above the hard level stops orders that make positions larger; true unless said") Boolean holds,
                  @Schema(description = Caller.ACTOR, maxLength = 200) String actor) {

        Wanted by(String known) {
            return new Wanted(scope, target, measure, currency, soft, hard, method, level, horizon, window, holds, known);
        }

        Tail tail() {
            if (!measure.ofTail()) {
                if (method != null || level != null || horizon != null || window != null) {
                    throw new LimitRefused(LimitRefusal.TAIL_OUT_OF_RANGE, measure + " has none.");
                }
                return null;
            }
            Tail usual = Tail.DAILY;
            return new Tail(method == null ? usual.method() : method, level == null ? usual.level() : level, horizon == null ? usual.horizon() : horizon,
                    window == null ? usual.window() : window);
        }
    }

    /** A limit, and how it was found last. */
    @Schema(name = "RiskLimit")
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record One(String code, Scope scope, String target, Measure measure, String currency, String soft, String hard, String method, Double level, Integer horizon,
               Integer window, boolean holds, String actor, Instant enteredAt, LimitState state, @Schema(description = "the last figure") String value,
               @Schema(description = "positions that are in no figure") Integer left, @Schema(description = "why there is no figure: a code") String reason,
               Instant evaluatedAt, @Schema(description = "the number of its breach that lasts") String breach) {

        static One of(LimitStatus status) {
            RiskLimit limit = status.limit();
            Tail tail = limit.tail();
            Figure.Known known = status.figure() instanceof Figure.Known one ? one : null;
            return new One(limit.code(), limit.scope(), limit.target(), limit.measure(), limit.base().code(), text(limit, limit.levels().soft()),
                    text(limit, limit.levels().hard()), tail == null ? null : tail.method(), tail == null ? null : tail.level(), tail == null ? null : tail.horizon(),
                    tail == null ? null : tail.window(), limit.holds(), status.actor(), status.enteredAt(), status.state(), known == null ? null : text(limit, known.value()),
                    known == null ? null : known.left(), status.figure() instanceof Figure.Unknown unknown ? unknown.reason() : null, status.evaluatedAt(),
                    status.breach() == null ? null : status.breach().toString());
        }
    }

    private static String text(RiskLimit limit, long value) {
        return level(limit.measure(), limit.base(), value);
    }

    /** Somebody has seen a breach. */
    @Schema(name = "NewAcknowledgement")
    public record Seen(@Schema(description = Caller.ACTOR, maxLength = 200) String actor,
                @Schema(requiredMode = Schema.RequiredMode.REQUIRED, description = "what is being done", maxLength = 200) String note) {
    }

    /** A breach. */
    @Schema(name = "RiskBreach")
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record OneBreach(String number, String limit, Scope scope, String target, Measure measure, String currency, String soft, String hard, boolean open,
                     @Schema(description = "SOFT or HARD now; OK once it is over") LimitState state, @Schema(description = "whether it ever was above the hard level") boolean wasHard,
                     String value, @Schema(description = "the largest figure") String peak, @Schema(description = "positions that were in no figure then") int left,
                     @Schema(description = "whether it stops orders") boolean holds, Instant raisedAt, Instant escalatedAt, String acknowledgedBy, String note,
                     Instant acknowledgedAt, Instant clearedAt) {

        static OneBreach of(Breach breach) {
            RiskLimit limit = breach.limit();
            Breach.Acknowledged by = breach.acknowledged();
            return new OneBreach(Long.toString(breach.number()), limit.code(), limit.scope(), limit.target(), limit.measure(), limit.base().code(),
                    text(limit, limit.levels().soft()), text(limit, limit.levels().hard()), breach.open(),
                    !breach.open() ? LimitState.OK : breach.hard() ? LimitState.HARD : LimitState.SOFT, breach.wasHard(), text(limit, breach.value()),
                    text(limit, breach.peak()), breach.left(), breach.open() && breach.hard() && limit.holds(), breach.raisedAt(), breach.escalatedAt(),
                    by == null ? null : by.actor(), by == null ? null : by.note(), by == null ? null : by.at(), breach.clearedAt());
        }
    }

    /** Something that happened to a breach. */
    @Schema(name = "RiskBreachEvent")
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record OneEvent(String event, BreachChange.Kind kind, boolean hard, String value, String actor, String note, Instant at) {

        static OneEvent of(LimitTables.Event event, RiskLimit limit) {
            return new OneEvent(Long.toString(event.event()), event.kind(), event.hard(), text(limit, event.value()), event.actor(), event.note(), event.at());
        }
    }
}
