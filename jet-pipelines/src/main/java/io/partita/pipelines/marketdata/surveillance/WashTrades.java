package io.partita.pipelines.marketdata.surveillance;

import io.partita.marketdata.surveillance.Evidence;
import io.partita.marketdata.surveillance.Practice;
import io.partita.marketdata.surveillance.SurveillanceAlert;
import io.partita.trading.Execution;
import io.partita.trading.Side;
import java.io.Serial;
import java.io.Serializable;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Wash trades: an owner on both sides, at once; or two owners between whom quantities go back and forth until nobody has more or less than
 * before. What meets by chance does so in proportion to what both trade with others: only pairs that mostly trade with each other are told.
 */
final class WashTrades implements Pattern {

    @Serial
    private static final long serialVersionUID = 1;

    private static final double BALANCED = 0.1;
    private static final double MOSTLY = 0.5;

    private final SurveillanceLimits limits;
    private final Map<Pair, Meetings> meetings = new HashMap<>();
    private final Map<Long, Deque<Amount>> traded = new HashMap<>();

    WashTrades(SurveillanceLimits limits) {
        this.limits = limits;
    }

    private record Pair(long one, long other) implements Serializable {

        @Serial
        private static final long serialVersionUID = 1;

        static Pair of(long a, long b) {
            return new Pair(Math.min(a, b), Math.max(a, b));
        }
    }

    private record Amount(long time, long quantity) implements Serializable {

        @Serial
        private static final long serialVersionUID = 1;
    }

    /** @param toOther what went from the first to the other, negative for the other way */
    private record Meeting(long sequence, long time, long order, long price, long toOther) implements Serializable {

        @Serial
        private static final long serialVersionUID = 1;
    }

    /** What two owners did with each other lately. */
    private static final class Meetings implements Serializable {

        @Serial
        private static final long serialVersionUID = 1;

        private final Deque<Meeting> last = new ArrayDeque<>();
        private long began;

        void add(Meeting meeting, long since) {
            while (!last.isEmpty() && last.peekFirst().time < since) {
                last.removeFirst();
            }
            began = last.isEmpty() ? meeting.time : began;
            last.addLast(meeting);
        }

        double gross() {
            return last.stream().mapToDouble(meeting -> Math.abs(meeting.toOther)).sum();
        }

        double net() {
            return Math.abs(last.stream().mapToDouble(Meeting::toOther).sum());
        }
    }

    @Override
    public void look(Event event, Consumer<SurveillanceAlert> found) {
        if (!event.trade() || event.contra() == null) {
            return;
        }
        Execution report = event.report();
        long owner = event.owner();
        long contra = event.contra().owner;
        long since = event.time() - limits.memory();
        add(owner, report, since);
        if (contra != owner) {
            add(contra, report, since);
        }
        Pair pair = Pair.of(owner, contra);
        boolean toOther = (report.side() == Side.SELL) == (owner == pair.one);
        Meetings met = meetings.computeIfAbsent(pair, _ -> new Meetings());
        met.add(new Meeting(report.sequence(), report.time(), report.orderId(), report.lastPrice(),
                toOther ? report.lastQuantity() : -report.lastQuantity()), since);
        if (owner == contra) {
            found.accept(alert(event, pair, met, 1, "An owner was on both sides of " + met.last.size() + " trades."));
        } else {
            backAndForth(event, pair, met, found);
        }
    }

    @Override
    public void forget(long before) {
        meetings.values().removeIf(met -> met.last.peekLast().time < before);
        traded.values().removeIf(amounts -> amounts.peekLast().time < before);
    }

    private void add(long owner, Execution report, long since) {
        Deque<Amount> amounts = traded.computeIfAbsent(owner, _ -> new ArrayDeque<>());
        while (!amounts.isEmpty() && amounts.peekFirst().time < since) {
            amounts.removeFirst();
        }
        amounts.addLast(new Amount(report.time(), report.lastQuantity()));
    }

    private void backAndForth(Event event, Pair pair, Meetings met, Consumer<SurveillanceAlert> found) {
        double gross = met.gross();
        double net = met.net();
        double score = gross / 2 / (limits.washQuantity() * event.pulse().size());
        if (score >= 1 && net <= BALANCED * gross && met.last.size() >= 2 * limits.cycles() && mostly(pair.one, gross) && mostly(pair.other, gross)) {
            found.accept(alert(event, pair, met, score, String.format(Locale.ROOT,
                    "%.0f units went back and forth with owner %d in %d trades, and %.0f are left.", gross, pair.other, met.last.size(), net)));
        }
    }

    private boolean mostly(long owner, double gross) {
        return gross >= MOSTLY * traded.get(owner).stream().mapToDouble(Amount::quantity).sum();
    }

    private static SurveillanceAlert alert(Event event, Pair pair, Meetings met, double score, String explanation) {
        List<Evidence> evidence = met.last.stream().map(meeting -> new Evidence(meeting.sequence, meeting.time, meeting.order,
                meeting.toOther > 0 ? "to the other" : "from the other", meeting.price, Math.abs(meeting.toOther))).toList();
        return new SurveillanceAlert(event.instrument(), Practice.WASH_TRADE, pair.one, met.began, event.time(), score, met.last.size(), evidence,
                explanation);
    }
}
