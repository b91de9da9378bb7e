package io.partita.member.trading.orders.rest;

import io.partita.ledger.Refusal;
import io.partita.member.rest.RequestCode;
import io.partita.member.rest.RequestProblem;
import io.partita.member.trading.Listing;
import io.partita.member.trading.orders.OrderService;
import io.partita.member.trading.rest.TradingCalls;
import io.partita.money.Currency;
import io.partita.trading.Side;
import io.partita.trading.TradingRefusal;
import io.partita.trading.accounts.AccountView;
import io.partita.trading.risk.RiskLimits;
import io.partita.trading.settlement.TradingAccount;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.CompletionException;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

@Tag(name = "Trading accounts")
@RestController
@RequestMapping(path = "/api/v1/trading-accounts/{number}")
final class RiskController {

    private final OrderService orders;
    private final TradingCalls trading;

    RiskController(OrderService orders, TradingCalls trading) {
        this.orders = orders;
        this.trading = trading;
    }

    /** Limits of a trading account; 0 or absent: no such limit. */
    @Schema(name = "RiskLimits")
    record Limits(@Schema(description = "how far below zero the cash of a currency may go, minor units; 0 for not at all") Long credit,
                  @Schema(description = "units of one instrument, open buy orders included") Long maxPosition,
                  @Schema(description = "units owed of one instrument, open sell orders included; 0 for no short sales") Long maxShort,
                  @Schema(description = "worth of one instrument in ten-thousandths of the account's") Integer concentration,
                  @Schema(description = "of a limit through the reference price, ten-thousandths") Integer priceDeviation,
                  @Schema(description = "of one order") Long maxQuantity, @Schema(description = "of one order, minor units") Long maxNotional,
                  Integer ordersPerSecond,
                  @Schema(description = "how far beyond the reference price a buy order without a limit may trade, ten-thousandths; 1000 unless said") Integer marketMargin,
                  @Schema(description = "symbols that the account may not trade") List<String> restricted) {
    }

    /** Cash of one currency: all of it, what open orders may cost, what is set aside for short positions, and what may still be spent. */
    record Cash(String currency, String cash, String reserved, String collateral, String buyingPower) {
    }

    /** Units of one security, settled or not, and in open orders of all its books; by its first symbol. */
    record Position(String symbol, long quantity, long openBuys, long openSells, String price) {
    }

    /** An open order, and the cash that is reserved for it. */
    record Open(String symbol, String orderId, Side side, String price, long leaves, long filled, String reserved) {
    }

    /** What an account may still do. */
    @Schema(name = "AccountRisk")
    record RiskAnswer(List<Cash> cash, List<Position> positions, List<Open> orders,
                      @Schema(description = "ids of commands that are on their way to their book") List<String> pending) {
    }

    @Operation(summary = "Buying power, positions and reservations of a trading account now")
    @GetMapping("/risk")
    RiskAnswer risk(@PathVariable long number) {
        AccountView view = orders.view(known(orders, number)).orElseThrow(() -> RequestProblem.of(TradingRefusal.BOOK_UNAVAILABLE, ""));
        Map<Long, Listing> listings = trading.byNumber();
        return new RiskAnswer(
                view.cash().stream().map(cash -> new Cash(cash.currency(), money(cash.currency(), cash.cash()), money(cash.currency(), cash.reserved()),
                        money(cash.currency(), cash.collateral()), money(cash.currency(), cash.buyingPower()))).toList(),
                view.positions().stream().map(position -> {
                    Listing listing = listings.get(position.security());
                    return new Position(listing.symbol(), position.units(), position.openBuys(), position.openSells(),
                            position.mark() == 0 ? null : listings.get(position.pricedIn()).price(position.mark()).toPlainString());
                }).toList(),
                view.orders().stream().map(order -> {
                    Listing listing = listings.get(order.instrument());
                    return new Open(listing.symbol(), Long.toString(order.orderId()), order.side(),
                            order.price() == 0 ? null : listing.price(order.price()).toPlainString(), order.leaves(), order.filled(),
                            money(listing.currency(), order.cash()));
                }).toList(),
                view.underWay().stream().map(id -> Long.toString(id)).toList());
    }

    private static String money(String currency, long minor) {
        return Currency.of(currency).toMajor(minor).toPlainString();
    }

    @Operation(summary = "The limits of a trading account")
    @GetMapping("/limits")
    Limits limits(@PathVariable long number) {
        known(orders, number);
        return answer(orders.limits(number));
    }

    private Limits answer(RiskLimits limits) {
        Map<Long, String> symbols = trading.symbols();
        return new Limits(limits.credit(), limits.maxPosition(), limits.maxShort(), limits.concentration(), limits.priceDeviation(),
                limits.maxQuantity(), limits.maxNotional(), limits.ordersPerSecond(), limits.marketMargin(),
                limits.restricted().stream().map(instrument -> symbols.getOrDefault(instrument, instrument.toString())).toList());
    }

    @Operation(summary = "Give a trading account other limits", description = "All of them. What is open already stays.")
    @PutMapping(path = "/limits", consumes = MediaType.APPLICATION_JSON_VALUE)
    Limits limit(@PathVariable long number, @RequestBody Limits request) {
        known(orders, number);
        TreeSet<Long> restricted = new TreeSet<>();
        for (String symbol : request.restricted() == null ? List.<String>of() : request.restricted()) {
            restricted.add(trading.listing(symbol).instrument());
        }
        try {
            RiskLimits limits = new RiskLimits(number(request.credit()), number(request.maxPosition()), number(request.maxShort()),
                    count(request.concentration(), 0), count(request.priceDeviation(), 0), number(request.maxQuantity()), number(request.maxNotional()),
                    count(request.ordersPerSecond(), 0), count(request.marketMargin(), RiskLimits.NONE.marketMargin()), restricted);
            orders.limit(number, limits);
            return answer(limits);
        } catch (IllegalArgumentException wrong) {
            throw RequestProblem.of(Refusal.INVALID_REQUEST, wrong.getMessage());
        } catch (CompletionException moving) {
            throw RequestProblem.of(TradingRefusal.OUTCOME_UNKNOWN, "The limits are kept, but the account may not have heard of them.");
        }
    }

    private static long number(Long value) {
        return value == null ? 0 : value;
    }

    private static int count(Integer value, int otherwise) {
        return value == null ? otherwise : value;
    }

    static TradingAccount known(OrderService orders, long number) {
        return orders.account(number).orElseThrow(() ->
                RequestProblem.of(RequestCode.TRADING_ACCOUNT_NOT_FOUND, "There is no trading account " + number + "."));
    }
}
