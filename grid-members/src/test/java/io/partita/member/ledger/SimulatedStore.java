package io.partita.member.ledger;

import io.partita.ledger.AccountCommand;
import io.partita.ledger.LedgerNames;
import io.partita.ledger.TransferKind;
import io.partita.ledger.journal.Frontier;
import io.partita.ledger.journal.JournalEntry;
import io.partita.member.ledger.JournalBatch.Place;
import io.partita.member.ledger.ViewTable.View;
import io.partita.member.simulation.Host;
import io.partita.member.simulation.Network;
import io.partita.member.simulation.Sabotage;
import io.partita.member.simulation.World;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;

/**
 * PostgreSQL in a schedule: what is committed, and the sessions that are about to commit. Models what the ledger relies on (a unique
 * index waits for whoever is inserting the same key; the head's row lock goes from one session to the next; a session that ends rolls
 * back) and what it must survive: a crash, and a connection that is lost before or after a request was carried out.
 */
public final class SimulatedStore {

    /** A session that is idle inside a transaction is ended, and one that waits for a lock gives up, as the journal's pool asks for. */
    private static final long IDLE_LIMIT = 3 * World.SECONDS;
    private static final long LOCK_LIMIT = 10 * World.SECONDS;
    private static final long DEADLOCK_CHECK = World.SECONDS;

    private static final int ACCOUNT_COMMANDS = 3;
    private static final int ACCOUNTS = 4;

    final World world;
    final Network network;
    final Sabotage sabotage;
    private final int place;
    Host host;

    // What is committed.
    private final List<Batch> batches = new ArrayList<>();
    private final Map<Long, Batch> byNumber = new HashMap<>();
    private final Map<UUID, Row> transfers = new HashMap<>();
    private final Set<Key> keys = new HashSet<>();
    final Map<UUID, Row> endings = new HashMap<>();
    final Map<UUID, Row> reversals = new HashMap<>();
    final Map<UUID, ChangeRow> changes = new HashMap<>();
    final Map<Integer, TreeMap<Long, byte[]>> checkpoints = new HashMap<>();
    final int[] epochs = new int[LedgerNames.SHARD_COUNT];
    private long[] sequences = new long[LedgerNames.SHARD_COUNT];
    private byte[] frontier = new byte[0];
    private long size;
    private long bookedAt;
    long fence;
    View view;
    long leaseUntil;
    private long nextNumber;

    // Sessions under way.
    private final Set<Session> sessions = new LinkedHashSet<>();
    private final Map<Key, Session> inserting = new HashMap<>();
    private final ArrayDeque<Waiter> waiters = new ArrayDeque<>();
    private Session headHolder;

    /** A committed batch. */
    public record Batch(JournalBatchView journal, long position, long bookedAt, long end) {

        /** The sequence that an entry has in the shard of one of its accounts. */
        public long sequence(long account, int ordinal) {
            return journal.firsts[Arrays.binarySearch(journal.shards, LedgerNames.shardOf(account))] + ordinal;
        }
    }

    /** A batch, for those who check it. */
    public record JournalBatchView(long number, List<? extends JournalEntry> entries, int[] shards, int[] counts, long[] firsts) {
    }

    /** A transfer in the journal. */
    record Row(JournalEntry.Booking entry, Batch batch) {

        long position() {
            return batch.position + entry.index();
        }
    }

    /** An account command in the journal. */
    record ChangeRow(JournalEntry.AccountChange entry, Batch batch) {
    }

    /** A value that a unique index admits once. */
    private record Key(int index, UUID value) {
    }

    private record Waiter(Session session, CompletableFuture<JournalHead> granted) {
    }

    public SimulatedStore(World world, Network network, int place, Sabotage sabotage) {
        this.world = world;
        this.network = network;
        this.place = place;
        this.sabotage = sabotage;
        this.host = new Host(place);
    }

    public int place() {
        return place;
    }

    // ---- faults --------------------------------------------------------------------------------------------------------

    /** The server dies: open transactions are gone. */
    public void crash() {
        if (host != null) {
            host.kill();
            host = null;
        }
        List.copyOf(sessions).forEach(session -> end(session, "the server has gone away"));
    }

    public void start() {
        if (host == null) {
            host = new Host(place);
        }
    }

    public boolean up() {
        return host != null;
    }

    /** A process has died: its connections are closed, though what it sent last may arrive before. */
    public void disconnect(Host client) {
        for (Session session : List.copyOf(sessions)) {
            if (session.client == client) {
                world.after(world.between(0, 50 * World.MILLIS), () -> end(session, "the client has gone away"));
            }
        }
    }

    // ---- sessions ------------------------------------------------------------------------------------------------------

    /** One connection in one transaction. */
    final class Session {
        final Host client;
        private final Set<Key> mine = new LinkedHashSet<>();
        private final Set<CompletableFuture<?>> open = new LinkedHashSet<>();
        private JournalBatch copied;
        private Session waitingFor;
        private boolean ended;
        private long idleSince;

        Session(Host client) {
            this.client = client;
        }

        boolean ended() {
            return ended;
        }

