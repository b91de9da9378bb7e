package io.partita.trading.venue;

import com.hazelcast.nio.ObjectDataInput;
import com.hazelcast.nio.ObjectDataOutput;
import io.partita.trading.Execution;
import io.partita.trading.book.PriceTimeBook;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Map;

/** Asks a book what it knows of one account; null if it is not served here. */
public final class ReadOrders extends BookProcessor<OrdersOf> {

    private static final int FIELDS = 5;

    private long account;
    private long after;

    /** For deserialization. */
    public ReadOrders() {
    }

    /** @param after only what was reported after this */
    public ReadOrders(long account, long after) {
        this.account = account;
        this.after = after;
    }

    @Override
    protected OrdersOf process(Map.Entry<Long, HostedBook> entry, HostedBook hosted) {
        if (!served(hosted)) {
            return null;
        }
        PriceTimeBook book = hosted.book();
        return new OrdersOf(hosted.reported(), book.lastPrice() > 0 ? book.lastPrice() : book.referencePrice(), orders(book), reports(hosted));
    }

    private long[] orders(PriceTimeBook book) {
        long[][] found = {new long[8 * FIELDS]};
        int[] length = {0};
        book.orders((id, owner, side, price, leaves, shown, filled, stop, rank) -> {
            if (owner != account) {
                return;
            }
            if (length[0] == found[0].length) {
                found[0] = Arrays.copyOf(found[0], 2 * length[0]);
            }
            // A pegged order's limit is where others have their stop price.
            long[] fields = {id, side.ordinal(), Math.max(price, stop), leaves, filled};
            System.arraycopy(fields, 0, found[0], length[0], FIELDS);
            length[0] += FIELDS;
        });
        return Arrays.copyOf(found[0], length[0]);
    }

    private byte[] reports(HostedBook hosted) {
        if (after >= hosted.reported()) {
            return new byte[0];
        }
        byte[] all = hosted.reports(after + 1, (int) Math.min(hosted.reported() - after, Integer.MAX_VALUE));
        if (all == null) {
            return null;
        }
        ByteArrayOutputStream mine = new ByteArrayOutputStream();
        ByteBuffer in = ByteBuffer.wrap(all);
        while (in.hasRemaining()) {
            int from = in.position();
            if (Execution.decode(in).account() == account) {
                mine.write(all, from, in.position() - from);
            }
        }
        return mine.toByteArray();
    }

    @Override
    public void writeData(ObjectDataOutput out) throws IOException {
        out.writeLong(account);
        out.writeLong(after);
    }

    @Override
    public void readData(ObjectDataInput in) throws IOException {
        account = in.readLong();
        after = in.readLong();
    }
}
