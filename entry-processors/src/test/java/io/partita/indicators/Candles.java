package io.partita.indicators;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Random walks of bars, with all that an indicator may ask for. */
final class Candles {

    private Candles() {
    }

    static List<Candle> walk(long seed, int bars) {
        Random random = new Random(seed);
        List<Candle> walk = new ArrayList<>();
        double price = 100;
        double market = 2_000;
        for (int i = 0; i < bars; i++) {
            market *= 1 + random.nextGaussian() / 100;
            double open = price * (1 + random.nextGaussian() / 500);
            // Sometimes nothing moves at all.
            double close = random.nextInt(12) == 0 ? open : open * (1 + random.nextGaussian() / 80);
            double high = Math.max(open, close) * (1 + (random.nextBoolean() ? random.nextDouble() / 100 : 0));
            double low = Math.min(open, close) * (1 - (random.nextBoolean() ? random.nextDouble() / 100 : 0));
            double volume = 1 + random.nextInt(10_000);
            double flow = volume * (2 * random.nextDouble() - 1);
            walk.add(new Candle(open, high, low, close, volume, flow, market));
            price = close;
        }
        return walk;
    }

    /** All rows of outputs of an indicator. */
    static List<double[]> rows(String spec, List<Candle> bars) {
        IndicatorSet set = new IndicatorSet(List.of(IndicatorSpec.parse(spec)));
        List<double[]> rows = new ArrayList<>();
        for (Candle bar : bars) {
            set.add(bar);
            rows.add(set.row());
        }
        return rows;
    }
}