        boolean holdsHead() {
            return headHolder == this;
        }
    }

    Session open(Host client) {
        Session session = new Session(client);
        sessions.add(session);
        return session;
    }

    /** What a request asks of the server. */
    interface Work<T> {
        void carryOut(CompletableFuture<T> answer) throws SQLException;
    }

    /** Sends a request; the answer fails if the session ends before. */
    <T> CompletableFuture<T> request(Session session, Work<T> work) {
        CompletableFuture<T> received = new CompletableFuture<>();
        if (host == null) {
            received.completeExceptionally(new SQLException("connection refused", "08001"));
            return received;
        }
        session.open.add(received);
        network.send(session.client.node, host, () -> carryOut(session, work, received));
        if (world.chance(0.003)) {
            // The connection is lost; the server notices later, and may carry out what has been sent.
            world.after(world.between(0, 2 * World.MILLIS), session.client,
                    () -> received.completeExceptionally(new SQLException("connection reset", "08006")));
            world.after(world.between(0, 800 * World.MILLIS), () -> end(session, "connection reset"));
        }
        return received;
    }

    private <T> void carryOut(Session session, Work<T> work, CompletableFuture<T> received) {
        if (session.ended) {
            network.send(place, session.client, () -> received.completeExceptionally(new SQLException("connection closed", "08003")));
            return;
        }
        session.idleSince = -1;
        CompletableFuture<T> answer = new CompletableFuture<>();
        answer.whenComplete((value, failure) -> {
            watchIdle(session);
            network.send(place, session.client, () -> {
                session.open.remove(received);
                if (failure == null) {
                    received.complete(value);
                } else {
                    received.completeExceptionally(failure);
                }
            });
        });
        try {
            work.carryOut(answer);
        } catch (SQLException failure) {
            answer.completeExceptionally(failure);
        }
    }

    /** Ends a session; whatever it has not committed is as if it had never been. */
    void end(Session session, String why) {
        if (session.ended) {
            return;
        }
        session.ended = true;
        sessions.remove(session);
        rollback(session);
        for (CompletableFuture<?> waiting : List.copyOf(session.open)) {
            network.send(place, session.client, () -> waiting.completeExceptionally(new SQLException(why, "08006")));
        }
    }

    private void rollback(Session session) {
        session.copied = null;
        session.mine.forEach(inserting::remove);
        session.mine.clear();
        releaseHead(session);
    }

    private void releaseHead(Session session) {
        waiters.removeIf(waiter -> waiter.session == session);
        if (headHolder == session) {
            headHolder = null;
            grant();
        }
    }

    private void grant() {
        Waiter next = waiters.poll();
        if (next != null) {
            headHolder = next.session;
            next.granted.complete(head());
        }
    }

    private JournalHead head() {
        return new JournalHead(size, bookedAt, sequences.clone(), Frontier.of(size, frontier));
    }

    /** A transaction whose client is silent for too long is rolled back. */
    private void watchIdle(Session session) {
        long since = world.now();
        session.idleSince = since;
        if (headHolder == session || !session.mine.isEmpty()) {
            world.after(IDLE_LIMIT, () -> {
                if (session.idleSince == since) {
                    end(session, "idle in transaction");
                }
            });
        }
    }

    // ---- statements ----------------------------------------------------------------------------------------------------

    void copy(Session session, JournalBatch batch, CompletableFuture<Boolean> answer) throws SQLException {
        session.copied = batch;
        insert(session, new ArrayDeque<>(keys(batch)), answer);
    }

    private List<Key> keys(JournalBatch batch) {
        List<Key> wanted = new ArrayList<>();
        for (JournalEntry entry : batch.entries()) {
            switch (entry) {
                case JournalEntry.Booking booking -> {
                    wanted.add(new Key(0, booking.id()));
                    if (booking.kind().resolvesPending()) {
                        wanted.add(new Key(1, booking.relatesTo()));
                    } else if (booking.kind() == TransferKind.REVERSAL) {
                        wanted.add(new Key(2, booking.relatesTo()));
                    }
                }
                case JournalEntry.AccountChange change -> {
                    wanted.add(new Key(ACCOUNT_COMMANDS, change.command().id()));
                    if (change.command() instanceof AccountCommand.Open open) {
                        wanted.add(new Key(ACCOUNTS, new UUID(0, open.account())));
                    }
                }
                case JournalEntry.Seal seal -> throw new IllegalArgumentException("a batch comes without its seal");
            }
        }
        return wanted;
    }

    private void insert(Session session, ArrayDeque<Key> left, CompletableFuture<Boolean> answer) {
        session.waitingFor = null;
        while (!left.isEmpty()) {
            Key key = left.peek();
            if (sabotage == Sabotage.DEDUPLICATION && key.index() < ACCOUNT_COMMANDS) {
                left.poll();
                continue;
            }
            Session other = inserting.get(key);
            if (keys.contains(key) || other == session) {
                answer.completeExceptionally(new SQLException("duplicate key", "23505"));
                return;
            }
            if (other != null) {
                await(session, other, left, answer, world.now());
                return;
            }
            inserting.put(key, session);
            session.mine.add(key);
            left.poll();
        }
        answer.complete(true);
    }

