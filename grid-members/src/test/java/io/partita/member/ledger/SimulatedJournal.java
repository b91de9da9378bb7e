package io.partita.member.ledger;

import io.partita.ledger.AccountCommand;
import io.partita.ledger.Balance;
import io.partita.ledger.LedgerNames;
import io.partita.ledger.LedgerResult;
import io.partita.ledger.Side;
import io.partita.ledger.TransferKind;
import io.partita.ledger.journal.JournalEntry;
import io.partita.ledger.shard.Legs;
import io.partita.ledger.shard.Shard;
import io.partita.ledger.shard.ShardUpdate;
import io.partita.member.ledger.JournalBatch.Place;
import io.partita.member.ledger.JournalLookup.Found;
import io.partita.member.ledger.JournalLookup.FoundChange;
import io.partita.member.ledger.JournalLookup.Known;
import io.partita.member.ledger.JournalLookup.Related;
import io.partita.member.ledger.SimulatedStore.Batch;
import io.partita.member.ledger.SimulatedStore.ChangeRow;
import io.partita.member.ledger.SimulatedStore.Row;
import io.partita.member.ledger.SimulatedStore.Session;
import io.partita.member.ledger.SimulatedStore.Work;
import io.partita.member.simulation.Host;
import io.partita.member.simulation.Sabotage;
import io.partita.member.simulation.World;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * One member's way to the {@link SimulatedStore}. Stands for {@link JournalStore}, {@link JournalLookup}, {@link ShardLoader},
 * {@link PostgresView} and {@code BalancesOfJournal}: the same requests in the same order, each of them a message that takes its time and may be lost.
 */
final class SimulatedJournal implements Journal, Bookings, ShardSource, ViewTable, JournalBalances {

    private static final long CONNECT_TIMEOUT = 3 * World.SECONDS;
    private static final long SOCKET_TIMEOUT = 60 * World.SECONDS;

    private final SimulatedStore store;
    private final World world;
    private final Host host;
    private final InstantSource clock;
    private final long lease;
    /** As {@link JournalStore} keeps them. */
    private long knownFence = -1;
    private int[] knownEpochs;
    private long size;

    SimulatedJournal(SimulatedStore store, Host host, InstantSource clock, long lease) {
        this.store = store;
        this.world = store.world;
        this.host = host;
        this.clock = clock;
        this.lease = lease;
    }

    // ---- connections ---------------------------------------------------------------------------------------------------

    private Session connect() throws SQLException {
        if (!store.up() || !store.network.linked(host.node, store.place())) {
            world.pause(CONNECT_TIMEOUT);
            throw new SQLException("no connection in time", "08001");
        }
        return store.open(host);
    }

    private <T> T ask(Session session, Work<T> work) throws SQLException {
        try {
            return world.await(store.request(session, work), SOCKET_TIMEOUT);
        } catch (CompletionException failure) {
            if (failure.getCause() instanceof SQLException refused) {
                throw refused;
            }
            throw new SQLException("no answer in time", "08006", failure);
        }
    }

    /** A question in a transaction of its own. */
    private <T> T ask(Supplier<T> question) throws SQLException {
        Session session = connect();
        return ask(session, answer -> {
            T value = question.get();
            store.finish(session);
            answer.complete(value);
        });
    }

    private <T> T look(Supplier<T> question) throws StoreException {
        try {
            return ask(question);
        } catch (SQLException e) {
            throw new StoreException.Unavailable(e);
        }
    }

    private void rollback(Session session) {
        if (!session.ended() && store.up()) {
            store.request(session, answer -> {
                store.finish(session);
                answer.complete(true);
            });
        }
    }

    // ---- the journal ---------------------------------------------------------------------------------------------------

    @Override
    public long nextBatch() throws StoreException {
        return look(store::nextNumber);
    }

    @Override
    public Place commit(JournalBatch batch) throws StoreException {
        return store.sabotage == Sabotage.ACKNOWLEDGEMENT ? acknowledgeFirst(batch) : commitFirst(batch);
    }

