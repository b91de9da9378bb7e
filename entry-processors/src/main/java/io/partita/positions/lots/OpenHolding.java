package io.partita.positions.lots;

import io.partita.positions.fx.Conversion;
import io.partita.positions.lots.PositionEvent.Income;
import io.partita.positions.lots.PositionEvent.Split;
import io.partita.positions.lots.PositionEvent.Trade;
import io.partita.positions.product.Terms;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/** A {@link Holding} that is being made: events change it in place, so that many of them cost no more than each one. Used by one thread. */
final class OpenHolding {

    private final boolean paidUpFront;
    private long quantity;
    private Amount averageCost;
    private Gain realizedAverage;
    private final Deque<Lot> lots;
    private Gain realizedFifo;
    private Amount fees;
    private Amount income;

    OpenHolding(Holding from) {
        paidUpFront = from.paidUpFront();
        quantity = from.quantity();
        averageCost = from.averageCost();
        realizedAverage = from.realizedAverage();
        lots = new ArrayDeque<>(from.lots());
        realizedFifo = from.realizedFifo();
        fees = from.fees();
        income = from.income();
    }

    Holding holding() {
        return new Holding(paidUpFront, quantity, averageCost, realizedAverage, List.copyOf(lots), realizedFifo, fees, income);
    }

    void apply(PositionEvent event) {
        switch (event) {
            case Trade trade -> trade(trade);
            case Income paid -> income = income.plus(Amount.of(paid.cash(), paid.toBase()));
            case Split split -> split(split);
        }
    }

    private void trade(Trade trade) {
        fees = fees.plus(Amount.of(trade.fee(), trade.toBase()));
        if (trade.quantity() == 0) {
            return;
        }
        Amount cash = Amount.of(trade.cash(), trade.toBase());
        long closed = Long.signum(quantity) == -Long.signum(trade.quantity()) ? Math.min(Math.abs(quantity), Math.abs(trade.quantity())) : 0;
        Amount cashOfClosed = closed == 0 ? Amount.ZERO : cash.part(closed, Math.abs(trade.quantity()));
        if (closed > 0) {
            Amount got = cashOfClosed.negated();
            Amount costOfClosed = averageCost.part(closed, Math.abs(quantity));
            averageCost = averageCost.minus(costOfClosed);
            realizedAverage = realizedAverage.plus(gain(got, costOfClosed, trade.toBase()));
            realizedFifo = realizedFifo.plus(gain(got, closeFirst(closed), trade.toBase()));
        }
        quantity = Terms.sum(quantity, trade.quantity());
        long opened = trade.quantity() - Long.signum(trade.quantity()) * closed;
        if (opened != 0) {
            Amount cost = cash.minus(cashOfClosed);
            averageCost = averageCost.plus(cost);
            lots.addLast(new Lot(trade.number(), trade.day(), opened, cost));
        }
    }

    private Gain gain(Amount got, Amount cost, Conversion now) {
        return paidUpFront ? Gain.between(got, cost, now) : Gain.unpaid(Terms.difference(got.local(), cost.local()), now);
    }

    /** Closes so many units of the first lots; what they had cost. */
    private Amount closeFirst(long units) {
        Amount cost = Amount.ZERO;
        for (long left = units; left > 0; ) {
            Lot first = lots.removeFirst();
            long size = Math.abs(first.quantity());
            long taken = Math.min(left, size);
            Amount costOfTaken = first.cost().part(taken, size);
            cost = cost.plus(costOfTaken);
            if (taken < size) {
                lots.addFirst(first.less(taken, costOfTaken));
            }
            left -= taken;
        }
        return cost;
    }

    /** What is less than a whole new unit is sold for cash: out of the last lots, and at average cost as its part of all. */
    private void split(Split split) {
        if (quantity == 0) {
            return;
        }
        BigInteger all = BigInteger.valueOf(Math.abs(quantity)).multiply(BigInteger.valueOf(split.now()));
        BigInteger[] whole = all.divideAndRemainder(BigInteger.valueOf(split.old()));
        BigInteger rest = whole[1];
        LotSplit cut = LotSplit.of(List.copyOf(lots), split, rest);
        if (rest.signum() != 0) {
            Amount got = fraction(split, rest);
            Amount costOfFraction = averageCost.part(rest, all);
            averageCost = averageCost.minus(costOfFraction);
            realizedAverage = realizedAverage.plus(gain(got, costOfFraction, split.toBase()));
            realizedFifo = realizedFifo.plus(gain(got, cut.costOfFraction(), split.toBase()));
        }
        quantity = Long.signum(quantity) * Terms.minor(new BigDecimal(whole[0]), RoundingMode.UNNECESSARY);
        lots.clear();
        lots.addAll(cut.lots());
    }

    private Amount fraction(Split split, BigInteger rest) {
        BigDecimal exact = split.unitValue().multiply(new BigDecimal(rest)).multiply(BigDecimal.valueOf(Long.signum(quantity)));
        return Amount.of(Terms.minor(exact.divide(BigDecimal.valueOf(split.old()), 0, RoundingMode.HALF_EVEN), RoundingMode.UNNECESSARY),
                split.toBase());
    }
}
