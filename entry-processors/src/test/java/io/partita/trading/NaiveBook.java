package io.partita.trading;

import io.partita.trading.NaiveOrder.Place;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * The twin of the book: one list of orders, sorted and searched anew for every question. Written from docs/trading.md, to be
 * obviously right; slow.
 */
final class NaiveBook implements OrderBook {

    private final Instrument rules;
    final NaiveAdmission admission = new NaiveAdmission(this);
    private final NaiveAmendments amendments = new NaiveAmendments(this);
    private final NaiveSessions sessions = new NaiveSessions(this);
    private final NaiveConditions conditions = new NaiveConditions(this);
    final NaiveMidpoint midpoint = new NaiveMidpoint(this);
    final List<NaiveOrder> live = new ArrayList<>();
    TradingPhase phase = TradingPhase.CLOSED;
    long phaseEnd;
    long now;
    long last;
    long reference;
    private long rank;
    private long trades;
    private long reports;
    private BigDecimal bandCentre = BigDecimal.ZERO;
    boolean selfTraded;

    Command command;
    private ExecutionSink sink;

    NaiveBook(Instrument rules) {
        this.rules = rules;
    }

    Instrument rules() {
        return rules;
    }

    // --------------------------------------------------------------------------------------------------------------- commands

    @Override
    public void apply(Command next, ExecutionSink to) {
        command = next;
        sink = to;
        bandAroundLast();
        sessions.advance(Math.max(now, next.time()));
        Reason reason = switch (next.type()) {
            case NEW_ORDER -> enter();
            case CANCEL -> cancel();
            case REPLACE -> amendments.replace();
            case MASS_CANCEL -> massCancel();
            case QUOTE -> amendments.quote();
            case CROSS -> amendments.cross();
            case PHASE -> changePhase();
            case REFERENCE -> reference();
            case TIME -> Reason.NONE;
            case LIT -> {
                Reason wrong = admission.lit(command);
                if (wrong == Reason.NONE) {
                    midpoint.told(command);
                }
                yield wrong;
            }
        };
        if (reason != Reason.NONE) {
            report(null, ExecType.REJECTED, reason, 0, 0, 0, Liquidity.NONE);
        } else {
            settle();
        }
    }

    private Reason enter() {
        Reason reason = admission.order(command);
        if (reason == Reason.NONE) {
            NaiveOrder order = NaiveOrder.of(command);
            report(order, ExecType.NEW);
            place(order);
            if (rules.dark()) {
                midpoint.entered(order);
            }
        }
        return reason;
    }

    private Reason cancel() {
        NaiveOrder order = find(command.orderId());
        if (order == null) {
            return Reason.UNKNOWN_ORDER;
        }
        if (order.account != command.account()) {
            return Reason.NOT_OWNER;
        }
        end(order, ExecType.CANCELED, Reason.REQUESTED);
        return Reason.NONE;
    }

    private Reason massCancel() {
        List<NaiveOrder> meant = byId(order -> (command.account() == 0 || command.account() == order.account)
                && (command.participant() == 0 || command.participant() == order.participant)
                && (command.session() == 0 || command.session() == order.session)
                && (command.bothSides() || Terms.side(command.terms()) == order.side)
                && (!Terms.has(command.terms(), Terms.CANCEL_ON_DISCONNECT) || order.cancelOnDisconnect));
        meant.forEach(order -> end(order, ExecType.CANCELED, Reason.MASS_CANCEL));
        report(null, ExecType.MASS_CANCEL_DONE, Reason.NONE, 0, meant.size(), 0, Liquidity.NONE);
        return Reason.NONE;
    }

    private Reason reference() {
        if (command.price() < 1 || command.price() > rules.maxPrice()) {
            return Reason.INVALID_PRICE;
        }
        reference = command.price();
        report(null, ExecType.TRADING_STATUS);
        return Reason.NONE;
    }

    private Reason changePhase() {
        Reason reason = admission.phase(command);
        if (reason == Reason.NONE) {
            sessions.change(command.phase(), command.expireTime());
        }
        return reason;
    }

    /** What follows from the last change. */
    void settle() {
        conditions.settle();
    }

    // ------------------------------------------------------------------------------------------------------ where orders stand

    NaiveOrder find(long id) {
        return live.stream().filter(order -> order.id == id).findFirst().orElse(null);
    }

    List<NaiveOrder> byId(Predicate<NaiveOrder> which) {
        return live.stream().filter(which).sorted(Comparator.comparingLong(order -> order.id)).toList();
    }

