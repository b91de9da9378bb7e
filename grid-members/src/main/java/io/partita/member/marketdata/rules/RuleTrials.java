package io.partita.member.marketdata.rules;

import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.map.IMap;
import com.hazelcast.query.Predicates;
import io.partita.marketdata.MarketDataNames;
import io.partita.marketdata.anomaly.AnomalyAlert;
import io.partita.marketdata.bars.BarSize;
import io.partita.marketdata.bars.TradeBar;
import io.partita.marketdata.rules.AlertRule;
import io.partita.marketdata.stream.BarKey;
import io.partita.marketdata.stream.IndicatorRow;
import io.partita.marketdata.stream.MarketInstrument;
import io.partita.member.streams.SeriesReader;
import io.partita.pipelines.marketdata.rules.DryRun;
import io.partita.pipelines.marketdata.rules.RuleCondition;
import io.partita.pipelines.marketdata.rules.Sight;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Rules over history: over what the grid has of bars, indicators and anomalies. A few at a time. Thread-safe. */
final class RuleTrials {

    /** Of an instrument. */
    private static final int MOST_BARS = 10_000;
    private static final int AT_ONCE = 2;

    private final SeriesReader series;
    private final IMap<String, AnomalyAlert> anomalies;
    private final Semaphore running = new Semaphore(AT_ONCE);

    RuleTrials(SeriesReader series, HazelcastInstance hazelcast) {
        this.series = series;
        anomalies = hazelcast.getMap(MarketDataNames.ANOMALIES);
    }

    /** Judges a rule on bars that begin, or anomalies that are known, within a time; nothing if too many are at it. */
    Optional<DryRun> run(AlertRule rule, RuleCondition condition, List<MarketInstrument> instruments, long from, long to) {
        if (!running.tryAcquire()) {
            return Optional.empty();
        }
        try {
            List<Sight> sights = new ArrayList<>();
            for (MarketInstrument instrument : instruments) {
                sights.addAll(condition.onAnomalies() ? found(instrument, rule.size(), from, to) : bars(instrument, rule.size(), from, to));
            }
            return Optional.of(DryRun.of(rule, condition, sights));
        } finally {
            running.release();
        }
    }

    private List<Sight> bars(MarketInstrument instrument, BarSize size, long from, long to) {
        Map<Long, IndicatorRow> rows = series.indicators(instrument.id(), size, from, to, MOST_BARS).stream()
                .collect(Collectors.toMap(IndicatorRow::start, Function.identity()));
        List<Sight> sights = new ArrayList<>();
        Sight before = null;
        for (TradeBar bar : series.bars(instrument.id(), size, from, to, MOST_BARS)) {
            before = Sight.of(instrument, bar, rows.get(bar.start()), before);
            sights.add(before);
        }
        return sights;
    }

    private List<Sight> found(MarketInstrument instrument, BarSize size, long from, long to) {
        return anomalies.values(Predicates.and(Predicates.equal("anomaly.instrument", instrument.id()), Predicates.equal("size", size.toString()),
                Predicates.between("anomaly.detected", from, to - 1))).stream().filter(alert -> alert.rule() == null)
                .sorted(Comparator.comparingLong(alert -> alert.anomaly().detected())).limit(MOST_BARS).map(alert -> {
                    BarKey key = new BarKey(instrument.id(), size, alert.anomaly().detected() - size.nanos());
                    return Sight.of(instrument, series.bar(key), series.row(key), alert);
                }).toList();
    }
}
