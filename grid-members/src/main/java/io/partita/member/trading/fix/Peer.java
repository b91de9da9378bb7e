package io.partita.member.trading.fix;

import io.partita.member.PartitaProperties.FixSession;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.function.Consumer;
import org.jdbi.v3.core.Handle;
import quickfix.Message;
import quickfix.Session;
import quickfix.SessionID;

/** One session: who is on the other side, what they may do, and what they have been told. Thread-safe. */
final class Peer {

    private static final Consumer<Handle> NOTHING = handle -> { };

    private final SessionID id;
    private final FixSession rights;
    private final FixStore store;
    private volatile Session session;
    private volatile String bearer = "";

    Peer(SessionID id, FixSession rights, FixStore store) {
        this.id = id;
        this.rights = rights;
        this.store = store;
    }

    void session(Session opened) {
        session = opened;
    }

    Session session() {
        return session;
    }

    void bearer(String key) {
        bearer = key;
    }

    /** The key that it logged on with. */
    String bearer() {
        return bearer;
    }

    SessionID id() {
        return id;
    }

    FixSession rights() {
        return rights;
    }

    FixStore store() {
        return store;
    }

    int number() {
        return store.number();
    }

    /** Sends a message; one that cannot be delivered now is asked for again by the other side. */
    boolean tell(Message message) {
        return tell(message, NOTHING);
    }

    /** The same, and commits with it what is to be noted; false if neither happened. */
    boolean tell(Message message, Consumer<Handle> noted) {
        return store.sending(noted, () -> session.send(message));
    }

    /** The id of the command that a message of the connection leads to: always the same, and no other message's, whenever its ClOrdID is used again. */
    long command(String clOrdId, int sequence) {
        return command(clOrdId, store.epoch() + "-" + sequence);
    }

    /** The same for a message whose repeat is known by what it says. */
    long command(String clOrdId, String said) {
        return hash(id.getTargetCompID(), clOrdId, said);
    }

    /** A positive id for some words, as good as theirs alone. */
    static long hash(String... words) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(String.join("\u0001", words).getBytes(StandardCharsets.UTF_8));
            return Math.max(1, ByteBuffer.wrap(digest).getLong() & Long.MAX_VALUE);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
