package io.partita.member.trading.orders.rest;

import io.partita.member.rest.Fields;
import io.partita.member.rest.OwnAccounts;
import io.partita.member.rest.RequestCode;
import io.partita.member.rest.RequestProblem;
import io.partita.member.trading.Listing;
import io.partita.member.trading.PageEnd;
import io.partita.member.trading.orders.OrderHistory.ExecutionRow;
import io.partita.member.trading.orders.OrderHistory.OrderRow;
import io.partita.member.trading.orders.OrderService;
import io.partita.member.trading.rest.TradingCalls;
import io.partita.security.Principal;
import io.partita.time.EpochNanos;
import io.partita.trading.OrderStatus;
import io.partita.trading.OrderType;
import io.partita.trading.Reason;
import io.partita.trading.Side;
import io.partita.trading.Terms;
import io.partita.trading.TimeInForce;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

@Tag(name = "Orders")
@RestController
@RequestMapping(path = "/api/v1/orders")
final class HistoryController {

    private static final int MOST = 500;
    private static final int MOST_FOUND = 20;
    private static final int MOST_EXECUTIONS = 10_000;
    /** Before the first page. */
    private static final PageEnd FIRST = new PageEnd(Long.MAX_VALUE, 0, 0);

    private final OrderService orders;
    private final TradingCalls trading;

    HistoryController(OrderService orders, TradingCalls trading) {
        this.orders = orders;
        this.trading = trading;
    }

    /** An order of a trading account; prices that are not there are null. */
    @Schema(name = "Order")
    record OrderState(String symbol, String orderId, String account, Side side, OrderType type, TimeInForce timeInForce,
                      @Schema(description = "the id of the command that entered or last replaced it (ClOrdID)") String id,
                      @Schema(description = "the id before that (OrigClOrdID)") String originalId, String price, long quantity, long leaves,
                      long filled, @Schema(description = "of what is filled, rounded") String averagePrice, OrderStatus status, String reason,
                      Instant entered, Instant changed) {
    }

    /** One report about an order. */
    @Schema(name = "OrderExecution")
    record ExecutionState(long sequence, String id, String execType, OrderStatus status, String reason, String price, long quantity, long leaves,
                          long filled, String lastPrice, long lastQuantity, String tradeId, String liquidity, Instant time) {
    }

    /** A page of orders, the newest first. */
    record OrdersAnswer(List<OrderState> orders, @Schema(description = "ids of commands that are on their way to their book") List<String> pending,
                        @Schema(description = "Give it as before for the next page; absent on the last") String next) {
    }

    /** An order and all that was reported about it, in order. */
    record OrderHistoryAnswer(OrderState order, List<ExecutionState> executions) {
    }

    @Operation(summary = "Orders of a trading account", description = "The newest first, as far as the order journal has them.")
    @GetMapping
    OrdersAnswer all(@RequestParam long account, @Parameter(description = "one of the states, or all") @RequestParam(required = false) OrderStatus state,
                     @RequestParam(required = false) String symbol, @Parameter(description = "next of the page before") @RequestParam(required = false) String before,
                     @Parameter(description = "1 to 500") @RequestParam(defaultValue = "50") int limit) {
        Fields.within("limit", limit, MOST);
        RiskController.known(orders, account);
        Map<Long, Listing> listings = trading.byNumber();
        Long instrument = symbol == null ? null : trading.listing(symbol).instrument();
        List<OrderRow> page = orders.orders(account, state, instrument, before == null ? FIRST : TradingCalls.before(before), limit + 1);
        boolean more = page.size() > limit;
        List<OrderRow> rows = more ? page.subList(0, limit) : page;
        List<String> pending = before != null || state != null && state != OrderStatus.PENDING_NEW ? List.of()
                : orders.underWay(account).stream().map(id -> Long.toString(id)).toList();
        return new OrdersAnswer(rows.stream().map(row -> state(listings.get(row.instrument()), row)).toList(), pending,
                more ? next(rows.getLast()) : null);
    }

    private static String next(OrderRow last) {
        return new PageEnd(last.enteredAt(), last.instrument(), last.orderId()).toString();
    }

    @Operation(summary = "An order of a trading account", description = "With everything that its book has reported about it.")
    @GetMapping("/{symbol}/{orderId}")
    OrderHistoryAnswer one(@PathVariable String symbol, @PathVariable long orderId) {
        Listing listing = trading.listing(symbol);
        OrderRow row = orders.order(listing.instrument(), orderId).filter(known -> OwnAccounts.owns(known.account())).orElseThrow(() ->
                RequestProblem.of(RequestCode.NOT_FOUND, "No trading account has had an order " + orderId + " in " + symbol + "."));
        return new OrderHistoryAnswer(state(listing, row), orders.executions(listing.instrument(), orderId, MOST_EXECUTIONS).stream()
                .map(execution -> execution(listing, execution)).toList());
    }

    @Operation(summary = "Orders by one number", description = "Those to which a book gave that number, and those that a command with that id entered or last replaced; the newest first.")
    @GetMapping("/lookup")
    List<OrderState> lookup(@Parameter(description = "of a book, or of a command (ClOrdID)") @RequestParam long id,
                            @Parameter(description = "1 to 20") @RequestParam(defaultValue = "10") int limit) {
        Fields.within("limit", limit, MOST_FOUND);
        Map<Long, Listing> listings = trading.byNumber();
        return orders.lookup(id, OwnAccounts.caller().flatMap(Principal::accounts), limit).stream().filter(row -> listings.containsKey(row.instrument()))
                .map(row -> state(listings.get(row.instrument()), row)).toList();
    }

    private static OrderState state(Listing listing, OrderRow row) {
        BigDecimal average = row.filled() == 0 ? null
                : row.notional().divide(BigDecimal.valueOf(row.filled()), 4, RoundingMode.HALF_UP).movePointLeft(listing.priceScale());
        return new OrderState(listing.symbol(), Long.toString(row.orderId()), Long.toString(row.account()), Side.values()[row.side()],
                Terms.type(row.terms()), Terms.timeInForce(row.terms()), Long.toString(row.commandId()),
                row.originalId() == 0 ? null : Long.toString(row.originalId()), price(listing, row.price()), row.quantity(), row.leaves(), row.filled(),
                average == null ? null : average.toPlainString(), OrderStatus.valueOf(row.status()), row.reason(), EpochNanos.instant(row.enteredAt()),
                EpochNanos.instant(row.changedAt()));
    }

    private static ExecutionState execution(Listing listing, ExecutionRow row) {
        return new ExecutionState(row.sequence(), Long.toString(row.commandId()), row.execType(), OrderStatus.valueOf(row.status()),
                Reason.NONE.name().equals(row.reason()) ? null : row.reason(), price(listing, row.price()), row.quantity(), row.leaves(), row.filled(),
                price(listing, row.lastPrice()), row.lastQuantity(), row.trade() == 0 ? null : Long.toString(row.trade()), row.liquidity(),
                EpochNanos.instant(row.at()));
    }

    private static String price(Listing listing, long ticks) {
        return ticks == 0 ? null : listing.price(ticks).toPlainString();
    }
}