    private Place commitFirst(JournalBatch batch) throws StoreException {
        byte[] leaves = JournalHead.leaves(batch.entries());
        boolean committing = false;
        Session session = null;
        try {
            session = connect();
            Session mine = session;
            this.<Boolean>ask(mine, answer -> store.copy(mine, batch, answer));
            JournalHead head = this.<JournalHead>ask(mine, answer -> store.lockHead(mine, answer));
            requireEpochs(mine, batch);
            JournalHead.Moved moved = head.with(batch, leaves, nowMicros());
            committing = true;
            ask(mine, answer -> {
                store.moveHead(mine, batch, moved);
                answer.complete(true);
            });
            size = moved.head().size();
            return moved.place();
        } catch (SQLException failure) {
            if (!committing && session != null) {
                rollback(session);
            }
            throw committing ? new StoreException.OutcomeUnknown(failure) : StoreException.of(failure);
        } catch (StoreException failure) {
            rollback(session);
            throw failure;
        }
    }

    private void requireEpochs(Session session, JournalBatch batch) throws SQLException, StoreException {
        // The fence came with the head's row.
        long fence = store.fence;
        if (fence != knownFence) {
            int[] read = this.<int[]>ask(session, answer -> answer.complete(store.epochs.clone()));
            knownEpochs = read;
            knownFence = fence;
        }
        if (store.sabotage != Sabotage.FENCING) {
            batch.requireEpochs(knownEpochs);
        }
    }

    /** Sabotage: a place is made up, and the commit left to itself. */
    private Place acknowledgeFirst(JournalBatch batch) {
        long[] firsts = new long[batch.shards().length];
        Arrays.fill(firsts, 1);
        world.start(host, () -> {
            try {
                commitFirst(batch);
            } catch (StoreException lost) {
                // Nobody is told.
            }
        });
        return new Place(size, nowMicros(), firsts);
    }

    @Override
    public Place place(long batch) throws StoreException {
        Session session = null;
        try {
            session = connect();
            Session mine = session;
            this.<JournalHead>ask(mine, answer -> store.lockHead(mine, answer));
            return this.<Place>ask(mine, answer -> {
                Batch found = store.batch(batch);
                store.finish(mine);
                answer.complete(found == null ? null : new Place(found.position(), found.bookedAt(), found.journal().firsts()));
            });
        } catch (SQLException e) {
            if (session != null) {
                rollback(session);
            }
            throw new StoreException.Unavailable(e);
        }
    }

    @Override
    public Raised raise(Collection<Integer> shards, String member) throws StoreException {
        Session session = null;
        try {
            session = connect();
            Session mine = session;
            this.<JournalHead>ask(mine, answer -> store.lockHead(mine, answer));
            if (!this.<Boolean>ask(mine, answer -> answer.complete(store.view != null && store.view.members().contains(member)))) {
                rollback(mine);
                throw new StoreException.NotInView();
            }
            Raised raised = this.<Raised>ask(mine, answer -> answer.complete(store.raise(mine, List.copyOf(shards))));
            size = raised.size();
            return raised;
        } catch (SQLException e) {
            if (session != null) {
                rollback(session);
            }
            throw new StoreException.Unavailable(e);
        }
    }

    @Override
    public int[] epochs() throws StoreException {
        return look(store.epochs::clone);
    }

    @Override
    public long size() {
        return size;
    }

    @Override
    public boolean answers() {
        // Asked by a timer, which waits for nobody here; a server that is up and can be reached answers.
        return store.up() && store.network.linked(host.node, store.place());
    }

    private long nowMicros() {
        return clock.instant().toEpochMilli() * 1_000;
    }

    // ---- questions -----------------------------------------------------------------------------------------------------

    @Override
    public Map<UUID, Known> known(Collection<UUID> ids) throws StoreException {
        return new HashMap<>(found(ids, store::transfer));
    }

    @Override
    public Map<UUID, Related> originals(Collection<UUID> ids) throws StoreException {
        return related(ids, store::original);
    }

    @Override
    public Map<UUID, Related> endings(Collection<UUID> pendings) throws StoreException {
        return related(pendings, store.endings::get);
    }

    @Override
    public Map<UUID, Related> reversals(Collection<UUID> originals) throws StoreException {
        return related(originals, store.reversals::get);
    }

    private Map<UUID, Related> related(Collection<UUID> ids, Function<UUID, Row> rows) throws StoreException {
        Map<UUID, Related> related = new HashMap<>();
        found(ids, rows).forEach((id, found) -> related.put(id, found.related()));
        return related;
    }

