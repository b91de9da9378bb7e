package io.partita.indicators;

/**
 * Wilder's parabolic stop and reverse: a stop that goes towards the best price of a trend, faster with each new best, and jumps to the other side when
 * it is hit. Absent for the first bar.
 */
final class ParabolicStop implements Formula.Line {

    private final double step;
    private final double most;
    private final Cell stop;
    private final Cell best;
    private final Cell speed;
    /** 1 for up, -1 for down, NaN before the second bar. */
    private final Cell direction;
    private final Cell high;
    private final Cell low;
    private final Cell highBefore;
    private final Cell lowBefore;

    ParabolicStop(Arguments a, Memory memory) {
        step = a.number("step");
        most = a.number("most");
        stop = new Cell(memory);
        best = new Cell(memory);
        speed = new Cell(memory);
        direction = new Cell(memory);
        high = new Cell(memory);
        low = new Cell(memory);
        highBefore = new Cell(memory);
        lowBefore = new Cell(memory);
    }

    @Override
    public double next(Candle bar) {
        if (!Double.isNaN(high.get())) {
            if (Double.isNaN(direction.get())) {
                turn(bar.high() + bar.low() >= high.get() + low.get(), high.get(), low.get());
                stop.set(direction.get() > 0 ? low.get() : high.get());
            }
            follow(bar);
        }
        highBefore.set(high.swap(bar.high()));
        lowBefore.set(low.swap(bar.low()));
        return stop.get();
    }

    private void turn(boolean up, double highest, double lowest) {
        direction.set(up ? 1 : -1);
        best.set(up ? highest : lowest);
        speed.set(step);
    }

    private void follow(Candle bar) {
        boolean up = direction.get() > 0;
        double now = stop.get() + speed.get() * (best.get() - stop.get());
        // Never within the ranges of the last two bars; there may be but one.
        now = up ? least(now, low.get(), lowBefore.get()) : largest(now, high.get(), highBefore.get());
        if (up ? bar.high() > best.get() : bar.low() < best.get()) {
            speed.set(speed.get() < most ? Math.min(most, speed.get() + step) : speed.get());
            best.set(up ? bar.high() : bar.low());
        }
        if (up ? bar.low() < now : bar.high() > now) {
            now = best.get();
            turn(!up, bar.high(), bar.low());
        }
        stop.set(now);
    }

    private static double least(double first, double second, double perhaps) {
        double both = Math.min(first, second);
        return perhaps < both ? perhaps : both;
    }

    private static double largest(double first, double second, double perhaps) {
        double both = Math.max(first, second);
        return perhaps > both ? perhaps : both;
    }
}
