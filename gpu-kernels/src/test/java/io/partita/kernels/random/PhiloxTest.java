package io.partita.kernels.random;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PhiloxTest {

    /** The lines "philox4x32 10" of tests/kat_vectors in DEShawResearch/random123: counter, key, words. */
    private static final long[][] KNOWN_ANSWERS = {
            {0, 0, 0, 0, 0, 0, 0x6627e8d5L, 0xe169c58dL, 0xbc57ac4cL, 0x9b00dbd8L},
            {0xffffffffL, 0xffffffffL, 0xffffffffL, 0xffffffffL, 0xffffffffL, 0xffffffffL, 0x408f276dL, 0x41c83b0eL, 0xa20bc7c6L, 0x6d5451fdL},
            {0x243f6a88L, 0x85a308d3L, 0x13198a2eL, 0x03707344L, 0xa4093822L, 0x299f31d0L, 0xd16cfe09L, 0x94fdccebL, 0x5001e420L, 0x24126ea1L}};

    @Test
    void the_published_answers_are_given() {
        for (long[] known : KNOWN_ANSWERS) {
            int[] words = new int[4];
            Philox.words((int) known[0], (int) known[1], (int) known[2], (int) known[3], (int) known[4], (int) known[5], words, 0, 1);
            assertThat(words).containsExactly((int) known[6], (int) known[7], (int) known[8], (int) known[9]);
        }
    }

    @Test
    void a_row_of_scenarios_has_the_words_of_each_alone() {
        int[][] rows = new int[4][100];
        Philox.rows(1_000_000, 7, 93, 5, 0x89abcdef, 0xfedcba98, rows[0], rows[1], rows[2], rows[3]);
        for (int s = 7; s < 93; s++) {
            int[] words = new int[8];
            Philox.words(1_000_000 + s - 7, 5, 0, 0, 0x89abcdef, 0xfedcba98, words, 0, 2);
            assertThat(new int[] {rows[0][s], rows[1][s], rows[2][s], rows[3][s]}).as("column " + s)
                    .containsExactly(words[0], words[2], words[4], words[6]);
            for (int factor = 20; factor < 24; factor++) {
                assertThat(Philox.word(1_000_000 + s - 7, factor, 0x89abcdef, 0xfedcba98)).isEqualTo(rows[factor - 20][s]);
            }
        }
        assertThat(rows[0][6]).as("a column beside the row").isZero();
        assertThat(rows[3][93]).as("a column beside the row").isZero();
    }

    @Test
    void every_bit_is_set_as_often_as_not() {
        int[] counts = new int[128];
        int draws = 20_000;
        int[] words = new int[4];
        for (int i = 0; i < draws; i++) {
            Philox.words(i, 0, 0, 0, 1, 2, words, 0, 1);
            for (int bit = 0; bit < 128; bit++) {
                counts[bit] += words[bit / 32] >> (bit % 32) & 1;
            }
        }
        // Five standard deviations of a fair coin.
        for (int count : counts) {
            assertThat(count - draws / 2).isBetween(-353, 353);
        }
    }
}
