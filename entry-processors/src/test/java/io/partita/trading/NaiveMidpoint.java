package io.partita.trading;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.Stream;

/** The twin of a dark book's trading: the middle as a decimal, and both sides searched anew for each pair. */
final class NaiveMidpoint {

    private final NaiveBook book;
    private BigDecimal middle;
    private long told;

    NaiveMidpoint(NaiveBook book) {
        this.book = book;
    }

    void told(Command command) {
        boolean none = command.price() == 0;
        middle = none ? null : BigDecimal.valueOf(command.price()).add(BigDecimal.valueOf(command.contraPrice())).divide(BigDecimal.TWO);
        told = book.now;
    }

    private boolean holds() {
        return middle != null && book.phase == TradingPhase.CONTINUOUS && book.now <= told + book.rules().midLife();
    }

    private boolean agrees(NaiveOrder order) {
        int limit = BigDecimal.valueOf(order.price).compareTo(middle);
        return order.atAnyPrice() || (order.buys() ? limit >= 0 : limit <= 0);
    }

    private Optional<NaiveOrder> first(Side side) {
        return book.side(side).stream().filter(this::agrees).findFirst();
    }

    void entered(NaiveOrder order) {
        if (order.time != TimeInForce.FILL_OR_KILL || wouldFill(order)) {
            match();
        }
        if (book.live.contains(order) && (order.time.immediate() || order.type == OrderType.MARKET)) {
            book.end(order, ExecType.CANCELED, order.time.immediate() ? Reason.NOT_FILLED_AT_ONCE : Reason.NO_LIQUIDITY);
        }
    }

    /** Lets it happen in a copy of the book. */
    private boolean wouldFill(NaiveOrder order) {
        NaiveBook trial = book.copy();
        NaiveMidpoint there = new NaiveMidpoint(trial);
        there.middle = middle;
        there.told = told;
        NaiveOrder probe = trial.find(order.id);
        if (probe.prevention == SelfTradePrevention.DECREMENT) {
            probe.prevention = SelfTradePrevention.CANCEL_NEWEST;
        }
        there.match();
        return probe.leaves == 0;
    }

    void match() {
        while (holds()) {
            Optional<NaiveOrder> buyer = first(Side.BUY);
            Optional<NaiveOrder> seller = first(Side.SELL);
            if (buyer.isEmpty() || seller.isEmpty()) {
                return;
            }
            Comparator<NaiveOrder> byRank = Comparator.comparingLong(order -> order.rank);
            meet(Stream.of(buyer.get(), seller.get()).max(byRank).orElseThrow(), Stream.of(buyer.get(), seller.get()).min(byRank).orElseThrow());
        }
    }

    private void meet(NaiveOrder later, NaiveOrder earlier) {
        boolean own = later.participant != 0 && later.participant == earlier.participant;
        long both = Math.min(later.leaves, earlier.leaves);
        if (!own || later.prevention == SelfTradePrevention.NONE) {
            long price = middle.setScale(0, earlier.buys() ? RoundingMode.FLOOR : RoundingMode.CEILING).longValueExact();
            book.trade(later, earlier, price, both, Liquidity.TAKER, Liquidity.MAKER);
            return;
        }
        switch (later.prevention) {
            case CANCEL_OLDEST -> book.end(earlier, ExecType.CANCELED, Reason.SELF_TRADE);
            case CANCEL_BOTH -> {
                book.end(earlier, ExecType.CANCELED, Reason.SELF_TRADE);
                book.end(later, ExecType.CANCELED, Reason.SELF_TRADE);
            }
            case DECREMENT -> {
                lessen(earlier, both);
                lessen(later, both);
            }
            default -> book.end(later, ExecType.CANCELED, Reason.SELF_TRADE);
        }
    }

    private void lessen(NaiveOrder order, long by) {
        if (order.leaves == by) {
            book.end(order, ExecType.CANCELED, Reason.SELF_TRADE);
        } else {
            NaiveBook.shrink(order, order.leaves - by);
            book.report(order, ExecType.RESTATED, Reason.SELF_TRADE, 0, 0, 0, Liquidity.NONE);
        }
    }
}
