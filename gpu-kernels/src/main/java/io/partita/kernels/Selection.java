package io.partita.kernels;

import java.util.Arrays;

/** The smallest of many numbers without sorting all of them: quickselect with the median of three, and a sort where that goes badly. Static. */
final class Selection {

    private static final int SMALL = 32;

    private Selection() {
    }

    /**
     * The indices of the {@code k} smallest numbers, smallest first; of equal ones the earlier comes first, so that the result is one and
     * the same for the same numbers.
     */
    static int[] smallest(double[] values, int k) {
        double limit = smallestButK(values.clone(), k);
        int[] chosen = new int[k];
        int found = 0;
        for (int i = 0; i < values.length; i++) {
            if (values[i] < limit) {
                chosen[found++] = i;
            }
        }
        for (int i = 0; i < values.length && found < k; i++) {
            if (values[i] == limit) {
                chosen[found++] = i;
            }
        }
        return ordered(values, chosen);
    }

    private static int[] ordered(double[] values, int[] chosen) {
        return Arrays.stream(chosen).boxed().sorted((a, b) -> values[a] != values[b] ? Double.compare(values[a], values[b]) : Integer.compare(a, b))
                .mapToInt(Integer::intValue).toArray();
    }

    /** The k-th smallest, counted from one. Disorders the array. */
    private static double smallestButK(double[] a, int k) {
        int low = 0;
        int high = a.length - 1;
        int target = k - 1;
        int patience = 2 * (Integer.SIZE - Integer.numberOfLeadingZeros(a.length));
        while (high - low > SMALL && patience-- > 0) {
            double pivot = median(a[low], a[(low + high) >>> 1], a[high]);
            int i = low;
            int j = high;
            while (i <= j) {
                while (a[i] < pivot) {
                    i++;
                }
                while (a[j] > pivot) {
                    j--;
                }
                if (i <= j) {
                    double held = a[i];
                    a[i++] = a[j];
                    a[j--] = held;
                }
            }
            if (target <= j) {
                high = j;
            } else if (target >= i) {
                low = i;
            } else {
                return a[target];
            }
        }
        Arrays.sort(a, low, high + 1);
        return a[target];
    }

    private static double median(double a, double b, double c) {
        return Math.max(Math.min(a, b), Math.min(Math.max(a, b), c));
    }
}
