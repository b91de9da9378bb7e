package io.partita.trading.strategy;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Random walks. */
final class Prices {

    static final long DAY = 86_400_000_000_000L;

    private Prices() {
    }

    static List<PriceBar> walk(long seed, int bars) {
        Random random = new Random(seed);
        List<PriceBar> walk = new ArrayList<>();
        long price = 10_000;
        for (int i = 0; i < bars; i++) {
            long open = Math.max(100, price + random.nextInt(41) - 20);
            long close = Math.max(100, open + random.nextInt(401) - 200);
            long high = Math.max(open, close) + random.nextInt(100);
            long low = Math.max(1, Math.min(open, close) - random.nextInt(90));
            walk.add(new PriceBar(i * DAY, (i + 1) * DAY, open, high, low, close, 1_000 + random.nextInt(10_000)));
            price = close;
        }
        return walk;
    }

    static PriceBar bar(int day, long open, long high, long low, long close, long volume) {
        return new PriceBar(day * DAY, (day + 1) * DAY, open, high, low, close, volume);
    }
}
