package io.partita.ledger.shard;

import com.hazelcast.nio.ObjectDataInput;
import com.hazelcast.nio.ObjectDataOutput;
import com.hazelcast.nio.serialization.DataSerializable;
import io.partita.ledger.Account;
import io.partita.ledger.AccountCommand;
import io.partita.ledger.AccountStatus;
import io.partita.ledger.Balance;
import io.partita.ledger.Refusal;
import io.partita.ledger.TransferKind;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInput;
import java.io.DataInputStream;
import java.io.DataOutput;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Consumer;

/**
 * One of the ledger's state machines. It knows two kinds of state:
 *
 * <ul>
 * <li><b>durable</b>: the accounts' sums and the open pending transfers, a pure fold of the journal up to
 *     {@link #appliedSequence()}; {@link #apply} is the only way in, and takes updates in the order of their dense
 *     sequences, whatever order they arrive in;
 * <li><b>volatile</b>: reservations of batches in flight, known only to the owner that made them. They are taken by
 *     {@link #authorize}, dropped by the batch's update or by {@link #release}, and all at once by {@link #serve}.
 * </ul>
 *
 * <p>Deterministic: a backup that applies the same updates has the same durable state. Everything is checked before the
 * first change. Not thread-safe: it lives on one partition thread.
 */
public final class Shard implements DataSerializable {

    /** No sum ever exceeds this, so that differences of two sums stay in range. */
    static final long MAX_SUM = 1L << 62;
    /** Updates that wait for an earlier one; beyond it they are dropped and read from the journal instead. */
    static final int MAX_EARLY = 1024;
    private static final int FORMAT = 1;

    private int number;
    private AccountTable accounts = new AccountTable();
    private Map<UUID, PendingTransfer> pendings = new HashMap<>();
    private long appliedSequence;
    private long appliedPosition;

    private int epoch;
    private UUID owner;
    private final TreeMap<Long, ShardUpdate> early = new TreeMap<>();
    private final Map<Long, Hold> holds = new HashMap<>();
    /** Tokens of reservations whose batch is known to be committed, by its last sequence. */
    private final TreeMap<Long, Long> committed = new TreeMap<>();
    private final Set<UUID> ending = new HashSet<>();
    private final Set<Long> opening = new HashSet<>();
    private final Set<Integer> changing = new HashSet<>();
    private final BitSet dirty = new BitSet();
    private final GroupCheck group = new GroupCheck();

    /** For deserialization. */
    public Shard() {
    }

    /** An empty shard. */
    public Shard(int number) {
        this.number = number;
    }

    public int number() {
        return number;
    }

    public int accountCount() {
        return accounts.size();
    }

    /** The last sequence whose update is applied. */
    public long appliedSequence() {
        return appliedSequence;
    }

    /** No entry of this shard at or after this position of the journal is applied. */
    public long appliedPosition() {
        return appliedPosition;
    }

    /** The epoch under which the present owner serves. */
    public int epoch() {
        return epoch;
    }

    /** True if the given member has raised the epoch for itself and brought the state up to it. */
    public boolean servedBy(UUID member) {
        return member.equals(owner);
    }

    /** True if an update waits for one that has not come. */
    public boolean hasGap() {
        return !early.isEmpty();
    }

    /** True if nothing is reserved; so it must be when no batch is in flight. */
    boolean quiet() {
        return holds.isEmpty() && ending.isEmpty() && opening.isEmpty() && changing.isEmpty() && accounts.unheld();
    }

    /** Batches that hold reservations. */
    public Set<Long> holders() {
        return Set.copyOf(holds.keySet());
    }

    // ---- ownership ----------------------------------------------------------------------------------------------

    /** Starts to serve under a raised epoch: reservations of earlier epochs can no longer be committed and are void. */
    public void serve(int newEpoch, UUID newOwner) {
        epoch = newEpoch;
        owner = newOwner;
        holds.clear();
        committed.clear();
        ending.clear();
        opening.clear();
        changing.clear();
        accounts.dropHolds();
    }

    /** Stops serving: on a backup, whatever it may have been before. */
    public void yieldOwnership() {
        owner = null;
    }

    // ---- authorization ------------------------------------------------------------------------------------------

