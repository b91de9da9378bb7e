package io.partita.member.ledger.reconcile;

import io.partita.ledger.Balance;
import io.partita.member.ledger.query.Sums;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;

/** The accounts of one shard folded from the journal, at each of its checkpoints and at the end. Not thread-safe. */
final class ShardFold {

    private final int shard;
    /** Ascending sequences: of the checkpoints, then of the end of the journal. */
    private final long[] points;
    /** Ascending positions of the same points: a point has the legs of the batches below its position. */
    private final long[] positions;
    /** The sequence of the state that the fold started from; 0 for the beginning. */
    private final long base;
    private final Map<Long, AccountFold> accounts = new TreeMap<>();

    ShardFold(int shard, long base, long[] points, long[] positions) {
        this.shard = shard;
        this.positions = positions;
        this.base = base;
        this.points = points;
    }

    int shard() {
        return shard;
    }

    long base() {
        return base;
    }

    long[] points() {
        return points;
    }

    long[] positions() {
        return positions;
    }

    Map<Long, AccountFold> accounts() {
        return accounts;
    }

    AccountFold account(long account) {
        return accounts.computeIfAbsent(account, id -> new AccountFold(id, points.length));
    }

    /** Which interval a sequence falls into: the first point that is not below it. */
    int interval(long sequence) {
        int found = Arrays.binarySearch(points, sequence);
        return found >= 0 ? found : -found - 1;
    }

    /** What an account must be at a point, or null if it was not open then. */
    Balance expected(AccountFold account, int point) {
        return account.balance(account.sums(point), points[point]);
    }

    /** What an account must be at the end of the journal, moved to another sequence by what was booked between. */
    Balance expected(AccountFold account, Sums difference, long sequence) {
        return account.balance(account.sums(points.length - 1).plus(difference), sequence);
    }

    long last() {
        return points[points.length - 1];
    }
}
