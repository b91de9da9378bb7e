package io.partita.trading.feed;

import com.hazelcast.nio.ObjectDataInput;
import com.hazelcast.nio.ObjectDataOutput;
import com.hazelcast.nio.serialization.DataSerializable;
import io.partita.trading.Varint;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * Updates of one book that follow each other. The <b>chain</b> is a number for all updates from the first one on: two histories that have the
 * same one at the same sequence are the same. So a reader who carries on from what it has notices when that was undone, as after a split.
 */
public final class UpdateBatch implements DataSerializable {

    private static final long FACTOR = 0x9E3779B97F4A7C15L;

    private long after;
    private long chain;
    private int count;
    private byte[] bytes;

    /** For deserialization. */
    public UpdateBatch() {
    }

    /**
     * @param after sequence of the update before the first one
     * @param chain at that update
     * @param bytes the updates, each after its length
     */
    UpdateBatch(long after, long chain, int count, byte[] bytes) {
        this.after = after;
        this.chain = chain;
        this.count = count;
        this.bytes = bytes;
    }

    /** Sequence of the update before the first one. */
    public long after() {
        return after;
    }

    /** The chain at {@link #after}. */
    public long chain() {
        return chain;
    }

    /** Sequence of the last update; {@link #after} for none. */
    public long last() {
        return after + count;
    }

    /** How many bytes it takes. */
    public int size() {
        return bytes.length;
    }

    /**
     * The updates.
     *
     * @throws IllegalArgumentException if the bytes are none
     */
    public List<Linked> updates() {
        List<Linked> updates = new ArrayList<>(count);
        ByteBuffer in = ByteBuffer.wrap(bytes);
        long link = chain;
        for (int i = 1; i <= count; i++) {
            int length = (int) Varint.get(in);
            if (length < 0 || length > in.remaining()) {
                throw new IllegalArgumentException("no update");
            }
            ByteBuffer body = in.slice(in.position(), length);
            link = next(link, bytes, in.position(), length);
            updates.add(new Linked(MarketUpdate.decode(after + i, body), link));
            in.position(in.position() + length);
        }
        return updates;
    }

    /** @param chain at this update */
    public record Linked(MarketUpdate update, long chain) {
    }

    /** The chain after one more update. */
    static long next(long chain, byte[] bytes, int from, int length) {
        long next = (chain ^ length) * FACTOR;
        for (int i = from; i < from + length; i++) {
            next = (Long.rotateLeft(next, 9) ^ bytes[i]) * FACTOR;
        }
        return next;
    }

    /** This batch and the one that follows on it as one; null if it does not follow. */
    public UpdateBatch join(UpdateBatch next) {
        if (next.after != last()) {
            return null;
        }
        return new UpdateBatch(after, chain, count + next.count,
                ByteBuffer.allocate(bytes.length + next.bytes.length).put(bytes).put(next.bytes).array());
    }

    @Override
    public void writeData(ObjectDataOutput out) throws IOException {
        out.writeLong(after);
        out.writeLong(chain);
        out.writeInt(count);
        out.writeByteArray(bytes);
    }

    @Override
    public void readData(ObjectDataInput in) throws IOException {
        after = in.readLong();
        chain = in.readLong();
        count = in.readInt();
        bytes = in.readByteArray();
    }
}
