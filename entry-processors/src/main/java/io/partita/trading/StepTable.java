package io.partita.trading;

import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * Ticks or lots by price: the step that holds from a price on. Prices and steps are whole.
 */
public final class StepTable {

    /** Any whole number will do. */
    public static final StepTable ONE = of(1);

    /** More rows than any market has. */
    private static final int MAX_ROWS = 256;

    private final long[] from;
    private final long[] step;

    private StepTable(long[] from, long[] step) {
        this.from = from;
        this.step = step;
    }

    /** The same step at every price. */
    public static StepTable of(long step) {
        return of(new long[] {0}, new long[] {step});
    }

    /** @param from ascending, the first one 0 */
    public static StepTable of(long[] from, long[] step) {
        if (from.length != step.length || from.length == 0 || from.length > MAX_ROWS || from[0] != 0) {
            throw new IllegalArgumentException("a table has as many prices as steps, at most 256, and begins at 0");
        }
        for (int i = 0; i < from.length; i++) {
            if (step[i] <= 0 || i > 0 && from[i] <= from[i - 1]) {
                throw new IllegalArgumentException("prices ascend, and steps are positive");
            }
        }
        return new StepTable(from.clone(), step.clone());
    }

    /** The step at a price. */
    public long at(long price) {
        int row = from.length - 1;
        while (row > 0 && price < from[row]) {
            row--;
        }
        return step[row];
    }

    /** True if a value is a multiple of the step at a price. */
    public boolean fits(long price, long value) {
        long unit = at(price);
        // A division takes longer than all the rest of the checks.
        return unit == 1 || value % unit == 0;
    }

    void encode(ByteBuffer out) {
        Varint.put(out, from.length);
        for (int row = 0; row < from.length; row++) {
            Varint.put(out, from[row]);
            Varint.put(out, step[row]);
        }
    }

    static StepTable decode(ByteBuffer in) {
        int rows = (int) Varint.get(in);
        if (rows < 1 || rows > MAX_ROWS) {
            throw new IllegalArgumentException("no table");
        }
        long[] from = new long[rows];
        long[] step = new long[rows];
        for (int row = 0; row < rows; row++) {
            from[row] = Varint.get(in);
            step[row] = Varint.get(in);
        }
        return of(from, step);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof StepTable table && Arrays.equals(from, table.from) && Arrays.equals(step, table.step);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(from) * 31 + Arrays.hashCode(step);
    }

    @Override
    public String toString() {
        return "steps " + Arrays.toString(step) + " from " + Arrays.toString(from);
    }
}
