package io.partita.ledger.shard;

import io.partita.ledger.Account;
import io.partita.ledger.AccountCommand;
import io.partita.ledger.AccountStatus;
import io.partita.ledger.Refusal;
import io.partita.ledger.TransferKind;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;

/**
 * The volatile part of a {@link Shard}: what batches in flight may still do, so that no two of them spend the same money. Each
 * batch's reservations bear its token. Not thread-safe.
 */
final class Reservations {

    /** So many tokens that were released early are remembered. */
    private static final int MAX_RELEASED = 1024;

    private final AccountTable accounts;
    private final Map<UUID, PendingTransfer> pendings;
    private final Map<Long, Hold> holds = new HashMap<>();
    /** Tokens of batches that are known to be committed, by their last sequence here. */
    private final TreeMap<Long, Long> committed = new TreeMap<>();
    /** Tokens that were released before anything was reserved for them: a release may overtake what it takes back. */
    private final Set<Long> released = new LinkedHashSet<>();
    private final Set<UUID> ending = new HashSet<>();
    private final Set<Long> opening = new HashSet<>();
    private final Set<Integer> changing = new HashSet<>();
    private final GroupCheck group = new GroupCheck();

    Reservations(AccountTable accounts, Map<UUID, PendingTransfer> pendings) {
        this.accounts = accounts;
        this.pendings = pendings;
    }

    Set<Long> holders() {
        return Set.copyOf(holds.keySet());
    }

    boolean none() {
        return holds.isEmpty() && ending.isEmpty() && opening.isEmpty() && changing.isEmpty() && accounts.unheld();
    }

    /** True if a batch in flight is about to end the pending transfer. */
    boolean ends(UUID pending) {
        return ending.contains(pending);
    }

    // ---- the end of reservations --------------------------------------------------------------------------------

    /** Drops a batch's reservations: it was not committed, and never can be. Nothing is reserved for it any more. */
    void release(long token) {
        Hold hold = holds.remove(token);
        if (hold == null) {
            released.add(token);
            if (released.size() > MAX_RELEASED) {
                released.remove(released.iterator().next());
            }
            return;
        }
        hold.giveBack(accounts);
        hold.ending.forEach(ending::remove);
        hold.opening.forEach(opening::remove);
        hold.changing.forEach(changing::remove);
        hold.waiting.forEach(changing::remove);
    }

    /** The token's batch is in the journal: whatever brings the shard up to its end ends the reservations, too. */
    void committed(long token, long last) {
        if (holds.containsKey(token)) {
            committed.put(last, token);
        }
    }

    /** The shard has reached a sequence. */
    void applied(long sequence) {
        while (!committed.isEmpty() && committed.firstKey() <= sequence) {
            release(committed.pollFirstEntry().getValue());
        }
    }

    void dropAll() {
        holds.clear();
        committed.clear();
        ending.clear();
        opening.clear();
        changing.clear();
        accounts.dropHolds();
    }

    // ---- authorization ------------------------------------------------------------------------------------------

    /**
     * Checks legs against accounts and limits, group by group, and reserves what the accepted groups need.
     *
     * @param token names the batch's reservations
     * @param now   microseconds since the epoch
     * @return one code for each leg, null for accepted; or null if all are accepted
     */
    Refusal[] authorize(long token, Legs legs, long now) {
        if (released.contains(token)) {
            return refuseAll(legs.count);
        }
        Refusal[] refusals = null;
        // A call that is repeated adds to what the token holds: replaced, the first part could never be given back.
        Hold hold = holds.computeIfAbsent(token, key -> new Hold(legs.count));
        hold.ask(legs);
        for (int from = 0, to; from < legs.count; from = to) {
            to = from + 1;
            while (to < legs.count && legs.group[to] == legs.group[from]) {
                to++;
            }
            int refusedLeg = group.check(legs, from, to, now);
            if (refusedLeg < 0) {
                group.take(hold, legs, from, to);
            } else {
                refusals = refusals == null ? new Refusal[legs.count] : refusals;
                Arrays.fill(refusals, from, to, Refusal.LINKED_FAILED);
                refusals[refusedLeg] = group.refusal.retryable() || !underWay(hold, legs, from, to) ? group.refusal : Refusal.ACCOUNT_BUSY;
            }
        }
        return refusals;
    }

    /** Nobody waits for the answer any more. */
    private static Refusal[] refuseAll(int count) {
        Refusal[] refusals = new Refusal[count];
        Arrays.fill(refusals, Refusal.SHARD_UNAVAILABLE);
        return refusals;
    }

    /**
     * True if another batch in flight has one of a group's transfers, too: a repeat that came by another member. What the first
     * attempt has reserved may be why the second is refused, so nothing can be said before the first has ended.
     */
    private boolean underWay(Hold own, Legs legs, int from, int to) {
        for (Hold other : holds.values()) {
            for (int leg = from; leg < to && other != own; leg++) {
                if (legs.transfer(leg) != 0 && other.has(legs.transfer(leg))) {
                    return true;
                }
            }
        }
        return false;
    }

