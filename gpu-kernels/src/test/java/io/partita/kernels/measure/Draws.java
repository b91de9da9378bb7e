package io.partita.kernels.measure;

import java.util.Random;

/** Generated data: each from a seed, so that a failure can be repeated. */
final class Draws {

    private Draws() {
    }

    /** Independent normal values. */
    static double[] normal(int count, double deviation, long seed) {
        Random random = new Random(seed);
        double[] values = new double[count];
        for (int i = 0; i < count; i++) {
            values[i] = deviation * random.nextGaussian();
        }
        return values;
    }

    /** Returns with a common part, so that they are correlated, and with volatilities that differ. */
    static ReturnTable returns(int days, int assets, long seed) {
        Random random = new Random(seed);
        double[] values = new double[days * assets];
        for (int day = 0; day < days; day++) {
            double common = random.nextGaussian();
            for (int asset = 0; asset < assets; asset++) {
                values[day * assets + asset] = (0.005 + 0.001 * (asset % 20)) * (0.6 * common + 0.8 * random.nextGaussian());
            }
        }
        return ReturnTable.of(ReturnKind.SIMPLE, values, days, assets);
    }

    /** Long and short, of some thousands. */
    static double[] exposures(int assets, long seed) {
        Random random = new Random(seed ^ 0x5eed);
        double[] exposures = new double[assets];
        for (int asset = 0; asset < assets; asset++) {
            exposures[asset] = 10_000 * (random.nextDouble() - 0.3);
        }
        return exposures;
    }
}
