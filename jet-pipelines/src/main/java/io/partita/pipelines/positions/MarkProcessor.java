package io.partita.pipelines.positions;

import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.jet.Traverser;
import com.hazelcast.jet.Traversers;
import com.hazelcast.jet.core.AbstractProcessor;
import com.hazelcast.jet.core.metrics.Metric;
import com.hazelcast.jet.core.metrics.Metrics;
import com.hazelcast.jet.core.metrics.Unit;
import com.hazelcast.map.IMap;
import io.partita.positions.PositionNames;
import io.partita.positions.live.LiveBook;
import io.partita.positions.live.LiveKey;
import io.partita.positions.live.LiveMark;
import io.partita.positions.live.LivePortfolio;
import io.partita.positions.live.LivePosition;
import io.partita.positions.live.LivePulse;
import io.partita.positions.live.TellPulse;
import io.partita.time.EpochNanos;
import java.io.Serial;
import java.io.Serializable;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * A {@link LiveBook} of all portfolios, in one place. Takes {@link LiveMark}s; emits {@link Told}, in rounds.
 *
 * <p>It has no state of its own to keep: positions are PostgreSQL's, and marks are in a map of the grid, where another stage has put them before a snapshot
 * is complete. So wherever it begins anew, it comes to the same.
 */
final class MarkProcessor extends AbstractProcessor {

    /** All marks go to whichever instance has this one's partition; the others do nothing. */
    static final String ALL = LivePulse.KEY;
    private static final long PULSE_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final Pace pace;
    private final LiveBook book = new LiveBook();
    private final RiskQueue risks;
    private IMap<String, LivePulse> pulses;
    private HazelcastInstance hazelcast;
    private TruthReader truth;
    private Traverser<Told> telling;
    private Metric counted;
    private Metric replaced;
    private Metric behind;
    private Metric refused;
    private long run;
    private long revision;
    private long marks;
    private long lastRound;
    private long lastPositions;
    private long lastPulse;
    private boolean begun;

    /**
     * How often something is done, in milliseconds.
     *
     * @param every     a round of marking and of portfolios, at most
     * @param positions positions are told, at most
     * @param risk      the risk of a portfolio is calculated, at most
     * @param look      PostgreSQL is looked at
     */
    record Pace(long every, long positions, long risk, long look) implements Serializable {

        @Serial
        private static final long serialVersionUID = 1;
    }

    MarkProcessor(Pace pace) {
        this.pace = pace;
        risks = new RiskQueue(TimeUnit.MILLISECONDS.toNanos(pace.risk));
    }

    /** It waits for the grid when it begins. */
    @Override
    public boolean isCooperative() {
        return false;
    }

    @Override
    protected void init(Context context) {
        hazelcast = context.hazelcastInstance();
        int partition = hazelcast.getPartitionService().getPartition(ALL).getPartitionId();
        if (Arrays.stream(context.processorPartitions()).noneMatch(mine -> mine == partition)) {
            return;
        }
        pulses = hazelcast.getMap(PositionNames.LIVE_PULSE);
        run = pulses.executeOnKey(LivePulse.KEY, new TellPulse());
        hazelcast.<String, LiveMark>getMap(PositionNames.LIVE_MARKS).values().forEach(book::offer);
        truth = TruthReader.start(hazelcast, getLogger(), pace.look);
        long now = System.nanoTime();
        lastRound = now - TimeUnit.MILLISECONDS.toNanos(pace.every);
        lastPositions = now - TimeUnit.MILLISECONDS.toNanos(pace.positions);
        lastPulse = now - PULSE_NANOS;
    }

    @Override
    protected boolean tryProcess0(Object item) {
        marks++;
        book.offer((LiveMark) item);
        return true;
    }

    @Override
    public boolean tryProcess() {
        if (truth == null) {
            return true;
        }
        if (telling == null) {
            List<Told> round = round(System.nanoTime());
            if (round.isEmpty()) {
                return true;
            }
            telling = Traversers.traverseIterable(round).onFirstNull(() -> telling = null);
        }
        return emitFromTraverser(telling);
    }

    private List<Told> round(long now) {
        if (now - lastRound < TimeUnit.MILLISECONDS.toNanos(pace.every)) {
            return List.of();
        }
        truth.take(book::apply, risks::movements);
        pulse(now);
        if (!book.begun()) {
            return List.of();
        }
        lastRound = now;
        revision++;
        book.mark();
        List<Told> told = new ArrayList<>();
        portfolios(now, told);
        if (now - lastPositions >= TimeUnit.MILLISECONDS.toNanos(pace.positions)) {
            lastPositions = now;
            positions(told);
        }
        if (!begun) {
            begun = true;
            forget(told);
        }
        return told;
    }

    private void portfolios(long now, List<Told> told) {
        long moment = moment();
        Set<String> touched = book.takePortfolios();
        touched.addAll(risks.refresh(touched, book, now, moment));
        for (String code : touched) {
            told.add(book.portfolio(code, run, revision, risks.of(code), moment).map(row -> new Told.OfPortfolio(row, false)).orElseGet(() -> gone(code)));
        }
    }

    private void positions(List<Told> told) {
        for (String symbol : book.takeSymbols()) {
            book.positions(symbol, run, revision).forEach(row -> told.add(new Told.OfPosition(row, false)));
        }
        book.takeReleased().forEach(key -> told.add(gone(key)));
    }

    /** What an earlier run has told of and is no more. */
    private void forget(List<Told> told) {
        Set<Object> known = new HashSet<>();
        told.forEach(one -> known.add(switch (one) {
            case Told.OfPortfolio portfolio -> portfolio.row().code();
            case Told.OfPosition position -> position.row().key();
        }));
        hazelcast.<String, LivePortfolio>getMap(PositionNames.LIVE_PORTFOLIOS).keySet().stream().filter(code -> !known.contains(code)).forEach(code -> told.add(gone(code)));
        hazelcast.<LiveKey, LivePosition>getMap(PositionNames.LIVE_POSITIONS).keySet().stream().filter(key -> !known.contains(key)).forEach(key -> told.add(gone(key)));
    }

    private Told.OfPortfolio gone(String code) {
        return new Told.OfPortfolio(LivePortfolio.gone(code, run, revision), true);
    }

    private Told.OfPosition gone(LiveKey key) {
        return new Told.OfPosition(LivePosition.gone(key, run, revision), true);
    }

    private void pulse(long now) {
        if (now - lastPulse >= PULSE_NANOS) {
            lastPulse = now;
            measure();
            pulses.submitToKey(LivePulse.KEY, new TellPulse(new LivePulse(run, book.begun() ? moment() : 0, truth.read(), book.size(), revision, marks, book.conflated(), book.late())));
        }
    }

    private void measure() {
        if (counted == null) {
            counted = Metrics.metric("marks", Unit.COUNT);
            replaced = Metrics.metric("conflated", Unit.COUNT);
            behind = Metrics.metric("late", Unit.COUNT);
            refused = Metrics.metric("impossible", Unit.COUNT);
        }
        counted.set(marks);
        replaced.set(book.conflated());
        behind.set(book.late());
        refused.set(book.impossible());
    }

    private static long moment() {
        return EpochNanos.of(Instant.now());
    }

    @Override
    public void close() {
        if (truth != null) {
            truth.close();
        }
    }
}
