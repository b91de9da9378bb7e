package io.partita.trading.risk;

import io.partita.trading.Command;
import io.partita.trading.CommandType;
import io.partita.trading.ExecType;
import io.partita.trading.Execution;
import io.partita.trading.Fees;
import io.partita.trading.Side;
import io.partita.trading.Terms;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;

/** The cash and units of an account in the plainest code: everything is summed up anew whenever somebody asks. One instrument. */
final class NaiveAccount {

    private static final BigDecimal MILLION = BigDecimal.valueOf(1_000_000);

    private final TradedInstrument instrument;
    private final RiskLimits limits;
    BigDecimal cash;
    BigDecimal units;
    /** Positions may get smaller and no larger. */
    boolean limited;
    final List<Open> open = new ArrayList<>();

    static final class Open {
        long command;
        long order;
        Side side;
        BigDecimal price;
        BigDecimal leaves;
        BigDecimal filled = BigDecimal.ZERO;
        boolean quoted;
        final List<Command> changes = new ArrayList<>();
    }

    NaiveAccount(TradedInstrument instrument, RiskLimits limits, long cash, long units) {
        this.instrument = instrument;
        this.limits = limits;
        this.cash = BigDecimal.valueOf(cash);
        this.units = BigDecimal.valueOf(units);
    }

    /** In cents: price and fee of one unit, each rounded up; prices have as many decimals as cents, or two more. */
    private BigDecimal unitCost(BigDecimal price) {
        Fees fees = instrument.rules().fees();
        BigDecimal rate = BigDecimal.valueOf(Math.max(0, Math.max(fees.auction(), Math.max(fees.maker(), fees.taker()))));
        BigDecimal fee = price.multiply(rate).divide(MILLION, 0, RoundingMode.CEILING);
        return cents(price, RoundingMode.CEILING).add(cents(fee, RoundingMode.CEILING));
    }

    private BigDecimal cents(BigDecimal ticks, RoundingMode mode) {
        return ticks.movePointLeft(instrument.priceScale()).setScale(2, mode).movePointRight(2);
    }

    BigDecimal worstPrice(Open order, Command more) {
        BigDecimal worst = order.price;
        for (Command change : with(order, more)) {
            worst = worst.max(BigDecimal.valueOf(change.price()));
        }
        return worst;
    }

    BigDecimal worstLeaves(Open order, Command more) {
        BigDecimal worst = order.leaves;
        for (Command change : with(order, more)) {
            worst = worst.max(BigDecimal.valueOf(change.quantity()).subtract(order.filled));
        }
        return worst;
    }

    private static List<Command> with(Open order, Command more) {
        List<Command> changes = new ArrayList<>(order.changes);
        if (more != null) {
            changes.add(more);
        }
        return changes;
    }

    BigDecimal cost(Open order, Command more) {
        return order.side == Side.SELL ? BigDecimal.ZERO : unitCost(worstPrice(order, more)).multiply(worstLeaves(order, more));
    }

