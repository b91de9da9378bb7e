package io.partita.member.ledger;

import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.map.EntryProcessor;
import io.partita.ledger.shard.Serve;
import io.partita.ledger.shard.Settle;
import io.partita.ledger.shard.Shard;
import io.partita.member.PartitaProperties;
import io.partita.member.PartitaProperties.Sabotage;
import io.partita.member.ledger.JournalBatch.Place;
import io.partita.member.ledger.JournalLookup.FoundChange;
import io.partita.member.ledger.JournalLookup.Known;
import io.partita.member.ledger.JournalLookup.Related;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicLong;
import javax.sql.DataSource;

/**
 * The engine's parts with one safeguard taken out, for drills: a checker that has never failed proves nothing. The safeguards stay
 * whole in the classes that have them; what is here goes around them from outside.
 */
final class SabotagedParts {

    private SabotagedParts() {
    }

    static LedgerParts of(Sabotage sabotage, HazelcastInstance hazelcast, DataSource database, DataSource queries,
                          PartitaProperties.Ledger settings, InstantSource clock, RecentBlocks leaves, CommitListener listener) {
        LedgerParts honest = LedgerParts.of(hazelcast, database, queries, settings, clock, leaves, listener);
        return switch (sabotage) {
            case NONE -> honest;
            case FENCING -> unfenced(honest, honest.shards(), database);
            case MERGE -> unfenced(honest, new HeedlessShards(honest.shards(), Long.MAX_VALUE), database);
            case SEQUENCE -> new LedgerParts(honest.cluster(), new HeedlessShards(honest.shards(), 50), honest.journal(), honest.bookings(),
                    honest.view(), honest.source(), honest.balances());
            case DEDUPLICATION -> {
                dropUniqueness(database);
                yield new LedgerParts(honest.cluster(), honest.shards(), honest.journal(), new ForgetfulBookings(honest.bookings()), honest.view(),
                        honest.source(), honest.balances());
            }
            case ACKNOWLEDGEMENT -> new LedgerParts(honest.cluster(), honest.shards(),
                    // Its leaves may never be in the journal: nobody else gets them.
                    new JournalStore(new LateCommits(database), clock, new RecentBlocks(), (_, _, _) -> { }), honest.bookings(), honest.view(), honest.source(), honest.balances());
        };
    }

    private static LedgerParts unfenced(LedgerParts honest, ShardGrid shards, DataSource database) {
        return new LedgerParts(honest.cluster(), shards, new UnfencedJournal(honest.journal(), database), honest.bookings(),
                new StubbornView(honest.view(), honest.cluster()), honest.source(), honest.balances());
    }

    private static void dropUniqueness(DataSource database) {
        try (Connection connection = database.getConnection(); Statement statement = connection.createStatement()) {
            statement.execute("alter table ledger_transfer drop constraint if exists ledger_transfer_pkey cascade");
            statement.execute("create index if not exists ledger_transfer_id on ledger_transfer (id)");
        } catch (SQLException e) {
            throw new IllegalStateException("The sabotage failed", e);
        }
    }

    /** Takes every commit, whichever epoch it was authorized under, and lets anybody own any shard. */
    private record UnfencedJournal(Journal honest, DataSource database) implements Journal {

        @Override
        public Place commit(JournalBatch batch) throws StoreException {
            while (true) {
                try {
                    return honest.commit(batch);
                } catch (StoreException.Fenced fenced) {
                    for (int i = 0; i < batch.shards().length; i++) {
                        if (batch.shards()[i] == fenced.shard) {
                            batch.epochs()[i] = honest.epochs()[fenced.shard];
                        }
                    }
                }
            }
        }