    /**
     * Checks legs against accounts and limits, group by group, and reserves what the accepted groups need.
     *
     * @param token names the batch's reservations
     * @param now   microseconds since the epoch
     * @return one code for each leg, null for accepted; or null if all are accepted
     */
    public Refusal[] authorize(long token, Legs legs, long now) {
        Refusal[] refusals = null;
        // A call that is repeated adds to what the token holds: replaced, the first part could never be given back.
        Hold hold = holds.computeIfAbsent(token, key -> new Hold(legs.count));
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
                java.util.Arrays.fill(refusals, from, to, Refusal.LINKED_FAILED);
                refusals[refusedLeg] = group.refusal;
            }
        }
        return refusals;
    }

    /**
     * Checks account commands and keeps transfers off the accounts that are about to change.
     *
     * @return one code for each command, null for accepted; or null if all are accepted
     */
    public Refusal[] authorizeAccounts(long token, List<AccountCommand> commands) {
        Hold hold = holds.computeIfAbsent(token, key -> new Hold(0));
        Refusal[] refusals = null;
        for (int i = 0; i < commands.size(); i++) {
            Refusal refusal = switch (commands.get(i)) {
                case AccountCommand.Open open -> authorizeOpen(hold, open.details());
                case AccountCommand.ChangeLimits change -> authorizeLimits(hold, change);
                case AccountCommand.ChangeStatus change -> authorizeStatus(hold, change);
            };
            if (refusal != null) {
                refusals = refusals == null ? new Refusal[commands.size()] : refusals;
                refusals[i] = refusal;
            }
        }
        return refusals;
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

    /** Drops a batch's reservations: it was not committed, and never can be. */
    public void release(long token) {
        Hold hold = holds.remove(token);
        if (hold != null) {
            hold.giveBack(accounts);
            hold.ending.forEach(ending::remove);
            hold.opening.forEach(opening::remove);
            hold.changing.forEach(changing::remove);
            hold.waiting.forEach(changing::remove);
        }
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
            // Neither what is committed nor what is in flight ever exceeds MAX_SUM, so the difference cannot wrap around.
            if (amount > MAX_SUM - committed - (accounts.inFlight[account] + gross[slot])) {
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
                row = java.util.Arrays.copyOf(row, capacity);
                debitRun = java.util.Arrays.copyOf(debitRun, capacity);
                debitPeak = java.util.Arrays.copyOf(debitPeak, capacity);
                creditRun = java.util.Arrays.copyOf(creditRun, capacity);
                creditPeak = java.util.Arrays.copyOf(creditPeak, capacity);
                gross = java.util.Arrays.copyOf(gross, capacity);
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

    // ---- the journal's fold --------------------------------------------------------------------------------------

    /**
     * Takes a committed update: applies it if it is the next, or the part of it that is not applied; keeps it if it is
     * early, ignores it if it was applied. Whatever brings the state up to its end drops its batch's reservations.
     */
    public void apply(ShardUpdate update) {
        if (update.last() > appliedSequence && holds.containsKey(update.token())) {
            committed.put(update.last(), update.token());
        }
        if (update.first() > appliedSequence + 1) {
            keep(update);
            return;
        }
        if (update.last() <= appliedSequence) {
            release(update.token());
            return;
        }
        applyRest(update);
        while (!early.isEmpty() && early.firstKey() <= appliedSequence + 1) {
            applyRest(early.pollFirstEntry().getValue());
        }
        while (!committed.isEmpty() && committed.firstKey() <= appliedSequence) {
            release(committed.pollFirstEntry().getValue());
        }
    }

    private void keep(ShardUpdate update) {
        if (early.size() >= MAX_EARLY) {
            early.clear();
        }
        early.merge(update.first(), update, (one, other) -> one.last() >= other.last() ? one : other);
    }

    private void applyRest(ShardUpdate update) {
        int from = (int) (appliedSequence + 1 - update.first());
        if (from >= update.count()) {
            return;
        }
        if (update.legs() != null) {
            applyLegs(update.legs(), from);
        } else {
            applyAccounts(update.accounts().subList(from, update.count()));
        }
        appliedSequence = update.last();
        appliedPosition = update.position();
    }

    private void applyLegs(Legs legs, int from) {
        int[] rows = new int[legs.count];
        for (int leg = from; leg < legs.count; leg++) {
            rows[leg] = accounts.find(legs.account[leg]);
            if (rows[leg] < 0) {
                throw new IllegalStateException("Shard " + number + " has no account " + legs.account[leg] + " for a leg of the journal");
            }
        }
        for (int leg = from; leg < legs.count; leg++) {
            applyLeg(legs, leg, rows[leg]);
        }
    }

    private void applyLeg(Legs legs, int leg, int row) {
        boolean debit = legs.debit(leg);
        long[] posted = debit ? accounts.debitsPosted : accounts.creditsPosted;
        long[] pending = debit ? accounts.debitsPending : accounts.creditsPending;
        TransferKind kind = legs.kind(leg);
        switch (kind) {
            case POSTED, REVERSAL, ADJUSTMENT -> posted[row] += legs.amount[leg];
            case PENDING -> {
                pending[row] += legs.amount[leg];
                if (debit) {
                    pendings.put(legs.pendingId(leg), new PendingTransfer(legs.amount[leg], legs.expiresAt[leg]));
                }
            }
            case POST_PENDING, VOID_PENDING, EXPIRE_PENDING -> {
                pending[row] -= legs.released[leg];
                posted[row] += legs.amount[leg];
                if (debit) {
                    pendings.remove(legs.pendingId(leg));
                }
            }
        }
        dirty.set(row);
    }

    private void applyAccounts(List<AccountCommand> commands) {
        Set<Long> opened = new HashSet<>();
        for (AccountCommand command : commands) {
            long account = command.account();
            boolean known = accounts.find(account) >= 0 || opened.contains(account);
            boolean opens = command instanceof AccountCommand.Open;
            if (opens == known) {
                throw new IllegalStateException("Shard " + number + (known ? " already has account " : " has no account ") + account
                        + " for a change of the journal");
            }
            if (opens) {
                opened.add(account);
            }
        }
        commands.forEach(this::applyAccount);
    }

    private void applyAccount(AccountCommand command) {
        int row = switch (command) {
            case AccountCommand.Open open -> {
                Account details = open.details();
                yield accounts.add(details.id(), details.type(), details.currency(), details.parent(), details.limits(), details.status());
            }
            case AccountCommand.ChangeLimits change -> {
                int changed = accounts.find(change.account());
                accounts.setLimits(changed, change.limits());
                yield changed;
            }
            case AccountCommand.ChangeStatus change -> {
                int changed = accounts.find(change.account());
                accounts.setStatus(changed, change.status());
                yield changed;
            }
        };
        dirty.set(row);
    }

    // ---- reading -------------------------------------------------------------------------------------------------

    /** The balance of an account, or null. */
    public Balance balance(long account) {
        int row = accounts.find(account);
        return row < 0 ? null : accounts.balance(row, appliedSequence);
    }

    /** All balances, in the order in which the accounts were opened. */
    public void forEachBalance(Consumer<Balance> action) {
        for (int row = 0; row < accounts.size(); row++) {
            action.accept(accounts.balance(row, appliedSequence));
        }
    }

    /** Open pending transfers that have expired by a time (microseconds since the epoch), at most so many. */
    public List<UUID> expired(long now, int most) {
        List<UUID> found = new ArrayList<>();
        for (Map.Entry<UUID, PendingTransfer> entry : pendings.entrySet()) {
            long expiry = entry.getValue().expiresAt();
            if (expiry != Long.MIN_VALUE && expiry <= now && !ending.contains(entry.getKey())) {
                found.add(entry.getKey());
                if (found.size() == most) {
                    break;
                }
            }
        }
        return found;
    }

    /** The open pending transfers. */
    public Map<UUID, PendingTransfer> pendings() {
        return Map.copyOf(pendings);
    }

    /** Balances that changed since the last call, at most so many; the others stay for the next. */
    public List<Balance> takeDirty(int most) {
        List<Balance> changed = new ArrayList<>(Math.min(most, dirty.cardinality()));
        for (int row = dirty.nextSetBit(0); row >= 0 && changed.size() < most; row = dirty.nextSetBit(row + 1)) {
            changed.add(accounts.balance(row, appliedSequence));
            dirty.clear(row);
        }
        return changed;
    }

    // ---- durable state as bytes ------------------------------------------------------------------------------------

    /** The durable state: what a checkpoint stores. */
    public byte[] encoded() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(256 + accounts.size() * 84);
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            write(out);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    /** A shard from its {@link #encoded()} state; nobody serves it yet. */
    public static Shard decode(byte[] bytes) {
        Shard shard = new Shard();
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
            shard.read(in);
        } catch (IOException e) {
            throw new UncheckedIOException("Not the state of a shard", e);
        }
        return shard;
    }

    private void write(DataOutput out) throws IOException {
        out.writeByte(FORMAT);
        out.writeShort(number);
        out.writeLong(appliedSequence);
        out.writeLong(appliedPosition);
        accounts.write(out);
        out.writeInt(pendings.size());
        for (Map.Entry<UUID, PendingTransfer> entry : pendings.entrySet()) {
            out.writeLong(entry.getKey().getMostSignificantBits());
            out.writeLong(entry.getKey().getLeastSignificantBits());
            out.writeLong(entry.getValue().amount());
            out.writeLong(entry.getValue().expiresAt());
        }
    }

    private void read(DataInput in) throws IOException {
        int format = in.readByte();
        if (format != FORMAT) {
            throw new IOException("State of a shard in unknown format " + format);
        }
        number = in.readShort();
        appliedSequence = in.readLong();
        appliedPosition = in.readLong();
        accounts = AccountTable.read(in);
        int count = in.readInt();
        pendings = HashMap.newHashMap(count);
        for (int i = 0; i < count; i++) {
            UUID id = new UUID(in.readLong(), in.readLong());
            pendings.put(id, new PendingTransfer(in.readLong(), in.readLong()));
        }
        // Whoever receives the state has not told anybody about these balances yet.
        dirty.set(0, accounts.size());
    }

    @Override
    public void writeData(ObjectDataOutput out) throws IOException {
        write(out);
    }

    @Override
    public void readData(ObjectDataInput in) throws IOException {
        read(in);
    }
}
