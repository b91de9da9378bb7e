package io.partita.ledger.shard;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.IntStream;

/** What the transfers of one batch in flight keep reserved in a shard, so that it can be given back exactly. */
final class Hold {

    private int count;
    private int[] row;
    private long[] debit;
    private long[] credit;
    private long[] inFlight;
    /** Ids of the account commands that were accepted. */
    final Set<UUID> accepted = new HashSet<>(0);
    /** Pending transfers that the batch is about to end. */
    final List<UUID> ending = new ArrayList<>(0);
    /** Accounts that the batch is about to open. */
    final List<Long> opening = new ArrayList<>(0);
    /** Rows of accounts that the batch is about to change. */
    final List<Integer> changing = new ArrayList<>(0);
    /** Rows of accounts that a command of the batch found busy; kept for its repeat. */
    final Set<Integer> waiting = new HashSet<>(0);

    /** What the batch asked for. */
    private final List<Legs> asked = new ArrayList<>(1);
    /** The transfers in it, sorted; made when somebody asks. */
    private long[] transfers;

    Hold(int capacity) {
        row = new int[capacity];
        debit = new long[capacity];
        credit = new long[capacity];
        inFlight = new long[capacity];
    }

    void take(AccountTable accounts, int account, long debitHeld, long creditHeld, long gross) {
        if (count == row.length) {
            int capacity = Math.max(8, count * 2);
            row = Arrays.copyOf(row, capacity);
            debit = Arrays.copyOf(debit, capacity);
            credit = Arrays.copyOf(credit, capacity);
            inFlight = Arrays.copyOf(inFlight, capacity);
        }
        row[count] = account;
        debit[count] = debitHeld;
        credit[count] = creditHeld;
        inFlight[count] = gross;
        count++;
        accounts.debitHeld[account] += debitHeld;
        accounts.creditHeld[account] += creditHeld;
        accounts.inFlight[account] += gross;
    }

    void ask(Legs legs) {
        asked.add(legs);
        transfers = null;
    }

    /** True if the batch has a transfer, by its fingerprint. */
    boolean has(long transfer) {
        if (transfers == null) {
            transfers = asked.stream().flatMapToLong(legs -> IntStream.range(0, legs.count()).mapToLong(legs::transfer)).sorted().toArray();
        }
        return Arrays.binarySearch(transfers, transfer) >= 0;
    }

    boolean touches(int account) {
        for (int i = 0; i < count; i++) {
            if (row[i] == account) {
                return true;
            }
        }
        return false;
    }

    void giveBack(AccountTable accounts) {
        for (int i = 0; i < count; i++) {
            accounts.debitHeld[row[i]] -= debit[i];
            accounts.creditHeld[row[i]] -= credit[i];
            accounts.inFlight[row[i]] -= inFlight[i];
        }
    }
}
