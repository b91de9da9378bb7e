package io.partita.ledger.shard;

import com.hazelcast.nio.ObjectDataInput;
import com.hazelcast.nio.ObjectDataOutput;
import com.hazelcast.nio.serialization.DataSerializable;
import io.partita.ledger.Account;
import io.partita.ledger.AccountCommand;
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
    private final BitSet dirty = new BitSet();
    private Reservations reservations = new Reservations(accounts, pendings);

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
        return reservations.none();
    }

    /** Batches that hold reservations. */
    public Set<Long> holders() {
        return reservations.holders();
    }

    // ---- ownership ----------------------------------------------------------------------------------------------

    /** Starts to serve under a raised epoch: reservations of earlier epochs can no longer be committed and are void. */
    public void serve(int newEpoch, UUID newOwner) {
        epoch = newEpoch;
        owner = newOwner;
        reservations.dropAll();
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
        return reservations.authorize(token, legs, now);
    }

    /**
     * Checks account commands and keeps transfers off the accounts that are about to change.
     *
     * @return one code for each command, null for accepted; or null if all are accepted
     */
    public Refusal[] authorizeAccounts(long token, List<AccountCommand> commands) {
        return reservations.authorizeAccounts(token, commands);
    }

    /** Drops a batch's reservations: it was not committed, and never can be. */
    public void release(long token) {
        reservations.release(token);
    }

    // ---- the journal's fold --------------------------------------------------------------------------------------

    /**
     * Takes a committed update: applies it if it is the next, or the part of it that is not applied; keeps it if it is
     * early, ignores it if it was applied. Whatever brings the state up to its end drops its batch's reservations.
     */
    public void apply(ShardUpdate update) {
        reservations.committed(update.token(), update.last());
        if (update.first() > appliedSequence + 1) {
            keep(update);
            return;
        }
        applyRest(update);
        while (!early.isEmpty() && early.firstKey() <= appliedSequence + 1) {
            applyRest(early.pollFirstEntry().getValue());
        }
        reservations.applied(appliedSequence);
    }

    private void keep(ShardUpdate update) {
        if (early.size() >= MAX_EARLY) {
            early.clear();
        }
        early.merge(update.first(), update, (one, other) -> one.last() >= other.last() ? one : other);
    }

    private void applyRest(ShardUpdate update) {
        long known = appliedSequence + 1 - update.first();
        if (known >= update.count()) {
            return;
        }
        int from = (int) known;
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
            if (expiry != Long.MIN_VALUE && expiry <= now && !reservations.ends(entry.getKey())) {
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

    /** Whatever was taken may have been lost: all balances count as changed. */
    void markDirty() {
        dirty.set(0, accounts.size());
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
        reservations = new Reservations(accounts, pendings);
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
