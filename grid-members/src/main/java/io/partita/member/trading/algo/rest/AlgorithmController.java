package io.partita.member.trading.algo.rest;

import static io.partita.member.rest.Fields.required;

import io.partita.ledger.Refusal;
import io.partita.member.rest.Fields;
import io.partita.member.rest.Guarded;
import io.partita.member.rest.RequestCode;
import io.partita.member.rest.RequestProblem;
import io.partita.member.trading.Listing;
import io.partita.member.trading.algo.AlgorithmService;
import io.partita.member.trading.algo.AlgorithmTables.Child;
import io.partita.member.trading.algo.AlgorithmTables.Parent;
import io.partita.member.trading.algo.AlgorithmTables.Status;
import io.partita.member.trading.rest.TradingCalls;
import io.partita.time.EpochNanos;
import io.partita.trading.Side;
import io.partita.trading.TradingRefusal;
import io.partita.trading.algo.Algorithm;
import io.partita.trading.algo.ParentOrder;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
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

@Tag(name = "Algorithms")
@RestController
@RequestMapping(path = "/api/v1/algorithms")
final class AlgorithmController {

    private static final int MOST = 200;

    private final AlgorithmService algorithms;
    private final TradingCalls trading;

    AlgorithmController(AlgorithmService algorithms, TradingCalls trading) {
        this.algorithms = algorithms;
        this.trading = trading;
    }

    /** A parent order. */
    @Schema(name = "NewAlgorithm")
    record NewParent(@Schema(requiredMode = Schema.RequiredMode.REQUIRED, description = "a number of your choice; repeating it is harmless") Long id,
                     @Schema(requiredMode = Schema.RequiredMode.REQUIRED) Long account,
                     @Schema(requiredMode = Schema.RequiredMode.REQUIRED, example = "ACME") String symbol,
                     @Schema(requiredMode = Schema.RequiredMode.REQUIRED) Side side,
                     @Schema(requiredMode = Schema.RequiredMode.REQUIRED) Long quantity,
                     @Schema(requiredMode = Schema.RequiredMode.REQUIRED) Algorithm algorithm,
                     @Schema(requiredMode = Schema.RequiredMode.REQUIRED) Instant start,
                     @Schema(requiredMode = Schema.RequiredMode.REQUIRED) Instant end,
                     @Schema(description = "of the time; 10 unless said") Integer slices,
                     @Schema(description = "a limit for each child; none unless said") String price,
                     @Schema(description = "of VWAP: of the slices") List<Integer> weights,
                     @Schema(description = "of PARTICIPATION: ten-thousandths of the market's volume") Integer participation,
                     @Schema(description = "of SHORTFALL: 10 is moderate") Integer urgency) implements Guarded {

        @Override
        public Stream<Long> mustOwn() {
            return Stream.ofNullable(account);
        }
    }

    /** A child of a parent order. */
    record ChildAnswer(int slice, String id, long quantity, @Schema(description = "absent until the book has answered") String orderId, long filled,
                       String reason) {
    }

    /** A parent order as it stands; children only where one is asked for. */
    @Schema(name = "Algorithm")
    record ParentAnswer(String id, String account, String symbol, Side side, long quantity, String price, Algorithm algorithm, Instant start,
                        Instant end, int slices, Status status, long filled, String averagePrice,
                        @Schema(description = "the price when it began") String arrivalPrice, String reason, List<ChildAnswer> children) {
    }

