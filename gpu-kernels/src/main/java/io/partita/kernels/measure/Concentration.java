package io.partita.kernels.measure;

import io.partita.kernels.KernelRefusal;
import io.partita.kernels.KernelRefusedException;
import java.util.Arrays;

/**
 * How much of a portfolio lies in few positions, by the absolute amounts of its exposures. All 0 if every exposure is.
 *
 * @param herfindahl sum of squared shares: 1 over the number of positions if they are equal, 1 if there is but one
 * @param effective  how many equal positions would be as concentrated: 1 over that
 * @param largest    share of the greatest position
 * @param top        share of so many of the greatest as were asked for
 */
public record Concentration(double herfindahl, double effective, double largest, double top) {

    /**
     * Of exposures in one currency.
     *
     * @param count how many of the greatest; if there are fewer, all
     * @throws KernelRefusedException EMPTY_PORTFOLIO, NOT_FINITE, OUT_OF_RANGE for a count below 1
     */
    public static Concentration of(double[] exposures, int count) {
        Checks.positions(exposures, exposures.length);
        if (count < 1) {
            throw Checks.refused(KernelRefusal.OUT_OF_RANGE, "the " + count + " greatest positions");
        }
        double[] sizes = Arrays.stream(exposures).map(Math::abs).sorted().toArray();
        double greatest = sizes[sizes.length - 1];
        if (greatest == 0) {
            return new Concentration(0, 0, 0, 0);
        }
        double gross = 0;
        double squares = 0;
        double top = 0;
        // In units of the greatest, so that nothing overflows.
        for (int i = 0; i < sizes.length; i++) {
            double size = sizes[i] / greatest;
            gross += size;
            squares += size * size;
            top += i >= sizes.length - count ? size : 0;
        }
        double herfindahl = squares / (gross * gross);
        return new Concentration(herfindahl, 1 / herfindahl, 1 / gross, Math.min(1, top / gross));
    }
}
