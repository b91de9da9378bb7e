package io.partita.ledger.shard;

import io.partita.ledger.AccountCommand;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.List;

/**
 * What one committed batch does to one shard: a dense run of sequences, applied as a whole or not at all.
 *
 * @param first    the first sequence of the run
 * @param position the journal's position after the batch
 * @param token    the batch's reservations, dropped with it; 0 for none
 * @param legs     legs of transfers, or null
 * @param accounts accounts opened or changed, or null; a batch has one or the other
 */
public record ShardUpdate(long first, long position, long token, Legs legs, List<AccountCommand> accounts) {

    /** Sequences in the run. */
    public int count() {
        return legs != null ? legs.count : accounts.size();
    }

    /** The last sequence of the run. */
    public long last() {
        return first + count() - 1;
    }

    void write(DataOutput out) throws IOException {
        out.writeLong(first);
        out.writeLong(position);
        out.writeLong(token);
        out.writeBoolean(legs != null);
        if (legs != null) {
            legs.write(out, false);
        } else {
            AccountCommandCodec.write(out, accounts);
        }
    }

    static ShardUpdate read(DataInput in) throws IOException {
        long first = in.readLong();
        long position = in.readLong();
        long token = in.readLong();
        return in.readBoolean()
                ? new ShardUpdate(first, position, token, Legs.read(in), null)
                : new ShardUpdate(first, position, token, null, AccountCommandCodec.read(in));
    }
}