    BigDecimal reserved() {
        return open.stream().map(order -> cost(order, null)).reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    BigDecimal open(Side side) {
        return open.stream().filter(order -> order.side == side).map(order -> worstLeaves(order, null)).reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    /** Each side as an order of its own, beside whatever stands. */
    private RiskRefusal quote(Command quote) {
        List<Open> sides = new ArrayList<>();
        RiskRefusal refusal = null;
        for (Side side : Side.values()) {
            Command one = new Command().limit(0, quote.account(), side, side == Side.BUY ? quote.price() : quote.contraPrice(),
                    side == Side.BUY ? quote.quantity() : quote.contraQuantity()).id(quote.id());
            int before = open.size();
            if (refusal == null && one.quantity() > 0) {
                refusal = reserve(one);
                sides.addAll(open.subList(before, open.size()));
            }
        }
        sides.forEach(one -> one.quoted = true);
        if (refusal != null) {
            open.removeAll(sides);
        }
        return refusal;
    }

    /** All that the book has to say about a command was said. */
    void answered(long command) {
        open.removeIf(order -> order.command == command && order.order == 0);
    }

    /** Null if it is taken. */
    RiskRefusal reserve(Command command) {
        if (command.type() == CommandType.QUOTE) {
            return quote(command);
        }
        Open order = new Open();
        if (command.type() == CommandType.REPLACE) {
            order = open.stream().filter(one -> one.order == command.orderId()).findFirst().orElse(null);
            if (order == null) {
                return RiskRefusal.UNKNOWN_ORDER;
            }
            if (order.quoted) {
                return RiskRefusal.COMMAND_NOT_SUPPORTED;
            }
            if (order.changes.size() >= OpenOrder.MAX_CHANGES) {
                return RiskRefusal.TOO_MANY_ORDERS;
            }
        } else {
            order.side = Terms.side(command.terms());
            order.price = BigDecimal.valueOf(command.price());
            order.leaves = BigDecimal.valueOf(command.quantity());
            order.command = command.id();
        }
        boolean change = command.type() == CommandType.REPLACE;
        BigDecimal moreCash = change ? cost(order, command).subtract(cost(order, null)) : cost(order, null);
        BigDecimal moreUnits = change ? worstLeaves(order, command).subtract(worstLeaves(order, null)) : order.leaves;
        BigDecimal closable = order.side == Side.SELL ? units.subtract(open(Side.SELL)) : units.negate().subtract(open(Side.BUY));
        if (limited && moreUnits.compareTo(closable) > 0) {
            return RiskRefusal.RISK_LIMIT;
        }
        BigDecimal long_ = units.add(open(Side.BUY)).add(moreUnits);
        if (order.side == Side.BUY && long_.compareTo(BigDecimal.valueOf(limits.maxPosition())) > 0) {
            return RiskRefusal.POSITION_LIMIT;
        }
        if (order.side == Side.SELL && moreUnits.signum() > 0 && units.subtract(open(Side.SELL)).subtract(moreUnits).signum() < 0) {
            return RiskRefusal.INSUFFICIENT_HOLDINGS;
        }
        if (moreCash.signum() > 0 && cash.subtract(reserved()).subtract(moreCash).signum() < 0) {
            return RiskRefusal.INSUFFICIENT_BUYING_POWER;
        }
        if (change) {
            order.changes.add(command);
        } else {
            open.add(order);
        }
        return null;
    }

    void apply(Execution report) {
        if (report.execType() == ExecType.REJECTED) {
            open.removeIf(order -> order.command == report.commandId() && order.order == 0);
            open.forEach(order -> order.changes.removeIf(change -> change.id() == report.commandId()));
            return;
        }
        Open order = open.stream().filter(one -> one.order == report.orderId()
                || report.execType() == ExecType.NEW && one.order == 0 && one.command == report.commandId() && one.side == report.side()).findFirst().orElseThrow();
        order.order = report.orderId();
        if (report.execType() == ExecType.TRADE) {
            BigDecimal quantity = BigDecimal.valueOf(report.lastQuantity());
            BigDecimal notional = cents(BigDecimal.valueOf(report.lastPrice()).multiply(quantity), RoundingMode.HALF_UP);
            BigDecimal fee = cents(BigDecimal.valueOf(report.fee()), RoundingMode.CEILING);
            boolean buys = report.side() == Side.BUY;
            cash = (buys ? cash.subtract(notional) : cash.add(notional)).subtract(fee);
            units = buys ? units.add(quantity) : units.subtract(quantity);
        }
        if (report.execType() == ExecType.REPLACED) {
            if (open.removeIf(one -> one.order == 0 && one.command == report.commandId() && one.side == report.side())) {
                order.price = BigDecimal.valueOf(report.price());
            }
            order.changes.stream().filter(change -> change.id() == report.commandId() && change.price() > 0).findFirst()
                    .ifPresent(change -> order.price = BigDecimal.valueOf(change.price()));
            order.changes.removeIf(change -> change.id() == report.commandId());
        }
        order.leaves = BigDecimal.valueOf(report.leaves());
        order.filled = BigDecimal.valueOf(report.filled());
        if (report.leaves() == 0) {
            open.remove(order);
        }
    }
}
