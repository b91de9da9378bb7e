package io.partita.pipelines.marketdata.surveillance;

import io.partita.marketdata.surveillance.Evidence;
import io.partita.marketdata.surveillance.Practice;
import io.partita.marketdata.surveillance.SurveillanceAlert;
import io.partita.trading.ExecType;
import io.partita.trading.Execution;
import io.partita.trading.Liquidity;
import io.partita.trading.Side;
import java.io.Serial;
import java.io.Serializable;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Momentum ignition: an owner takes most of what is taken in a few seconds, and the price runs; others follow; then the owner trades the other way, at
 * better prices than those at which it began.
 */
final class MomentumIgnition implements Pattern {

    @Serial
    private static final long serialVersionUID = 1;

    private static final int TRADES = 3;
    /** Of what was taken to begin with, so much must be given back. */
    private static final double PAID_BACK = 0.5;

    private final SurveillanceLimits limits;
    private final Deque<Taken> quick = new ArrayDeque<>();
    private final Map<Long, Fire> fires = new HashMap<>();

    MomentumIgnition(SurveillanceLimits limits) {
        this.limits = limits;
    }

    /** A run that an owner began, and what came of it. */
    private static final class Fire implements Serializable {

        @Serial
        private static final long serialVersionUID = 1;

        private final Side side;
        private final long began;
        private final List<Evidence> evidence = new ArrayList<>();
        private long last;
        private double score;
        private double taken;
        private double paid;
        private double followed;
        private double back;
        private double received;

        Fire(Side side, long began) {
            this.side = side;
            this.began = began;
        }

        /** True if enough was given back, at a better price than was paid. */
        boolean paidBack() {
            double gain = received / back - paid / taken;
            return followed > 0 && back >= PAID_BACK * taken && (side == Side.BUY ? gain : -gain) > 0;
        }
    }

    @Override
    public void look(Event event, Consumer<SurveillanceAlert> found) {
        Execution report = event.report();
        if (report.execType() != ExecType.TRADE) {
            return;
        }
        Fire own = fires.get(event.owner());
        if (own != null && report.side() == own.side.opposite() && report.time() - own.last <= limits.payback()) {
            payBack(event, own, found);
        }
        if (report.liquidity() == Liquidity.TAKER) {
            fires.forEach((owner, fire) -> fire.followed += owner != event.owner() && fire.side == report.side() && report.time() > fire.last
                    ? report.lastQuantity() : 0);
            take(event);
        }
    }

    private void payBack(Event event, Fire own, Consumer<SurveillanceAlert> found) {
        Execution report = event.report();
        own.back += report.lastQuantity();
        own.received += (double) report.lastQuantity() * report.lastPrice();
        own.evidence.add(new Evidence(report.sequence(), report.time(), report.orderId(), "traded against it", report.lastPrice(),
                report.lastQuantity()));
        if (own.paidBack()) {
            fires.remove(event.owner());
            found.accept(new SurveillanceAlert(event.instrument(), Practice.MOMENTUM_IGNITION, event.owner(), own.began, event.time(), own.score, 1,
                    own.evidence, String.format(Locale.ROOT,
                            "An owner took %.0f in a few seconds and the price ran %.1f times as far as usual; others took %.0f more that way, "
                                    + "and then it traded %.0f against them.", own.taken, own.score * limits.move(), own.followed, own.back)));
        }
    }

    private void take(Event event) {
        while (!quick.isEmpty() && event.time() - quick.peekFirst().time() > limits.ignition()) {
            quick.removeFirst();
        }
        Taken now = Taken.of(event.report(), event.owner(), event.pulse().lastPrice());
        quick.addLast(now);
        List<Taken> own = quick.stream().filter(taken -> taken.owner() == now.owner() && taken.side() == now.side()).toList();
        double taken = own.stream().mapToDouble(Taken::quantity).sum();
        double all = quick.stream().mapToDouble(Taken::quantity).sum();
        double ran = own.stream().mapToDouble(Taken::moved).sum();
        double score = ran / (limits.move() * event.pulse().move(limits.ignition()));
        Fire before = fires.get(now.owner());
        // Trading against a run is not the beginning of the next one.
        boolean against = before != null && before.side != now.side() && now.time() - before.last <= limits.payback();
        if (!against && own.size() >= TRADES && taken >= limits.dominance() * all && score >= 1) {
            Fire fire = new Fire(now.side(), own.getFirst().time());
            own.forEach(part -> fire.evidence.add(part.evidence("began the run")));
            fire.last = now.time();
            fire.score = score;
            fire.taken = taken;
            fire.paid = own.stream().mapToDouble(part -> (double) part.price() * part.quantity()).sum();
            fires.put(now.owner(), fire);
        }
    }

    @Override
    public void forget(long before) {
        fires.values().removeIf(fire -> fire.last < before);
    }
}
