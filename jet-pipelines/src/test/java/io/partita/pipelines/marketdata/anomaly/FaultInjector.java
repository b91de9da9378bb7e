package io.partita.pipelines.marketdata.anomaly;

import io.partita.marketdata.anomaly.AnomalyKind;
import io.partita.marketdata.anomaly.Observation;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Puts faults into a series of bars, at places that a seed chooses and far enough apart to be told from each other. The series goes on from
 * what the faults made of it: after a shift all prices are shifted, after a burst they go on from where it led. Spikes and shifts are
 * {@value #SMALLEST} to {@value #LARGEST} robust deviations of the returns of the series.
 */
final class FaultInjector {

    static final double SMALLEST = 8;
    static final double LARGEST = 16;
    /** Bars of a burst, and how much wider they are. */
    static final int BURST_BARS = 10;
    static final double BURST = 4;

    private static final List<AnomalyKind> KINDS = List.of(AnomalyKind.BAD_PRINT, AnomalyKind.LEVEL_SHIFT, AnomalyKind.VOLATILITY_BURST,
            AnomalyKind.FROZEN_FEED, AnomalyKind.CROSSED_QUOTE);

    private final SplittableRandom chance;

    FaultInjector(long seed) {
        chance = new SplittableRandom(seed);
    }

    /** A series and what is wrong with it. */
    record Injected(List<Observation> bars, List<InjectedFault> faults) {
    }

    /**
     * A copy of a series with faults.
     *
     * @param quiet so many bars at the beginning have none
     * @param each  faults of each kind
     * @param apart bars from one fault to the next, at least
     */
    Injected inject(List<Observation> bars, int quiet, int each, int apart) {
        int places = KINDS.size() * each;
        int room = (bars.size() - quiet) / places;
        if (room < apart) {
            throw new IllegalArgumentException("no room for " + places + " faults in " + bars.size() + " bars");
        }
        List<AnomalyKind> order = new ArrayList<>();
        for (int i = 0; i < places; i++) {
            order.add(KINDS.get(i % KINDS.size()));
        }
        for (int i = places - 1; i > 0; i--) {
            Collections.swap(order, i, chance.nextInt(i + 1));
        }
        double deviation = deviation(bars);
        List<InjectedFault> faults = new ArrayList<>();
        for (int i = 0; i < places; i++) {
            int from = quiet + i * room + chance.nextInt(room - apart + 1);
            faults.add(fault(bars.getFirst().instrument(), order.get(i), from, deviation));
        }
        return new Injected(apply(bars, faults), List.copyOf(faults));
    }

    private InjectedFault fault(long instrument, AnomalyKind kind, int from, double deviation) {
        double size = (SMALLEST + (LARGEST - SMALLEST) * chance.nextDouble()) * deviation * (chance.nextBoolean() ? 1 : -1);
        int few = 1 + chance.nextInt(3);
        return switch (kind) {
            case BAD_PRINT, LEVEL_SHIFT -> new InjectedFault(instrument, kind, from, from, size);
            case VOLATILITY_BURST -> new InjectedFault(instrument, kind, from, from + BURST_BARS - 1, BURST);
            case FROZEN_FEED -> new InjectedFault(instrument, kind, from, from + few + 1, few + 2);
            case CROSSED_QUOTE -> new InjectedFault(instrument, kind, from, from + few - 1, few);
            default -> throw new IllegalArgumentException("nobody knows how to make " + kind);
        };
    }

    private static double deviation(List<Observation> bars) {
        double[] moves = new double[bars.size() - 1];
        for (int i = 1; i < bars.size(); i++) {
            moves[i - 1] = Math.abs(Math.log((double) bars.get(i).close() / bars.get(i - 1).close()));
        }
        Arrays.sort(moves);
        return 1.4826 * moves[moves.length / 2];
    }

    private static List<Observation> apply(List<Observation> bars, List<InjectedFault> faults) {
        List<Observation> made = new ArrayList<>();
        double before = bars.getFirst().open();
        double madeBefore = before;
        for (int i = 0; i < bars.size(); i++) {
            Observation bar = bars.get(i);
            InjectedFault fault = at(faults, i);
            AnomalyKind kind = fault == null ? null : fault.kind();
            Path path = new Path(before, madeBefore * (kind == AnomalyKind.LEVEL_SHIFT ? Math.exp(fault.size()) : 1),
                    kind == AnomalyKind.VOLATILITY_BURST ? BURST : 1);
            Observation moved = path.bar(bar);
            before = bar.close();
            madeBefore = path.price(bar.close());
            made.add(kind == null ? moved : switch (kind) {
                case BAD_PRINT -> new Path(1, Math.exp(fault.size()), 1).bar(moved);
                case FROZEN_FEED -> made.getLast().at(bar.time());
                case CROSSED_QUOTE -> moved.withQuote(moved.ask() + 1, moved.bid());
                default -> moved;
            });
        }
        return made;
    }

    private static InjectedFault at(List<InjectedFault> faults, int index) {
        return faults.stream().filter(fault -> fault.from() <= index && index <= fault.to()).findFirst().orElse(null);
    }

    /** Where prices go that were relative to one price, and are now relative to another, with wider steps. */
    private record Path(double from, double to, double wider) {

        double price(double price) {
            return to * Math.pow(price / from, wider);
        }

        private long ticks(double price) {
            return Math.max(1, Math.round(price(price)));
        }

        Observation bar(Observation bar) {
            Observation moved = bar.withPrices(ticks(bar.open()), ticks(bar.high()), ticks(bar.low()), ticks(bar.close()));
            if (!bar.quoted()) {
                return moved;
            }
            // The spread stays what it is relative to the price.
            double scale = price(bar.close()) / bar.close();
            return moved.withQuote(Math.max(1, Math.round(bar.bid() * scale)), Math.max(2, Math.round(bar.ask() * scale)));
        }
    }
}
