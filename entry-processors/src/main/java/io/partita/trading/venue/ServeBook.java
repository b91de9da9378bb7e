package io.partita.trading.venue;

import com.hazelcast.map.EntryProcessor;
import com.hazelcast.nio.ObjectDataInput;
import com.hazelcast.nio.ObjectDataOutput;
import java.io.IOException;
import java.util.Map;
import java.util.UUID;

/**
 * Makes a member the book's server under an epoch that it has raised, if the book has been through what the journal has; answers what is
 * still to be journaled. On backups it ends whatever service an earlier owner may have left there.
 */
public final class ServeBook extends BookProcessor<BookStatus> {

    private int epoch;
    private UUID owner;
    private long sequence;
    private long hash;

    /** For deserialization. */
    public ServeBook() {
    }

    public ServeBook(int epoch, UUID owner, long sequence, long hash) {
        this.epoch = epoch;
        this.owner = owner;
        this.sequence = sequence;
        this.hash = hash;
    }

    @Override
    protected BookStatus process(Map.Entry<Long, HostedBook> entry, HostedBook book) {
        boolean serves = book != null && book.serve(epoch, owner, sequence, hash);
        if (serves) {
            entry.setValue(book);
        }
        return BookStatus.of(book, serves && served(book), serves);
    }

    @Override
    public EntryProcessor<Long, HostedBook, BookStatus> getBackupProcessor() {
        return new Yield();
    }

    @Override
    public void writeData(ObjectDataOutput out) throws IOException {
        out.writeInt(epoch);
        out.writeLong(owner.getMostSignificantBits());
        out.writeLong(owner.getLeastSignificantBits());
        out.writeLong(sequence);
        out.writeLong(hash);
    }

    @Override
    public void readData(ObjectDataInput in) throws IOException {
        epoch = in.readInt();
        owner = new UUID(in.readLong(), in.readLong());
        sequence = in.readLong();
        hash = in.readLong();
    }

    /** The backups' part; and what an owner is told whose epoch is over. */
    public static final class Yield extends BookProcessor<BookStatus> {

        @Override
        protected BookStatus process(Map.Entry<Long, HostedBook> entry, HostedBook book) {
            if (book != null) {
                book.yieldOwnership();
            }
            return null;
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
}