    List<NaiveOrder> byRank(Predicate<NaiveOrder> which) {
        return live.stream().filter(which).sorted(Comparator.comparingLong(order -> order.rank)).toList();
    }

    /** A side of the book, the order whose turn it is first. */
    List<NaiveOrder> side(Side side) {
        Comparator<NaiveOrder> price = Comparator.comparingLong(order -> order.price);
        return live.stream().filter(order -> order.place == Place.BOOK && order.side == side)
                .sorted(Comparator.comparing((NaiveOrder order) -> !order.atAnyPrice())
                        .thenComparing(side == Side.BUY ? price.reversed() : price)
                        .thenComparing(order -> order.shown == 0)
                        .thenComparing(order -> order.rank))
                .toList();
    }

    NaiveOrder best(Side side) {
        return side(side).stream().findFirst().orElse(null);
    }

    long bestShown(Side side) {
        return side(side).stream().filter(order -> order.shown > 0).mapToLong(order -> order.price).findFirst().orElse(0);
    }

    List<NaiveOrder> waiting(Side side) {
        Comparator<NaiveOrder> price = Comparator.comparingLong(order -> order.price);
        return live.stream().filter(order -> order.place == Place.WAITING && order.side == side)
                .sorted((side == Side.BUY ? price.reversed() : price).thenComparing(order -> order.rank)).toList();
    }

    void stand(NaiveOrder order, Place place) {
        order.place = place;
        order.rank = ++rank;
        if (!live.contains(order)) {
            live.add(order);
        }
    }

    void rest(NaiveOrder order) {
        boolean unseen = order.hidden || order.type == OrderType.PEGGED || rules.dark();
        order.shown = unseen ? 0 : order.display > 0 ? Math.min(order.display, order.leaves) : order.leaves;
        stand(order, Place.BOOK);
    }

    void end(NaiveOrder order, ExecType how, Reason why) {
        live.remove(order);
        report(order, how, why, 0, 0, 0, Liquidity.NONE);
    }

    static void shrink(NaiveOrder order, long leaves) {
        order.leaves = leaves;
        order.shown = Math.min(order.shown, leaves);
    }

    void place(NaiveOrder order) {
        if (rules.dark()) {
            rest(order);
        } else if (order.type.waitsForStop()) {
            if (order.type == OrderType.TRAILING_STOP && order.stop == 0) {
                order.stop = conditions.trailed(order);
            }
            stand(order, Place.STOPPED);
        } else if (order.time == TimeInForce.AT_THE_CLOSE && phase != TradingPhase.CLOSING_AUCTION) {
            stand(order, Place.PARKED);
        } else if (order.type == OrderType.PEGGED) {
            conditions.peg(order);
        } else if (phase == TradingPhase.CONTINUOUS) {
            execute(order);
        } else if (order.conditional()) {
            stand(order, Place.WAITING);
        } else {
            rest(order);
        }
    }

    // ------------------------------------------------------------------------------------------------------ continuous trading

    boolean wouldTake(NaiveOrder order) {
        NaiveOrder other = best(order.side.opposite());
        return phase == TradingPhase.CONTINUOUS && other != null && order.agrees(order.price, other.price);
    }

    void execute(NaiveOrder order) {
        NaiveOrder other = best(order.side.opposite());
        if (order.type == OrderType.MARKET_TO_LIMIT && other == null) {
            end(order, ExecType.CANCELED, Reason.NO_LIQUIDITY);
            return;
        }
        long limit = switch (order.type) {
            case MARKET -> order.buys() ? Long.MAX_VALUE : 0;
            case MARKET_TO_LIMIT -> other.price;
            default -> order.price;
        };
        selfTraded = false;
        boolean enough = order.needs() == 0 || canGet(order, limit) >= order.needs();
        if (enough) {
            take(order, limit);
            order.minimum = 0;
        }
        if (!selfTraded && order.leaves > 0 && phase == TradingPhase.CONTINUOUS && !order.postOnly) {
            takeWaiting(order, limit);
            if (!enough && order.needs() == 0 && order.leaves > 0) {
                take(order, limit);
            }
        }
        if (order.leaves == 0) {
            live.remove(order);
        } else if (selfTraded) {
            end(order, ExecType.CANCELED, Reason.SELF_TRADE);
        } else if (order.time.immediate()) {
            end(order, ExecType.CANCELED, Reason.NOT_FILLED_AT_ONCE);
        } else if (order.type == OrderType.MARKET && phase == TradingPhase.CONTINUOUS) {
            end(order, ExecType.CANCELED, Reason.NO_LIQUIDITY);
        } else {
            if (order.type == OrderType.MARKET_TO_LIMIT) {
                becomeLimit(order, limit);
            }
            if (order.conditional()) {
                stand(order, Place.WAITING);
            } else {
                rest(order);
            }
        }
    }

