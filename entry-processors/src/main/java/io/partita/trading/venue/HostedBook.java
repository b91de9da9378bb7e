package io.partita.trading.venue;

import com.hazelcast.nio.ObjectDataInput;
import com.hazelcast.nio.ObjectDataOutput;
import com.hazelcast.nio.serialization.DataSerializable;
import io.partita.trading.Command;
import io.partita.trading.ExecutionReport;
import io.partita.trading.ExecutionSink;
import io.partita.trading.Instrument;
import io.partita.trading.book.PriceTimeBook;
import io.partita.trading.feed.MarketFeed;
import io.partita.trading.feed.UpdateBatch;
import io.partita.trading.venue.OperationMemory.Outcome;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInput;
import java.io.DataInputStream;
import java.io.DataOutput;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.UUID;

/**
 * A book as an entry of the grid. Commands change it on the owner of its partition; backups repeat them and arrive at the same hash.
 * Beside the matching state it has:
 *
 * <ul>
 * <li>the <b>tail</b>: commands that are not known to be in the order journal. Whoever serves the book next journals them;
 * <li>the <b>memory</b> of commands carried out lately, so that a repeat changes nothing and gets the first answer;
 * <li>the <b>log</b> of its last reports;
 * <li>the <b>feed</b>: the numbered updates of what everybody may know of it.
 * </ul>
 *
 * <p>Deterministic: the same commands lead to the same state. Not thread-safe: it lives on one partition thread.
 */
public final class HostedBook implements DataSerializable {

    /** More commands than this the tail does not hold; then the book waits for the journal. */
    public static final int MAX_TAIL = 200_000;
    /** Of updates that are published at once; readers ask for the rest. */
    static final int MAX_PUBLISHED = 1 << 19;
    private static final byte FORMAT = 3;
    private static final long UNKNOWN = -1;

    private PriceTimeBook book;
    private long sequence;
    private long orders;
    private OperationMemory operations = new OperationMemory();
    private ReportLog log = new ReportLog();
    private MarketFeed feed;
    private long published;
    /** Sequence of the last report before the present piece. */
    private long reportedBefore;
    private long journaled;
    private long journaledHash;
    private final ArrayDeque<Piece> tail = new ArrayDeque<>();
    /** For each piece of the tail the last report before it; {@value #UNKNOWN} for those that came with the book from elsewhere. */
    private final ArrayDeque<Long> before = new ArrayDeque<>();
    private boolean torn;

    private int epoch;
    private UUID owner;

    private ByteBuffer written = ByteBuffer.allocate(4096);
    private final DealLog deals = new DealLog();
    private final Command following = new Command();
    private final ExecutionSink reporting = this::report;
    /** How long all but its orders was as bytes the last time. */
    private int restBytes = 1 << 16;

    /** For deserialization. */
    public HostedBook() {
    }

    /** An empty book. */
    public HostedBook(Instrument instrument) {
        book = new PriceTimeBook(instrument);
        feed = new MarketFeed(book);
        journaledHash = book.hash();
    }

    public PriceTimeBook book() {
        return book;
    }

    /** Commands carried out so far. */
    public long sequence() {
        return sequence;
    }

    /** Of these, so many are known to be in the journal. */
    public long journaled() {
        return journaled;
    }

    /** Sequence of the last report. */
    public long reported() {
        return log.last();
    }

    /** What everybody may know of it. */
    public MarketFeed feed() {
        return feed;
    }

    /** The updates that the present piece has led to, or as many of them as travel well. */
    UpdateBatch updates() {
        return feed.after(published, MAX_PUBLISHED);
    }

    /** Reports as bytes, or null if they are not all there. */
    byte[] reports(long from, int count) {
        if (!log.has(from, count)) {
            return null;
        }
        byte[] reports = new byte[reportsLength(from, count)];
        copyReports(from, count, reports, 0);
        return reports;
    }

    /** How many bytes so many reports from a sequence on have; -1 if they are not all there. */
    int reportsLength(long from, int count) {
        return !log.has(from, count) ? -1 : count == 0 ? 0 : log.length(from, count);
    }

    /** Copies reports, which must be there, into an array; returns where they end in it. */
    int copyReports(long from, int count, byte[] into, int at) {
        return count == 0 ? at : log.copy(from, count, into, at);
    }

