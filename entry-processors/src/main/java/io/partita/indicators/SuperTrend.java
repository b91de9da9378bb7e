package io.partita.indicators;

/** Two bands at some average true ranges from the middle, each of which only comes nearer until the price has gone through it. It begins with down. */
final class SuperTrend implements Formula {

    private final Smoothed average;
    private final Ranges.TrueRange ranges;
    private final double width;
    private final Cell upper;
    private final Cell lower;
    private final Cell close;
    private final Cell direction;

    SuperTrend(Arguments a, Memory memory) {
        average = Smoothed.wilder(memory, a.period());
        ranges = new Ranges.TrueRange(memory);
        width = a.number("width");
        upper = new Cell(memory);
        lower = new Cell(memory);
        close = new Cell(memory);
        direction = new Cell(memory, -1);
    }

    @Override
    public void next(Candle bar, double[] out) {
        double range = average.add(ranges.add(bar));
        double before = close.swap(bar.close());
        out[0] = Double.NaN;
        out[1] = Double.NaN;
        if (Double.isNaN(range)) {
            return;
        }
        double over = Source.MEDIAN.of(bar) + width * range;
        double under = Source.MEDIAN.of(bar) - width * range;
        // The first time there is nothing to keep: comparisons with NaN are false.
        upper.set(over > upper.get() && before <= upper.get() ? upper.get() : over);
        lower.set(under < lower.get() && before >= lower.get() ? lower.get() : under);
        boolean up = direction.get() > 0 ? bar.close() >= lower.get() : bar.close() > upper.get();
        out[0] = up ? lower.get() : upper.get();
        out[1] = direction.set(up ? 1 : -1);
    }
}
