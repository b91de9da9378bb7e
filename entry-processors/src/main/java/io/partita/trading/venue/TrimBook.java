package io.partita.trading.venue;

import com.hazelcast.map.EntryProcessor;
import com.hazelcast.nio.ObjectDataInput;
import com.hazelcast.nio.ObjectDataOutput;
import java.io.IOException;
import java.util.Map;

/** Tells a book and its backups how far the journal has come, when no command does. */
public final class TrimBook extends BookProcessor<Void> {

    private long journaled;

    /** For deserialization. */
    public TrimBook() {
    }

    public TrimBook(long journaled) {
        this.journaled = journaled;
    }

    @Override
    protected Void process(Map.Entry<Long, HostedBook> entry, HostedBook book) {
        if (book != null) {
            book.trim(journaled);
            entry.setValue(book);
        }
        return null;
    }

    @Override
    public EntryProcessor<Long, HostedBook, Void> getBackupProcessor() {
        return this;
    }

    @Override
    public void writeData(ObjectDataOutput out) throws IOException {
        out.writeLong(journaled);
    }

    @Override
    public void readData(ObjectDataInput in) throws IOException {
        journaled = in.readLong();
    }
}
