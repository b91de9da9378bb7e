package io.partita.kernels;

/**
 * An option book in single precision, as kernels and devices read it.
 *
 * @param terms {@link OptionKernels#WIDTH} constants for each option
 * @param worth what each is worth now, times quantity, by the kernel that values it in scenarios, so that rounding cancels and nothing is gained
 *              where nothing moves
 */
public record OptionTerms(float[] terms, float[] worth) {

    /** Those of a book. American options have their constants too, but need a tree. */
    public static OptionTerms of(OptionBook book) {
        double[] terms = new double[book.positions() * OptionKernels.WIDTH];
        for (int i = 0; i < book.positions(); i++) {
            book.terms(i, book.left(i), OptionKernels.LEAST_SINGLE, terms, i * OptionKernels.WIDTH);
        }
        float[] rounded = rounded(terms);
        return new OptionTerms(rounded, worth(book, rounded));
    }

    private static float[] worth(OptionBook book, float[] terms) {
        float[] worth = rounded(DoubleBlock.bases(book));
        float[] zero = new float[1];
        float[] one = {1};
        float[] row = new float[1];
        float[] other = new float[1];
        for (int i = 0; i < book.positions(); i++) {
            // With a horizon it is not worth now what it is worth then where nothing moves.
            if (book.american()[i] == 0 && book.left(i) == book.years()[i]) {
                float[] sum = new float[1];
                int at = i * OptionKernels.WIDTH;
                if (book.movesByPriceOnly(i)) {
                    OptionKernels.spotMoves(terms, at, 0, zero, one, row, other, sum, 1);
                } else {
                    OptionKernels.allMoves(terms, at, 0, zero, one, one, zero, one, row, other, sum, 1);
                }
                worth[i] = sum[0];
            }
        }
        return worth;
    }

    /** Numbers in single precision. */
    public static float[] rounded(double[] values) {
        float[] rounded = new float[values.length];
        for (int i = 0; i < values.length; i++) {
            rounded[i] = (float) values[i];
        }
        return rounded;
    }
}