    private Map<UUID, Found> found(Collection<UUID> ids, Function<UUID, Row> rows) throws StoreException {
        if (ids.isEmpty()) {
            return new HashMap<>();
        }
        List<UUID> asked = List.copyOf(ids);
        return look(() -> {
            Map<UUID, Found> found = new HashMap<>();
            for (UUID id : asked) {
                Row row = rows.apply(id);
                if (row != null) {
                    found.put(id, found(row));
                }
            }
            return found;
        });
    }

    private static Found found(Row row) {
        JournalEntry.Booking entry = row.entry();
        return new Found(entry.id(), entry.kind(), entry.debitAccount(), entry.creditAccount(), entry.amount(), entry.released(),
                entry.currency(), entry.relatesTo(), entry.code(), entry.reference(), entry.valueDateOrNull(), entry.expiresAt(),
                row.position(), row.batch().bookedAt(), row.batch().sequence(entry.debitAccount(), entry.debitOrdinal()),
                row.batch().sequence(entry.creditAccount(), entry.creditOrdinal()));
    }

    @Override
    public Map<UUID, FoundChange> changes(Collection<UUID> ids) throws StoreException {
        List<UUID> asked = List.copyOf(ids);
        return asked.isEmpty() ? new HashMap<>() : look(() -> {
            Map<UUID, FoundChange> found = new HashMap<>();
            asked.stream().filter(store.changes::containsKey).forEach(id -> found.put(id, found(store.changes.get(id))));
            return found;
        });
    }

    private static FoundChange found(ChangeRow row) {
        JournalEntry.AccountChange entry = row.entry();
        return FoundChange.of(entry.command(), new LedgerResult.Booked(entry.command().id(), row.batch().position() + entry.index(),
                row.batch().sequence(entry.command().account(), entry.ordinal()), 0, JournalLookup.instant(row.batch().bookedAt()), true));
    }

    // ---- shards --------------------------------------------------------------------------------------------------------

    @Override
    public Map<Integer, Shard> load(Map<Integer, Long> targets) throws SQLException {
        Session session = connect();
        Map<Integer, Shard> shards = ask(session, answer -> {
            Map<Integer, Shard> states = new HashMap<>();
            targets.forEach((shard, target) -> states.put(shard, checkpoint(shard, target)));
            answer.complete(states);
        });
        ask(session, answer -> {
            shards.forEach((number, shard) -> {
                for (Batch batch : store.batches()) {
                    ShardUpdate update = batch.position() >= shard.appliedPosition() ? update(batch, number) : null;
                    if (update != null && update.last() <= targets.get(number)) {
                        shard.apply(update);
                    }
                }
            });
            store.finish(session);
            answer.complete(true);
        });
        shards.forEach((number, shard) -> {
            if (shard.appliedSequence() != targets.get(number)) {
                throw new IllegalStateException("The journal ends shard " + number + " at sequence " + shard.appliedSequence()
                        + ", its head at " + targets.get(number));
            }
        });
        return shards;
    }

