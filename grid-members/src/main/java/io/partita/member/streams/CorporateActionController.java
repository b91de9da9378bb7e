package io.partita.member.streams;

import io.partita.marketdata.stream.EnteredAction;
import io.partita.member.ledger.query.Times;
import io.partita.member.rest.Caller;
import io.partita.member.rest.Fields;
import io.partita.member.rest.RequestCode;
import io.partita.member.rest.RequestProblem;
import io.partita.member.trading.rest.TradingCalls;
import io.partita.security.Principal;
import io.partita.time.EpochNanos;
import io.partita.trading.TradingRefusal;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.math.BigDecimal;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jdbi.v3.core.JdbiException;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

@Tag(name = "Ticks")
@RestController
@RequestMapping(path = "/api/v1/marketdata/corporate-actions")
final class CorporateActionController {

    private static final long MOST_SHARES = 1_000_000;
    private static final int MOST_DECIMALS = 12;
    private static final BigDecimal MOST_AMOUNT = BigDecimal.TEN.pow(12);

    private final CorporateActions actions;
    private final TradingCalls trading;

    CorporateActionController(CorporateActions actions, TradingCalls trading) {
        this.actions = actions;
        this.trading = trading;
    }

    /** What it is. */
    enum Kind { SPLIT, DIVIDEND }

    /** One that somebody enters. */
    @Schema(name = "NewCorporateAction")
    record NewAction(@Schema(requiredMode = Schema.RequiredMode.REQUIRED) String symbol, @Schema(requiredMode = Schema.RequiredMode.REQUIRED) Kind kind,
                     @Schema(requiredMode = Schema.RequiredMode.REQUIRED, description = "a time, or a date; counts from the bar on that begins then, or the next one",
                             example = "2026-11-23") String from,
                     @Schema(description = "of a split: so many shares", example = "4") Long now, @Schema(description = "for so many", example = "1") Long old,
                     @Schema(description = "of a dividend: for each share", example = "0.24") String amount,
                     @Schema(description = Caller.ACTOR) String actor) {
    }

    /** One that is there. */
    @Schema(name = "CorporateAction")
    record Answer(String number, String symbol, Kind kind, String from, Long now, Long old, String amount) {
    }

    @Operation(summary = "Splits and dividends, the oldest first")
    @GetMapping
    List<Answer> all(@RequestParam(required = false) String symbol, @RequestParam(defaultValue = "1000") int limit) {
        Fields.within("limit", limit, CorporateActions.MOST);
        Long instrument = symbol == null ? null : trading.listing(symbol).instrument();
        Map<Long, String> symbols = trading.symbols();
        return stored(() -> actions.of(instrument, limit)).stream().map(action -> answer(action, symbols)).toList();
    }

    @Operation(summary = "Enter a split or a dividend", description = """
            201; 200 if the same is there. Bars with adjusted=true go by it at once. The job anomalies takes no price jump for one that it knows when the first bar ends \\
            that it counts for.""")
    @PostMapping(consumes = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<Answer> enter(@RequestBody NewAction request, Principal caller) {
        long instrument = trading.listing(Fields.required("symbol", request.symbol())).instrument();
        EnteredAction action = action(instrument, request);
        String actor = Caller.actor(caller, request.actor());
        CorporateActions.Entered entered = stored(() -> actions.add(action, actor))
                .orElseThrow(() -> RequestProblem.of(RequestCode.TOO_MANY_ACTIONS, request.symbol()));
        Answer answer = answer(entered.action(), trading.symbols());
        return entered.fresh() ? ResponseEntity.created(URI.create("/api/v1/marketdata/corporate-actions/" + answer.number())).body(answer) : ResponseEntity.ok(answer);
    }

    @Operation(summary = "Take one back that was entered by mistake")
    @DeleteMapping("/{number}")
    ResponseEntity<Void> takeBack(@PathVariable long number) {
        if (!stored(() -> actions.remove(number))) {
            throw RequestProblem.of(RequestCode.NOT_FOUND, "No corporate action has the number " + number + ".");
        }
        return ResponseEntity.noContent().build();
    }

    private static EnteredAction action(long instrument, NewAction request) {
        long from = from(Times.from("from", Fields.required("from", request.from())));
        return switch (Fields.required("kind", request.kind())) {
            case SPLIT -> {
                if (request.amount() != null) {
                    throw RequestProblem.field("amount", "is of dividends");
                }
                yield new EnteredAction(0, instrument, from, shares("now", request.now()), shares("old", request.old()), null);
            }
            case DIVIDEND -> {
                if (request.now() != null || request.old() != null) {
                    throw RequestProblem.field("now", "is of splits, as is old");
                }
                yield new EnteredAction(0, instrument, from, 0, 0, amount(Fields.required("amount", request.amount())));
            }
        };
    }

    private static long from(Instant from) {
        if (from == null || from.getEpochSecond() <= 0 || from.getEpochSecond() > Long.MAX_VALUE / 1_000_000_000 - 1) {
            throw RequestProblem.field("from", "is a time between 1970 and 2262");
        }
        return EpochNanos.of(from);
    }

    private static long shares(String name, Long shares) {
        if (shares == null || shares < 1 || shares > MOST_SHARES) {
            throw RequestProblem.field(name, "is a number of shares, 1 to " + MOST_SHARES);
        }
        return shares;
    }

    private static BigDecimal amount(String text) {
        try {
            BigDecimal amount = text.length() > 40 ? BigDecimal.ZERO : new BigDecimal(text);
            if (amount.signum() > 0 && amount.scale() >= 0 && amount.scale() <= MOST_DECIMALS && amount.compareTo(MOST_AMOUNT) < 0) {
                return amount;
            }
        } catch (NumberFormatException wrong) {
            // Told below.
        }
        throw RequestProblem.field("amount", "is a positive decimal with up to " + MOST_DECIMALS + " decimals");
    }

    private static <T> T stored(Supplier<T> work) {
        try {
            return work.get();
        } catch (JdbiException away) {
            throw RequestProblem.of(TradingRefusal.STORE_UNAVAILABLE, "");
        }
    }

    private static Answer answer(EnteredAction action, Map<Long, String> symbols) {
        boolean split = action.amount() == null;
        return new Answer(Long.toString(action.number()), symbols.getOrDefault(action.instrument(), Long.toString(action.instrument())),
                split ? Kind.SPLIT : Kind.DIVIDEND, EpochNanos.instant(action.from()).toString(), split ? action.now() : null, split ? action.old() : null,
                split ? null : action.amount().toPlainString());
    }
}
