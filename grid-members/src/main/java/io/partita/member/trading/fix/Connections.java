package io.partita.member.trading.fix;

import com.hazelcast.core.HazelcastInstance;
import io.partita.member.trading.TradingService;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Jdbi;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Which session is connected to this member, and what is to be done when a connection ends: in order, by the death of the member that had
 * it, or because another began. Whatever the end, the orders that were to go with the connection go. Thread-safe.
 */
final class Connections implements Runnable, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Connections.class);
    private static final long LOOK_NANOS = TimeUnit.SECONDS.toNanos(1);
    private static final long SWEEP_NANOS = TimeUnit.HOURS.toNanos(1);
    /** For how long what is over is kept: after a long weekend a session still finds what it left. */
    private static final Duration KEPT = Duration.ofDays(7);

    private final HazelcastInstance hazelcast;
    private final Jdbi jdbi;
    private final TradingService trading;
    private final FixTables tables;
    private final MassCancels massCancels;
    private final InstantSource clock;
    private final Map<Integer, ReportTeller> tellers = new ConcurrentHashMap<>();
    /** Sessions whose connection to this member has begun and not ended, from before the claim on. */
    private final Set<Integer> connected = ConcurrentHashMap.newKeySet();
    private final Thread keeper = Thread.ofPlatform().daemon().name("fix-connections").unstarted(this);
    private volatile Collection<Peer> peers = List.of();
    private volatile boolean closing;

    Connections(HazelcastInstance hazelcast, Jdbi jdbi, TradingService trading, FixTables tables, MassCancels massCancels,
                InstantSource clock) {
        this.hazelcast = hazelcast;
        this.jdbi = jdbi;
        this.trading = trading;
        this.tables = tables;
        this.massCancels = massCancels;
        this.clock = clock;
    }

    void start(Collection<Peer> all) {
        peers = List.copyOf(all);
        keeper.start();
    }

    private String member() {
        return hazelcast.getCluster().getLocalMember().getUuid().toString();
    }

    /** Takes the session for this member's connection; why that cannot be, if so. */
    Optional<String> claim(Peer peer) {
        connected.add(peer.number());
        Optional<String> problem = claimed(peer);
        if (problem.isPresent()) {
            connected.remove(peer.number());
        }
        return problem;
    }

    private Optional<String> claimed(Peer peer) {
        if (!hazelcast.getLifecycleService().isRunning()) {
            return Optional.of("this member is no longer part of the cluster; try another");
        }
        try {
            Optional<Integer> left = peer.store().claim(member());
            return left.isEmpty() || massCancels.disconnected(peer.number(), left.get()) ? Optional.empty()
                    : Optional.of("orders of the last connection are still to be cancelled; try again");
        } catch (RuntimeException failure) {
            LOG.warn("{} cannot log on: {}", peer.id().getTargetCompID(), failure.toString());
            return Optional.of("the database does not answer; try again");
        }
    }

    /** A session is logged on: from now on it is told what books report. */
    void began(Peer peer) {
        ReportTeller teller = new ReportTeller(peer, trading, tables);
        ReportTeller before = tellers.put(peer.number(), teller);
        if (before != null) {
            before.end();
        }
        Thread.ofVirtual().name("fix-teller-" + peer.number()).start(teller);
    }

    /** There is something new for a session, wherever it is connected. */
    void news(int session) {
        ReportTeller teller = tellers.get(session);
        if (teller != null) {
            teller.wake();
        }
    }

    /** A connection is gone. */
    void ended(Peer peer) {
        ReportTeller teller = tellers.remove(peer.number());
        if (teller != null) {
            teller.end();
        }
        int epoch = peer.store().epoch();
        connected.remove(peer.number());
        if (!closing) {
            Thread.ofVirtual().name("fix-farewell-" + peer.number()).start(() -> farewell(peer.number(), epoch));
        }
    }

    /** If this fails, the keeper tries again. */
    private void farewell(int session, int epoch) {
        try {
            if (massCancels.disconnected(session, epoch)) {
                FixStore.release(jdbi, session, epoch);
            }
        } catch (RuntimeException failure) {
            LOG.debug("The end of a connection is still to be dealt with: {}", failure.toString());
        }
    }

    // ---- looking after all of them ---------------------------------------------------------------------------------------

    /** A session that some member has, or had. */
    private record Held(int number, int epoch, String owner) {
    }

    @Override
    public void run() {
        long swept = System.nanoTime() - SWEEP_NANOS;
        while (!closing) {
            try {
                look();
                if (System.nanoTime() - swept >= SWEEP_NANOS) {
                    swept = System.nanoTime();
                    tables.sweep(clock.instant().minus(KEPT));
                }
            } catch (RuntimeException failure) {
                LOG.debug("FIX sessions cannot be looked after: {}", failure.toString());
            }
            LockSupport.parkNanos(LOOK_NANOS);
        }
    }

    private void look() {
        if (!hazelcast.getLifecycleService().isRunning()) {
            // The others have counted this member as gone, and cancelled what was to go with it.
            peers.stream().filter(peer -> tellers.containsKey(peer.number())).forEach(peer -> disconnect(peer, "this member is no longer part of the cluster"));
            return;
        }
        // Before the table is read: a connection that begins meanwhile is not held against what was there before.
        Map<Peer, Integer> here = new HashMap<>();
        peers.stream().filter(peer -> tellers.containsKey(peer.number())).forEach(peer -> here.put(peer, peer.store().epoch()));
        Set<String> members = hazelcast.getCluster().getMembers().stream().map(member -> member.getUuid().toString()).collect(Collectors.toSet());
        Map<Integer, Held> held = jdbi.withHandle(handle -> handle.select("select number, epoch, owner from fix_session where owner is not null")
                .map((row, context) -> new Held(row.getInt(1), row.getInt(2), row.getString(3))).list())
                .stream().collect(Collectors.toMap(Held::number, one -> one));
        here.forEach((peer, epoch) -> {
            Held now = held.get(peer.number());
            if (peer.store().epoch() == epoch && (now == null || now.epoch != epoch || !now.owner.equals(member()))) {
                overtaken(peer);
            }
        });
        for (Held one : held.values()) {
            boolean left = one.owner.equals(member()) ? !connected.contains(one.number) : !members.contains(one.owner) && takeOver(one);
            if (left) {
                farewell(one.number, one.epoch);
            }
        }
    }

    /** Only one of the members that notice does it. */
    private boolean takeOver(Held lost) {
        return jdbi.withHandle(handle -> handle.execute("update fix_session set owner = ? where number = ? and epoch = ? and owner = ?",
                member(), lost.number, lost.epoch, lost.owner)) == 1;
    }

    /** Another connection of the session has begun elsewhere. */
    void overtaken(Peer peer) {
        disconnect(peer, "another connection of the session has begun");
    }

    private static void disconnect(Peer peer, String why) {
        Thread.ofVirtual().start(() -> {
            try {
                peer.session().disconnect(why, false);
            } catch (IOException e) {
                LOG.debug("A connection could not be closed: {}", e.toString());
            }
        });
    }

    @Override
    public void close() {
        closing = true;
        LockSupport.unpark(keeper);
        tellers.values().forEach(ReportTeller::end);
    }
}