    /** Sequence of the last report that cannot be lost any more, the journal having come this far. */
    long reportedDurably(long journaledUpTo) {
        Iterator<Long> reports = before.iterator();
        for (Piece piece : tail) {
            long reported = reports.next();
            if (piece.last() > journaledUpTo) {
                return reported == UNKNOWN ? reportedBefore(piece) : reported;
            }
        }
        return log.last();
    }

    private long reportedBefore(Piece piece) {
        Command first = new Command().decode(ByteBuffer.wrap(piece.commands()));
        Outcome outcome = operations.find(first.account(), first.id());
        // Of a command that is forgotten nothing can be said; the next time its piece will be in the journal.
        return outcome == null ? 0 : outcome.firstReport() - 1;
    }

    // ---- commands --------------------------------------------------------------------------------------------------------

    /** What became of one command. */
    record Applied(Kind kind, long firstReport, int reports) {

        enum Kind {
            /** It was carried out. */
            NOW,
            /** It had been carried out before. */
            BEFORE,
            /** Another command had been carried out under its id. */
            ID_REUSED,
            /** It had been carried out, as its account knows, but nobody here remembers: it is not carried out again. */
            FORGOTTEN
        }
    }

    /** Begins a piece. */
    void begin() {
        written.clear();
        deals.begin();
        published = feed.sequence();
        reportedBefore = log.last();
    }

    /** Carries a command out, unless it has been before, and gives a new order its number. */
    Applied apply(Command command) {
        long content = command.fingerprint();
        if (command.id() != 0) {
            Outcome known = operations.find(command.account(), command.id());
            if (known != null) {
                return new Applied(known.content() == content ? Applied.Kind.BEFORE : Applied.Kind.ID_REUSED, known.firstReport(), known.reports());
            }
            if (command.isAgain()) {
                return new Applied(Applied.Kind.FORGOTTEN, 0, 0);
            }
        }
        number(command);
        if (written.remaining() < Command.MAX_BYTES) {
            written = ByteBuffer.allocate(written.capacity() * 2).put(written.flip());
        }
        command.encode(written);
        return carryOut(command, content);
    }

    private Applied carryOut(Command command, long content) {
        long before = log.last();
        book.apply(command, reporting);
        feed.done(book);
        sequence++;
        int reports = (int) (log.last() - before);
        if (command.id() != 0) {
            operations.add(command.account(), command.id(), new Outcome(content, before + 1, reports));
        }
        return new Applied(Applied.Kind.NOW, before + 1, reports);
    }

    private void report(ExecutionReport report) {
        log.add(report);
        deals.add(report);
        feed.on(report);
    }

    private void number(Command command) {
        switch (command.type()) {
            case NEW_ORDER -> command.numbered(++orders, 0);
            case CROSS -> command.numbered(++orders, ++orders);
            case QUOTE -> command.numbered(named(command.orderId()), named(command.contraOrderId()));
            default -> { }
        }
    }

    /** A quote may name the orders of the one before it. The number of an order that has ended, whosever it was, does not come to life again. */
    private long named(long order) {
        return book.live(order) ? order : ++orders;
    }

    /** Ends a piece of so many commands, and keeps it until it is in the journal; null for none. */
    Piece end(int count) {
        if (count == 0) {
            return null;
        }
        Piece piece = new Piece(sequence - count + 1, count, Arrays.copyOf(written.array(), written.position()), book.hash(), deals.encoded());
        keep(piece);
        return piece;
    }

    private void keep(Piece piece) {
        tail.add(piece);
        before.add(reportedBefore);
    }

    /** Repeats what the owner did. A backup that has missed something is torn from here on: it will not serve. */
    void follow(Piece piece, long journaledUpTo) {
        if (torn || piece.first() != sequence + 1) {
            torn |= piece.last() > sequence;
            return;
        }
        replay(piece);
        torn = book.hash() != piece.hash();
        keep(piece.with(deals.encoded()));
        trim(journaledUpTo);
    }

    /** Carries out a piece of the journal. */
    public void recover(Piece piece) {
        if (piece.first() != sequence + 1) {
            throw new IllegalArgumentException("commands from " + piece.first() + " on do not follow on " + sequence);
        }
        replay(piece);
        if (book.hash() != piece.hash()) {
            throw new IllegalStateException("the commands from " + piece.first() + " to " + piece.last() + " lead to another book than they did");
        }
        journaled = sequence;
        journaledHash = piece.hash();
    }

    private void replay(Piece piece) {
        begin();
        ByteBuffer in = ByteBuffer.wrap(piece.commands());
        while (in.hasRemaining()) {
            Command command = following.decode(in);
            orders = Math.max(orders, numbers(command));
            carryOut(command, command.fingerprint());
        }
    }

