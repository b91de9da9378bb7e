package io.partita.ledger.shard;

import com.hazelcast.core.ReadOnly;
import com.hazelcast.nio.ObjectDataInput;
import com.hazelcast.nio.ObjectDataOutput;
import com.hazelcast.nio.serialization.DataSerializable;
import io.partita.ledger.Balance;
import io.partita.ledger.shard.ShardStatus.State;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Questions to a shard; none changes what is durable, and none concerns the backups. */
public abstract sealed class ReadShard<R> extends ShardProcessor<R> implements ReadOnly {

    /** How the shard is doing. */
    public static final class Status extends ReadShard<ShardStatus> {

        @Override
        protected ShardStatus process(Map.Entry<Integer, Shard> entry, Shard shard) {
            return shard == null ? ShardStatus.absent() : ShardStatus.of(shard, served(shard) ? State.SERVING : State.IDLE);
        }

        @Override
        public void writeData(ObjectDataOutput out) {
            // Nothing to say.
        }

        @Override
        public void readData(ObjectDataInput in) {
            // Nothing to read.
        }
    }

    /** Balances of some accounts, in the order asked for; null for an account that does not exist. */
    public static final class Balances extends ReadShard<BalanceList> {

        private long[] accounts;

        /** For deserialization. */
        public Balances() {
        }

        public Balances(long... accounts) {
            this.accounts = accounts;
        }

        @Override
        protected BalanceList process(Map.Entry<Integer, Shard> entry, Shard shard) {
            List<Balance> found = new ArrayList<>(accounts.length);
            for (long account : accounts) {
                found.add(shard == null ? null : shard.balance(account));
            }
            return new BalanceList(found, shard == null ? 0 : shard.appliedSequence(), shard == null ? 0 : shard.epoch(), served(shard));
        }

        @Override
        public void writeData(ObjectDataOutput out) throws IOException {
            out.writeLongArray(accounts);
        }

        @Override
        public void readData(ObjectDataInput in) throws IOException {
            accounts = in.readLongArray();
        }
    }

    /**
     * Balances that changed since they were last asked for, at most so many; from the first account on again if an answer was lost. Nothing is told to a
     * member that does not own the shard: an answer that nobody waits for any more, or somebody who dies with it, would take the changes along.
     */
    public static final class Dirty extends ReadShard<BalanceList> {

        private int most;
        private boolean again;
        private UUID asker;

        /** For deserialization. */
        public Dirty() {
        }

        public Dirty(int most, boolean again, UUID asker) {
            this.most = most;
            this.again = again;
            this.asker = asker;
        }

        @Override
        protected BalanceList process(Map.Entry<Integer, Shard> entry, Shard shard) {
            if (shard == null || !asker.equals(member())) {
                return new BalanceList(List.of(), 0, 0, false);
            }
            if (again) {
                shard.markDirty();
            }
            return new BalanceList(shard.takeDirty(most), shard.appliedSequence(), shard.epoch(), served(shard));
        }

        @Override
        public void writeData(ObjectDataOutput out) throws IOException {
            out.writeInt(most);
            out.writeBoolean(again);
            out.writeLong(asker.getMostSignificantBits());
            out.writeLong(asker.getLeastSignificantBits());
        }

        @Override
        public void readData(ObjectDataInput in) throws IOException {
            most = in.readInt();
            again = in.readBoolean();
            asker = new UUID(in.readLong(), in.readLong());
        }
    }

    /** The durable state, as {@link Shard#encoded()}; null if the shard is not served. */
    public static final class Snapshot extends ReadShard<byte[]> {

        @Override
        protected byte[] process(Map.Entry<Integer, Shard> entry, Shard shard) {
            return served(shard) ? shard.encoded() : null;
        }

        @Override
        public void writeData(ObjectDataOutput out) {
            // Nothing to say.
        }

        @Override
        public void readData(ObjectDataInput in) {
            // Nothing to read.
        }
    }

    /** Pending transfers that have expired. */
    public static final class Expired extends ReadShard<UUID[]> {

        private long now;
        private int most;

        /** For deserialization. */
        public Expired() {
        }

        public Expired(long nowMicros, int most) {
            this.now = nowMicros;
            this.most = most;
        }

        @Override
        protected UUID[] process(Map.Entry<Integer, Shard> entry, Shard shard) {
            return served(shard) ? shard.expired(now, most).toArray(UUID[]::new) : new UUID[0];
        }

        @Override
        public void writeData(ObjectDataOutput out) throws IOException {
            out.writeLong(now);
            out.writeInt(most);
        }

        @Override
        public void readData(ObjectDataInput in) throws IOException {
            now = in.readLong();
            most = in.readInt();
        }
    }

    /** Balances at one sequence of the shard. */
    public static final class BalanceList implements DataSerializable {

        private List<Balance> balances;
        private long sequence;
        private int epoch;
        private boolean serving;

        /** For deserialization. */
        public BalanceList() {
        }

        BalanceList(List<Balance> balances, long sequence, int epoch, boolean serving) {
            this.balances = balances;
            this.sequence = sequence;
            this.epoch = epoch;
            this.serving = serving;
        }

        public List<Balance> balances() {
            return balances;
        }

        public long sequence() {
            return sequence;
        }

        public int epoch() {
            return epoch;
        }

        /** False if the member that answered does not serve the shard, so that the balances may be old. */
        public boolean serving() {
            return serving;
        }

        @Override
        public void writeData(ObjectDataOutput out) throws IOException {
            out.writeLong(sequence);
            out.writeInt(epoch);
            out.writeBoolean(serving);
            out.writeInt(balances.size());
            for (Balance balance : balances) {
                out.writeObject(balance);
            }
        }

        @Override
        public void readData(ObjectDataInput in) throws IOException {
            sequence = in.readLong();
            epoch = in.readInt();
            serving = in.readBoolean();
            int count = in.readInt();
            balances = new ArrayList<>(count);
            for (int i = 0; i < count; i++) {
                balances.add(in.readObject());
            }
        }
    }
}