    /**
     * Checks account commands and keeps transfers off the accounts that are about to change. A command that is repeated
     * under the token under which it was accepted is accepted again.
     *
     * @return one code for each command, null for accepted; or null if all are accepted
     */
    Refusal[] authorizeAccounts(long token, List<AccountCommand> commands) {
        if (released.contains(token)) {
            return refuseAll(commands.size());
        }
        Hold hold = holds.computeIfAbsent(token, key -> new Hold(0));
        Refusal[] refusals = null;
        for (int i = 0; i < commands.size(); i++) {
            Refusal refusal = authorize(hold, commands.get(i));
            if (refusal != null) {
                refusals = refusals == null ? new Refusal[commands.size()] : refusals;
                refusals[i] = refusal;
            }
        }
        return refusals;
    }

    private Refusal authorize(Hold hold, AccountCommand command) {
        if (hold.accepted.contains(command.id())) {
            return null;
        }
        Refusal refusal = switch (command) {
            case AccountCommand.Open open -> authorizeOpen(hold, open.details());
            case AccountCommand.ChangeLimits change -> authorizeLimits(hold, change);
            case AccountCommand.ChangeStatus change -> authorizeStatus(hold, change);
        };
        if (refusal == null) {
            hold.accepted.add(command.id());
        }
        return refusal;
    }

    private Refusal authorizeOpen(Hold hold, Account details) {
        if (accounts.find(details.id()) >= 0) {
            return Refusal.ACCOUNT_EXISTS;
        }
        if (!opening.add(details.id())) {
            return Refusal.ACCOUNT_BUSY;
        }
        hold.opening.add(details.id());
        return null;
    }

    private Refusal authorizeLimits(Hold hold, AccountCommand.ChangeLimits change) {
        int row = accounts.find(change.account());
        if (row < 0) {
            return Refusal.ACCOUNT_NOT_FOUND;
        }
        if (accounts.status(row) == AccountStatus.CLOSED) {
            return Refusal.ACCOUNT_CLOSED;
        }
        if (change.limits().limitsDebits() && accounts.worstNetDebit(row) > change.limits().maxNetDebit()
                || change.limits().limitsCredits() && accounts.worstNetCredit(row) > change.limits().maxNetCredit()) {
            return Refusal.LIMIT_BELOW_BALANCE;
        }
        if (!mark(hold, row)) {
            return Refusal.ACCOUNT_BUSY;
        }
        hold.changing.add(row);
        return null;
    }

    private Refusal authorizeStatus(Hold hold, AccountCommand.ChangeStatus change) {
        int row = accounts.find(change.account());
        if (row < 0) {
            return Refusal.ACCOUNT_NOT_FOUND;
        }
        if (accounts.status(row) == AccountStatus.CLOSED) {
            return Refusal.ACCOUNT_CLOSED;
        }
        if (!mark(hold, row)) {
            return Refusal.ACCOUNT_BUSY;
        }
        if (holds.values().stream().anyMatch(inFlight -> inFlight.touches(row))) {
            // The mark stays, so that nothing new starts and a repeat with the same token finds the account quiet.
            hold.waiting.add(row);
            return Refusal.ACCOUNT_BUSY;
        }
        if (change.status() == AccountStatus.CLOSED && !accounts.empty(row)) {
            changing.remove(row);
            return Refusal.ACCOUNT_NOT_EMPTY;
        }
        hold.changing.add(row);
        return null;
    }

    /** Keeps transfers off an account; false if another command, be it of the same batch, is about to change it. */
    private boolean mark(Hold hold, int row) {
        return changing.add(row) || hold.waiting.remove(row);
    }

    /** Checks one linked group as it falls into this shard; keeps its columns between groups, so as not to allocate. */
    private final class GroupCheck {

        private int touched;
        private int[] row = new int[8];
        private long[] debitRun = new long[8];
        private long[] debitPeak = new long[8];
        private long[] creditRun = new long[8];
        private long[] creditPeak = new long[8];
        private long[] gross = new long[8];
        private Refusal refusal;

        /** The leg that is refused, with the reason in {@link #refusal}, or -1. */
        int check(Legs legs, int from, int to, long now) {
            touched = 0;
            for (int leg = from; leg < to; leg++) {
                refusal = checkLeg(legs, from, leg, now);
                if (refusal != null) {
                    return leg;
                }
            }
            return -1;
        }

