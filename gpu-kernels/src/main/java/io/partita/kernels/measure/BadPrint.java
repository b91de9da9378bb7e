package io.partita.kernels.measure;

import io.partita.kernels.KernelRefusal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A price that leaves its neighbours and comes back the next day: more likely a mistake than a market.
 *
 * @param day    row of the prices
 * @param asset  column of the prices
 * @param price  what was printed
 * @param before the price of the day before
 * @param after  that of the day after
 */
public record BadPrint(int day, int asset, double price, double before, double after) {

    /** Makes the median absolute deviation of normal values their standard deviation. */
    private static final double TO_DEVIATION = 1.4826;
    /** Of a move, what may be left of it a day later. */
    private static final double LEFT = 0.25;

    /**
     * Those of a table of prices, {@code NaN} where one is missing: both moves, there and back, are beyond a number of robust standard deviations of the
     * column's logarithmic returns, and together they are less than a quarter of either.
     *
     * @param deviations more than zero; 6 finds what nobody would believe
     */
    public static List<BadPrint> find(double[] prices, int days, int assets, double deviations) {
        ReturnTable.shape(prices, days, assets);
        if (!(deviations > 0)) {
            throw Checks.refused(KernelRefusal.OUT_OF_RANGE, deviations + " deviations");
        }
        List<BadPrint> found = new ArrayList<>();
        for (int asset = 0; asset < assets; asset++) {
            double limit = deviations * deviation(prices, days, assets, asset);
            for (int day = 1; day < days - 1; day++) {
                double before = prices[(day - 1) * assets + asset];
                double price = prices[day * assets + asset];
                double after = prices[(day + 1) * assets + asset];
                double there = StrictMath.log(price / before);
                double back = StrictMath.log(after / price);
                if (Math.min(Math.abs(there), Math.abs(back)) > limit && Math.abs(there + back) < LEFT * Math.min(Math.abs(there), Math.abs(back))) {
                    found.add(new BadPrint(day, asset, price, before, after));
                }
            }
        }
        return found;
    }

    private static double deviation(double[] prices, int days, int assets, int asset) {
        double[] moves = new double[days];
        int count = 0;
        for (int day = 1; day < days; day++) {
            double move = StrictMath.log(prices[day * assets + asset] / prices[(day - 1) * assets + asset]);
            if (Double.isFinite(move)) {
                moves[count++] = Math.abs(move);
            }
        }
        Arrays.sort(moves, 0, count);
        return count == 0 ? 0 : TO_DEVIATION * moves[count / 2];
    }
}