    /** A unique index waits until it is known what becomes of the other's key. */
    private void await(Session session, Session other, ArrayDeque<Key> left, CompletableFuture<Boolean> answer, long since) {
        session.waitingFor = other;
        world.after(5 * World.MILLIS, () -> {
            if (session.ended) {
                return;
            }
            if (inserting.get(left.peek()) != other) {
                insert(session, left, answer);
            } else if (world.now() - since > DEADLOCK_CHECK && inCircle(session)) {
                rollback(session);
                answer.completeExceptionally(new SQLException("deadlock detected", "40P01"));
            } else if (world.now() - since > LOCK_LIMIT) {
                rollback(session);
                answer.completeExceptionally(new SQLException("lock timeout", "55P03"));
            } else {
                await(session, other, left, answer, since);
            }
        });
    }

    private static boolean inCircle(Session session) {
        Session at = session.waitingFor;
        for (int steps = 0; at != null && steps < 100; steps++) {
            if (at == session) {
                return true;
            }
            at = at.waitingFor;
        }
        return false;
    }

    void lockHead(Session session, CompletableFuture<JournalHead> answer) {
        waiters.add(new Waiter(session, answer));
        if (headHolder == null) {
            grant();
        }
        world.after(LOCK_LIMIT, () -> {
            if (waiters.removeIf(waiter -> waiter.session == session)) {
                rollback(session);
                answer.completeExceptionally(new SQLException("lock timeout", "55P03"));
            }
        });
    }

    void moveHead(Session session, JournalBatch journal, JournalHead.Moved moved) {
        requireHead(session);
        world.note(() -> "member " + session.client.node + " commits batch " + journal.id() + " of " + journal.entries().size() + " at "
                + moved.place().position() + ", shards " + Arrays.toString(journal.shards()) + " from sequences "
                + Arrays.toString(moved.place().firsts()) + ", epochs " + Arrays.toString(journal.epochs()));
        Place at = moved.place();
        Batch batch = new Batch(new JournalBatchView(journal.id(), journal.entries(), journal.shards(), journal.counts(), at.firsts()),
                at.position(), at.bookedAt(), journal.end(at));
        batches.add(batch);
        byNumber.put(journal.id(), batch);
        for (JournalEntry entry : journal.entries()) {
            if (entry instanceof JournalEntry.Booking booking) {
                Row row = new Row(booking, batch);
                transfers.putIfAbsent(booking.id(), row);
                if (booking.kind().resolvesPending()) {
                    endings.put(booking.relatesTo(), row);
                } else if (booking.kind() == TransferKind.REVERSAL) {
                    reversals.put(booking.relatesTo(), row);
                }
            } else if (entry instanceof JournalEntry.AccountChange change) {
                changes.put(change.command().id(), new ChangeRow(change, batch));
            }
        }
        keys.addAll(keys(journal));
        size = moved.head().size();
        bookedAt = moved.head().bookedAt();
        sequences = moved.head().sequences();
        frontier = moved.head().frontier().encoded();
        finish(session);
    }

    Journal.Raised raise(Session session, List<Integer> shards) {
        requireHead(session);
        world.note(() -> "member " + session.client.node + " raises the epochs of shards " + shards);
        Map<Integer, Integer> raised = new HashMap<>();
        shards.forEach(shard -> raised.put(shard, ++epochs[shard]));
        fence++;
        long[] at = sequences.clone();
        finish(session);
        return new Journal.Raised(raised, at, size);
    }

    private void requireHead(Session session) {
        if (headHolder != session) {
            throw new IllegalStateException("moves a head that it has not locked");
        }
    }

    /** Commits or rolls back: locks are free, the connection goes back to its pool. */
    void finish(Session session) {
        rollback(session);
        session.ended = true;
        sessions.remove(session);
    }

    // ---- what is committed -----------------------------------------------------------------------------------------------

    long nextNumber() {
        return ++nextNumber;
    }

    Batch batch(long number) {
        return byNumber.get(number);
    }

    Row transfer(UUID id) {
        return sabotage == Sabotage.DEDUPLICATION ? null : transfers.get(id);
    }

    Row original(UUID id) {
        return transfers.get(id);
    }

    /** The journal, in its order. */
    public List<Batch> batches() {
        return batches;
    }

    /** The last sequence of a shard. */
    public long sequence(int shard) {
        return sequences[shard];
    }

    public long size() {
        return size;
    }

    public byte[] root() {
        return Frontier.of(size, frontier).root();
    }

    /** States of shards that were written down: by shard, then by sequence. */
    public Map<Integer, TreeMap<Long, byte[]>> checkpoints() {
        return checkpoints;
    }

    /** Opens accounts before the schedule begins. */
    public void open(List<AccountCommand.Open> accounts) {
        JournalBatch batch = SimulatedJournal.accountBatch(nextNumber(), accounts);
        Session session = open(host);
        headHolder = session;
        moveHead(session, batch, head().with(batch, JournalHead.leaves(batch.entries()), 0));
    }
}