        private Refusal checkLeg(Legs legs, int from, int leg, long now) {
            int account = accounts.find(legs.account[leg]);
            if (account < 0) {
                return Refusal.ACCOUNT_NOT_FOUND;
            }
            TransferKind kind = legs.kind(leg);
            if (accounts.currency(account) != legs.currency[leg]) {
                return Refusal.CURRENCY_MISMATCH;
            }
            boolean givesBack = kind == TransferKind.VOID_PENDING || kind == TransferKind.EXPIRE_PENDING;
            switch (accounts.status(account)) {
                case CLOSED -> {
                    return Refusal.ACCOUNT_CLOSED;
                }
                case FROZEN -> {
                    if (!givesBack) {
                        return Refusal.ACCOUNT_FROZEN;
                    }
                }
                case OPEN -> { }
            }
            if (!changing.isEmpty() && changing.contains(account)) {
                return Refusal.ACCOUNT_BUSY;
            }
            int slot = slot(account);
            long amount = legs.amount[leg];
            if (kind.resolvesPending()) {
                // Neither sum of posted and pending grows, nor does a net balance.
                return legs.debit(leg) ? checkPending(legs, from, leg, now) : null;
            }
            long committed = legs.debit(leg)
                    ? accounts.debitsPosted[account] + accounts.debitsPending[account]
                    : accounts.creditsPosted[account] + accounts.creditsPending[account];
            // Neither what is committed nor what is in flight ever exceeds Shard.MAX_SUM, so the difference cannot wrap around.
            if (amount > Shard.MAX_SUM - committed - (accounts.inFlight[account] + gross[slot])) {
                return Refusal.BALANCE_OVERFLOW;
            }
            gross[slot] += amount;
            return legs.debit(leg) ? debit(account, slot, kind, amount) : credit(account, slot, kind, amount);
        }

        private Refusal debit(int account, int slot, TransferKind kind, long amount) {
            debitRun[slot] += amount;
            debitPeak[slot] = Math.max(debitPeak[slot], debitRun[slot]);
            if (kind != TransferKind.PENDING) {
                creditRun[slot] -= amount;
            }
            long limit = accounts.maxNetDebit(account);
            return limit != Long.MAX_VALUE && accounts.worstNetDebit(account) + debitRun[slot] > limit
                    ? Refusal.INSUFFICIENT_FUNDS : null;
        }

        private Refusal credit(int account, int slot, TransferKind kind, long amount) {
            creditRun[slot] += amount;
            creditPeak[slot] = Math.max(creditPeak[slot], creditRun[slot]);
            if (kind != TransferKind.PENDING) {
                // Legs of one group are booked together and in order: what an earlier leg brings, a later one may spend.
                debitRun[slot] -= amount;
            }
            long limit = accounts.maxNetCredit(account);
            return limit != Long.MAX_VALUE && accounts.worstNetCredit(account) + creditRun[slot] > limit
                    ? Refusal.CREDIT_LIMIT_EXCEEDED : null;
        }

        private Refusal checkPending(Legs legs, int from, int leg, long now) {
            TransferKind kind = legs.kind(leg);
            UUID id = legs.pendingId(leg);
            PendingTransfer pending = pendings.get(id);
            if (pending == null) {
                return Refusal.PENDING_NOT_FOUND;
            }
            for (int earlier = from; earlier < leg; earlier++) {
                if (legs.debit(earlier) && legs.kind(earlier).resolvesPending() && legs.pendingId(earlier).equals(id)) {
                    return endedBy(legs.kind(earlier));
                }
            }
            if (ending.contains(id)) {
                return Refusal.ACCOUNT_BUSY;
            }
            boolean expired = pending.expiresAt() != Long.MIN_VALUE && pending.expiresAt() <= now;
            if (kind != TransferKind.EXPIRE_PENDING && expired) {
                return Refusal.PENDING_EXPIRED;
            }
            if (kind == TransferKind.EXPIRE_PENDING && !expired) {
                return Refusal.INVALID_REQUEST;
            }
            return legs.amount[leg] > pending.amount() ? Refusal.EXCEEDS_PENDING_AMOUNT : null;
        }

        /** Why nothing can end a pending transfer that an earlier leg of the group ends. */
        private static Refusal endedBy(TransferKind kind) {
            return switch (kind) {
                case POST_PENDING -> Refusal.PENDING_ALREADY_POSTED;
                case VOID_PENDING -> Refusal.PENDING_ALREADY_VOIDED;
                default -> Refusal.PENDING_EXPIRED;
            };
        }

        private int slot(int account) {
            for (int slot = 0; slot < touched; slot++) {
                if (row[slot] == account) {
                    return slot;
                }
            }
            if (touched == row.length) {
                int capacity = touched * 2;
                row = Arrays.copyOf(row, capacity);
                debitRun = Arrays.copyOf(debitRun, capacity);
                debitPeak = Arrays.copyOf(debitPeak, capacity);
                creditRun = Arrays.copyOf(creditRun, capacity);
                creditPeak = Arrays.copyOf(creditPeak, capacity);
                gross = Arrays.copyOf(gross, capacity);
            }
            row[touched] = account;
            debitRun[touched] = 0;
            debitPeak[touched] = 0;
            creditRun[touched] = 0;
            creditPeak[touched] = 0;
            gross[touched] = 0;
            return touched++;
        }

        void take(Hold hold, Legs legs, int from, int to) {
            for (int slot = 0; slot < touched; slot++) {
                hold.take(accounts, row[slot], debitPeak[slot], creditPeak[slot], gross[slot]);
            }
            for (int leg = from; leg < to; leg++) {
                if (legs.debit(leg) && legs.kind(leg).resolvesPending()) {
                    UUID id = legs.pendingId(leg);
                    ending.add(id);
                    hold.ending.add(id);
                }
            }
        }
    }
}