    void becomeLimit(NaiveOrder order, long price) {
        order.type = OrderType.LIMIT;
        order.price = price;
        report(order, ExecType.RESTATED);
    }

    void take(NaiveOrder order, long limit) {
        while (order.leaves > 0) {
            NaiveOrder other = best(order.side.opposite());
            if (other == null || !order.agrees(limit, other.price)) {
                return;
            }
            if (!inBand(other.price)) {
                phase = TradingPhase.VOLATILITY_AUCTION;
                phaseEnd = now + rules.callTime();
                report(null, ExecType.TRADING_STATUS);
                return;
            }
            boolean own = order.participant != 0 && order.participant == other.participant;
            if (own && order.prevention != SelfTradePrevention.NONE) {
                prevent(order, other);
                if (selfTraded) {
                    return;
                }
            } else {
                trade(order, other, other.price, Math.min(order.leaves, other.available()), Liquidity.TAKER, Liquidity.MAKER);
            }
        }
    }

    private void prevent(NaiveOrder order, NaiveOrder other) {
        long both = Math.min(order.leaves, other.leaves);
        switch (order.prevention) {
            case CANCEL_OLDEST -> end(other, ExecType.CANCELED, Reason.SELF_TRADE);
            case CANCEL_BOTH -> {
                end(other, ExecType.CANCELED, Reason.SELF_TRADE);
                selfTraded = true;
            }
            case DECREMENT -> {
                if (other.leaves == both) {
                    end(other, ExecType.CANCELED, Reason.SELF_TRADE);
                } else {
                    shrink(other, other.leaves - both);
                    report(other, ExecType.RESTATED, Reason.SELF_TRADE, 0, 0, 0, Liquidity.NONE);
                }
                if (order.leaves == both) {
                    selfTraded = true;
                } else {
                    order.leaves -= both;
                    report(order, ExecType.RESTATED, Reason.SELF_TRADE, 0, 0, 0, Liquidity.NONE);
                }
            }
            default -> selfTraded = true;
        }
    }

    /** Both parties' reports, the first order's first. */
    void trade(NaiveOrder order, NaiveOrder other, long price, long quantity, Liquidity role, Liquidity otherRole) {
        trades++;
        last = price;
        filled(order, quantity);
        filled(other, quantity);
        report(order, ExecType.TRADE, Reason.NONE, price, quantity, other.id, role);
        report(other, ExecType.TRADE, Reason.NONE, price, quantity, order.id, otherRole);
    }

    private void filled(NaiveOrder order, long quantity) {
        boolean displayed = order.shown > 0;
        order.leaves -= quantity;
        order.filled += quantity;
        order.shown -= displayed ? quantity : 0;
        if (order.leaves == 0) {
            live.remove(order);
        } else if (displayed && order.shown == 0) {
            order.shown = Math.min(order.display, order.leaves);
            order.rank = ++rank;
        }
    }

    /** Tries it out on a copy of the whole book. Behind an own order that does not make way, nothing counts. */
    long canGet(NaiveOrder order, long limit) {
        NaiveBook trial = copy();
        NaiveOrder probe = order.copy();
        trial.live.removeIf(each -> each.id == order.id);
        if (probe.prevention == SelfTradePrevention.DECREMENT) {
            probe.prevention = SelfTradePrevention.CANCEL_NEWEST;
        }
        trial.take(probe, limit);
        return order.leaves - probe.leaves;
    }

    /** The same book, for nobody to hear of. */
    NaiveBook copy() {
        NaiveBook copy = new NaiveBook(rules);
        live.forEach(each -> copy.live.add(each.copy()));
        copy.phase = phase;
        copy.now = now;
        copy.bandCentre = bandCentre;
        copy.last = last;
        copy.rank = rank;
        copy.sink = report -> { };
        copy.command = command;
        return copy;
    }

    private void takeWaiting(NaiveOrder order, long limit) {
        for (NaiveOrder other : waiting(order.side.opposite())) {
            if (order.leaves == 0 || !order.agrees(limit, other.price)) {
                return;
            }
            long quantity = Math.min(order.leaves, other.leaves);
            boolean own = order.participant != 0 && order.participant == other.participant;
            if (!own && inBand(other.price) && quantity >= order.needs() && quantity >= other.needs()) {
                order.minimum = 0;
                other.minimum = 0;
                trade(order, other, other.price, quantity, Liquidity.TAKER, Liquidity.MAKER);
            }
        }
    }

