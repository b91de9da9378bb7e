package io.partita.member.trading.halt.rest;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.partita.ledger.Refusal;
import io.partita.member.rest.Caller;
import io.partita.member.rest.Fields;
import io.partita.member.rest.RequestCode;
import io.partita.member.rest.RequestProblem;
import io.partita.member.trading.Calendars;
import io.partita.member.trading.Listing;
import io.partita.member.trading.halt.BreakerRules;
import io.partita.member.trading.halt.MarketHalt;
import io.partita.member.trading.halt.MarketHalts;
import io.partita.member.trading.rest.TradingCalls;
import io.partita.security.Principal;
import io.partita.time.EpochNanos;
import io.partita.trading.MarketBreaker;
import io.partita.trading.TradingRefusal;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

@Tag(name = "Market-wide halts")
@RestController
@RequestMapping(path = "/api/v1/market-breaker")
final class MarketBreakerController {

    private static final int LATEST = 50;
    private static final List<Integer> LEVELS = List.of(700, 1_300, 2_000);

    private final MarketHalts halts;
    private final TradingCalls trading;

    MarketBreakerController(MarketHalts halts, TradingCalls trading) {
        this.halts = halts;
        this.trading = trading;
    }

    /** An instrument of the basket. */
    @Schema(name = "BasketPart")
    record Part(@Schema(requiredMode = Schema.RequiredMode.REQUIRED) String symbol, @Schema(description = "1 unless said") Integer weight) {
    }

    /** When the whole market is halted. */
    @Schema(name = "MarketBreaker")
    record Rules(@Schema(description = "declines of the basket from the previous close, in ten-thousandths; 700, 1300 and 2000 unless said") List<Integer> levels,
                 @Schema(requiredMode = Schema.RequiredMode.REQUIRED) List<Part> basket,
                 @Schema(description = "how long all levels but the last halt; 900 unless said") Integer haltSeconds,
                 @Schema(description = "of the auction by which books open that have no time of their own; 60 unless said") Integer auctionSeconds,
                 @Schema(description = "when books open on the business day after the last level, UTC; 08:00 unless said", example = "08:00") LocalTime reopens,
                 @Schema(description = "of that business day; the one of the first instrument unless said") String calendar) {
    }

    /** A halt of the whole market. */
    @Schema(name = "MarketHalt")
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record HaltAnswer(String halt, @Schema(description = "0 if a person did it") int level, @Schema(description = "until another day") boolean closes,
                      @Schema(description = "of the basket, in ten-thousandths") int decline, Instant beganAt, Instant endsAt, String actor, String reason,
                      String liftedBy, String liftedBecause, @Schema(description = "all its books were opened again") boolean done) {

        static HaltAnswer of(MarketHalt halt) {
            return new HaltAnswer(Long.toString(halt.halt()), halt.level(), halt.closes(), halt.decline(), instant(halt.beganAt()), instant(halt.endsAt()),
                    halt.actor(), halt.reason(), halt.liftedBy(), halt.liftedBecause(), halt.done());
        }

        private static Instant instant(long nanos) {
            return EpochNanos.instant(nanos);
        }
    }

    /** How the whole market is doing. */
    @Schema(name = "MarketBreakerState")
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record State(@Schema(description = "absent while there are none") Rules rules,
                 @Schema(description = "of the basket, in ten-thousandths; negative if it has risen") Integer decline, List<HaltAnswer> halts) {
    }

    /** A halt that a person wants, or its end. */
    @Schema(name = "MarketHaltOrder")
    record HaltOrder(@Schema(description = "of a halt: how long, up to a day") Integer seconds,
                     @Schema(description = Caller.ACTOR, maxLength = Fields.MOST_TEXT) String actor,
                     @Schema(requiredMode = Schema.RequiredMode.REQUIRED, description = "why", maxLength = Fields.MOST_TEXT) String reason) {
    }

    @Operation(summary = "The market-wide circuit breaker", description = "Its rules, how far the basket has fallen, and the last 50 halts.")
    @GetMapping
    State state() {
        Optional<BreakerRules> rules = halts.rules();
        return new State(rules.map(this::answer).orElse(null), rules.map(halts::decline).orElse(null),
                halts.latest(LATEST).stream().map(HaltAnswer::of).toList());
    }

