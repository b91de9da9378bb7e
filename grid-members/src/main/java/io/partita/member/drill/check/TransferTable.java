package io.partita.member.drill.check;

import java.util.Arrays;
import java.util.UUID;

/**
 * Where each transfer lies and what it is, in columns: a hundred bytes for each, so that half a million fit beside everything else.
 * An open-addressing table finds the row of an id. Not thread-safe.
 */
final class TransferTable {

    private int[] slots = new int[1 << 12];
    private int size;
    private long[] high = new long[1 << 11];
    private long[] low = new long[1 << 11];
    private long[] position = new long[1 << 11];
    private long[] group = new long[1 << 11];
    private long[] debitSequence = new long[1 << 11];
    private long[] creditSequence = new long[1 << 11];
    private long[] debit = new long[1 << 11];
    private long[] credit = new long[1 << 11];
    private long[] amount = new long[1 << 11];
    private long[] related = new long[1 << 11];
    private byte[] kind = new byte[1 << 11];
    private boolean[] asked = new boolean[1 << 11];
    /** When the last attempt began that was refused for good. */
    private long[] refusedFrom = new long[1 << 11];
    /** When the last attempt ended that may have booked it. */
    private long[] openUntil = new long[1 << 11];

    int size() {
        return size;
    }

    /** The row of an id, or -1. */
    int find(UUID id) {
        for (int slot = slot(id); ; slot = slot + 1 & slots.length - 1) {
            int row = slots[slot] - 1;
            if (row < 0 || high[row] == id.getMostSignificantBits() && low[row] == id.getLeastSignificantBits()) {
                return row;
            }
        }
    }

    /** Adds a transfer; false if its id is there already. */
    boolean add(Journal.TransferRow transfer, long at, long groupAt, long debitAt, long creditAt) {
        if (find(transfer.id()) >= 0) {
            return false;
        }
        if (size == high.length) {
            grow();
        }
        int row = size++;
        high[row] = transfer.id().getMostSignificantBits();
        low[row] = transfer.id().getLeastSignificantBits();
        position[row] = at;
        group[row] = groupAt;
        debitSequence[row] = debitAt;
        creditSequence[row] = creditAt;
        debit[row] = transfer.debit();
        credit[row] = transfer.credit();
        amount[row] = transfer.amount();
        related[row] = digest(transfer.relatesTo());
        kind[row] = (byte) transfer.kind();
        refusedFrom[row] = Long.MIN_VALUE;
        openUntil[row] = Long.MIN_VALUE;
        place(row);
        return true;
    }

    private void grow() {
        int rows = high.length * 2;
        high = Arrays.copyOf(high, rows);
        low = Arrays.copyOf(low, rows);
        position = Arrays.copyOf(position, rows);
        group = Arrays.copyOf(group, rows);
        debitSequence = Arrays.copyOf(debitSequence, rows);
        creditSequence = Arrays.copyOf(creditSequence, rows);
        debit = Arrays.copyOf(debit, rows);
        credit = Arrays.copyOf(credit, rows);
        amount = Arrays.copyOf(amount, rows);
        related = Arrays.copyOf(related, rows);
        kind = Arrays.copyOf(kind, rows);
        asked = Arrays.copyOf(asked, rows);
        refusedFrom = Arrays.copyOf(refusedFrom, rows);
        openUntil = Arrays.copyOf(openUntil, rows);
        slots = new int[rows * 2];
        for (int row = 0; row < size; row++) {
            place(row);
        }
    }

    private void place(int row) {
        int slot = slot(id(row));
        while (slots[slot] != 0) {
            slot = slot + 1 & slots.length - 1;
        }
        slots[slot] = row + 1;
    }

    private int slot(UUID id) {
        long hash = id.getMostSignificantBits() * 0x9E3779B97F4A7C15L + id.getLeastSignificantBits();
        hash = (hash ^ hash >>> 32) * 0xBF58476D1CE4E5B9L;
        return (int) (hash >>> 32) & slots.length - 1;
    }

    /** A number for an id, 0 for none. */
    static long digest(UUID id) {
        return id == null ? 0 : id.getMostSignificantBits() * 31 + id.getLeastSignificantBits();
    }

    UUID id(int row) {
        return new UUID(high[row], low[row]);
    }

    long position(int row) {
        return position[row];
    }

    /** The position of the first leg of its linked group, or its own. */
    long group(int row) {
        return group[row];
    }

    long debitSequence(int row) {
        return debitSequence[row];
    }

    long creditSequence(int row) {
        return creditSequence[row];
    }

    long debit(int row) {
        return debit[row];
    }

    long credit(int row) {
        return credit[row];
    }

    long amount(int row) {
        return amount[row];
    }

    long related(int row) {
        return related[row];
    }

    int kind(int row) {
        return kind[row];
    }

    boolean asked(int row) {
        return asked[row];
    }

    void setAsked(int row) {
        asked[row] = true;
    }

    void refusedForGood(int row, long began) {
        refusedFrom[row] = Math.max(refusedFrom[row], began);
    }

    void mayHaveBooked(int row, long ended) {
        openUntil[row] = Math.max(openUntil[row], ended);
    }

    /** True if some attempt may have booked it. */
    boolean mayBeBooked(int row) {
        return openUntil[row] != Long.MIN_VALUE;
    }

    /** True if an attempt was refused for good that began when all others had ended: after that nobody could book it. */
    boolean refusedInTheEnd(int row) {
        return refusedFrom[row] > openUntil[row];
    }
}
