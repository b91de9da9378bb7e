package io.partita.trading;

import io.partita.trading.NaiveOrder.Place;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * The twin of the book: one list of orders, sorted and searched anew for every question. Written from docs/trading.md, to be
 * obviously right; slow.
 */
final class NaiveBook implements OrderBook {

    private final Instrument rules;
    private final NaiveAdmission admission = new NaiveAdmission(this);
    final List<NaiveOrder> live = new ArrayList<>();
    TradingPhase phase = TradingPhase.CLOSED;
    private long phaseEnd;
    long now;
    long last;
    long reference;
    private long rank;
    private long trades;
    private long reports;
    private BigDecimal bandCentre = BigDecimal.ZERO;
    private boolean selfTraded;

    private Command command;
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
        advance(Math.max(now, next.time()));
        Reason reason = switch (next.type()) {
            case NEW_ORDER -> enter();
            case CANCEL -> cancel();
            case REPLACE -> replace();
            case MASS_CANCEL -> massCancel();
            case QUOTE -> quote();
            case CROSS -> cross();
            case PHASE -> changePhase();
            case REFERENCE -> reference();
            case TIME -> Reason.NONE;
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

    private Reason replace() {
        NaiveOrder order = find(command.orderId());
        Reason reason = admission.replace(command, order);
        if (reason != Reason.NONE) {
            return reason;
        }
        NaiveOrder changed = order.copy();
        if (command.price() != 0) {
            if (order.type == OrderType.PEGGED) {
                changed.cap = command.price();
            } else {
                changed.price = command.price();
            }
        }
        changed.leaves = command.quantity() == 0 ? order.leaves : command.quantity() - order.filled;
        changed.display = command.display() == 0 ? order.display : command.display();
        changed.stop = command.stopPrice() == 0 ? order.stop : command.stopPrice();
        changed.offset = command.offset() == 0 ? order.offset : command.offset();
        boolean onlySmaller = changed.price == order.price && changed.cap == order.cap && changed.display == order.display
                && changed.stop == order.stop && changed.offset == order.offset && changed.leaves <= order.leaves;
        if (onlySmaller) {
            shrink(order, changed.leaves);
            report(order, ExecType.REPLACED);
            return Reason.NONE;
        }
        if (order.postOnly && wouldTake(changed)) {
            return Reason.POST_ONLY_WOULD_TAKE;
        }
        live.remove(order);
        live.add(changed);
        changed.place = Place.NOWHERE;
        changed.shown = 0;
        if (changed.type == OrderType.PEGGED) {
            changed.price = 0;
        }
        report(changed, ExecType.REPLACED);
        place(changed);
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

    private Reason quote() {
        Reason reason = admission.quote(command);
        if (reason != Reason.NONE) {
            return reason;
        }
        NaiveOrder bid = withdraw(command.orderId(), command.price(), command.quantity());
        NaiveOrder offer = withdraw(command.contraOrderId(), command.contraPrice(), command.contraQuantity());
        show(bid, Side.BUY, command.orderId(), command.price(), command.quantity());
        show(offer, Side.SELL, command.contraOrderId(), command.contraPrice(), command.contraQuantity());
        return Reason.NONE;
    }

    private NaiveOrder withdraw(long id, long price, long quantity) {
        NaiveOrder order = find(id);
        if (order != null && quantity == 0) {
            end(order, ExecType.CANCELED, Reason.REQUESTED);
            return null;
        }
        if (order != null && (price != order.price || quantity > order.leaves)) {
            order.place = Place.NOWHERE;
            order.shown = 0;
        }
        return order;
    }

    private void show(NaiveOrder order, Side side, long id, long price, long quantity) {
        if (quantity == 0) {
            return;
        }
        if (order == null) {
            NaiveOrder fresh = NaiveOrder.of(command);
            fresh.id = id;
            fresh.side = side;
            fresh.price = price;
            fresh.leaves = quantity;
            report(fresh, ExecType.NEW);
            place(fresh);
        } else if (order.place != Place.NOWHERE) {
            shrink(order, quantity);
            report(order, ExecType.REPLACED);
        } else {
            order.price = price;
            order.leaves = quantity;
            report(order, ExecType.REPLACED);
            place(order);
        }
    }

    private Reason cross() {
        Reason reason = admission.cross(command);
        if (reason != Reason.NONE) {
            return reason;
        }
        NaiveOrder buyer = NaiveOrder.of(command);
        NaiveOrder seller = NaiveOrder.of(command);
        seller.id = command.contraOrderId();
        seller.account = command.contraAccount();
        seller.participant = command.contraParticipant();
        seller.side = Side.SELL;
        report(buyer, ExecType.NEW);
        report(seller, ExecType.NEW);
        trade(buyer, seller, command.price(), command.quantity(), Liquidity.CROSS, Liquidity.CROSS);
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

    // ------------------------------------------------------------------------------------------------------ where orders stand

    NaiveOrder find(long id) {
        return live.stream().filter(order -> order.id == id).findFirst().orElse(null);
    }

    private List<NaiveOrder> byId(Predicate<NaiveOrder> which) {
        return live.stream().filter(which).sorted(Comparator.comparingLong(order -> order.id)).toList();
    }

    private List<NaiveOrder> byRank(Predicate<NaiveOrder> which) {
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

    private NaiveOrder best(Side side) {
        return side(side).stream().findFirst().orElse(null);
    }

    long bestShown(Side side) {
        return side(side).stream().filter(order -> order.shown > 0).mapToLong(order -> order.price).findFirst().orElse(0);
    }

    private List<NaiveOrder> waiting(Side side) {
        Comparator<NaiveOrder> price = Comparator.comparingLong(order -> order.price);
        return live.stream().filter(order -> order.place == Place.WAITING && order.side == side)
                .sorted((side == Side.BUY ? price.reversed() : price).thenComparing(order -> order.rank)).toList();
    }

    private void stand(NaiveOrder order, Place place) {
        order.place = place;
        order.rank = ++rank;
        if (!live.contains(order)) {
            live.add(order);
        }
    }

    private void rest(NaiveOrder order) {
        boolean unseen = order.hidden || order.type == OrderType.PEGGED;
        order.shown = unseen ? 0 : order.display > 0 ? Math.min(order.display, order.leaves) : order.leaves;
        stand(order, Place.BOOK);
    }

    private void end(NaiveOrder order, ExecType how, Reason why) {
        live.remove(order);
        report(order, how, why, 0, 0, 0, Liquidity.NONE);
    }

    private static void shrink(NaiveOrder order, long leaves) {
        order.leaves = leaves;
        order.shown = Math.min(order.shown, leaves);
    }

    private void place(NaiveOrder order) {
        if (order.type.waitsForStop()) {
            if (order.type == OrderType.TRAILING_STOP && order.stop == 0) {
                order.stop = trailed(order);
            }
            stand(order, Place.STOPPED);
        } else if (order.time == TimeInForce.AT_THE_CLOSE && phase != TradingPhase.CLOSING_AUCTION) {
            stand(order, Place.PARKED);
        } else if (order.type == OrderType.PEGGED) {
            peg(order);
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

    private void execute(NaiveOrder order) {
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

    private void becomeLimit(NaiveOrder order, long price) {
        order.type = OrderType.LIMIT;
        order.price = price;
        report(order, ExecType.RESTATED);
    }

    private void take(NaiveOrder order, long limit) {
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
    private void trade(NaiveOrder order, NaiveOrder other, long price, long quantity, Liquidity role, Liquidity otherRole) {
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
    private long canGet(NaiveOrder order, long limit) {
        NaiveBook trial = new NaiveBook(rules);
        live.forEach(each -> trial.live.add(each.copy()));
        trial.phase = phase;
        trial.bandCentre = bandCentre;
        trial.last = last;
        trial.rank = rank;
        trial.sink = report -> { };
        trial.command = command;
        NaiveOrder probe = order.copy();
        trial.live.removeIf(each -> each.id == order.id);
        if (probe.prevention == SelfTradePrevention.DECREMENT) {
            probe.prevention = SelfTradePrevention.CANCEL_NEWEST;
        }
        trial.take(probe, limit);
        return order.leaves - probe.leaves;
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

    private void bandAroundLast() {
        bandCentre = BigDecimal.valueOf(last > 0 ? last : reference);
    }

    boolean inBand(long price) {
        if (rules.band() == 0 || bandCentre.signum() == 0) {
            return true;
        }
        BigDecimal width = bandCentre.multiply(BigDecimal.valueOf(rules.band(), 4)).setScale(0, RoundingMode.DOWN);
        return BigDecimal.valueOf(price).subtract(bandCentre).abs().compareTo(width) <= 0;
    }

    // ------------------------------------------------------------------------------------------------------------ consequences

    private void settle() {
        boolean more = true;
        while (more && phase == TradingPhase.CONTINUOUS) {
            trail();
            more = trigger() || movePegs() || retry();
        }
        if (phase != TradingPhase.CONTINUOUS) {
            for (NaiveOrder order : byRank(each -> each.type == OrderType.PEGGED && each.place == Place.BOOK)) {
                order.price = 0;
                stand(order, Place.IDLE);
            }
        }
    }

    private long trailed(NaiveOrder order) {
        return order.buys() ? Math.min(last + order.offset, rules.maxPrice()) : Math.max(last - order.offset, 1);
    }

    private void trail() {
        if (last == 0) {
            return;
        }
        for (NaiveOrder order : byRank(each -> each.type == OrderType.TRAILING_STOP)) {
            long target = trailed(order);
            if (order.buys() ? target < order.stop : target > order.stop) {
                order.stop = target;
                stand(order, Place.STOPPED);
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
        report(order, ExecType.TRIGGERED);
        place(order);
        return true;
    }

    private NaiveOrder reached(Side side) {
        Comparator<NaiveOrder> stop = Comparator.comparingLong(order -> order.stop);
        return live.stream().filter(order -> order.place == Place.STOPPED && order.side == side && last > 0)
                .filter(order -> order.buys() ? last >= order.stop : last <= order.stop)
                .min((side == Side.BUY ? stop : stop.reversed()).thenComparing(order -> order.rank)).orElse(null);
    }

    private boolean movePegs() {
        boolean moved = false;
        for (NaiveOrder order : byRank(each -> each.type == OrderType.PEGGED)) {
            if (phase == TradingPhase.CONTINUOUS && live.contains(order) && pegPrice(order) != order.price) {
                order.price = pegPrice(order);
                order.place = Place.NOWHERE;
                report(order, ExecType.RESTATED);
                peg(order);
                moved = true;
            }
        }
        return moved;
    }

    private void peg(NaiveOrder order) {
        order.price = phase == TradingPhase.CONTINUOUS ? pegPrice(order) : 0;
        if (order.price == 0) {
            stand(order, Place.IDLE);
            return;
        }
        selfTraded = false;
        take(order, order.price);
        if (order.leaves == 0) {
            live.remove(order);
        } else if (selfTraded) {
            end(order, ExecType.CANCELED, Reason.SELF_TRADE);
        } else if (phase == TradingPhase.CONTINUOUS) {
            rest(order);
        } else {
            order.price = 0;
            stand(order, Place.IDLE);
        }
    }

    private long pegPrice(NaiveOrder order) {
        long own = bestShown(order.side);
        long other = bestShown(order.side.opposite());
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
        return price < 1 || price > rules.maxPrice() ? 0 : price;
    }

    private boolean retry() {
        for (Side side : Side.values()) {
            for (NaiveOrder order : waiting(side)) {
                if (order.needs() == 0 || canGet(order, order.price) >= order.needs()) {
                    order.place = Place.NOWHERE;
                    execute(order);
                    return true;
                }
            }
        }
        return false;
    }

    // ------------------------------------------------------------------------------------------------------------------ phases

    private void advance(long time) {
        now = time;
        while (true) {
            NaiveOrder due = live.stream().filter(order -> order.expire != 0 && order.expire <= now)
                    .min(Comparator.comparingLong((NaiveOrder order) -> order.expire).thenComparing(order -> order.id)).orElse(null);
            boolean over = phaseEnd != 0 && phaseEnd <= now;
            if (due != null && (!over || due.expire <= phaseEnd)) {
                end(due, ExecType.EXPIRED, Reason.EXPIRE_TIME_REACHED);
                settle();
            } else if (over) {
                switch (phase) {
                    case HALT -> change(TradingPhase.VOLATILITY_AUCTION, Math.max(1, phaseEnd + rules.callTime()));
                    case CLOSING_AUCTION -> change(TradingPhase.CLOSED, 0);
                    default -> change(TradingPhase.CONTINUOUS, 0);
                }
            } else {
                return;
            }
        }
    }

    private Reason changePhase() {
        Reason reason = admission.phase(command);
        if (reason == Reason.NONE) {
            change(command.phase(), command.expireTime());
        }
        return reason;
    }

    private void change(TradingPhase to, long until) {
        long[] match = {0, 0};
        if (to != TradingPhase.HALT && (phase.auction() || to == TradingPhase.CONTINUOUS)) {
            match = uncrossing();
            uncross(match[0], match[1]);
            leftOver(match[0]);
        }
        if (to == TradingPhase.CLOSED) {
            byId(order -> order.time != TimeInForce.GOOD_TILL_CANCEL && order.time != TimeInForce.GOOD_TILL_DATE)
                    .forEach(order -> end(order, ExecType.EXPIRED, Reason.END_OF_SESSION));
        }
        phase = to;
        phaseEnd = until;
        if (to == TradingPhase.CLOSING_AUCTION) {
            for (NaiveOrder order : byRank(each -> each.place == Place.PARKED)) {
                rest(order);
            }
        }
        bandAroundLast();
        report(null, ExecType.TRADING_STATUS, Reason.NONE, match[0], match[1], 0, Liquidity.NONE);
        settle();
    }

    private void uncross(long price, long volume) {
        for (long left = volume; left > 0; ) {
            NaiveOrder buyer = best(Side.BUY);
            NaiveOrder seller = best(Side.SELL);
            long quantity = Math.min(left, Math.min(buyer.available(), seller.available()));
            trade(buyer, seller, price, quantity, Liquidity.AUCTION, Liquidity.AUCTION);
            left -= quantity;
        }
        reference = volume > 0 ? price : reference;
    }

    private void leftOver(long price) {
        for (NaiveOrder order : byId(each -> each.place == Place.BOOK)) {
            if (order.time == TimeInForce.AT_THE_OPENING || order.time == TimeInForce.AT_THE_CLOSE) {
                end(order, ExecType.EXPIRED, Reason.NOT_FILLED_IN_AUCTION);
            } else if (order.type == OrderType.MARKET || order.type == OrderType.MARKET_TO_LIMIT && price == 0) {
                end(order, ExecType.CANCELED, Reason.NOT_FILLED_IN_AUCTION);
            } else if (order.type == OrderType.MARKET_TO_LIMIT) {
                becomeLimit(order, price);
                rest(order);
            }
        }
    }

    /** Price and volume: tries every price there is. */
    private long[] uncrossing() {
        long anchor = reference > 0 ? reference : last;
        TreeSet<Long> prices = new TreeSet<>();
        live.stream().filter(order -> order.place == Place.BOOK && !order.atAnyPrice()).forEach(order -> prices.add(order.price));
        if (anchor > 0 && anchor <= rules.maxPrice() && anchor % rules.ticks().at(anchor) == 0) {
            prices.add(anchor);
        }
        return prices.stream().map(price -> {
            long demand = side(Side.BUY).stream().filter(o -> o.atAnyPrice() || o.price >= price).mapToLong(o -> o.leaves).sum();
            long supply = side(Side.SELL).stream().filter(o -> o.atAnyPrice() || o.price <= price).mapToLong(o -> o.leaves).sum();
            return new long[] {price, Math.min(demand, supply), Math.abs(demand - supply), anchor == 0 ? 0 : Math.abs(price - anchor)};
        }).filter(candidate -> candidate[1] > 0)
                .min(Comparator.comparingLong((long[] candidate) -> -candidate[1]).thenComparingLong(candidate -> candidate[2])
                        .thenComparingLong(candidate -> candidate[3]).thenComparingLong(candidate -> -candidate[0]))
                .orElse(new long[] {0, 0});
    }

    // ----------------------------------------------------------------------------------------------------------------- reports

    private void report(NaiveOrder order, ExecType type) {
        report(order, type, Reason.NONE, 0, 0, 0, Liquidity.NONE);
    }

    private void report(NaiveOrder order, ExecType type, Reason why, long price, long quantity, long contra, Liquidity role) {
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
        return phase.auction() ? uncrossing()[0] : 0;
    }

    @Override
    public long indicativeQuantity() {
        return phase.auction() ? uncrossing()[1] : 0;
    }

    /** The twin has none: books are compared order by order. */
    @Override
    public long hash() {
        throw new UnsupportedOperationException("only the fast book has a hash");
    }
}
