package io.partita.trading.venue;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Commands that a book has carried out one after another, as the order journal keeps them.
 *
 * @param first    sequence of the first command in its book, dense from 1
 * @param count    how many there are
 * @param commands encoded, one after another
 * @param hash     of the book after the last one
 * @param deals    the trades that they led to, encoded one after another; empty where they are not known
 */
public record Piece(long first, int count, byte[] commands, long hash, byte[] deals) {

    private static final byte[] UNKNOWN = {};

    /** Commands without what they led to. */
    public Piece(long first, int count, byte[] commands, long hash) {
        this(first, count, commands, hash, UNKNOWN);
    }

    Piece with(byte[] otherDeals) {
        return new Piece(first, count, commands, hash, otherDeals);
    }

    /** Sequence of the last command. */
    public long last() {
        return first + count - 1;
    }

    void write(DataOutput out) throws IOException {
        out.writeLong(first);
        out.writeInt(count);
        writeBytes(out, commands);
        out.writeLong(hash);
        writeBytes(out, deals);
    }

    static Piece read(DataInput in) throws IOException {
        return new Piece(in.readLong(), in.readInt(), readBytes(in), in.readLong(), readBytes(in));
    }

    static void writeAll(DataOutput out, List<Piece> pieces) throws IOException {
        out.writeInt(pieces.size());
        for (Piece piece : pieces) {
            piece.write(out);
        }
    }

    static List<Piece> readAll(DataInput in) throws IOException {
        int count = in.readInt();
        List<Piece> pieces = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            pieces.add(read(in));
        }
        return pieces;
    }

    static void writeBytes(DataOutput out, byte[] bytes) throws IOException {
        out.writeInt(bytes.length);
        out.write(bytes);
    }

    static byte[] readBytes(DataInput in) throws IOException {
        byte[] bytes = new byte[in.readInt()];
        in.readFully(bytes);
        return bytes;
    }
}
