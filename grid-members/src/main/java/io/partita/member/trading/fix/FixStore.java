package io.partita.member.trading.fix;

import java.io.IOException;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.Date;
import java.util.Optional;
import java.util.function.Consumer;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;
import quickfix.MessageStore;

/**
 * The sequence numbers and messages of a session, in PostgreSQL. Every logon raises the session's epoch; whatever an earlier connection,
 * on this member or another, still wants to write is refused from then on. A message, its number, and what the sender wants to note with it
 * ({@link #sending}) are one commit. Thread-safe.
 */
final class FixStore implements MessageStore {

    /** Of market data nothing is kept: by the time that somebody asks for it again it is not true any more. */
    private static final String SNAPSHOT = "\u000135=W\u0001";
    private static final String INCREMENT = "\u000135=X\u0001";

    private final Jdbi jdbi;
    private final HeldDatabase held;
    private final int number;
    private final Runnable overtaken;
    private final ThreadLocal<Consumer<Handle>> along = new ThreadLocal<>();
    private int epoch;
    private int nextSender;
    private int nextTarget;
    private Date created = new Date();
    /** Who is about to log on wants to begin at 1; done once it is known that they may. */
    private boolean anew;
    private int waitingSequence;
    private String waiting;

    /** @param overtaken told when another connection of the session has begun */
    FixStore(Jdbi jdbi, HeldDatabase held, String name, Runnable overtaken) {
        this.jdbi = jdbi;
        this.held = held;
        this.overtaken = overtaken;
        number = jdbi.inTransaction(handle -> {
            handle.execute("insert into fix_session (name) values (?) on conflict do nothing", name);
            return handle.select("select number from fix_session where name = ?", name).mapTo(Integer.class).one();
        });
        read();
    }

    /** The number of the session, as orders in books carry it. */
    int number() {
        return number;
    }

    /** The epoch of the connection, 0 before the first. */
    synchronized int epoch() {
        return epoch;
    }

    /** Begins a connection on a member; empty if there was none that ended in disorder, else what was its epoch. */
    synchronized Optional<Integer> claim(String member) {
        boolean left = jdbi.inTransaction(handle -> {
            boolean held = handle.select("select owner is not null from fix_session where number = ? for update", number).mapTo(Boolean.class).one();
            handle.execute("update fix_session set epoch = epoch + 1, owner = ? where number = ?", member, number);
            if (anew) {
                begin(handle);
            }
            return held;
        });
        anew = false;
        epoch = read();
        return left ? Optional.of(epoch - 1) : Optional.empty();
    }

    /** The connection is over, and nothing is left to do about that. */
    static void release(Jdbi jdbi, int number, int epoch) {
        jdbi.useHandle(handle -> handle.execute("update fix_session set owner = null where number = ? and epoch = ?", number, epoch));
    }

    /** Takes the numbers as they are, and returns the epoch. */
    private int read() {
        return jdbi.withHandle(handle -> handle.select("select epoch, next_sender, next_target, created from fix_session where number = ?", number)
                .map((row, context) -> {
                    nextSender = row.getInt(2);
                    nextTarget = row.getInt(3);
                    created = Date.from(row.getObject(4, OffsetDateTime.class).toInstant());
                    return row.getInt(1);
                }).one());
    }

    /**
     * Lets something be sent by this thread, and commits with it what is to be noted.
     *
     * @return true if it was committed
     */
    boolean sending(Consumer<Handle> noted, Runnable send) {
        along.set(noted);
        try {
            send.run();
            return along.get() == null;
        } finally {
            along.remove();
        }
    }

    @Override
    public synchronized boolean set(int sequence, String message) {
        waitingSequence = sequence;
        waiting = message;
        return true;
    }

    @Override
    public synchronized void incrNextSenderMsgSeqNum() throws IOException {
        Consumer<Handle> noted = along.get();
        String message = waiting;
        waiting = null;
        write("next_sender", nextSender + 1, handle -> {
            if (message != null && !message.contains(SNAPSHOT) && !message.contains(INCREMENT)) {
                handle.execute("""
                        insert into fix_message (session, sequence, message) values (?, ?, ?)
                        on conflict (session, sequence) do update set message = excluded.message""", number, waitingSequence, message);
            }
            if (noted != null) {
                noted.accept(handle);
            }
        });
        nextSender++;
        if (epoch != 0) {
            along.remove();
        }
    }

    /** Before somebody has properly logged on, nothing is written. While the database is away, this waits; what is written twice is the same. */
    private void write(String column, int value, Consumer<Handle> further) throws IOException {
        if (epoch == 0) {
            return;
        }
        try {
            held.ask(handle -> {
                if (handle.execute("update fix_session set " + column + " = ? where number = ? and epoch = ?", value, number, epoch) != 1) {
                    throw new OvertakenException();
                }
                further.accept(handle);
                return null;
            });
        } catch (OvertakenException another) {
            overtaken.run();
            throw new IOException("another connection of the session has begun", another);
        } catch (JdbiException failure) {
            throw new IOException("the database does not answer", failure);
        }
    }

    private static final class OvertakenException extends RuntimeException {
    }

    @Override
    public void get(int first, int last, Collection<String> messages) throws IOException {
        try {
            messages.addAll(held.ask(handle -> handle.select(
                    "select message from fix_message where session = ? and sequence between ? and ? order by sequence", number, first, last)
                    .mapTo(String.class).list()));
        } catch (JdbiException failure) {
            throw new IOException("the database does not answer", failure);
        }
    }

    @Override
    public synchronized int getNextSenderMsgSeqNum() {
        return nextSender;
    }

    @Override
    public synchronized int getNextTargetMsgSeqNum() {
        return nextTarget;
    }

    @Override
    public synchronized void setNextSenderMsgSeqNum(int next) throws IOException {
        write("next_sender", next, handle -> { });
        nextSender = next;
    }

    @Override
    public synchronized void setNextTargetMsgSeqNum(int next) throws IOException {
        write("next_target", next, handle -> { });
        nextTarget = next;
    }

    @Override
    public synchronized void incrNextTargetMsgSeqNum() throws IOException {
        setNextTargetMsgSeqNum(nextTarget + 1);
    }

    @Override
    public synchronized Date getCreationTime() {
        return created;
    }

    /** Both sides begin at 1 again. */
    @Override
    public synchronized void reset() throws IOException {
        anew = epoch == 0;
        write("next_target", 1, this::begin);
        nextSender = 1;
        nextTarget = 1;
        created = new Date();
    }

    private void begin(Handle handle) {
        handle.execute("update fix_session set next_sender = 1, next_target = 1, created = now() where number = ?", number);
        handle.execute("delete from fix_message where session = ?", number);
    }

    /** What another member may have written since; asked for before every logon. */
    @Override
    public synchronized void refresh() throws IOException {
        try {
            read();
            epoch = 0;
            anew = false;
        } catch (JdbiException failure) {
            throw new IOException("the database does not answer", failure);
        }
    }
}
