package io.partita.member.lineage;

import io.partita.member.lineage.Lineage.Drawing;
import io.partita.member.lineage.Lineage.Kind;
import io.partita.member.rest.OwnAccounts;
import io.partita.member.trading.Listing;
import io.partita.member.trading.orders.OrderHistory.ExecutionRow;
import io.partita.member.trading.orders.OrderHistory.OrderRow;
import io.partita.member.trading.orders.OrderService;
import io.partita.member.trading.rest.TradingCalls;
import io.partita.member.trading.settlement.TradeRecord;
import io.partita.member.trading.settlement.rest.SettlementCalls;
import io.partita.time.EpochNanos;
import io.partita.trading.settlement.TradeTransferIds;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;

/** The part of a lineage that is in the books: commands, orders and trades. Thread-safe; calls block. */
final class TradingLineage {

    private static final int MOST_EXECUTIONS = 500;
    private static final int MOST_TRADES = 20;

    private final TradingCalls trading;
    private final OrderService orders;
    private final SettlementCalls settlement;

    TradingLineage(TradingCalls trading, OrderService orders, SettlementCalls settlement) {
        this.trading = trading;
        this.orders = orders;
        this.settlement = settlement;
    }

    /** A trade of a book. */
    record Dealt(Listing listing, TradeRecord trade) {
    }

    /** The listing of a symbol; a problem if there is none. */
    Listing listing(String symbol) {
        return trading.listing(symbol);
    }

    Optional<OrderRow> order(Listing listing, long number) {
        return orders.order(listing.instrument(), number).filter(row -> OwnAccounts.owns(row.account()));
    }

    Optional<Dealt> trade(Listing listing, long number) {
        return settlement.ask(service -> service.queries().find(listing.instrument(), number)).filter(trade -> OwnAccounts.owns(trade.buyer()) || OwnAccounts.owns(trade.seller()))
                .map(trade -> new Dealt(listing, trade));
    }

    /** The trade of which a transfer is a part, which its id says. */
    Optional<Dealt> of(UUID transfer) {
        return TradeTransferIds.origin(transfer).flatMap(origin -> trading.listings().stream()
                .filter(listing -> listing.terms().map(terms -> terms.unit().unitIndex() == origin.unit() && terms.line() == origin.line()).orElse(false)).findFirst()
                .flatMap(listing -> trade(listing, origin.number())));
    }

    /** The transfers by which a trade is in the ledger. */
    Collection<UUID> transfers(Dealt dealt) {
        return settlement.ask(service -> service.transfers(dealt.listing(), dealt.trade())).values();
    }

    /** Draws a trade with the orders that met in it; the key of its node. */
    String draw(Drawing drawing, Dealt dealt) {
        TradeRecord trade = dealt.trade();
        Listing listing = dealt.listing();
        String key = drawing.add(Kind.TRADE, listing.symbol() + "/" + trade.number(), "Trade " + trade.number() + " in " + listing.symbol(),
                trade.now().quantity() + " at " + listing.price(trade.now().price()).toPlainString() + " " + listing.currency() + ", " + trade.buyer() + " buys from " + trade.seller() + ", "
                        + trade.status().name().toLowerCase(Locale.ROOT).replace('_', ' '), listing.symbol() + "/" + trade.number(), EpochNanos.instant(trade.time()));
        for (long number : List.of(trade.buyerOrder(), trade.sellerOrder())) {
            order(listing, number).ifPresent(row -> drawing.edge(order(drawing, listing, row), key, number == trade.buyerOrder() ? "buys" : "sells"));
        }
        return key;
    }

    /** Draws an order with the command that entered it; the key of its node. */
    String order(Drawing drawing, Listing listing, OrderRow row) {
        String key = drawing.add(Kind.ORDER, listing.symbol() + "/" + row.orderId(), "Order " + row.orderId() + " in " + listing.symbol(),
                (row.side() == 0 ? "Buy " : "Sell ") + row.quantity() + (row.price() == 0 ? "" : " at " + listing.price(row.price()).toPlainString()) + " for account " + row.account() + ", "
                        + row.filled() + " filled, " + row.status().toLowerCase(Locale.ROOT).replace('_', ' '), listing.symbol() + "/" + row.orderId(), EpochNanos.instant(row.enteredAt()));
        drawing.edge(drawing.add(Kind.COMMAND, listing.symbol() + "/" + row.commandId(), "Command " + row.commandId(), "The client's own id of what entered the order, or replaced it last", null,
                null), key, "entered");
        return key;
    }

    /** The trades in which an order met others, the first ones. */
    List<Dealt> trades(Listing listing, OrderRow row) {
        return orders.executions(listing.instrument(), row.orderId(), MOST_EXECUTIONS).stream().map(ExecutionRow::trade).filter(number -> number > 0).distinct().limit(MOST_TRADES)
                .map(number -> trade(listing, number)).flatMap(Optional::stream).toList();
    }
}
