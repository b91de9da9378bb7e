package io.partita.kernels.measure;

import io.partita.kernels.KernelRefusal;
import io.partita.kernels.KernelRefusedException;
import java.util.Arrays;

/**
 * Returns of some assets over some days, as one flat array: the return of an asset on a day stands at {@code day * assets + asset}, the oldest day first.
 * All values are finite. Immutable as long as nobody writes into {@link #values()}; then safe for any thread.
 */
public final class ReturnTable {

    /** Days times assets that one table can have: ten thousand assets over sixteen years. */
    public static final int MAX_CELLS = 40_000_000;

    private final ReturnKind kind;
    private final double[] values;
    private final int days;
    private final int assets;
    private final int[] ends;

    ReturnTable(ReturnKind kind, double[] values, int days, int assets, int[] ends) {
        this.kind = kind;
        this.values = values;
        this.days = days;
        this.assets = assets;
        this.ends = ends;
        Checks.numbers(values, "return");
    }

    /**
     * Returns that are known as such. The array is not copied.
     *
     * @throws KernelRefusedException EMPTY_PORTFOLIO, DIMENSIONS_DIFFER, TOO_LARGE, TOO_FEW_OBSERVATIONS for fewer than two days, NOT_FINITE
     */
    public static ReturnTable of(ReturnKind kind, double[] values, int days, int assets) {
        shape(values, days, assets);
        if (days < 2) {
            throw Checks.refused(KernelRefusal.TOO_FEW_OBSERVATIONS, days + " days");
        }
        int[] ends = new int[days];
        Arrays.setAll(ends, day -> day + 1);
        return new ReturnTable(kind, values, days, assets, ends);
    }

    /**
     * Returns from prices in the same layout, {@code NaN} where one is missing.
     *
     * @throws KernelRefusedException EMPTY_PORTFOLIO, DIMENSIONS_DIFFER, TOO_LARGE, MISSING_PRICES, NOT_POSITIVE, NOT_FINITE, STALE_PRICES;
     *                          TOO_FEW_OBSERVATIONS if fewer than three days are left
     */
    public static ReturnTable fromPrices(double[] prices, int days, int assets, ReturnRules rules) {
        return PriceColumns.of(prices, days, assets, rules).returns(rules.kind());
    }

    static void shape(double[] values, int days, int assets) {
        if (assets == 0) {
            throw Checks.refused(KernelRefusal.EMPTY_PORTFOLIO, "no column");
        }
        if (days < 0 || assets < 0 || (long) days * assets != values.length) {
            throw Checks.refused(KernelRefusal.DIMENSIONS_DIFFER, values.length + " values for " + days + " days of " + assets + " columns");
        }
        if (values.length > MAX_CELLS) {
            throw Checks.refused(KernelRefusal.TOO_LARGE, values.length + " values");
        }
    }

    public ReturnKind kind() {
        return kind;
    }

    public int days() {
        return days;
    }

    public int assets() {
        return assets;
    }

    /** The array itself. */
    public double[] values() {
        return values;
    }

    public double at(int day, int asset) {
        return values[day * assets + asset];
    }

    /** Which day of the prices ended this return. */
    public int end(int day) {
        return ends[day];
    }

    public double[] column(int asset) {
        double[] column = new double[days];
        for (int day = 0; day < days; day++) {
            column[day] = at(day, asset);
        }
        return column;
    }

    /**
     * The days from one, included, to another, excluded.
     *
     * @throws KernelRefusedException TOO_FEW_OBSERVATIONS if the table does not have them, or for fewer than two
     */
    public ReturnTable window(int from, int to) {
        if (from < 0 || to > days) {
            throw Checks.refused(KernelRefusal.TOO_FEW_OBSERVATIONS, "days " + from + " to " + to + " of " + days);
        }
        if (to - from < 2) {
            throw Checks.refused(KernelRefusal.TOO_FEW_OBSERVATIONS, to - from + " days");
        }
        return new ReturnTable(kind, Arrays.copyOfRange(values, from * assets, to * assets), to - from, assets, Arrays.copyOfRange(ends, from, to));
    }

    /**
     * Returns over several days each, one ending on each day: neighbours share all days but one, and so depend on each other. Simple returns add up, as
     * the profit of an exposure that is held constant; logarithmic ones, as that of a holding.
     *
     * @throws KernelRefusedException HORIZON_OUT_OF_RANGE; TOO_FEW_OBSERVATIONS if fewer than two are left
     */
    public ReturnTable overlapping(int horizon) {
        Checks.horizon(horizon);
        int rows = days - horizon + 1;
        if (rows < 2) {
            throw Checks.refused(KernelRefusal.TOO_FEW_OBSERVATIONS, days + " days make " + Math.max(0, rows) + " spans of " + horizon);
        }
        double[] sums = new double[rows * assets];
        for (int row = 0; row < rows; row++) {
            for (int day = row; day < row + horizon; day++) {
                for (int asset = 0; asset < assets; asset++) {
                    sums[row * assets + asset] += at(day, asset);
                }
            }
        }
        return new ReturnTable(kind, sums, rows, assets, Arrays.copyOfRange(ends, horizon - 1, days));
    }

    /** The same as simple returns. */
    public ReturnTable simple() {
        if (kind == ReturnKind.SIMPLE) {
            return this;
        }
        double[] simple = new double[values.length];
        Arrays.setAll(simple, i -> StrictMath.expm1(values[i]));
        return new ReturnTable(ReturnKind.SIMPLE, simple, days, assets, ends);
    }

    /**
     * What a portfolio would have made on each day with the exposures of today.
     *
     * @param exposures money in each asset, negative for short
     * @throws KernelRefusedException EMPTY_PORTFOLIO, DIMENSIONS_DIFFER, NOT_FINITE
     */
    public double[] profit(double[] exposures) {
        Checks.positions(exposures, assets);
        double[] simple = simple().values;
        double[] profit = new double[days];
        for (int day = 0; day < days; day++) {
            double sum = 0;
            for (int asset = 0; asset < assets; asset++) {
                sum += exposures[asset] * simple[day * assets + asset];
            }
            profit[day] = Checks.finite(sum);
        }
        return profit;
    }
}
