package io.partita.kernels.measure;

import io.partita.kernels.KernelRefusal;
import io.partita.kernels.KernelRefusedException;
import java.util.Arrays;

/**
 * How long a portfolio takes to sell, and what its risk is until then. Pure functions.
 *
 * <p>A position is sold in equal parts over its days to liquidate: those are its units over what may be sold per day, a share of the average volume.
 */
public final class Liquidity {

    private Liquidity() {
    }

    /**
     * Days that each position takes, not rounded.
     *
     * @param quantities    units of each position, negative for short
     * @param volumes       average units traded per day
     * @param participation share of the volume that one may be, in (0, 1]
     * @throws KernelRefusedException EMPTY_PORTFOLIO, DIMENSIONS_DIFFER, NOT_FINITE, OUT_OF_RANGE; NO_VOLUME for a position that nobody trades
     */
    public static double[] days(double[] quantities, double[] volumes, double participation) {
        Checks.positions(quantities, volumes.length);
        Checks.numbers(volumes, "volume");
        if (!(participation > 0 && participation <= 1)) {
            throw Checks.refused(KernelRefusal.OUT_OF_RANGE, "participation " + participation);
        }
        double[] days = new double[quantities.length];
        for (int i = 0; i < days.length; i++) {
            if (volumes[i] < 0) {
                throw Checks.refused(KernelRefusal.OUT_OF_RANGE, "volume " + i + " is negative");
            }
            if (volumes[i] == 0 && quantities[i] != 0) {
                throw Checks.refused(KernelRefusal.NO_VOLUME, "position " + i);
            }
            days[i] = quantities[i] == 0 ? 0 : Checks.finite(Math.abs(quantities[i]) / (participation * volumes[i]));
        }
        return days;
    }

    /**
     * Share of a portfolio, by absolute exposure, that is sold after some days; 1 for one whose exposures are all 0.
     *
     * @throws KernelRefusedException EMPTY_PORTFOLIO, DIMENSIONS_DIFFER, NOT_FINITE
     */
    public static double sold(double[] exposures, double[] days, double after) {
        Checks.positions(exposures, days.length);
        double gross = 0;
        double sold = 0;
        for (int i = 0; i < exposures.length; i++) {
            double size = Math.abs(exposures[i]);
            gross += size;
            sold += days[i] <= after ? size : size * Math.max(0, after) / days[i];
        }
        return gross == 0 ? 1 : sold / gross;
    }

    /**
     * Half of what the spreads cost in a bad hour, to be added to a value at risk: Bangia, Diebold, Schuermann and Stroughair, "Modeling liquidity risk", 1999.
     *
     * @param exposures  money in each position
     * @param spreads    mean relative spread of each, ask less bid over the middle
     * @param deviations its standard deviation
     * @param factor     how many of these are added
     * @throws KernelRefusedException EMPTY_PORTFOLIO, DIMENSIONS_DIFFER, NOT_FINITE, OUT_OF_RANGE for anything negative but exposures
     */
    public static double spreadCost(double[] exposures, double[] spreads, double[] deviations, double factor) {
        Checks.positions(exposures, spreads.length);
        Checks.positions(deviations, spreads.length);
        Checks.numbers(spreads, "spread");
        double cost = 0;
        for (int i = 0; i < exposures.length; i++) {
            if (spreads[i] < 0 || deviations[i] < 0 || !(factor >= 0)) {
                throw Checks.refused(KernelRefusal.OUT_OF_RANGE, "spread " + spreads[i] + " with deviation " + deviations[i]);
            }
            cost += Math.abs(exposures[i]) * (spreads[i] + factor * deviations[i]) / 2;
        }
        return Checks.finite(cost);
    }

    /**
     * Value at risk and expected shortfall until all is sold: on each day what is left then is at risk, days are independent and normal with equal weights. A
     * single position that takes n whole days has {@code sqrt((n + 1)(2n + 1) / 6n)} times its risk of one day.
     *
     * @param exposures money in each asset
     * @param days      to liquidate; a position that takes a part of a day is at risk for a whole one
     * @throws KernelRefusedException as {@link Normal}; HORIZON_OUT_OF_RANGE if one takes more than 250 days
     */
    public static RiskEstimate untilSold(ReturnTable returns, double[] exposures, double[] days, double level) {
        Checks.level(level);
        Checks.positions(exposures, returns.assets());
        Checks.positions(days, returns.assets());
        int longest = (int) Math.ceil(Math.max(1, Arrays.stream(days).max().orElse(1)));
        Checks.horizon(longest);
        double variance = 0;
        double[] left = new double[exposures.length];
        for (int day = 0; day < longest; day++) {
            for (int i = 0; i < left.length; i++) {
                left[i] = exposures[i] * (day == 0 ? 1 : Math.max(0, 1 - day / Math.max(1, days[i])));
            }
            variance += Spread.variance(returns.profit(left), 1);
        }
        return Normal.risk(Math.sqrt(variance), level);
    }
}
