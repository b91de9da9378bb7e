package io.partita.kernels.random;

/**
 * The standard normal distribution in single precision, by addition, multiplication, division, square root and logarithm only and
 * nearly without branches, so that a processor's vector units and devices take it. Static and thread-safe.
 *
 * <p>The rational functions were fitted for this class by Lawson's algorithm, with equal ripples of the relative (quantile) or the
 * absolute error (cumulative).
 */
public final class NormalFloat {

    private static final float WORD = 0x1p-32f;
    /** Nearer to a half than this both tails together hold one word in a hundred, which take another formula. */
    private static final int CENTRE = (int) ((0.5 - 0.005) * 0x1p32);
    /** Beyond this the cumulative probability is one or zero to single precision. */
    private static final float FARTHEST = 5.4f;

    private NormalFloat() {
    }

    /** The normal number of a word, as {@link NormalDistribution#ofWord} has it: relative error below 1e-6. */
    public static float ofWord(int word) {
        int size = word ^ (word >> 31);
        return size < CENTRE ? centre(word, size) : tail(word, size);
    }

    /**
     * A row of words as normal numbers. In passes that are short enough for a vector unit, of which the first two are right for 99
     * words of 100 and the last sets the others right.
     *
     * @param tails room for a row
     */
    public static void ofWords(int[] words, float[] tails, float[] out, int count) {
        for (int s = 0; s < count; s++) {
            int word = words[s];
            int size = word ^ (word >> 31);
            float distance = (size + 0.5f) * WORD;
            tails[s] = (Integer.MAX_VALUE - size + 0.5f) * WORD * (0.5f + distance);
            out[s] = (1 + 2 * (word >> 31)) * distance;
        }
        for (int s = 0; s < count; s++) {
            out[s] *= slope(tails[s]);
        }
        for (int s = 0; s < count; s++) {
            int size = words[s] ^ (words[s] >> 31);
            if (size >= CENTRE) {
                out[s] = tail(words[s], size);
            }
        }
    }

    private static float centre(int word, int size) {
        float distance = (size + 0.5f) * WORD;
        float tail = (Integer.MAX_VALUE - size + 0.5f) * WORD;
        return (1 + 2 * (word >> 31)) * distance * slope(tail * (0.5f + distance));
    }

    /** Quantile by distance from a half, as a function of the product of both tails: it keeps its digits where the distance has lost them. */
    private static float slope(float t) {
        float above = ((((1.7383248e7f * t + 4.4290428e7f) * t + 1.0941065e7f) * t + 520500.1f) * t + 5064.472f) * t + 6.9878407f;
        float below = ((((1.9709938e7f * t + 2.0266294e7f) * t + 3.2917125e6f) * t + 118445.63f) * t + 919.6304f) * t + 1;
        return above / below;
    }

    private static float tail(int word, int size) {
        float sign = 1 + 2 * (word >> 31);
        float tail = (Integer.MAX_VALUE - size + 0.5f) * WORD;
        float r = (float) Math.sqrt(-2 * (float) Math.log(tail));
        float above = ((0.32729134f * r + 1.6353763f) * r - 0.21572395f) * r - 2.5397594f;
        float below = (0.326975f * r + 1.6549445f) * r + 1;
        return sign * (above / below);
    }

    /** The probability of a value below {@code x}: absolute error below 3e-7. */
    public static float cumulative(float x) {
        float y = Math.max(-FARTHEST, Math.min(FARTHEST, x));
        float s = y * y;
        float above = ((((2.3408644e-8f * s + 6.3559846e-6f) * s + 1.6392616e-4f) * s + 0.004648472f) * s + 0.033334874f) * s + 0.39894226f;
        float below = ((((1.2169263e-6f * s + 7.2265786e-5f) * s + 0.0018567703f) * s + 0.028357059f) * s + 0.25022426f) * s + 1;
        return 0.5f + y * (above / below);
    }

    /** The same for a row. */
    public static void cumulative(float[] x, float[] out, int count) {
        for (int s = 0; s < count; s++) {
            out[s] = cumulative(x[s]);
        }
    }
}
