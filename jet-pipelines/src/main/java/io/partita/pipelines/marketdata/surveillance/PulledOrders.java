package io.partita.pipelines.marketdata.surveillance;

import io.partita.marketdata.surveillance.Evidence;
import io.partita.marketdata.surveillance.Practice;
import io.partita.marketdata.surveillance.SurveillanceAlert;
import io.partita.trading.ExecType;
import io.partita.trading.Reason;
import io.partita.trading.Side;
import java.io.Serial;
import java.io.Serializable;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Spoofing and layering. A cycle is: orders stand on one side for a short time, much larger than what their owner gets on the other side while
 * they stand, and are pulled, hardly touched, soon after. One cycle may be a change of mind; several are a pattern. Orders at three
 * or more prices are layers.
 */
final class PulledOrders implements Pattern {

    @Serial
    private static final long serialVersionUID = 1;

    private static final int LAYERS = 3;
    /** Orders are pulled this soon after the other side was filled, or for another reason. */
    private static final long SOON = 10 * SurveillanceLimits.SECOND;

    private final SurveillanceLimits limits;
    private final Map<Long, Trail> trails = new HashMap<>();

    PulledOrders(SurveillanceLimits limits) {
        this.limits = limits;
    }

    private record Fill(long sequence, long time, long order, Side side, long price, long quantity) implements Serializable {

        @Serial
        private static final long serialVersionUID = 1;
    }

    private record Pull(long sequence, long time, long entered, long order, Side side, long price, long quantity, double share)
            implements Serializable {

        @Serial
        private static final long serialVersionUID = 1;
    }

    /** What one owner did lately. */
    private static final class Trail implements Serializable {

        @Serial
        private static final long serialVersionUID = 1;

        private final Deque<Fill> fills = new ArrayDeque<>();
        private final Deque<Pull> pulls = new ArrayDeque<>();
        private final List<Evidence> evidence = new ArrayList<>();
        private final Set<Long> prices = new HashSet<>();
        private Side side = Side.BUY;
        private long filledAt;
        private double ratio;
        private int cycles;
        private int layered;
        private long first;
        private long last = Long.MIN_VALUE / 2;

        void forget(long before) {
            while (!fills.isEmpty() && fills.peekFirst().time < before) {
                fills.removeFirst();
            }
            while (!pulls.isEmpty() && pulls.peekFirst().time < before) {
                pulls.removeFirst();
            }
        }

        /** An order of the last cycle. */
        void more(Pull pull) {
            layered += prices.add(pull.price) && prices.size() == LAYERS ? 1 : 0;
            last = pull.time;
            evidence.add(new Evidence(pull.sequence, pull.time, pull.order, "pulled", pull.price, pull.quantity));
            if (evidence.size() > 2 * Evidence.MOST) {
                evidence.subList(0, Evidence.MOST).clear();
            }
        }

        void beginAnew() {
            cycles = 0;
            layered = 0;
            evidence.clear();
        }
    }

    @Override
    public void look(Event event, Consumer<SurveillanceAlert> found) {
        if (event.report().execType() == ExecType.TRADE) {
            Trail trail = trail(event);
            trail.fills.addLast(new Fill(event.report().sequence(), event.time(), event.report().orderId(), event.report().side(),
                    event.report().lastPrice(), event.report().lastQuantity()));
        } else if (pulled(event)) {
            Trail trail = trail(event);
            LiveOrder order = event.order();
            Pull pull = new Pull(event.report().sequence(), event.time(), order.entered, order.id, order.side, order.price, order.leaves,
                    order.share);
            boolean more = trail.cycles > 0 && pull.side == trail.side && pull.entered <= trail.filledAt && pull.time - trail.last <= SOON;
            if (more) {
                trail.more(pull);
            } else {
                trail.pulls.addLast(pull);
            }
            if ((more || cycle(event, trail)) && trail.cycles >= limits.cycles()) {
                found.accept(alert(event, trail));
            }
        }
    }

    private Trail trail(Event event) {
        Trail trail = trails.computeIfAbsent(event.owner(), _ -> new Trail());
        trail.forget(event.time() - limits.deceptiveLife());
        if (event.time() - trail.last > limits.memory()) {
            trail.beginAnew();
        }
        return trail;
    }

    @Override
    public void forget(long before) {
        trails.values().removeIf(trail -> {
            trail.forget(before);
            return trail.fills.isEmpty() && trail.pulls.isEmpty() && trail.last < before;
        });
    }

    private boolean pulled(Event event) {
        LiveOrder order = event.order();
        boolean asked = event.report().reason() == Reason.REQUESTED || event.report().reason() == Reason.MASS_CANCEL;
        return event.report().execType() == ExecType.CANCELED && asked && order != null && order.shown() && order.untouched()
                && event.time() - order.entered <= limits.deceptiveLife();
    }

    /** True if with this order another cycle is complete; what is pulled after it, for the same fills, is part of it. */
    private boolean cycle(Event event, Trail trail) {
        Side side = event.order().side;
        List<Pull> pulls = trail.pulls.stream().filter(pull -> pull.side == side && event.time() - pull.time <= SOON).toList();
        long began = pulls.stream().mapToLong(Pull::entered).min().orElseThrow();
        List<Fill> fills = trail.fills.stream().filter(fill -> fill.side == side.opposite() && fill.time >= began
                && event.time() - fill.time <= SOON && pulls.stream().anyMatch(pull -> pull.entered <= fill.time && fill.time <= pull.time)).toList();
        double pulled = pulls.stream().mapToDouble(Pull::quantity).sum();
        double filled = fills.stream().mapToDouble(Fill::quantity).sum();
        double share = pulls.stream().mapToDouble(Pull::share).sum();
        if (fills.isEmpty() || pulled < limits.deceptiveRatio() * filled || share < limits.deceptiveShare()
                || pulled < limits.deceptiveRatio() * event.pulse().size()) {
            return false;
        }
        trail.first = trail.cycles == 0 ? began : trail.first;
        trail.cycles++;
        trail.prices.clear();
        trail.side = side;
        trail.filledAt = fills.getLast().time;
        trail.ratio = pulled / filled;
        fills.forEach(fill -> trail.evidence.add(new Evidence(fill.sequence, fill.time, fill.order, "filled", fill.price, fill.quantity)));
        pulls.forEach(trail::more);
        trail.fills.removeAll(fills);
        trail.pulls.removeAll(pulls);
        return true;
    }

    private SurveillanceAlert alert(Event event, Trail trail) {
        Practice practice = 2 * trail.layered >= trail.cycles ? Practice.LAYERING : Practice.SPOOFING;
        return new SurveillanceAlert(event.instrument(), practice, event.owner(), trail.first, event.time(), trail.ratio / limits.deceptiveRatio(),
                trail.cycles, trail.evidence, String.format(Locale.ROOT,
                        "%d times, orders to %s were pulled within seconds after fills on the other side; the last were %.1f times as large.",
                        trail.cycles, trail.side == Side.BUY ? "buy" : "sell", trail.ratio));
    }
}
