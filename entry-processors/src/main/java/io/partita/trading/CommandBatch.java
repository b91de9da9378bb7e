package io.partita.trading;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;

/**
 * Commands of one instrument as the bytes in which they travel, from the client into the processor that carries them out. What is in a batch can be
 * decoded, so that a processor does not fail half way. Unmodifiable, thread-safe.
 */
public final class CommandBatch {

    private static final int USUAL_BYTES = 48;

    private final byte[] bytes;
    private final long[] ids;

    private CommandBatch(byte[] bytes, long[] ids) {
        this.bytes = bytes;
        this.ids = ids;
    }

    /** Commands as they are now. */
    public static CommandBatch of(List<Command> commands) {
        ByteBuffer out = ByteBuffer.allocate(commands.size() * USUAL_BYTES + Command.MAX_BYTES);
        long[] ids = new long[commands.size()];
        for (int i = 0; i < ids.length; i++) {
            if (out.remaining() < Command.MAX_BYTES) {
                out = ByteBuffer.allocate(out.capacity() * 2).put(out.flip());
            }
            Command command = commands.get(i);
            command.encode(out);
            ids[i] = command.id();
        }
        return new CommandBatch(Arrays.copyOf(out.array(), out.position()), ids);
    }

    /** How many there are. */
    public int size() {
        return ids.length;
    }

    /** The id of one of them. */
    public long id(int index) {
        return ids[index];
    }

    /** Whether each has an id. */
    public boolean named() {
        return Arrays.stream(ids).noneMatch(id -> id == 0);
    }

    /** Batches as one, encoded one after another; not to be changed. */
    public static byte[] encoded(List<CommandBatch> batches) {
        if (batches.size() == 1) {
            return batches.getFirst().bytes;
        }
        ByteBuffer all = ByteBuffer.allocate(batches.stream().mapToInt(batch -> batch.bytes.length).sum());
        batches.forEach(batch -> all.put(batch.bytes));
        return all.array();
    }

    /** Writes them as {@link #read} takes them. */
    public void write(DataOutput out) throws IOException {
        out.writeInt(ids.length);
        out.writeInt(bytes.length);
        out.write(bytes);
    }

    /** @throws IOException for what no client writes */
    public static CommandBatch read(DataInput in) throws IOException {
        int count = in.readInt();
        int length = in.readInt();
        if (count < 0 || count > TradingGateway.MAX_BATCH || length < 0 || length > count * Command.MAX_BYTES) {
            throw new IOException("no call that a client makes: " + count + " commands in " + length + " bytes");
        }
        byte[] bytes = new byte[length];
        in.readFully(bytes);
        try {
            return new CommandBatch(bytes, ids(ByteBuffer.wrap(bytes), count));
        } catch (RuntimeException garbage) {
            throw new IOException("no call that a client makes", garbage);
        }
    }

    private static long[] ids(ByteBuffer in, int count) {
        long[] ids = new long[count];
        Command command = new Command();
        for (int i = 0; i < count; i++) {
            ids[i] = command.decode(in).id();
        }
        if (in.hasRemaining()) {
            throw new IllegalArgumentException("more than " + count + " commands");
        }
        return ids;
    }
}