    /** The highest number that the venue gave with this command. */
    private static long numbers(Command command) {
        return switch (command.type()) {
            case NEW_ORDER -> command.orderId();
            case CROSS, QUOTE -> Math.max(command.orderId(), command.contraOrderId());
            default -> 0;
        };
    }

    /** The journal has everything up to here. */
    void trim(long upTo) {
        while (!tail.isEmpty() && tail.peek().last() <= upTo) {
            Piece piece = tail.poll();
            before.poll();
            journaled = piece.last();
            journaledHash = piece.hash();
        }
    }

    int tailLength() {
        return (int) (sequence - journaled);
    }

    // ---- service ---------------------------------------------------------------------------------------------------------

    /** The epoch under which the present owner serves. */
    public int epoch() {
        return epoch;
    }

    boolean servedBy(UUID member) {
        return member.equals(owner);
    }

    /**
     * Begins to serve, if what the journal has is what this book has been through.
     *
     * @param journalSequence commands in the journal
     * @param journalHash     of the book after them
     */
    boolean serve(int newEpoch, UUID member, long journalSequence, long journalHash) {
        if (torn || !agrees(journalSequence, journalHash)) {
            return false;
        }
        trim(journalSequence);
        epoch = newEpoch;
        owner = member;
        return true;
    }

    private boolean agrees(long journalSequence, long journalHash) {
        return journalSequence == journaled ? journalHash == journaledHash
                : tail.stream().anyMatch(piece -> piece.last() == journalSequence && piece.hash() == journalHash);
    }

    void yieldOwnership() {
        owner = null;
    }

    /** What is still to be journaled. */
    List<Piece> tail() {
        return List.copyOf(tail);
    }

    // ---- as bytes --------------------------------------------------------------------------------------------------------

    /** Everything but who serves it, as {@link #decode} takes it. */
    byte[] encode() {
        return image(journaled, journaledHash, tail()).encode();
    }

    /** The same as it will be once the journal has all of it; not to be used before. */
    BookImage imageAsJournaled() {
        return image(sequence, book.hash(), List.of());
    }

    private BookImage image(long inJournal, long hashInJournal, List<Piece> waiting) {
        // It hardly grows from one time to the next, and what is too small is copied while the book waits.
        ByteArrayOutputStream rest = new ByteArrayOutputStream(restBytes + restBytes / 16);
        try {
            writeRest(new DataOutputStream(rest), inJournal, hashInJournal, waiting);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        restBytes = rest.size();
        return new BookImage(sequence, FORMAT, book.image(), rest.toByteArray());
    }

    /** @throws IllegalArgumentException if the bytes are no book */
    public static HostedBook decode(byte[] bytes) {
        HostedBook book = new HostedBook();
        try {
            book.read(new DataInputStream(new ByteArrayInputStream(bytes)));
        } catch (IOException e) {
            throw new IllegalArgumentException("no book", e);
        }
        return book;
    }

    @Override
    public void writeData(ObjectDataOutput out) throws IOException {
        out.writeByte(FORMAT);
        Piece.writeBytes(out, book.snapshot());
        writeRest(out, journaled, journaledHash, tail());
    }

    @Override
    public void readData(ObjectDataInput in) throws IOException {
        read(in);
    }

    private void writeRest(DataOutput out, long inJournal, long hashInJournal, List<Piece> waiting) throws IOException {
        out.writeLong(sequence);
        out.writeLong(orders);
        operations.write(out);
        log.write(out);
        feed.write(out);
        out.writeLong(inJournal);
        out.writeLong(hashInJournal);
        Piece.writeAll(out, waiting);
        out.writeBoolean(torn);
    }

    private void read(DataInput in) throws IOException {
        if (in.readByte() != FORMAT) {
            throw new IOException("a book of another version");
        }
        book = PriceTimeBook.restore(Piece.readBytes(in));
        sequence = in.readLong();
        orders = in.readLong();
        operations = new OperationMemory();
        operations.read(in);
        log = new ReportLog();
        log.read(in);
        feed = MarketFeed.read(in, book);
        journaled = in.readLong();
        journaledHash = in.readLong();
        tail.clear();
        tail.addAll(Piece.readAll(in));
        before.clear();
        tail.forEach(piece -> before.add(UNKNOWN));
        torn = in.readBoolean();
    }
}