    @Operation(summary = "Work a large order off", description = "201, or 200 when the same one had been entered before.")
    @PostMapping(consumes = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<ParentAnswer> enter(@RequestBody NewParent request) {
        Listing listing = trading.listing(required("symbol", request.symbol()));
        ParentOrder order = order(request, listing);
        return switch (algorithms.enter(order)) {
            case ID_REUSED -> throw RequestProblem.of(TradingRefusal.ID_REUSED, "The account has another algorithm with the id " + order.id() + ".");
            case TOO_MANY -> throw RequestProblem.of(RequestCode.TOO_MANY_ALGORITHMS, "An account has at most " + AlgorithmService.MOST_OF_ACCOUNT
                    + ", all together " + AlgorithmService.MOST + ".");
            case REPEATED -> ResponseEntity.ok(one(order.account(), order.id()));
            case NEW -> ResponseEntity.created(URI.create("/api/v1/algorithms/" + order.account() + "/" + order.id())).body(one(order.account(), order.id()));
        };
    }

    private static ParentOrder order(NewParent request, Listing listing) {
        try {
            long limit = request.price() == null ? 0 : listing.ticks(new BigDecimal(request.price()));
            return new ParentOrder(required("id", request.id()), required("account", request.account()), listing.instrument(),
                    required("side", request.side()), required("quantity", request.quantity()), limit, required("algorithm", request.algorithm()),
                    Fields.nanos("start", request.start()), Fields.nanos("end", request.end()), request.slices() == null ? 10 : request.slices(),
                    request.weights() == null ? List.of() : request.weights().stream().map(weight -> required("weights", weight)).toList(),
                    request.participation() == null ? 0 : request.participation(), request.urgency() == null ? 0 : request.urgency(),
                    listing.rules().lots().at(limit));
        } catch (IllegalArgumentException | ArithmeticException wrong) {
            throw RequestProblem.of(Refusal.INVALID_REQUEST, String.valueOf(wrong.getMessage()));
        }
    }

    @Operation(summary = "Algorithms of an account", description = "The highest id first.")
    @GetMapping
    List<ParentAnswer> all(@RequestParam long account, @RequestParam(defaultValue = "9223372036854775807") long before,
                           @RequestParam(defaultValue = "50") int limit) {
        Fields.within("limit", limit, MOST);
        return algorithms.of(account, before, limit).stream().map(parent -> answer(parent, null)).toList();
    }

    @Operation(summary = "An algorithm with its children")
    @GetMapping("/{account}/{id}")
    ParentAnswer one(@PathVariable long account, @PathVariable long id) {
        Parent parent = find(account, id);
        return answer(parent, algorithms.children(parent.order()).stream().map(AlgorithmController::child).toList());
    }

    @Operation(summary = "End an algorithm", description = "It sends no more children; what they have done stays done.")
    @DeleteMapping("/{account}/{id}")
    ParentAnswer cancel(@PathVariable long account, @PathVariable long id) {
        algorithms.cancel(find(account, id).order());
        return one(account, id);
    }

    private Parent find(long account, long id) {
        return algorithms.find(account, id).orElseThrow(() ->
                RequestProblem.of(RequestCode.NOT_FOUND, "Account " + account + " has no algorithm " + id + "."));
    }

    private ParentAnswer answer(Parent parent, List<ChildAnswer> children) {
        ParentOrder order = parent.order();
        Listing listing = trading.byNumber().get(order.instrument());
        BigDecimal average = parent.filled() == 0 ? null
                : parent.notional().divide(BigDecimal.valueOf(parent.filled()), 4, RoundingMode.HALF_UP).movePointLeft(listing.priceScale());
        return new ParentAnswer(Long.toString(order.id()), Long.toString(order.account()), listing.symbol(), order.side(), order.quantity(),
                order.limit() == 0 ? null : listing.price(order.limit()).toPlainString(), order.algorithm(), EpochNanos.instant(order.start()),
                EpochNanos.instant(order.end()), order.slices(), parent.status(), parent.filled(), average == null ? null : average.toPlainString(),
                parent.arrival() == 0 ? null : listing.price(parent.arrival()).toPlainString(), parent.reason(), children);
    }

    private static ChildAnswer child(Child child) {
        return new ChildAnswer(child.slice(), Long.toString(child.commandId()), child.quantity(),
                child.orderId() == null ? null : Long.toString(child.orderId()), child.filled(), child.reason());
    }
}
