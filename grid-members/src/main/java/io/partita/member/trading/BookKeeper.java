package io.partita.member.trading;

import io.partita.member.trading.OrderJournal.Head;
import io.partita.trading.venue.BookStatus;
import io.partita.trading.venue.HostedBook;
import io.partita.trading.venue.ReadBook;
import io.partita.trading.venue.ServeBook;
import io.partita.trading.venue.TrimBook;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import java.util.function.LongConsumer;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings the books of this member's partitions into service and keeps them there: raises the epoch, compares the book with the journal,
 * has its tail journaled, serves; a book that does not agree with the journal is made from it anew. The same way after a start, a
 * migration, a failover and a split. {@link #tick} is called by one thread; everything else is thread-safe.
 */
final class BookKeeper {

    private static final Logger LOG = LoggerFactory.getLogger(BookKeeper.class);
    /** After so many commands a book's state, some megabytes, is kept again; bounds what a start reads: about a second of work. */
    private static final long SNAPSHOT_EVERY = 500_000;
    /** Far longer than a commit takes: a journal that has not moved for so long while commands wait will not move by itself. */
    private static final long STUCK_NANOS = TimeUnit.SECONDS.toNanos(3);
    /** To read a long journal once more costs the other books; somebody has to look at it anyway. */
    private static final long BROKEN_NANOS = TimeUnit.SECONDS.toNanos(30);

    private final Books books;
    private final OrderJournal journal;
    private final OrderJournalWriter writer;
    private final LongSupplier nanosSinceEpoch;
    private final LongConsumer tellTime;
    private final AtomicBoolean dirty = new AtomicBoolean(true);
    private final Map<Long, Long> snapshots = new HashMap<>();
    private final Map<Long, State> states = new HashMap<>();
    /** How far each book's journal has come, and since when. */
    private final Map<Long, Progress> progress = new HashMap<>();
    /** Books that cannot be made from their journal, and when that is tried again. */
    private final Map<Long, Long> broken = new HashMap<>();
    private volatile Map<Long, Listing> listings = Map.of();
    private volatile Map<String, Listing> symbols = Map.of();
    private volatile List<Listing> dark = List.of();
    private volatile int serving;

    private record Progress(long journaled, long since) {
    }

    /** The state of a book after some command, which is to be kept when the journal has that command, written under the same epoch. */
    private record State(long sequence, int epoch, byte[] bytes) {
    }

    /** @param tellTime sends a book the time */
    BookKeeper(Books books, OrderJournal journal, OrderJournalWriter writer, LongSupplier nanosSinceEpoch, LongConsumer tellTime) {
        this.books = books;
        this.journal = journal;
        this.writer = writer;
        this.nanosSinceEpoch = nanosSinceEpoch;
        this.tellTime = tellTime;
    }

    /** Something has changed: look at all books soon. */
    void look() {
        dirty.set(true);
    }

    boolean wantsLook() {
        return dirty.get();
    }

    /** Instruments as of the last look. */
    Map<Long, Listing> listings() {
        return listings;
    }

    /** The instrument of a symbol, as of the last look. */
    Optional<Listing> listing(String symbol) {
        return Optional.ofNullable(symbol).map(symbols::get);
    }

    /** Those with a dark book, as of the last look. */
    List<Listing> dark() {
        return dark;
    }

    /** Books of this member that serve, as of the last look. */
    int serving() {
        return serving;
    }

    /** Books of this member. */
    int owned() {
        return (int) listings.keySet().stream().filter(books::local).count();
    }

    /** Reads what is listed. One at a time, so that nobody goes back to what there was before. */
    synchronized void learn() throws SQLException {
        List<Listing> read = journal.listings();
        listings = read.stream().collect(Collectors.toUnmodifiableMap(Listing::instrument, Function.identity()));
        symbols = read.stream().collect(Collectors.toUnmodifiableMap(Listing::symbol, Function.identity()));
        dark = read.stream().filter(listing -> listing.rules().dark()).toList();
    }

    /** One round over all books of this member; true if some have come into service. */
    boolean tick() throws SQLException {
        dirty.set(false);
        try {
            learn();
        } catch (SQLException away) {
            // What is due in a book does not wait for the database.
            statuses().forEach(this::tellWhatIsDue);
            throw away;
        }
        Map<Long, BookStatus> statuses = statuses();
        states.keySet().retainAll(statuses.keySet());
        // After the statuses: whoever still has the epoch of the journal had it then.
        Map<Long, Head> heads = journal.heads();
        Map<Boolean, List<Long>> idle = statuses.keySet().stream()
                .collect(Collectors.partitioningBy(instrument -> needsService(instrument, statuses.get(instrument), heads.get(instrument))));
        List<Long> due = idle.get(true).stream().filter(instrument -> !rests(instrument)).toList();
        // Before the others are looked after: what fails there is not to keep a book out of service.
        int more = due.isEmpty() ? 0 : serve(due);
        serving = idle.get(false).size() + more;
        for (long instrument : idle.get(false)) {
            lookAfter(instrument, statuses.get(instrument));
        }
        return more > 0;
    }

    private Map<Long, BookStatus> statuses() {
        Map<Long, BookStatus> statuses = new HashMap<>();
        for (long instrument : listings.keySet()) {
            if (books.local(instrument)) {
                try {
                    statuses.put(instrument, books.ask(instrument, new ReadBook.Status()));
                } catch (CompletionException moving) {
                    dirty.set(true);
                }
            }
        }
        return statuses;
    }

    private boolean needsService(long instrument, BookStatus status, Head head) {
        // An answer that was lost may have left a hole in what the writer got: the tail has all of it.
        boolean stuck = status.sequence() > writer.journaled(instrument) && unmoved(instrument) > STUCK_NANOS && writer.available();
        return !status.serving() || head == null || status.epoch() != head.epoch() || stuck;
    }

    /** For how long a book's journal has stood where it is. */
    private long unmoved(long instrument) {
        long journaled = writer.journaled(instrument);
        long now = System.nanoTime();
        return now - progress.merge(instrument, new Progress(journaled, now),
                (before, latest) -> before.journaled == journaled ? before : latest).since;
    }

    private boolean rests(long instrument) {
        Long until = broken.get(instrument);
        return until != null && System.nanoTime() - until < 0;
    }

    private void tellWhatIsDue(long instrument, BookStatus status) {
        if (status.serving() && status.due() != 0 && status.due() <= nanosSinceEpoch.getAsLong()) {
            tellTime.accept(instrument);
        }
    }

    private void lookAfter(long instrument, BookStatus status) throws SQLException {
        tellWhatIsDue(instrument, status);
        long journaled = writer.journaled(instrument);
        if (status.journaled() < journaled) {
            books.submit(instrument, new TrimBook(journaled));
        }
        State state = states.get(instrument);
        if (state != null && state.epoch == status.epoch()) {
            if (state.sequence <= journaled) {
                journal.snapshot(instrument, state.sequence, state.bytes);
                snapshots.put(instrument, state.sequence);
                states.remove(instrument);
            }
        } else if (status.sequence() - snapshots.computeIfAbsent(instrument, key -> status.sequence()) >= SNAPSHOT_EVERY) {
            state(instrument, status.epoch()).ifPresent(taken -> states.put(instrument, taken));
        }
    }

    private Optional<State> state(long instrument, int epoch) {
        ReadBook.State state = new ReadBook.State();
        books.ask(instrument, state);
        return Optional.ofNullable(state.image()).map(image -> new State(image.sequence(), epoch, image.encode()));
    }

    private int serve(List<Long> idle) throws SQLException {
        Map<Long, Head> raised = journal.raise(idle, books.member());
        int served = 0;
        for (Map.Entry<Long, Head> entry : raised.entrySet()) {
            try {
                served += serve(entry.getKey(), entry.getValue()) ? 1 : 0;
            } catch (CompletionException moving) {
                dirty.set(true);
            }
        }
        if (!raised.isEmpty()) {
            LOG.info("Serving {} more books", served);
        }
        return served;
    }

    private boolean serve(long instrument, Head head) throws SQLException {
        if (serves(instrument, head)) {
            return true;
        }
        HostedBook loaded = load(instrument);
        if (loaded == null) {
            return false;
        }
        books.install(loaded);
        LOG.info("Book {} is made from the journal, {} commands", instrument, loaded.sequence());
        return serves(instrument, head);
    }

    /** Null if its journal is damaged: the others are to serve all the same. */
    private HostedBook load(long instrument) throws SQLException {
        try {
            HostedBook loaded = journal.load(listings.get(instrument));
            broken.remove(instrument);
            return loaded;
        } catch (RuntimeException damaged) {
            LOG.error("Book {} cannot be made from its journal and stays out of service: {}", instrument, damaged.toString());
            broken.put(instrument, System.nanoTime() + BROKEN_NANOS);
            return null;
        }
    }

    private boolean serves(long instrument, Head head) {
        BookStatus status = books.ask(instrument, new ServeBook(head.epoch(), UUID.fromString(books.member()), head.sequence(), head.hash()));
        if (status.serving()) {
            writer.begin(instrument, head.epoch(), head.sequence(), status.tail());
        }
        return status.serving();
    }

    /** Keeps the states of all books, so that the next start reads little. */
    void snapshot() throws SQLException {
        for (long instrument : listings.keySet()) {
            if (books.local(instrument)) {
                Optional<State> state = state(instrument, 0);
                if (state.isPresent() && state.get().sequence <= writer.journaled(instrument)) {
                    journal.snapshot(instrument, state.get().sequence, state.get().bytes);
                }
            }
        }
    }
}
