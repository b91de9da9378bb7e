package io.partita.member.positions;

import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.map.IMap;
import com.hazelcast.query.Predicates;
import io.partita.positions.PositionNames;
import io.partita.positions.live.LiveKey;
import io.partita.positions.live.LivePortfolio;
import io.partita.positions.live.LivePosition;
import io.partita.positions.live.LivePulse;
import io.partita.time.EpochNanos;
import java.time.InstantSource;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Portfolios and positions as they were marked last. Thread-safe; calls ask the grid and wait. */
public final class LivePnl {

    private final IMap<String, LivePortfolio> portfolios;
    private final IMap<LiveKey, LivePosition> positions;
    private final IMap<String, LivePulse> pulses;
    private final InstantSource clock;

    LivePnl(HazelcastInstance hazelcast, InstantSource clock) {
        portfolios = hazelcast.getMap(PositionNames.LIVE_PORTFOLIOS);
        positions = hazelcast.getMap(PositionNames.LIVE_POSITIONS);
        pulses = hazelcast.getMap(PositionNames.LIVE_PULSE);
        this.clock = clock;
    }

    /** A portfolio; nothing if it was not marked. */
    public Optional<LivePortfolio> find(String code) {
        return Optional.ofNullable(portfolios.get(code));
    }

    /** Portfolios by code; those that were not marked are left out. */
    public Map<String, LivePortfolio> find(Set<String> codes) {
        return portfolios.getAll(codes);
    }

    /** All portfolios, by code. */
    public List<LivePortfolio> all() {
        return portfolios.values().stream().sorted(Comparator.comparing(LivePortfolio::code)).toList();
    }

    /** The positions in some books, by account and symbol. */
    public List<LivePosition> positions(Collection<String> books) {
        return positions.values(Predicates.in("book", books.toArray(String[]::new))).stream()
                .sorted(Comparator.comparingLong(LivePosition::account).thenComparing(LivePosition::symbol)).toList();
    }

    /** How marking goes on; nothing if it never began. */
    public Optional<LivePulse> pulse() {
        return Optional.ofNullable(pulses.get(LivePulse.KEY));
    }

    /** Whether portfolios are marked now. */
    public boolean beats() {
        return pulse().filter(pulse -> pulse.beats(EpochNanos.of(clock.instant()))).isPresent();
    }
}
