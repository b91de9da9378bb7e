package io.partita.marketdata.ticks;

import io.partita.indicators.Ordered;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * Where prices are expected: around the median of the last ones, as wide as their quartiles say, so that neither a spike nor a few move it. Prices outside
 * that agree with each other are a new level.
 */
final class PriceBand {

    /** Quartiles of a normal distribution are so many deviations apart. */
    private static final double QUARTILES = 1.349;

    private final QualityRules rules;
    private final Ordered prices;
    private double suspect;
    private int agreeing;

    PriceBand(QualityRules rules) {
        this.rules = rules;
        prices = new Ordered(Math.max(1, rules.window()));
    }

    /** @return whether a price is inside; it is remembered if it is, or if it is a new level */
    boolean add(double price) {
        if (rules.window() == 0) {
            return true;
        }
        boolean inside = !prices.full() || Math.abs(price - prices.median()) <= width();
        agreeing = inside ? 0 : agreeing > 0 && Math.abs(price - suspect) <= width() ? agreeing + 1 : 1;
        suspect = price;
        if (agreeing >= rules.agreeing()) {
            // What was expected before means nothing any more.
            for (int i = 0; i < rules.window(); i++) {
                prices.add(price);
            }
            agreeing = 0;
            return true;
        }
        if (inside) {
            prices.add(price);
        }
        return inside;
    }

    private double width() {
        double deviation = (prices.quantile(0.75) - prices.quantile(0.25)) / QUARTILES;
        return Math.max(rules.width() * deviation, prices.median() * rules.floor() / 10_000);
    }

    String expected() {
        return Math.round(prices.median() - width()) + " to " + Math.round(prices.median() + width());
    }

    void write(DataOutput out) throws IOException {
        double[] state = prices.state();
        out.writeInt(state.length);
        for (double number : state) {
            out.writeDouble(number);
        }
        out.writeDouble(suspect);
        out.writeInt(agreeing);
    }

    void read(DataInput in) throws IOException {
        double[] state = new double[in.readInt()];
        for (int i = 0; i < state.length; i++) {
            state[i] = in.readDouble();
        }
        prices.restore(state);
        suspect = in.readDouble();
        agreeing = in.readInt();
    }
}