    private Rules answer(BreakerRules rules) {
        Map<Long, String> symbols = trading.symbols();
        List<Part> basket = rules.breaker().weights().entrySet().stream().filter(part -> symbols.containsKey(part.getKey()))
                .map(part -> new Part(symbols.get(part.getKey()), part.getValue())).sorted(Comparator.comparing(Part::symbol)).toList();
        return new Rules(rules.breaker().levels(), basket, rules.haltSeconds(), rules.auctionSeconds(), rules.reopens(), rules.calendar());
    }

    @Operation(summary = "Set the market-wide circuit breaker", description = """
            Halts all books when the basket has fallen so far from the previous close: each level once a day. The last level closes them until the next business day.""")
    @PutMapping(consumes = MediaType.APPLICATION_JSON_VALUE)
    State set(@RequestBody Rules request) {
        if (request.basket() == null || request.basket().isEmpty() || request.basket().size() > MarketBreaker.MOST_INSTRUMENTS) {
            throw RequestProblem.field("basket", "has 1 to " + MarketBreaker.MOST_INSTRUMENTS + " instruments");
        }
        List<Listing> listings = request.basket().stream().map(part -> trading.listing(Fields.required("basket", part).symbol())).toList();
        Map<Long, Integer> weights = new HashMap<>();
        for (int i = 0; i < listings.size(); i++) {
            Integer weight = request.basket().get(i).weight();
            if (weights.put(listings.get(i).instrument(), weight == null ? 1 : weight) != null) {
                throw RequestProblem.field("basket", "has each instrument once");
            }
        }
        String calendar = request.calendar() == null ? listings.getFirst().calendar() : request.calendar();
        if (!calendar.matches(Calendars.NAME)) {
            throw RequestProblem.field("calendar", "is 1 to 32 capital letters, digits and .:_-");
        }
        try {
            halts.rules(Optional.of(new BreakerRules(new MarketBreaker(request.levels() == null ? LEVELS : request.levels(), weights),
                    request.haltSeconds() == null ? 900 : request.haltSeconds(), request.auctionSeconds() == null ? 60 : request.auctionSeconds(),
                    request.reopens() == null ? LocalTime.of(8, 0) : request.reopens(), calendar)));
        } catch (IllegalArgumentException | NullPointerException wrong) {
            throw RequestProblem.of(Refusal.INVALID_REQUEST, String.valueOf(wrong.getMessage()));
        }
        return state();
    }

    @Operation(summary = "Turn the market-wide circuit breaker off", description = "A halt that is under way goes on.")
    @DeleteMapping
    State remove() {
        halts.rules(Optional.empty());
        return state();
    }

    @Operation(summary = "Halt all books", description = "For a while; they open by auction. 409 while another halt is under way.")
    @PostMapping(path = "/halt", consumes = MediaType.APPLICATION_JSON_VALUE)
    State halt(@RequestBody HaltOrder request, Principal caller) {
        if (request.seconds() == null || request.seconds() < 1 || request.seconds() > BreakerRules.MOST_SECONDS) {
            throw RequestProblem.field("seconds", "is 1 to " + BreakerRules.MOST_SECONDS);
        }
        if (!halts.halt(Duration.ofSeconds(request.seconds()), Caller.actor(caller, request.actor()), Fields.text("reason", request.reason()))) {
            requireView();
            throw RequestProblem.of(RequestCode.MARKET_HALTED, "Lift it, or wait for its end.");
        }
        return state();
    }

    @Operation(summary = "End the halt that is under way", description = "Its books open by auction. 409 if there is none.")
    @PostMapping(path = "/lift", consumes = MediaType.APPLICATION_JSON_VALUE)
    State lift(@RequestBody HaltOrder request, Principal caller) {
        if (!halts.lift(Caller.actor(caller, request.actor()), Fields.text("reason", request.reason()))) {
            requireView();
            throw RequestProblem.of(RequestCode.MARKET_NOT_HALTED, "");
        }
        return state();
    }

    private void requireView() {
        if (!halts.inView()) {
            throw RequestProblem.of(TradingRefusal.NOT_IN_VIEW, "");
        }
    }
}