    void bandAroundLast() {
        bandCentre = BigDecimal.valueOf(last > 0 ? last : reference);
    }

    boolean inBand(long price) {
        if (rules.band() == 0 || bandCentre.signum() == 0) {
            return true;
        }
        BigDecimal width = bandCentre.multiply(BigDecimal.valueOf(rules.band(), 4)).setScale(0, RoundingMode.DOWN);
        return BigDecimal.valueOf(price).subtract(bandCentre).abs().compareTo(width) <= 0;
    }

    // ----------------------------------------------------------------------------------------------------------------- reports

    void report(NaiveOrder order, ExecType type) {
        report(order, type, Reason.NONE, 0, 0, 0, Liquidity.NONE);
    }

    void report(NaiveOrder order, ExecType type, Reason why, long price, long quantity, long contra, Liquidity role) {
        reports++;
        long tradeId = type == ExecType.TRADE ? trades : 0;
        if (order != null) {
            boolean over = type == ExecType.CANCELED || type == ExecType.EXPIRED;
            sink.on(new Seen(reports, now, command.id(), type, why, order.id, order.account, order.participant, order.session, order.side,
                    order.price, order.filled + order.leaves, over ? 0 : order.leaves, order.filled, price, quantity, tradeId, contra, role,
                    fee(role, price, quantity), phase));
        } else if (type == ExecType.REJECTED) {
            sink.on(new Seen(reports, now, command.id(), type, why, command.orderId(), command.account(), command.participant(),
                    command.session(), Terms.side(command.terms()), command.price(), command.quantity(), 0, 0, 0, 0, 0, 0, role, 0, phase));
        } else {
            sink.on(new Seen(reports, now, command.id(), type, why, 0, 0, 0, 0, Terms.side(command.terms()), 0, 0, 0, 0, price, quantity, 0,
                    0, role, 0, phase));
        }
    }

    private long fee(Liquidity role, long price, long quantity) {
        int rate = switch (role) {
            case MAKER -> rules.fees().maker();
            case TAKER -> rules.fees().taker();
            case AUCTION -> rules.fees().auction();
            case CROSS -> rules.fees().cross();
            case NONE -> 0;
        };
        BigInteger millionths = BigInteger.valueOf(price).multiply(BigInteger.valueOf(quantity)).multiply(BigInteger.valueOf(rate));
        return new BigDecimal(millionths, 6).setScale(0, RoundingMode.CEILING).longValueExact();
    }

    // --------------------------------------------------------------------------------------------------------------- questions

    @Override
    public TradingPhase phase() {
        return phase;
    }

    @Override
    public long lastPrice() {
        return last;
    }

    @Override
    public long referencePrice() {
        return reference;
    }

    @Override
    public int size() {
        return live.size();
    }

    @Override
    public int depth(Side side, long[] into) {
        int levels = 0;
        for (NaiveOrder order : side(side)) {
            if (order.shown == 0) {
                continue;
            }
            if (levels > 0 && into[2 * levels - 2] == shownPrice(order)) {
                into[2 * levels - 1] += order.shown;
            } else if (2 * levels + 1 < into.length) {
                into[2 * levels] = shownPrice(order);
                into[2 * levels + 1] = order.shown;
                levels++;
            }
        }
        return levels;
    }

    /** Market orders stand before the first and behind the last price. */
    private long shownPrice(NaiveOrder order) {
        return !order.atAnyPrice() ? order.price : order.buys() ? rules.maxPrice() + 1 : 0;
    }

    @Override
    public void orders(OrderVisitor visitor) {
        Stream.of(side(Side.BUY), side(Side.SELL), byRank(order -> order.place != Place.BOOK)).flatMap(List::stream)
                .forEach(o -> visitor.order(o.id, o.account, o.side, o.price, o.leaves, o.shown, o.filled,
                        o.type == OrderType.PEGGED ? o.cap : o.stop, o.rank));
    }

    @Override
    public long indicativePrice() {
        return phase.auction() && !rules.dark() ? sessions.uncrossing()[0] : 0;
    }

    @Override
    public long indicativeQuantity() {
        return phase.auction() && !rules.dark() ? sessions.uncrossing()[1] : 0;
    }

    /** The twin has none: books are compared order by order. */
    @Override
    public long hash() {
        throw new UnsupportedOperationException("only the fast book has a hash");
    }
}
