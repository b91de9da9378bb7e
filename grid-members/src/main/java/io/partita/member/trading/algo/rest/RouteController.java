package io.partita.member.trading.algo.rest;

import io.partita.ledger.Refusal;
import io.partita.member.rest.Guarded;
import io.partita.member.rest.RequestProblem;
import io.partita.member.trading.Listing;
import io.partita.member.trading.algo.RouteDesk;
import io.partita.member.trading.algo.RouteDesk.Leg;
import io.partita.member.trading.algo.RouteDesk.Route;
import io.partita.member.trading.rest.TradingCalls;
import io.partita.trading.Reason;
import io.partita.trading.Side;
import io.partita.trading.TradingRefusal;
import io.partita.trading.TradingResult;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

@Tag(name = "Algorithms")
@RestController
@RequestMapping(path = "/api/v1/routes")
final class RouteController {

    private final RouteDesk desk;
    private final TradingCalls trading;

    RouteController(RouteDesk desk, TradingCalls trading) {
        this.desk = desk;
        this.trading = trading;
    }

    /** An order for a security that is listed more than once. */
    @Schema(name = "NewRoute")
    record NewRoute(@Schema(requiredMode = Schema.RequiredMode.REQUIRED, description = "a number of your choice; its orders are entered once") Long id,
                    @Schema(requiredMode = Schema.RequiredMode.REQUIRED) Long account,
                    @Schema(requiredMode = Schema.RequiredMode.REQUIRED) Side side,
                    @Schema(requiredMode = Schema.RequiredMode.REQUIRED) Long quantity,
                    @Schema(description = "none unless said") String price,
                    @Schema(requiredMode = Schema.RequiredMode.REQUIRED, description = "symbols of the books of it, the preferred first; dark ones are asked before the others") List<String> venues,
                    @Schema(description = "symbols of further books to be asked first, at the middle of the best shown prices") List<String> dark) implements Guarded {

        @Override
        public Stream<Long> mustOwn() {
            return Stream.ofNullable(account);
        }
    }

    /** An order that was sent; code says why it was not taken. */
    @Schema(name = "RouteLeg")
    record LegAnswer(String symbol, String orderId, String price, long quantity, long filled, String code) {
    }

    /** What came of it; what is not filled is cancelled. */
    @Schema(name = "RouteAnswer")
    record RouteAnswer(String id, long quantity, long filled, List<LegAnswer> legs) {
    }

    @Operation(summary = "Route an order over several books of one security", description = """
            Takes the best shown prices net of fees, after asking the dark ones at the middle. What is not filled at once is cancelled.""")
    @PostMapping(consumes = MediaType.APPLICATION_JSON_VALUE)
    RouteAnswer send(@RequestBody NewRoute request) {
        if (request.id() == null || request.account() == null || request.side() == null || request.quantity() == null || request.venues() == null) {
            throw RequestProblem.of(Refusal.INVALID_REQUEST, "id, account, side, quantity and venues are required");
        }
        try {
            Map<Boolean, List<Listing>> venues = listings(request.venues()).stream().collect(Collectors.partitioningBy(listing -> listing.rules().dark()));
            List<Listing> dark = Stream.concat(venues.get(true).stream(), listings(request.dark() == null ? List.of() : request.dark()).stream()).toList();
            Route route = new Route(request.id(), request.account(), request.side(), request.quantity(),
                    request.price() == null ? null : new BigDecimal(request.price()), venues.get(false), dark);
            List<Leg> legs = desk.send(route).orElseThrow(() ->
                    RequestProblem.of(TradingRefusal.ID_REUSED, "The account has another route with the id " + route.id() + "."));
            return new RouteAnswer(request.id().toString(), route.quantity(), legs.stream().mapToLong(Leg::filled).sum(),
                    legs.stream().map(RouteController::answer).toList());
        } catch (IllegalArgumentException | ArithmeticException wrong) {
            throw RequestProblem.of(Refusal.INVALID_REQUEST, String.valueOf(wrong.getMessage()));
        }
    }

    private List<Listing> listings(List<String> symbols) {
        return symbols.stream().map(trading::listing).toList();
    }

    private static LegAnswer answer(Leg leg) {
        String price = leg.listing().price(leg.price()).toPlainString();
        return switch (leg.result()) {
            case TradingResult.Executed executed -> new LegAnswer(leg.listing().symbol(), Long.toString(executed.orderId()), price, leg.quantity(),
                    leg.filled(), executed.rejected() == Reason.NONE ? null : executed.rejected().name());
            case TradingResult.Denied denied -> new LegAnswer(leg.listing().symbol(), null, price, leg.quantity(), 0, denied.code().name());
            case TradingResult.Refused refused -> new LegAnswer(leg.listing().symbol(), null, price, leg.quantity(), 0, refused.code().name());
        };
    }
}
