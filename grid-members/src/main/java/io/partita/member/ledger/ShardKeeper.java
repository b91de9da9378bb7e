package io.partita.member.ledger;

import com.hazelcast.map.EntryProcessor;
import io.partita.ledger.LedgerNames;
import io.partita.ledger.shard.ReadShard;
import io.partita.ledger.shard.Release;
import io.partita.ledger.shard.Retire;
import io.partita.ledger.shard.Serve;
import io.partita.ledger.shard.Settle;
import io.partita.ledger.shard.Shard;
import io.partita.ledger.shard.ShardStatus;
import io.partita.ledger.shard.ShardStatus.State;
import io.partita.ledger.shard.ShardUpdate;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings the shards of this member's partitions into service and keeps them there: raises the epoch, brings the state up to the
 * sequence at which it was raised, serves. The same way after a start, a migration, a failover and a split; also for a shard with
 * a gap that no settlement fills, with reservations of a member that is gone, or with an epoch that is over. {@link #tick} is called by one thread; everything
 * else is thread-safe.
 */
final class ShardKeeper {

    private static final Logger LOG = LoggerFactory.getLogger(ShardKeeper.class);
    /** A migrated shard mostly lacks just what is being settled: worth this many looks, 10 ms apart, before a reload. */
    private static final int CATCH_UP_LOOKS = 20;
    /** Shards in one reload; bounds the memory that it takes. */
    private static final int RELOAD = 64;
    private static final int[] UNTOLD = {};

    private final ShardGrid shards;
    private final Journal store;
    private final ShardSource source;
    private final ViewKeeper view;
    private final Timing timing;
    private final LedgerMeters meters;
    private final long checkpointEntries;

    private final AtomicBoolean dirty = new AtomicBoolean(true);
    private final ConcurrentLinkedQueue<Unconfirmed> unconfirmed = new ConcurrentLinkedQueue<>();
    private final Set<Integer> gaps = new HashSet<>();
    private final Reservers reservers = new Reservers();
    private final Map<Integer, Long> checkpointed = new HashMap<>();
    private volatile Look looked = new Look(Map.of(), UNTOLD);
    private volatile int serving;
    private volatile long accounts;

    /** What the last round saw. @param epochs those of the journal, by shard; empty if it did not tell */
    record Look(Map<Integer, ShardStatus> statuses, int[] epochs) {
    }

    /** A message to a shard that has not been confirmed. */
    private record Unconfirmed(int shard, EntryProcessor<Integer, Shard, ?> message) {
    }

    ShardKeeper(ShardGrid shards, Journal store, ShardSource source, ViewKeeper view, Timing timing, LedgerMeters meters,
                long checkpointEntries) {
        this.shards = shards;
        this.store = store;
        this.source = source;
        this.view = view;
        this.timing = timing;
        this.meters = meters;
        this.checkpointEntries = checkpointEntries;
    }

    /** Shards of this member that serve, as of the last look. */
    int serving() {
        return serving;
    }

    /** The shards of this member, as of the last look. */
    Look looked() {
        return looked;
    }

    /** Accounts in them. */
    long accounts() {
        return accounts;
    }

    /** Partitions or members have changed, or something was wrong with a shard: look at all of them soon. */
    void look() {
        dirty.set(true);
    }

    /** A commit was refused, since an epoch of a shard is over: whoever has the shard must not go on under it. */
    void fenced(int shard, int epoch) {
        deliver(shard, new Retire(epoch));
        look();
    }

    boolean wantsLook() {
        return dirty.get() || !unconfirmed.isEmpty();
    }

    /** Gives reservations back; tried again until the shard has confirmed it. */
    void release(int shard, long token) {
        deliver(shard, new Release(token));
    }

    /** Sends a message once more that a shard has not confirmed, until it does; messages to shards are harmless when repeated. */
    void resend(int shard, EntryProcessor<Integer, Shard, ?> message) {
        unconfirmed.add(new Unconfirmed(shard, message));
    }

    private void deliver(int shard, EntryProcessor<Integer, Shard, ?> message) {
        shards.submit(shard, message).whenCompleteAsync((done, failure) -> {
            if (failure != null) {
                resend(shard, message);
            }
        }, Runnable::run);
    }

    /** One round over all shards of this member. */
    void tick() throws SQLException, StoreException {
        dirty.set(false);
        for (int count = unconfirmed.size(); count > 0; count--) {
            Unconfirmed message = unconfirmed.poll();
            deliver(message.shard(), message.message());
        }
        List<Integer> local = shards.local();
        Map<Integer, ShardStatus> statuses = statuses(local);
        int[] epochs = view.serving() ? store.epochs() : UNTOLD;
        if (view.serving()) {
            List<Integer> idle = inNeedOfService(local, statuses, epochs);
            if (!idle.isEmpty()) {
                serve(idle);
                statuses.putAll(statuses(idle));
                // They were raised meanwhile: the next round will tell.
                epochs = UNTOLD;
            }
            fillGaps(statuses);
        }
        looked = new Look(Map.copyOf(statuses), epochs);
        serving = (int) statuses.values().stream().filter(status -> status.state() == State.SERVING).count();
        accounts = statuses.values().stream().mapToLong(ShardStatus::accounts).sum();
    }

    private Map<Integer, ShardStatus> statuses(List<Integer> local) {
        Map<Integer, ShardStatus> statuses = new HashMap<>();
        Map<Integer, ReadShard.Status> asked = new HashMap<>();
        local.forEach(shard -> asked.put(shard, new ReadShard.Status()));
        shards.submit(asked).forEach((shard, answer) -> {
            try {
                statuses.put(shard, shards.answer(answer));
            } catch (CompletionException failure) {
                // It may just be moving; the next round will tell.
                dirty.set(true);
            }
        });
        return statuses;
    }

    private List<Integer> inNeedOfService(List<Integer> local, Map<Integer, ShardStatus> statuses, int[] epochs) {
        return local.stream().filter(shard -> {
            ShardStatus status = statuses.get(shard);
            // After a merge a shard may serve that another side has gone on with: without bookings nothing else would tell.
            return status != null && (status.state() != State.SERVING || status.epoch() != epochs[shard]
                    || reservers.abandoned(shard, status, view.view().members(), timing.nanoTime()));
        }).toList();
    }

    private void serve(List<Integer> idle) throws SQLException {
        try {
            long start = System.nanoTime();
            Journal.Raised raised = store.raise(idle, view.member());
            List<Integer> toLoad = serve(idle, raised);
            for (int from = 0; from < toLoad.size(); from += RELOAD) {
                reload(toLoad.subList(from, Math.min(from + RELOAD, toLoad.size())), raised);
            }
            LOG.info("Serving {} more shards after {} ms, {} of them from the journal", idle.size(), (System.nanoTime() - start) / 1_000_000,
                    toLoad.size());
        } catch (StoreException.NotInView notInView) {
            LOG.warn("{}: its shards stay closed", notInView.getMessage());
        } catch (StoreException unavailable) {
            LOG.warn("{}", unavailable.getMessage());
            dirty.set(true);
        }
    }

    /** Serves those whose state has reached its sequence, waiting a little for what is being settled; returns the others. */
    private List<Integer> serve(List<Integer> idle, Journal.Raised raised) {
        List<Integer> absent = new ArrayList<>();
        List<Integer> behind = idle;
        for (int look = 0; look < CATCH_UP_LOOKS && !behind.isEmpty(); look++) {
            if (look > 0) {
                timing.pause(10_000_000);
            }
            List<Integer> stillBehind = new ArrayList<>();
            told(behind, raised).forEach((shard, state) -> {
                switch (state) {
                    case ABSENT -> absent.add(shard);
                    case IDLE -> stillBehind.add(shard);
                    case SERVING -> { }
                }
            });
            behind = stillBehind;
        }
        absent.addAll(behind);
        return absent;
    }

    /** Tells shards to serve, all at once: one that is moving to another member makes its own question wait and no other. */
    private Map<Integer, State> told(Collection<Integer> idle, Journal.Raised raised) {
        Map<Integer, Serve> asked = new LinkedHashMap<>();
        idle.forEach(shard -> asked.put(shard, new Serve(raised.epochs().get(shard), UUID.fromString(view.member()), raised.sequences()[shard])));
        Map<Integer, State> states = new LinkedHashMap<>();
        shards.submit(asked).forEach((shard, answer) -> {
            ShardStatus status = shards.answer(answer);
            states.put(shard, status.state() == State.SERVING && status.epoch() != raised.epochs().get(shard) ? State.IDLE : status.state());
        });
        return states;
    }

    private void reload(List<Integer> toLoad, Journal.Raised raised) throws SQLException {
        Map<Integer, Long> targets = new HashMap<>();
        toLoad.forEach(shard -> targets.put(shard, raised.sequences()[shard]));
        Map<Integer, Shard> loaded = source.load(targets);
        meters.rebased(loaded.size());
        loaded.values().forEach(shards::install);
        if (told(loaded.keySet(), raised).values().stream().anyMatch(state -> state != State.SERVING)) {
            look();
        }
    }

    /** A gap that is still there after a whole round will not be filled by a settlement under way. */
    private void fillGaps(Map<Integer, ShardStatus> statuses) throws SQLException {
        for (Map.Entry<Integer, ShardStatus> entry : statuses.entrySet()) {
            int shard = entry.getKey();
            ShardStatus status = entry.getValue();
            if (!status.gap()) {
                gaps.remove(shard);
            } else if (!gaps.add(shard)) {
                List<ShardUpdate> missed = source.updates(shard, status.position(), status.sequence(), Long.MAX_VALUE);
                LOG.info("Shard {} missed {} updates after sequence {}: read from the journal", shard, missed.size(), status.sequence());
                shards.ask(shard, new Settle(missed));
                gaps.remove(shard);
            }
        }
    }

    // ---- checkpoints -----------------------------------------------------------------------------------------------------

    /** Writes the states of shards down that have moved on far enough; all that have moved at all when {@code everything}. */
    void checkpoint(boolean everything) throws SQLException {
        List<Integer> local = shards.local();
        List<Integer> unknown = local.stream().filter(shard -> !checkpointed.containsKey(shard)).toList();
        if (!unknown.isEmpty()) {
            checkpointed.putAll(source.lastCheckpoints(unknown));
        }
        for (int shard : local) {
            ShardStatus status = shards.ask(shard, new ReadShard.Status());
            long last = checkpointed.get(shard);
            boolean due = everything ? status.position() > last : status.position() - last > checkpointEntries;
            if (due && status.state() == State.SERVING) {
                byte[] state = shards.ask(shard, new ReadShard.Snapshot());
                if (state != null) {
                    source.checkpoint(Shard.decode(state), state);
                    checkpointed.put(shard, status.position());
                }
            }
        }
    }

    static int total() {
        return LedgerNames.SHARD_COUNT;
    }
}