    @Override
    public Optional<Balance> balance(long account) {
        int number = LedgerNames.shardOf(account);
        try {
            return ask(() -> {
                Shard shard = new Shard(number);
                store.batches().stream().map(batch -> update(batch, number)).filter(Objects::nonNull).forEach(shard::apply);
                return Optional.ofNullable(shard.balance(account));
            });
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private Shard checkpoint(int shard, long target) {
        TreeMap<Long, byte[]> states = store.checkpoints.get(shard);
        Map.Entry<Long, byte[]> state = states == null ? null : states.floorEntry(target);
        return state == null ? new Shard(shard) : Shard.decode(state.getValue());
    }

    @Override
    public List<ShardUpdate> updates(int shard, long position, long after, long upTo) throws SQLException {
        return ask(() -> {
            List<ShardUpdate> updates = new ArrayList<>();
            for (Batch batch : store.batches()) {
                ShardUpdate update = batch.position() >= position ? update(batch, shard) : null;
                if (update != null && update.first() > after && update.first() <= upTo) {
                    updates.add(update);
                }
            }
            return updates;
        });
    }

    /** What a batch did to a shard, or null. */
    private static ShardUpdate update(Batch batch, int shard) {
        int at = Arrays.binarySearch(batch.journal().shards(), shard);
        if (at < 0) {
            return null;
        }
        Legs legs = new Legs(4);
        List<AccountCommand> accounts = new ArrayList<>();
        for (JournalEntry entry : batch.journal().entries()) {
            if (entry instanceof JournalEntry.Booking booking) {
                add(legs, booking, Side.DEBIT, booking.debitAccount(), shard);
                add(legs, booking, Side.CREDIT, booking.creditAccount(), shard);
            } else if (entry instanceof JournalEntry.AccountChange change && LedgerNames.shardOf(change.command().account()) == shard) {
                accounts.add(change.command());
            }
        }
        return new ShardUpdate(batch.journal().firsts()[at], batch.end(), 0, accounts.isEmpty() ? legs : null, accounts.isEmpty() ? null : accounts);
    }

    private static void add(Legs legs, JournalEntry.Booking booking, Side side, long account, int shard) {
        if (LedgerNames.shardOf(account) != shard) {
            return;
        }
        TransferKind kind = booking.kind();
        legs.add(kind, side, account, booking.amount(), booking.released(), (short) 0, 0);
        if (side == Side.DEBIT && (kind == TransferKind.PENDING || kind.resolvesPending())) {
            legs.pending(kind == TransferKind.PENDING ? booking.id() : booking.relatesTo(), booking.expiresAt());
        }
    }

    @Override
    public Map<Integer, Long> lastCheckpoints(List<Integer> shards) throws SQLException {
        return ask(() -> shards.stream().collect(Collectors.toMap(Function.identity(), shard -> {
            TreeMap<Long, byte[]> states = store.checkpoints.get(shard);
            return states == null ? 0L : Shard.decode(states.lastEntry().getValue()).appliedPosition();
        })));
    }

    @Override
    public void checkpoint(Shard shard, byte[] state) throws SQLException {
        ask(() -> {
            store.checkpoints.computeIfAbsent(shard.number(), key -> new TreeMap<>()).putIfAbsent(shard.appliedSequence(), state);
            return true;
        });
    }

    // ---- the view ------------------------------------------------------------------------------------------------------

    @Override
    public View read() throws SQLException {
        return ask(() -> store.view);
    }

    @Override
    public void create(Collection<String> members) throws SQLException {
        ask(() -> {
            if (store.view == null) {
                setView(1, members);
            }
            return true;
        });
    }

    @Override
    public void renew(long term) throws SQLException {
        ask(() -> {
            if (store.view.term() == term) {
                setView(term, store.view.members());
            }
            return true;
        });
    }

    @Override
    public boolean replace(long term, Collection<String> members, boolean atOnce) throws SQLException {
        return ask(() -> {
            boolean replaced = store.view.term() == term && (atOnce || store.leaseUntil < world.now());
            if (replaced) {
                setView(term + 1, members);
            }
            return replaced;
        });
    }

    private void setView(long term, Collection<String> members) {
        store.leaseUntil = world.now() + lease;
        store.view = new View(term, Set.copyOf(members), Instant.ofEpochSecond(0, store.leaseUntil), null);
    }

    @Override
    public void resign(long term, String member) throws SQLException {
        ask(() -> {
            if (store.view.term() == term && store.view.members().equals(Set.of(member))) {
                store.leaseUntil = world.now() - 1;
            }
            return true;
        });
    }

    // ---- setting up ----------------------------------------------------------------------------------------------------

    static JournalBatch accountBatch(long number, List<AccountCommand.Open> accounts) {
        int[] counts = new int[LedgerNames.SHARD_COUNT];
        List<JournalEntry> entries = new ArrayList<>();
        for (AccountCommand.Open open : accounts) {
            entries.add(new JournalEntry.AccountChange(number, entries.size(), counts[LedgerNames.shardOf(open.account())]++, open));
        }
        int[] shards = java.util.stream.IntStream.range(0, counts.length).filter(shard -> counts[shard] > 0).toArray();
        return new JournalBatch(number, 0, "setup", entries, shards, new int[shards.length], Arrays.stream(shards).map(shard -> counts[shard]).toArray());
    }
}
