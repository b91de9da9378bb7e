package io.partita.member.bench.matching;

import exchange.core2.collections.objpool.ObjectsPool;
import exchange.core2.core.common.CoreSymbolSpecification;
import exchange.core2.core.common.MatcherEventType;
import exchange.core2.core.common.MatcherTradeEvent;
import exchange.core2.core.common.OrderAction;
import exchange.core2.core.common.OrderType;
import exchange.core2.core.common.SymbolType;
import exchange.core2.core.common.cmd.CommandResultCode;
import exchange.core2.core.common.cmd.OrderCommand;
import exchange.core2.core.common.cmd.OrderCommandType;
import exchange.core2.core.common.config.LoggingConfiguration;
import exchange.core2.core.orderbook.IOrderBook;
import exchange.core2.core.orderbook.OrderBookDirectImpl;
import exchange.core2.core.orderbook.OrderBookEventsHelper;
import java.util.Map;

/** The direct order book of exchange-core 0.5.3, with pools that never run dry and with events that are used again. */
final class ExchangeCoreVenue implements Venue {

    private static final int MANY = 1 << 16;

    private final IOrderBook book;
    private final OrderStream stream;
    private final OrderCommand command = new OrderCommand();
    private MatcherTradeEvent spare;
    private long trades;

    ExchangeCoreVenue(OrderStream stream) {
        this.stream = stream;
        CoreSymbolSpecification symbol = CoreSymbolSpecification.builder().symbolId(1).type(SymbolType.FUTURES_CONTRACT).baseCurrency(1)
                .quoteCurrency(2).baseScaleK(1).quoteScaleK(1).build();
        ObjectsPool pool = new ObjectsPool(Map.of(ObjectsPool.DIRECT_ORDER, MANY, ObjectsPool.DIRECT_BUCKET, MANY, ObjectsPool.ART_NODE_4, MANY,
                ObjectsPool.ART_NODE_16, MANY, ObjectsPool.ART_NODE_48, MANY, ObjectsPool.ART_NODE_256, MANY));
        book = new OrderBookDirectImpl(symbol, pool, new OrderBookEventsHelper(this::event), LoggingConfiguration.DEFAULT);
    }

    private MatcherTradeEvent event() {
        MatcherTradeEvent event = spare;
        if (event == null) {
            return new MatcherTradeEvent();
        }
        spare = event.nextEvent;
        event.nextEvent = null;
        return event;
    }

    @Override
    public void apply(int i) {
        command.orderId = stream.id[i];
        command.uid = 1;
        command.symbol = 1;
        command.price = stream.price[i];
        command.size = stream.quantity[i];
        command.reserveBidPrice = stream.price[i];
        command.action = stream.buys[i] ? OrderAction.BID : OrderAction.ASK;
        command.orderType = stream.kind[i] == OrderStream.TAKE ? OrderType.IOC : OrderType.GTC;
        command.command = switch (stream.kind[i]) {
            case OrderStream.LIMIT, OrderStream.TAKE -> OrderCommandType.PLACE_ORDER;
            case OrderStream.CANCEL -> OrderCommandType.CANCEL_ORDER;
            case OrderStream.MOVE -> OrderCommandType.MOVE_ORDER;
            default -> OrderCommandType.REDUCE_ORDER;
        };
        command.resultCode = CommandResultCode.VALID_FOR_MATCHING_ENGINE;
        command.matcherEvent = null;
        CommandResultCode result = IOrderBook.processCommand(book, command);
        if (result != CommandResultCode.SUCCESS) {
            throw new IllegalStateException(command.command + " " + result);
        }
        for (MatcherTradeEvent event = command.matcherEvent; event != null; ) {
            if (event.eventType == MatcherEventType.TRADE) {
                trades = Venue.mix(trades, event.matchedOrderId, event.price, event.size);
            }
            MatcherTradeEvent next = event.nextEvent;
            event.nextEvent = spare;
            spare = event;
            event = next;
        }
    }

    @Override
    public long trades() {
        return trades;
    }

    @Override
    public int resting() {
        return book.getOrdersNum(OrderAction.BID) + book.getOrdersNum(OrderAction.ASK);
    }
}
