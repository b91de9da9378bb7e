package io.partita.marketdata.ticks;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;

/**
 * Where prices are expected: around the median of the last ones, as wide as their quartiles say, so that neither a spike nor a few move it. Prices outside
 * that agree with each other are a new level.
 */
final class PriceBand {

    /** Quartiles of a normal distribution are so many deviations apart. */
    private static final double QUARTILES = 1.349;

    private final QualityRules rules;
    /** The last prices, as they came and in order of size: so few that moving them is quicker than any tree. */
    private final double[] ring;
    private final double[] sorted;
    private int count;
    private int place;
    private double suspect;
    private int agreeing;

    PriceBand(QualityRules rules) {
        this.rules = rules;
        ring = new double[rules.window()];
        sorted = new double[rules.window()];
    }

    /** @return whether a price is inside; it is remembered if it is, or if it is a new level */
    boolean add(double price) {
        if (rules.window() == 0) {
            return true;
        }
        boolean inside = count < ring.length || Math.abs(price - median()) <= width();
        agreeing = inside ? 0 : agreeing > 0 && Math.abs(price - suspect) <= width() ? agreeing + 1 : 1;
        suspect = price;
        if (agreeing >= rules.agreeing()) {
            // What was expected before means nothing any more.
            Arrays.fill(ring, price);
            Arrays.fill(sorted, price);
            agreeing = 0;
            return true;
        }
        if (inside) {
            remember(price);
        }
        return inside;
    }

    private void remember(double price) {
        int gone = count < ring.length ? count++ : Arrays.binarySearch(sorted, ring[place]);
        int at = Arrays.binarySearch(sorted, 0, gone, price);
        int to = at < 0 ? -at - 1 : at;
        if (to < gone) {
            System.arraycopy(sorted, to, sorted, to + 1, gone - to);
        } else {
            // It belongs behind the one that goes.
            at = Arrays.binarySearch(sorted, gone, count, price);
            to = Math.max(gone, (at < 0 ? -at - 1 : at) - 1);
            System.arraycopy(sorted, gone + 1, sorted, gone, to - gone);
        }
        sorted[to] = price;
        ring[place] = price;
        place = (place + 1) % ring.length;
    }

    private double median() {
        return (sorted[(count - 1) / 2] + sorted[count / 2]) / 2;
    }

    private double width() {
        double deviation = (sorted[count * 3 / 4] - sorted[count / 4]) / QUARTILES;
        return Math.max(rules.width() * deviation, median() * rules.floor() / 10_000);
    }

    String expected() {
        return Math.round(median() - width()) + " to " + Math.round(median() + width());
    }

    void write(DataOutput out) throws IOException {
        out.writeInt(count);
        out.writeInt(place);
        for (int i = 0; i < count; i++) {
            out.writeDouble(ring[i]);
        }
        out.writeDouble(suspect);
        out.writeInt(agreeing);
    }

    void read(DataInput in) throws IOException {
        count = in.readInt();
        place = in.readInt();
        for (int i = 0; i < count; i++) {
            ring[i] = in.readDouble();
            sorted[i] = ring[i];
        }
        Arrays.sort(sorted, 0, count);
        suspect = in.readDouble();
        agreeing = in.readInt();
    }
}
