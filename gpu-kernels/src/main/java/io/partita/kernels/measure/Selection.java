package io.partita.kernels.measure;

import java.util.Arrays;

/** Finds the value of a rank without sorting all: quickselect with the median of three, which is replaced by sorting if it makes no headway. */
final class Selection {

    private Selection() {
    }

    /** The value that would stand at the rank if the values were sorted upwards; reorders them. */
    static double smallest(double[] values, int rank) {
        int from = 0;
        int to = values.length - 1;
        int rounds = 4 * (32 - Integer.numberOfLeadingZeros(values.length));
        while (from < to) {
            if (rounds-- == 0) {
                Arrays.sort(values, from, to + 1);
                break;
            }
            double pivot = median(values[from], values[from + (to - from) / 2], values[to]);
            int low = from;
            int high = to;
            while (low <= high) {
                while (values[low] < pivot) {
                    low++;
                }
                while (values[high] > pivot) {
                    high--;
                }
                if (low <= high) {
                    double swapped = values[low];
                    values[low++] = values[high];
                    values[high--] = swapped;
                }
            }
            if (rank <= high) {
                to = high;
            } else if (rank >= low) {
                from = low;
            } else {
                break;
            }
        }
        return values[rank];
    }

    private static double median(double a, double b, double c) {
        return Math.max(Math.min(a, b), Math.min(Math.max(a, b), c));
    }
}
