package io.partita.trading;

import io.partita.trading.NaiveOrder.Place;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Comparator;
import java.util.Objects;
import java.util.stream.Stream;

/** The part of the twin that follows from a changed book or last price: stops are reached, pegged orders move, minimums can be had. */
final class NaiveConditions {

    private final NaiveBook book;

    NaiveConditions(NaiveBook book) {
        this.book = book;
    }

    void settle() {
        if (book.rules().dark()) {
            book.midpoint.match();
            return;
        }
        boolean more = true;
        while (more && book.phase == TradingPhase.CONTINUOUS) {
            trail();
            more = trigger() || movePegs() || retry();
        }
        if (book.phase != TradingPhase.CONTINUOUS) {
            for (NaiveOrder order : book.byRank(each -> each.type == OrderType.PEGGED && each.place == Place.BOOK)) {
                order.price = 0;
                book.stand(order, Place.IDLE);
            }
        }
    }

    long trailed(NaiveOrder order) {
        return order.buys() ? Math.min(book.last + order.offset, book.rules().maxPrice()) : Math.max(book.last - order.offset, 1);
    }

    private void trail() {
        if (book.last == 0) {
            return;
        }
        for (NaiveOrder order : book.byRank(each -> each.type == OrderType.TRAILING_STOP)) {
            long target = trailed(order);
            if (order.buys() ? target < order.stop : target > order.stop) {
                order.stop = target;
                book.stand(order, Place.STOPPED);
            }
        }
    }

    private boolean trigger() {
        NaiveOrder order = Stream.of(reached(Side.BUY), reached(Side.SELL)).filter(Objects::nonNull)
                .min(Comparator.comparingLong(each -> each.rank)).orElse(null);
        if (order == null) {
            return false;
        }
        order.type = order.type == OrderType.STOP_LIMIT ? OrderType.LIMIT : OrderType.MARKET;
        order.place = Place.NOWHERE;
        book.report(order, ExecType.TRIGGERED);
        book.place(order);
        return true;
    }

    private NaiveOrder reached(Side side) {
        Comparator<NaiveOrder> stop = Comparator.comparingLong(order -> order.stop);
        return book.live.stream().filter(order -> order.place == Place.STOPPED && order.side == side && book.last > 0)
                .filter(order -> order.buys() ? book.last >= order.stop : book.last <= order.stop)
                .min((side == Side.BUY ? stop : stop.reversed()).thenComparing(order -> order.rank)).orElse(null);
    }

    private boolean movePegs() {
        boolean moved = false;
        for (NaiveOrder order : book.byRank(each -> each.type == OrderType.PEGGED)) {
            if (book.phase == TradingPhase.CONTINUOUS && book.live.contains(order) && pegPrice(order) != order.price) {
                order.price = pegPrice(order);
                order.place = Place.NOWHERE;
                book.report(order, ExecType.RESTATED);
                peg(order);
                moved = true;
            }
        }
        return moved;
    }

    void peg(NaiveOrder order) {
        order.price = book.phase == TradingPhase.CONTINUOUS ? pegPrice(order) : 0;
        if (order.price == 0) {
            book.stand(order, Place.IDLE);
            return;
        }
        book.selfTraded = false;
        book.take(order, order.price);
        if (order.leaves == 0) {
            book.live.remove(order);
        } else if (book.selfTraded) {
            book.end(order, ExecType.CANCELED, Reason.SELF_TRADE);
        } else if (book.phase == TradingPhase.CONTINUOUS) {
            book.rest(order);
        } else {
            order.price = 0;
            book.stand(order, Place.IDLE);
        }
    }

    private long pegPrice(NaiveOrder order) {
        long own = book.bestShown(order.side);
        long other = book.bestShown(order.side.opposite());
        boolean mid = order.peg == PegReference.MID;
        if (own == 0 || mid && other == 0) {
            return 0;
        }
        BigDecimal middle = BigDecimal.valueOf(own + other).divide(BigDecimal.TWO);
        long from = !mid ? own : middle.setScale(0, order.buys() ? RoundingMode.FLOOR : RoundingMode.CEILING).longValueExact();
        long price = order.buys() ? from - order.offset : from + order.offset;
        if (order.cap != 0) {
            price = order.buys() ? Math.min(price, order.cap) : Math.max(price, order.cap);
        }
        return price < 1 || price > book.rules().maxPrice() ? 0 : price;
    }

    private boolean retry() {
        for (Side side : Side.values()) {
            for (NaiveOrder order : book.waiting(side)) {
                if (order.needs() == 0 || book.canGet(order, order.price) >= order.needs()) {
                    order.place = Place.NOWHERE;
                    book.execute(order);
                    return true;
                }
            }
        }
        return false;
    }
}
