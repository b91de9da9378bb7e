package io.partita.trading.venue;

import com.hazelcast.map.EntryProcessor;
import com.hazelcast.nio.ObjectDataInput;
import com.hazelcast.nio.ObjectDataOutput;
import com.hazelcast.nio.serialization.IdentifiedDataSerializable;
import io.partita.trading.Command;
import io.partita.trading.venue.HostedBook.Applied;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Map;

/**
 * Carries commands out, one after another, where the book is served; its backups then repeat what was carried out. Also tells the book
 * how far the journal has come.
 */
public final class Trade extends BookProcessor<Traded> implements IdentifiedDataSerializable {

    private byte[] commands;
    private int count;
    private long time;
    private long journaled;
    private transient Piece done;
    private transient boolean travelled;
    private transient Traded outcome;

    /** For deserialization. */
    public Trade() {
        travelled = true;
    }

    /**
     * @param commands  encoded, one after another
     * @param count     how many there are
     * @param time      when they reached the venue; the book takes the later of this and its own
     * @param journaled all commands of the book up to this one are in the journal
     */
    public Trade(byte[] commands, int count, long time, long journaled) {
        this.commands = commands;
        this.count = count;
        this.time = time;
        this.journaled = journaled;
    }

    /**
     * What it led to.
     *
     * @param returned what the grid has answered: nothing if the book is on the member that asked, since there no bytes are made of it
     */
    public Traded outcome(Traded returned) {
        return returned == null ? outcome : returned;
    }

    @Override
    protected Traded process(Map.Entry<Long, HostedBook> entry, HostedBook book) {
        Traded traded = traded(entry, book);
        if (travelled) {
            return traded;
        }
        outcome = traded;
        return null;
    }

    private Traded traded(Map.Entry<Long, HostedBook> entry, HostedBook book) {
        done = null;
        if (!served(book)) {
            return Traded.notServed();
        }
        book.trim(journaled);
        if (book.tailLength() + count > HostedBook.MAX_TAIL) {
            return Traded.full();
        }
        Applied[] applied = new Applied[count];
        ByteBuffer in = ByteBuffer.wrap(commands);
        Command command = new Command();
        int now = 0;
        book.begin();
        for (int i = 0; i < count; i++) {
            applied[i] = book.apply(command.decode(in).at(time));
            now += applied[i].kind() == Applied.Kind.NOW ? 1 : 0;
        }
        done = book.end(now);
        if (done != null) {
            entry.setValue(book);
        }
        return Traded.of(book, applied, done);
    }

    @Override
    public EntryProcessor<Long, HostedBook, Traded> getBackupProcessor() {
        // A backup finds out for itself what the commands lead to.
        return done == null ? null : new Follow(done.with(new byte[0]), journaled);
    }

    @Override
    public int getFactoryId() {
        return VenueSerialization.FACTORY;
    }

    @Override
    public int getClassId() {
        return VenueSerialization.TRADE;
    }

    @Override
    public void writeData(ObjectDataOutput out) throws IOException {
        out.writeByteArray(commands);
        out.writeInt(count);
        out.writeLong(time);
        out.writeLong(journaled);
    }

    @Override
    public void readData(ObjectDataInput in) throws IOException {
        commands = in.readByteArray();
        count = in.readInt();
        time = in.readLong();
        journaled = in.readLong();
    }

    /** The backups' part. */
    static final class Follow extends BookProcessor<Traded> implements IdentifiedDataSerializable {

        private Piece piece;
        private long journaled;

        Follow() {
        }

        Follow(Piece piece, long journaled) {
            this.piece = piece;
            this.journaled = journaled;
        }

        @Override
        protected Traded process(Map.Entry<Long, HostedBook> entry, HostedBook book) {
            if (book != null) {
                book.follow(piece, journaled);
                entry.setValue(book);
            }
            return null;
        }

        @Override
        public int getFactoryId() {
            return VenueSerialization.FACTORY;
        }

        @Override
        public int getClassId() {
            return VenueSerialization.FOLLOW;
        }

        @Override
        public void writeData(ObjectDataOutput out) throws IOException {
            piece.write(out);
            out.writeLong(journaled);
        }

        @Override
        public void readData(ObjectDataInput in) throws IOException {
            piece = Piece.read(in);
            journaled = in.readLong();
        }
    }
}
