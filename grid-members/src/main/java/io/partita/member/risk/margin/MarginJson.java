package io.partita.member.risk.margin;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.partita.member.rest.AccountId;
import io.partita.member.rest.Caller;
import io.partita.member.risk.Amounts;
import io.partita.money.Currency;
import io.partita.risk.Measure;
import io.partita.risk.Tail;
import io.partita.risk.margin.CallStatus;
import io.partita.risk.margin.MarginCall;
import io.partita.risk.margin.MarginStanding;
import io.partita.risk.margin.MarginTerms;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.UUID;

/** Margin in the words of JSON; amounts are decimals in major units. */
final class MarginJson {

    private MarginJson() {
    }

    private static String text(Currency currency, long minor) {
        return currency.toMajor(minor).toPlainString();
    }

    /** Terms as somebody wants them. */
    @Schema(name = "NewMarginTerms")
    record Wanted(@Schema(requiredMode = Schema.RequiredMode.REQUIRED, example = "EUR") String currency,
                  @Schema(description = "what the initial margin covers: EXPECTED_SHORTFALL unless said, or VALUE_AT_RISK") Measure measure,
                  @Schema(description = "FILTERED_HISTORICAL unless said") String method, @Schema(description = "0.99 unless said") Double level,
                  @Schema(description = "days ahead; 2 unless said") Integer horizon, @Schema(description = "days of history; 500 unless said") Integer window,
                  @Schema(requiredMode = Schema.RequiredMode.REQUIRED, description = "as a share of the initial margin", example = "0.75") String maintenance,
                  @Schema(requiredMode = Schema.RequiredMode.REQUIRED, description = "of a call; 1 to 43,200") Long deadlineMinutes,
                  @Schema(description = "nothing below is called; 0 unless said", example = "100.00") String smallest,
                  @Schema(description = "whether positions are closed when a deadline has passed; true unless said") Boolean liquidates,
                  @Schema(description = Caller.ACTOR, maxLength = 200) String actor) {
    }

    /** A margin account, and how it was found last. */
    @Schema(name = "MarginAccount")
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record One(String account, String currency, Measure measure, String method, double level, int horizon, int window, String maintenance, long deadlineMinutes,
               String smallest, boolean liquidates, String actor, Instant enteredAt, @Schema(description = "cash") String collateral,
               @Schema(description = "of positions that were paid for") String worth, @Schema(description = "gain of others since it was settled") String variation,
               @Schema(description = "collateral, worth and variation") String equity, @Schema(description = "initial margin") String initial,
               @Schema(description = "below which it is called") String maintenanceMargin, @Schema(description = "of the initial margin") String shortfall,
               @Schema(description = "positions without a risk figure or a price") int left, @Schema(description = "why nobody knows: a code") String reason,
               Instant evaluatedAt, @Schema(description = "the number of its call that is not over") String call) {

        static One of(MarginStatus status) {
            MarginTerms terms = status.terms();
            Currency currency = terms.currency();
            Tail tail = terms.tail();
            MarginStanding at = status.standing();
            return new One(Long.toString(terms.account()), currency.code(), terms.measure(), tail.method(), tail.level(), tail.horizon(), tail.window(),
                    Amounts.share(terms.maintenance()), terms.deadline().toMinutes(), text(currency, terms.smallest()), terms.liquidates(), status.actor(), status.enteredAt(),
                    at == null ? null : text(currency, at.collateral()), at == null ? null : text(currency, at.worth()), at == null ? null : text(currency, at.variation()),
                    at == null ? null : text(currency, at.equity()), at == null ? null : text(currency, at.initial()), at == null ? null : text(currency, at.maintenance()),
                    at == null ? null : text(currency, at.shortfall()), status.left(), status.reason(), status.evaluatedAt(),
                    status.call() == null ? null : status.call().toString());
        }
    }

    /** A margin call. */
    @Schema(name = "MarginCall")
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record OneCall(String number, String account, String currency, @Schema(description = "what was missing when it was issued") String amount,
                   @Schema(description = "what is missing now") String outstanding, CallStatus status, Instant issuedAt, Instant deadline,
                   @Schema(description = "how often closing the positions was begun") int attempt, Instant endedAt) {

        static OneCall of(MarginTables.Called called) {
            MarginCall call = called.call();
            return new OneCall(Long.toString(call.number()), Long.toString(call.account()), called.currency().code(), text(called.currency(), call.amount()),
                    text(called.currency(), call.outstanding()), call.status(), call.issuedAt(), call.deadline(), call.attempt(), call.endedAt());
        }
    }

    /** A status that a call came to. */
    @Schema(name = "MarginCallEvent")
    record OneEvent(String event, CallStatus status, String outstanding, Instant at) {

        static OneEvent of(MarginTables.Event event, Currency currency) {
            return new OneEvent(Long.toString(event.event()), event.status(), text(currency, event.outstanding()), event.at());
        }
    }

    /** That gains are to be paid. */
    @Schema(name = "NewMarginSettlement")
    record WantedSettlement(@Schema(requiredMode = Schema.RequiredMode.REQUIRED, description = "of your choice; repeating it is harmless") UUID id,
                            @Schema(requiredMode = Schema.RequiredMode.REQUIRED, description = "the ledger account that pays gains and is paid losses") AccountId against) {
    }

    /** A gain, or a loss, that was paid. */
    @Schema(name = "MarginSettlement")
    record OneSettlement(@Schema(description = "of the transfer, too") UUID id, String account, String against, String currency,
                         @Schema(description = "to the account; less than 0 from it") String amount, Instant at) {

        static OneSettlement of(MarginTables.Settlement settlement) {
            return new OneSettlement(settlement.id(), Long.toString(settlement.account()), Long.toString(settlement.against()), settlement.currency().code(),
                    text(settlement.currency(), settlement.amount()), settlement.at());
        }
    }
}
