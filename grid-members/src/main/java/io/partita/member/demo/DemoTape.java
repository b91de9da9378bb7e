package io.partita.member.demo;

import io.partita.marketdata.ticks.Tick;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * What an instrument of the demo would have traded at in the hours before it opened, as a source of ticks that is called {@value #SOURCE}: so that charts, indicators and
 * alerts have something to tell from the first minute on. Made by the same walk as the live market; with one oddity, and a few faults as feeds have them. The same
 * seed makes the same tape.
 */
final class DemoTape {

    static final String SOURCE = "demo";
    /** No longer: all bars of an instrument must fit into the journal that other jobs read. */
    static final Duration LENGTH = Duration.ofHours(3);
    private static final long STEP = Duration.ofSeconds(6).toNanos();
    /** Trades come together, so that there are not too many bars of a second. */
    private static final int AT_ONCE = 3;
    private static final long APART = Duration.ofMillis(200).toNanos();
    private static final long SECOND = Duration.ofSeconds(1).toNanos();
    private static final long ON_THE_WAY = Duration.ofMillis(4).toNanos();
    private static final int SELDOM = 500;

    private final long instrument;
    private final long base;
    private final long tick;
    private final long spread;
    private final Oddity oddity;
    private final RandomGenerator random;
    private final List<Tick> ticks = new ArrayList<>();
    private double fair;
    private long sequence;

    /** What is unusual about a tape, in minutes before its end. */
    enum Oddity {
        /** From one trade to the next, everything costs more. */
        SHIFT(100, 0),
        /** Prices go up and down by a multiple of the usual. */
        STORM(45, 38),
        /** Much more is traded. */
        CROWD(60, 57),
        /** Nothing comes. */
        SILENCE(80, 75);

        private final double begins;
        private final double ends;

        Oddity(double begins, double ends) {
            this.begins = begins;
            this.ends = ends;
        }

        boolean at(double minutesBefore) {
            return minutesBefore <= begins && minutesBefore > ends;
        }
    }

    /**
     * @param base   the price in ticks that it wanders about
     * @param tick   of its prices
     * @param spread how far trades are from the middle
     */
    DemoTape(long instrument, long base, long tick, long spread, Oddity oddity, RandomGenerator random) {
        this.instrument = instrument;
        this.base = base;
        this.tick = tick;
        this.spread = spread;
        this.oddity = oddity;
        this.random = random;
        fair = base;
    }

    /** Where the price was last. */
    double fair() {
        return fair;
    }

    /** All ticks in the order in which they came. @param end nanoseconds since 1970 */
    List<Tick> until(long end) {
        long steps = LENGTH.toNanos() / STEP;
        for (long left = steps; left > 0; left--) {
            double minutes = left * STEP / 60e9;
            boolean odd = oddity.at(minutes);
            fair += random.nextGaussian() * spread * 1.2 * (odd && oddity == Oddity.STORM ? 5 : 1) + (base - fair) * 0.024;
            if (!(odd && oddity == Oddity.SILENCE)) {
                double level = oddity == Oddity.SHIFT && !odd ? 0.92 : 1;
                long second = (end - left * STEP) / SECOND * SECOND + random.nextLong(SECOND - AT_ONCE * APART);
                for (int i = 0; i < AT_ONCE; i++) {
                    trade(second + i * APART, fair * level, odd && oddity == Oddity.CROWD ? 15 : 1);
                }
            }
        }
        return ticks;
    }

    private void trade(long time, double middle, long times) {
        boolean bought = random.nextBoolean();
        long price = onTick(middle + (bought ? 0.6 : -0.6) * spread);
        long quantity = 25L * (1 + random.nextInt(12)) * times;
        Tick.Trade trade = new Tick.Trade(instrument, SOURCE, ++sequence, time, time + ON_THE_WAY, price, quantity, bought ? Tick.Taker.BUYER : Tick.Taker.SELLER);
        switch (random.nextInt(SELDOM)) {
            case 0 -> {
                ticks.add(trade);
                ticks.add(trade);
            }
            case 1 -> {
                sequence++;
                ticks.add(new Tick.Trade(instrument, SOURCE, sequence, time, time + ON_THE_WAY, price, quantity, trade.taker()));
            }
            case 2 -> {
                ticks.add(trade);
                ticks.add(new Tick.Quote(instrument, SOURCE, ++sequence, time, time + ON_THE_WAY, price + 2 * tick, 100, price - 2 * tick, 100));
            }
            case 3 -> {
                ticks.add(new Tick.Trade(instrument, SOURCE, sequence, time, time + ON_THE_WAY, onTick(price * 1.3), quantity, trade.taker()));
            }
            default -> ticks.add(trade);
        }
    }

    private long onTick(double price) {
        return Math.max(tick, Math.round(price / tick) * tick);
    }
}
