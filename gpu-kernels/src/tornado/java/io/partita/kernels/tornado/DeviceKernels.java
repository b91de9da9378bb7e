package io.partita.kernels.tornado;

import io.partita.kernels.OptionKernels;
import io.partita.kernels.random.NormalFloat;
import io.partita.kernels.random.Philox;
import uk.ac.manchester.tornado.api.annotations.Parallel;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;

/**
 * Kernels with a thread for each scenario, over arrays that lie factor by factor, so that neighbouring threads read neighbouring numbers.
 * Words, normal numbers, probabilities and exponentials are the functions of the other engine. What changes from run to run is in an
 * array: a number that is passed as such would be compiled into the kernel.
 */
final class DeviceKernels {

    /** Places in the array of settings. */
    static final int SEED0 = 0;
    static final int SEED1 = 1;
    /** The first scenario that mirrors another. */
    static final int HALF = 2;
    static final int SETTINGS = 3;

    private DeviceKernels() {
    }

    /** Independent normal numbers: {@code z[i * count + s]}. */
    static void normals(IntArray settings, FloatArray z, int count, int factors) {
        for (@Parallel int s = 0; s < count; s++) {
            int half = settings.get(HALF);
            int drawn = s < half ? s : s - half;
            for (int i = 0; i < factors; i++) {
                int word = Philox.word(drawn, i, settings.get(SEED0), settings.get(SEED1));
                z.set(i * count + s, NormalFloat.ofWord(s < half ? word : ~word));
            }
        }
    }

    /** Correlated moves: {@code x[i * count + s]}, terms added in the order of the other engine. */
    static void correlate(FloatArray lower, FloatArray drift, FloatArray z, FloatArray x, int count, int factors) {
        for (@Parallel int s = 0; s < count; s++) {
            for (@Parallel int i = 0; i < factors; i++) {
                float sum = 0;
                for (int j = 0; j <= i; j++) {
                    sum += lower.get(i * factors + j) * z.get(j * count + s);
                }
                x.set(i * count + s, sum + drift.get(i));
            }
        }
    }

    /** Profits by derivatives, as {@link io.partita.kernels.SensitivityKernels} has them. */
    static void sensitivities(FloatArray linear, FloatArray curved, FloatArray x, FloatArray profits, int count, int factors) {
        for (@Parallel int s = 0; s < count; s++) {
            float profit = 0;
            for (int i = 0; i < factors; i++) {
                float slope = linear.get(i);
                for (int j = i; j < factors; j++) {
                    slope += curved.get(i * factors + j) * x.get(j * count + s);
                }
                profit += slope * x.get(i * count + s);
            }
            profits.set(s, profit);
        }
    }

    /**
     * Profits by revaluation, as {@link OptionKernels} has them. The moves have one more row, of zeros, which is what a factor that there is
     * not points to.
     */
    static void options(FloatArray terms, FloatArray worth, IntArray spotFactor, IntArray volatilityFactor, IntArray rateFactor, FloatArray x,
            FloatArray profits, int count, int positions) {
        for (@Parallel int s = 0; s < count; s++) {
            float profit = 0;
            for (int p = 0; p < positions; p++) {
                int at = p * OptionKernels.WIDTH;
                float sign = terms.get(at);
                float years = terms.get(at + 5);
                float move = x.get(spotFactor.get(p) * count + s);
                float rate = x.get(rateFactor.get(p) * count + s);
                float wider = x.get(volatilityFactor.get(p) * count + s);
                // All threads are at the same option, so that one without these factors skips their exponentials in all of them.
                float swing = wider == 0 ? 1 : OptionKernels.exponential(wider);
                float discount = rate == 0 ? 1 : OptionKernels.exponential(-years * rate);
                float wide = Math.max(terms.get(at + 2) * swing, OptionKernels.LEAST_SINGLE);
                float d = (terms.get(at + 1) + move + years * rate) / wide + 0.5f * wide;
                float above = NormalFloat.cumulative(sign * d);
                float below = NormalFloat.cumulative(sign * (d - wide));
                profit += terms.get(at + 3) * OptionKernels.exponential(move) * above
                        - terms.get(at + 4) * discount * below - worth.get(p);
            }
            profits.set(s, profit);
        }
    }
}
