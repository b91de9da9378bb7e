package io.partita.trading.venue;

import com.hazelcast.nio.ObjectDataInput;
import com.hazelcast.nio.ObjectDataOutput;
import com.hazelcast.nio.serialization.DataSerializable;
import java.io.IOException;
import java.util.List;

/** How a book is doing, where its partition's owner has it. */
public final class BookStatus implements DataSerializable {

    private boolean present;
    private boolean serving;
    private int epoch;
    private long sequence;
    private long journaled;
    private long due;
    private List<Piece> tail = List.of();

    /** For deserialization. */
    public BookStatus() {
    }

    static BookStatus of(HostedBook book, boolean serving, boolean withTail) {
        BookStatus status = new BookStatus();
        if (book != null) {
            status.present = true;
            status.serving = serving;
            status.epoch = book.epoch();
            status.sequence = book.sequence();
            status.journaled = book.journaled();
            status.due = book.book().nextDue();
            status.tail = withTail ? book.tail() : List.of();
        }
        return status;
    }

    /** True if there is a state. */
    public boolean present() {
        return present;
    }

    public boolean serving() {
        return serving;
    }

    public int epoch() {
        return epoch;
    }

    /** Commands carried out. */
    public long sequence() {
        return sequence;
    }

    /** Commands known to be in the journal. */
    public long journaled() {
        return journaled;
    }

    /** When something happens in it by itself, an expiry or the end of a phase: nanoseconds since 1970, 0 for never. */
    public long due() {
        return due;
    }

    /** What is still to be journaled, when the book has just begun to serve. */
    public List<Piece> tail() {
        return tail;
    }

    @Override
    public void writeData(ObjectDataOutput out) throws IOException {
        out.writeBoolean(present);
        out.writeBoolean(serving);
        out.writeInt(epoch);
        out.writeLong(sequence);
        out.writeLong(journaled);
        out.writeLong(due);
        Piece.writeAll(out, tail);
    }

    @Override
    public void readData(ObjectDataInput in) throws IOException {
        present = in.readBoolean();
        serving = in.readBoolean();
        epoch = in.readInt();
        sequence = in.readLong();
        journaled = in.readLong();
        due = in.readLong();
        tail = Piece.readAll(in);
    }
}
