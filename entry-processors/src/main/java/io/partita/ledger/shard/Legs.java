package io.partita.ledger.shard;

import io.partita.ledger.LedgerNames;
import io.partita.ledger.Side;
import io.partita.ledger.TransferKind;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;
import java.util.UUID;

/**
 * Legs of transfers that fall into one shard, in columns; in the order of the batch, linked groups contiguous. Filled once,
 * then only read. Not thread-safe while being filled.
 */
public final class Legs {

    private static final TransferKind[] KINDS = TransferKind.values();

    int count;
    long[] account;
    /** Kind and side: {@code kind * 2 + side}. */
    byte[] what;
    long[] amount;
    long[] released;
    short[] currency;
    /** The same for all legs of a linked group; any other leg has another. */
    int[] group;
    /** Fingerprints of the transfers' ids; absent if nobody said them. */
    private long[] transfer;
    /** Only legs that open or end a pending transfer have these; absent when none does. */
    long[] pendingHigh;
    long[] pendingLow;
    long[] expiresAt;

    public Legs(int capacity) {
        account = new long[capacity];
        what = new byte[capacity];
        amount = new long[capacity];
        released = new long[capacity];
        currency = new short[capacity];
        group = new int[capacity];
    }

    public int count() {
        return count;
    }

    public void add(TransferKind kind, Side side, long legAccount, long legAmount, long legReleased, short legCurrency, int legGroup) {
        if (count == account.length) {
            grow(Math.max(8, count * 2));
        }
        account[count] = legAccount;
        what[count] = (byte) (kind.ordinal() * 2 + side.ordinal());
        amount[count] = legAmount;
        released[count] = legReleased;
        currency[count] = legCurrency;
        group[count] = legGroup;
        count++;
    }

    /** Names the transfer of the leg added last, so that another attempt at the same one can be told from another transfer. */
    public void transfer(UUID id) {
        if (transfer == null) {
            transfer = new long[account.length];
        }
        transfer[count - 1] = LedgerNames.mix(id.getMostSignificantBits() ^ LedgerNames.mix(id.getLeastSignificantBits()));
    }

    /** A leg's transfer, as a fingerprint of its id; 0 if it was not named. */
    long transfer(int leg) {
        return transfer == null ? 0 : transfer[leg];
    }

    /** Names the pending transfer that the leg added last opens (with its expiry in microseconds) or ends. */
    public void pending(UUID id, long expiryMicros) {
        if (pendingHigh == null) {
            pendingHigh = new long[account.length];
            pendingLow = new long[account.length];
            expiresAt = new long[account.length];
        }
        pendingHigh[count - 1] = id.getMostSignificantBits();
        pendingLow[count - 1] = id.getLeastSignificantBits();
        expiresAt[count - 1] = expiryMicros;
    }

    TransferKind kind(int leg) {
        return KINDS[what[leg] >> 1];
    }

    boolean debit(int leg) {
        return (what[leg] & 1) == 0;
    }

    UUID pendingId(int leg) {
        return new UUID(pendingHigh[leg], pendingLow[leg]);
    }

    private void grow(int capacity) {
        account = Arrays.copyOf(account, capacity);
        what = Arrays.copyOf(what, capacity);
        amount = Arrays.copyOf(amount, capacity);
        released = Arrays.copyOf(released, capacity);
        currency = Arrays.copyOf(currency, capacity);
        group = Arrays.copyOf(group, capacity);
        if (transfer != null) {
            transfer = Arrays.copyOf(transfer, capacity);
        }
        if (pendingHigh != null) {
            pendingHigh = Arrays.copyOf(pendingHigh, capacity);
            pendingLow = Arrays.copyOf(pendingLow, capacity);
            expiresAt = Arrays.copyOf(expiresAt, capacity);
        }
    }

    /** @param named whether the receiver needs to know the transfers */
    void write(DataOutput out, boolean named) throws IOException {
        out.writeInt(count);
        out.writeBoolean(pendingHigh != null);
        out.writeBoolean(named && transfer != null);
        for (int i = 0; i < count; i++) {
            out.writeLong(account[i]);
            out.writeByte(what[i]);
            out.writeLong(amount[i]);
            out.writeLong(released[i]);
            out.writeShort(currency[i]);
            out.writeInt(group[i]);
            if (named && transfer != null) {
                out.writeLong(transfer[i]);
            }
            if (pendingHigh != null) {
                out.writeLong(pendingHigh[i]);
                out.writeLong(pendingLow[i]);
                out.writeLong(expiresAt[i]);
            }
        }
    }

    static Legs read(DataInput in) throws IOException {
        int count = in.readInt();
        Legs legs = new Legs(count);
        boolean pendings = in.readBoolean();
        legs.transfer = in.readBoolean() ? new long[count] : null;
        if (pendings) {
            legs.pendingHigh = new long[count];
            legs.pendingLow = new long[count];
            legs.expiresAt = new long[count];
        }
        for (int i = 0; i < count; i++) {
            legs.account[i] = in.readLong();
            legs.what[i] = in.readByte();
            legs.amount[i] = in.readLong();
            legs.released[i] = in.readLong();
            legs.currency[i] = in.readShort();
            legs.group[i] = in.readInt();
            if (legs.transfer != null) {
                legs.transfer[i] = in.readLong();
            }
            if (pendings) {
                legs.pendingHigh[i] = in.readLong();
                legs.pendingLow[i] = in.readLong();
                legs.expiresAt[i] = in.readLong();
            }
        }
        legs.count = count;
        return legs;
    }
}
