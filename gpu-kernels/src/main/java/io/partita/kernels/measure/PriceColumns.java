package io.partita.kernels.measure;

import io.partita.kernels.KernelRefusal;
import java.util.Arrays;

/** Prices on their way to returns: missing days treated, stale columns refused. Rows are days, columns are assets. */
final class PriceColumns {

    private final double[] prices;
    private final int assets;
    /** Which days of the input are left. */
    private final int[] kept;

    private PriceColumns(double[] prices, int assets, int[] kept) {
        this.prices = prices;
        this.assets = assets;
        this.kept = kept;
    }

    static PriceColumns of(double[] raw, int days, int assets, ReturnRules rules) {
        ReturnTable.shape(raw, days, assets);
        double[] prices = raw.clone();
        int[] kept = new int[days];
        int count = 0;
        for (int day = 0; day < days; day++) {
            if (complete(prices, day, assets, rules.missing())) {
                kept[count++] = day;
            }
        }
        PriceColumns columns = new PriceColumns(prices, assets, Arrays.copyOf(kept, count));
        columns.refuseStale(rules.staleAfter());
        return columns;
    }

    /** Whether the day stays; fills its gaps if they are to be filled. */
    private static boolean complete(double[] prices, int day, int assets, MissingDays missing) {
        for (int asset = 0; asset < assets; asset++) {
            int at = day * assets + asset;
            if (Double.isNaN(prices[at])) {
                if (missing == MissingDays.DROP_DAY) {
                    return false;
                }
                if (missing == MissingDays.REFUSE || day == 0) {
                    throw Checks.refused(KernelRefusal.MISSING_PRICES, "column " + asset + " on day " + day);
                }
                prices[at] = prices[at - assets];
            } else if (Double.isInfinite(prices[at])) {
                throw Checks.refused(KernelRefusal.NOT_FINITE, "the price in column " + asset + " on day " + day + " is infinite");
            } else if (prices[at] <= 0) {
                throw Checks.refused(KernelRefusal.NOT_POSITIVE, "column " + asset + " on day " + day + " is " + prices[at]);
            }
        }
        return true;
    }

    private void refuseStale(int staleAfter) {
        if (staleAfter == 0) {
            return;
        }
        int[] still = new int[assets];
        for (int row = 1; row < kept.length; row++) {
            for (int asset = 0; asset < assets; asset++) {
                still[asset] = price(row, asset) == price(row - 1, asset) ? still[asset] + 1 : 0;
                if (still[asset] >= staleAfter) {
                    throw Checks.refused(KernelRefusal.STALE_PRICES, "column " + asset + " has not moved for " + staleAfter + " days by day " + kept[row]);
                }
            }
        }
    }

    private double price(int row, int asset) {
        return prices[kept[row] * assets + asset];
    }

    ReturnTable returns(ReturnKind kind) {
        int rows = kept.length - 1;
        if (rows < 2) {
            throw Checks.refused(KernelRefusal.TOO_FEW_OBSERVATIONS, kept.length + " days with all prices");
        }
        double[] values = new double[rows * assets];
        for (int row = 0; row < rows; row++) {
            for (int asset = 0; asset < assets; asset++) {
                double growth = price(row + 1, asset) / price(row, asset);
                values[row * assets + asset] = kind == ReturnKind.LOG ? StrictMath.log(growth) : growth - 1;
            }
        }
        return new ReturnTable(kind, values, rows, assets, Arrays.copyOfRange(kept, 1, kept.length));
    }
}
