package io.partita.trading;

import io.partita.trading.NaiveOrder.Place;
import java.util.Comparator;
import java.util.TreeSet;

/** The part of the twin that time and phases bring about: expiry, auctions, the end of the day. */
final class NaiveSessions {

    private final NaiveBook book;

    NaiveSessions(NaiveBook book) {
        this.book = book;
    }

    void advance(long time) {
        book.now = time;
        while (true) {
            NaiveOrder due = book.live.stream().filter(order -> order.expire != 0 && order.expire <= book.now)
                    .min(Comparator.comparingLong((NaiveOrder order) -> order.expire).thenComparing(order -> order.id)).orElse(null);
            boolean over = book.phaseEnd != 0 && book.phaseEnd <= book.now;
            if (due != null && (!over || due.expire <= book.phaseEnd)) {
                book.end(due, ExecType.EXPIRED, Reason.EXPIRE_TIME_REACHED);
                book.settle();
            } else if (over) {
                switch (book.phase) {
                    case HALT -> change(TradingPhase.VOLATILITY_AUCTION, Math.max(1, book.phaseEnd + book.rules().callTime()));
                    case CLOSING_AUCTION -> change(TradingPhase.CLOSED, 0);
                    default -> change(TradingPhase.CONTINUOUS, 0);
                }
            } else {
                return;
            }
        }
    }

    void change(TradingPhase to, long until) {
        long[] match = {0, 0};
        if (!book.rules().dark() && to != TradingPhase.HALT && (book.phase.auction() || to == TradingPhase.CONTINUOUS)) {
            match = uncrossing();
            uncross(match[0], match[1]);
            leftOver(match[0]);
        }
        if (to == TradingPhase.CLOSED) {
            book.byId(order -> order.time != TimeInForce.GOOD_TILL_CANCEL && order.time != TimeInForce.GOOD_TILL_DATE)
                    .forEach(order -> book.end(order, ExecType.EXPIRED, Reason.END_OF_SESSION));
        }
        book.phase = to;
        book.phaseEnd = until;
        if (to == TradingPhase.CLOSING_AUCTION) {
            for (NaiveOrder order : book.byRank(each -> each.place == Place.PARKED)) {
                book.rest(order);
            }
        }
        book.bandAroundLast();
        book.report(null, ExecType.TRADING_STATUS, Reason.NONE, match[0], match[1], 0, Liquidity.NONE);
        book.settle();
    }

    private void uncross(long price, long volume) {
        for (long left = volume; left > 0; ) {
            NaiveOrder buyer = book.best(Side.BUY);
            NaiveOrder seller = book.best(Side.SELL);
            long quantity = Math.min(left, Math.min(buyer.available(), seller.available()));
            book.trade(buyer, seller, price, quantity, Liquidity.AUCTION, Liquidity.AUCTION);
            left -= quantity;
        }
        book.reference = volume > 0 ? price : book.reference;
    }

    private void leftOver(long price) {
        for (NaiveOrder order : book.byId(each -> each.place == Place.BOOK)) {
            if (order.time == TimeInForce.AT_THE_OPENING || order.time == TimeInForce.AT_THE_CLOSE) {
                book.end(order, ExecType.EXPIRED, Reason.NOT_FILLED_IN_AUCTION);
            } else if (order.type == OrderType.MARKET || order.type == OrderType.MARKET_TO_LIMIT && price == 0) {
                book.end(order, ExecType.CANCELED, Reason.NOT_FILLED_IN_AUCTION);
            } else if (order.type == OrderType.MARKET_TO_LIMIT) {
                book.becomeLimit(order, price);
                book.rest(order);
            }
        }
    }

    /** Price and volume: tries every price there is. */
    long[] uncrossing() {
        long anchor = book.reference > 0 ? book.reference : book.last;
        TreeSet<Long> prices = new TreeSet<>();
        book.live.stream().filter(order -> order.place == Place.BOOK && !order.atAnyPrice()).forEach(order -> prices.add(order.price));
        if (anchor > 0 && anchor <= book.rules().maxPrice() && anchor % book.rules().ticks().at(anchor) == 0) {
            prices.add(anchor);
        }
        return prices.stream().map(price -> {
            long demand = book.side(Side.BUY).stream().filter(o -> o.atAnyPrice() || o.price >= price).mapToLong(o -> o.leaves).sum();
            long supply = book.side(Side.SELL).stream().filter(o -> o.atAnyPrice() || o.price <= price).mapToLong(o -> o.leaves).sum();
            return new long[] {price, Math.min(demand, supply), Math.abs(demand - supply), anchor == 0 ? 0 : Math.abs(price - anchor)};
        }).filter(candidate -> candidate[1] > 0)
                .min(Comparator.comparingLong((long[] candidate) -> -candidate[1]).thenComparingLong(candidate -> candidate[2])
                        .thenComparingLong(candidate -> candidate[3]).thenComparingLong(candidate -> -candidate[0]))
                .orElse(new long[] {0, 0});
    }
}
