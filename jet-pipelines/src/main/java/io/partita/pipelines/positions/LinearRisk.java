package io.partita.pipelines.positions;

import io.partita.kernels.random.NormalDistribution;
import io.partita.money.Currency;
import io.partita.positions.live.LivePortfolio.Risk;
import io.partita.positions.live.PriceMovements.Movements;
import java.util.Arrays;
import java.util.Map;

/**
 * Value at risk of one day at 99 %, by what a portfolio has in each product now and a covariance that was made before: {@code z sqrt(e' C e)}, normal with mean
 * zero. Options count with their worth, so this is for watching a portfolio between two full runs, and not in their place. From nothing each time, in the order
 * of the covariance: the same exposures have the same figure. Immutable.
 */
final class LinearRisk {

    static final double LEVEL = 0.99;
    private static final double QUANTILE = NormalDistribution.quantile(LEVEL);

    private final Movements movements;

    LinearRisk(Movements movements) {
        this.movements = movements;
    }

    /**
     * The value at risk of a portfolio.
     *
     * @param worths by symbol, in minor units of the base currency
     * @param now    nanoseconds since 1970
     */
    Risk of(Map<String, Long> worths, Currency base, long now) {
        int size = movements.symbols().size();
        // Few of the firm's products are in a book: only those are gone through.
        int[] at = new int[size];
        double[] amounts = new double[size];
        int held = 0;
        for (int i = 0; i < size; i++) {
            Long worth = worths.get(movements.symbols().get(i));
            if (worth != null) {
                at[held] = i;
                amounts[held++] = base.toMajor(worth).doubleValue();
            }
        }
        int left = (int) worths.keySet().stream().filter(symbol -> !symbol.equals(base.code())).count()
                - (int) Arrays.stream(at, 0, held).filter(i -> !movements.symbols().get(i).equals(base.code())).count();
        return new Risk(QUANTILE * Math.sqrt(Math.max(variance(at, amounts, held), 0)), now, left);
    }

    private double variance(int[] at, double[] amounts, int held) {
        int size = movements.symbols().size();
        double[] covariance = movements.covariance();
        double sum = 0;
        for (int i = 0; i < held; i++) {
            int row = at[i] * size;
            double across = 0;
            for (int j = 0; j < held; j++) {
                across += covariance[row + at[j]] * amounts[j];
            }
            sum += amounts[i] * across;
        }
        return sum;
    }
}
