package io.partita.member.trading.orders.rest;

import static io.partita.member.rest.Fields.identified;
import static io.partita.member.rest.Fields.required;

import io.partita.member.rest.RequestCode;
import io.partita.member.rest.RequestProblem;
import io.partita.member.trading.orders.OrderService;
import io.partita.member.trading.rest.TradingCalls;
import io.partita.time.EpochNanos;
import io.partita.trading.TradingRefusal;
import io.partita.trading.risk.Locate;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionException;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

@Tag(name = "Trading accounts")
@RestController
@RequestMapping(path = "/api/v1/trading-accounts/{number}/locates")
final class LocateController {

    private static final int LONGEST_LENDER = 64;
    /** Nanoseconds since 1970 end in 2262. */
    private static final Instant LATEST = Instant.parse("2200-01-01T00:00:00Z");

    private final OrderService orders;
    private final TradingCalls trading;

    LocateController(OrderService orders, TradingCalls trading) {
        this.orders = orders;
        this.trading = trading;
    }

    /** Units that were located for the account's short sales. */
    @Schema(name = "NewLocate")
    record NewLocate(@Schema(requiredMode = Schema.RequiredMode.REQUIRED, description = "a number of your choice; repeating it is harmless") Long id,
                     @Schema(requiredMode = Schema.RequiredMode.REQUIRED, example = "ACME") String symbol,
                     @Schema(requiredMode = Schema.RequiredMode.REQUIRED) Long quantity,
                     @Schema(requiredMode = Schema.RequiredMode.REQUIRED, description = "until when new sales may count on them") Instant expires,
                     @Schema(description = "who lends them") String lender) {
    }

    /** Of these units, so many are owed or in open sales. */
    @Schema(name = "Locate")
    record LocateAnswer(String id, String symbol, long quantity, long used, Instant expires) {
    }

    @Operation(summary = "Tell an account that units were located for its short sales", description = "201. Sales use what expires first.")
    @PostMapping(consumes = MediaType.APPLICATION_JSON_VALUE)
    @ResponseStatus(HttpStatus.CREATED)
    LocateAnswer locate(@PathVariable long number, @RequestBody NewLocate request) {
        RiskController.known(orders, number);
        Instant expires = required("expires", request.expires());
        if (expires.isAfter(LATEST) || !expires.isAfter(Instant.EPOCH)) {
            throw RequestProblem.field("expires", "is out of range");
        }
        if (request.lender() != null && request.lender().length() > LONGEST_LENDER) {
            throw RequestProblem.field("lender", "has at most " + LONGEST_LENDER + " characters");
        }
        if (required("quantity", request.quantity()) < 1) {
            throw RequestProblem.field("quantity", "is positive");
        }
        Locate locate = new Locate(identified(request.id()), trading.listing(required("symbol", request.symbol())).security(), request.quantity(), EpochNanos.of(expires));
        try {
            return switch (orders.locate(number, locate, request.lender())) {
                case YES -> new LocateAnswer(request.id().toString(), request.symbol(), locate.quantity(), 0, expires);
                case ID_REUSED -> throw RequestProblem.of(TradingRefusal.ID_REUSED, "The account has another locate with the id " + locate.id() + ".");
                case TOO_MANY -> throw RequestProblem.of(RequestCode.TOO_MANY_LOCATES, "");
            };
        } catch (CompletionException moving) {
            throw RequestProblem.of(TradingRefusal.OUTCOME_UNKNOWN, "The locate is kept, but the account may not have heard of it.");
        }
    }

    @Operation(summary = "What was located for an account, and how much of it is in use", description = "By expiry; with what has expired and is still owed.")
    @GetMapping
    List<LocateAnswer> all(@PathVariable long number) {
        Map<Long, String> symbols = trading.symbols();
        return orders.view(RiskController.known(orders, number)).orElseThrow(() -> RequestProblem.of(TradingRefusal.BOOK_UNAVAILABLE, "")).locates().stream()
                .map(one -> new LocateAnswer(Long.toString(one.id()), symbols.get(one.instrument()), one.quantity(), one.used(),
                        EpochNanos.instant(one.expires()))).toList();
    }
}