        @Override
        public Raised raise(Collection<Integer> shards, String member) throws StoreException {
            try (Connection connection = database.getConnection(); Statement statement = connection.createStatement();
                 ResultSet head = statement.executeQuery("select sequences, size from ledger_head")) {
                head.next();
                Map<Integer, Integer> epochs = new HashMap<>();
                int[] ofShard = honest.epochs();
                shards.forEach(shard -> epochs.put(shard, ofShard[shard]));
                return new Raised(epochs, JournalStore.longs(head.getArray(1)), head.getLong(2));
            } catch (SQLException e) {
                throw new StoreException.Unavailable(e);
            }
        }

        @Override
        public long nextBatch() throws StoreException {
            return honest.nextBatch();
        }

        @Override
        public Place place(long batch) throws StoreException {
            return honest.place(batch);
        }

        @Override
        public int[] epochs() throws StoreException {
            return honest.epochs();
        }

        @Override
        public long size() {
            return honest.size();
        }

        @Override
        public boolean answers() {
            return honest.answers();
        }
    }

    /** A member's opinion that it is in the view, whatever the view says. */
    private record StubbornView(ViewTable honest, Cluster cluster) implements ViewTable {

        @Override
        public View read() throws SQLException {
            View view = honest.read();
            Set<String> members = new HashSet<>(cluster.members());
            if (view != null) {
                members.addAll(view.members());
            }
            return view == null ? new View(1, members, Instant.MAX, null) : new View(view.term(), members, view.leaseUntil(), view.since());
        }

        @Override
        public void create(Collection<String> members) throws SQLException {
            honest.create(members);
        }

        @Override
        public void renew(long term) throws SQLException {
            honest.renew(term);
        }

        @Override
        public boolean replace(long term, Collection<String> members, boolean atOnce) throws SQLException {
            return honest.replace(term, members, atOnce);
        }

        @Override
        public void resign(long term, String member) throws SQLException {
            honest.resign(term, member);
        }
    }

    /** Sends every so many settlements twice, as a network may, and lets the shards apply and serve whatever they have. */
    private static final class HeedlessShards implements ShardGrid {

        private final ShardGrid honest;
        private final long repeatEvery;
        private final AtomicLong sent = new AtomicLong();

        HeedlessShards(ShardGrid honest, long repeatEvery) {
            this.honest = honest;
            this.repeatEvery = repeatEvery;
        }

        @Override
        public <R> CompletionStage<R> submit(int shard, EntryProcessor<Integer, Shard, R> processor) {
            EntryProcessor<Integer, Shard, ?> heedless = switch (processor) {
                case Settle settle -> new HeedlessSettle(settle);
                case Serve serve -> new HeedlessServe(serve);
                default -> processor;
            };
            if (heedless instanceof HeedlessSettle && sent.incrementAndGet() % repeatEvery == 0) {
                honest.submit(shard, heedless);
            }
            @SuppressWarnings("unchecked")
            EntryProcessor<Integer, Shard, R> same = (EntryProcessor<Integer, Shard, R>) heedless;
            return honest.submit(shard, same);
        }

        @Override
        public <R> R answer(CompletionStage<R> stage) {
            return honest.answer(stage);
        }

        @Override
        public <R> R answer(CompletionStage<R> stage, Duration patience) {
            return honest.answer(stage, patience);
        }

        @Override
        public void install(Shard shard) {
            honest.install(shard);
        }

        @Override
        public List<Integer> local() {
            return honest.local();
        }
    }

    /** Nothing has ever been booked. */
    private record ForgetfulBookings(Bookings honest) implements Bookings {

        @Override
        public Map<UUID, Known> known(Collection<UUID> ids) {
            return Map.of();
        }

        @Override
        public Map<UUID, Related> originals(Collection<UUID> ids) throws StoreException {
            return honest.originals(ids);
        }

        @Override
        public Map<UUID, Related> endings(Collection<UUID> pendings) throws StoreException {
            return honest.endings(pendings);
        }

        @Override
        public Map<UUID, Related> reversals(Collection<UUID> originals) throws StoreException {
            return honest.reversals(originals);
        }

        @Override
        public Map<UUID, FoundChange> changes(Collection<UUID> ids) throws StoreException {
            return honest.changes(ids);
        }
    }
}
