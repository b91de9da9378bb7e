package io.partita.kernels.random;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class NormalFloatTest {

    private static final int WORDS = 400_000;

    /** Some at random, and those near to where a formula ends. */
    private static int[] words() {
        SplittableRandom random = new SplittableRandom(6);
        int[] words = random.ints(WORDS).toArray();
        int seam = (int) ((0.5 - 0.005) * 0x1p32);
        for (int i = 0; i < 2_000; i++) {
            words[i] = seam - 1_000 + i;
            words[2_000 + i] = ~words[i];
            words[4_000 + i] = Integer.MAX_VALUE - i;
            words[6_000 + i] = Integer.MIN_VALUE + i;
            words[8_000 + i] = i - 1_000;
        }
        return words;
    }

    @Test
    void a_normal_number_is_that_of_double_precision_to_a_millionth() {
        double worst = 0;
        for (int word : words()) {
            worst = Math.max(worst, Math.abs(NormalFloat.ofWord(word) / NormalDistribution.ofWord(word) - 1));
        }
        assertThat(worst).isLessThan(1e-6);
    }

    @Test
    void a_row_has_the_same_bits_as_its_words_one_by_one() {
        int[] words = words();
        float[] row = new float[WORDS];
        NormalFloat.ofWords(words, new float[WORDS], row, WORDS);
        for (int i = 0; i < WORDS; i++) {
            assertThat(row[i]).isEqualTo(NormalFloat.ofWord(words[i]));
        }
    }

    @Test
    void a_word_and_its_complement_are_mirror_images() {
        for (int word : words()) {
            assertThat(NormalFloat.ofWord(~word)).isEqualTo(-NormalFloat.ofWord(word));
        }
    }

    @Test
    void a_probability_is_that_of_double_precision_to_three_ten_millionths() {
        double worst = 0;
        for (float x = -12; x < 12; x += 1e-4f) {
            worst = Math.max(worst, Math.abs(NormalFloat.cumulative(x) - NormalDistribution.cumulative(x)));
        }
        assertThat(worst).isLessThan(3e-7);
        assertThat(NormalFloat.cumulative(Float.POSITIVE_INFINITY)).isCloseTo(1, within(3e-7f));
        assertThat(NormalFloat.cumulative(Float.NEGATIVE_INFINITY)).isCloseTo(0, within(3e-7f));
    }
}
