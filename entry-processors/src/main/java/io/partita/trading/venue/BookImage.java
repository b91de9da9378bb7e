package io.partita.trading.venue;

import java.nio.ByteBuffer;
import java.util.function.Supplier;

/**
 * A book as it was at one moment, to be made into bytes later and by any thread. To copy what changes takes a fraction of the time that encoding it does, and
 * that is all that the book waits for. Immutable, thread-safe.
 */
public final class BookImage {

    private final long sequence;
    private final byte format;
    private final Supplier<byte[]> matching;
    private final byte[] rest;

    BookImage(long sequence, byte format, Supplier<byte[]> matching, byte[] rest) {
        this.sequence = sequence;
        this.format = format;
        this.matching = matching;
        this.rest = rest;
    }

    /** Commands that the book had carried out. */
    public long sequence() {
        return sequence;
    }

    /** The book as {@link HostedBook#decode} takes it. */
    public byte[] encode() {
        byte[] orders = matching.get();
        return ByteBuffer.allocate(1 + Integer.BYTES + orders.length + rest.length).put(format).putInt(orders.length).put(orders).put(rest).array();
    }
}
