package io.partita.pipelines.marketdata.rules;

import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.logging.ILogger;
import com.hazelcast.map.IMap;
import io.partita.marketdata.MarketDataNames;
import io.partita.marketdata.anomaly.Silence;
import io.partita.marketdata.rules.AlertRule;
import io.partita.marketdata.rules.RuleFailure;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * The rules that there are now, on one member: looked up once a second, each read once. A rule that cannot be evaluated is told so in the grid, and left alone on all
 * members until it is changed. Thread-safe.
 */
final class RuleBook implements AutoCloseable {

    private static final int REFRESH_SECONDS = 1;

    private final RuleLanguage language = new RuleLanguage();
    private final IMap<String, AlertRule> rules;
    private final IMap<String, RuleFailure> failures;
    private final IMap<Long, Silence> silences;
    private final ILogger log;
    private final Set<String> failed = ConcurrentHashMap.newKeySet();
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(Thread.ofPlatform().daemon().name("rule-book").factory());
    private volatile Page page = new Page(Map.of(), List.of());

    private record Active(AlertRule rule, RuleCondition condition, boolean onAnomalies) {
    }

    /** All that is looked up together. */
    private record Page(Map<String, Active> rules, List<Silence> silences) {
    }

    RuleBook(HazelcastInstance hazelcast) {
        rules = hazelcast.getMap(MarketDataNames.RULES);
        failures = hazelcast.getMap(MarketDataNames.RULE_FAILURES);
        silences = hazelcast.getMap(MarketDataNames.SILENCES);
        log = hazelcast.getLoggingService().getLogger(RuleBook.class);
        refresh();
        timer.scheduleWithFixedDelay(this::refreshed, REFRESH_SECONDS, REFRESH_SECONDS, TimeUnit.SECONDS);
    }

    /** A timer whose task has thrown once never runs it again. */
    private void refreshed() {
        try {
            refresh();
        } catch (RuntimeException passing) {
            log.info("Rules were not looked up this time: " + passing);
        }
    }

    private void refresh() {
        Map<String, Active> before = page.rules;
        Map<String, Active> now = new HashMap<>();
        Set<String> known = failures.keySet();
        for (AlertRule rule : rules.values()) {
            Active there = before.get(rule.name());
            if (rule.enabled() && !known.contains(RuleFailure.key(rule.name(), rule.version()))) {
                Active active = there != null && there.rule.equals(rule) ? there : read(rule);
                if (active != null) {
                    now.put(rule.name(), active);
                }
            }
        }
        failed.removeIf(key -> known.contains(key) || now.values().stream().noneMatch(active -> key(active.rule).equals(key)));
        page = new Page(now, List.copyOf(silences.values()));
    }

    private static String key(AlertRule rule) {
        return RuleFailure.key(rule.name(), rule.version());
    }

    private Active read(AlertRule rule) {
        return switch (language.read(rule.condition())) {
            case RuleLanguage.Read.Readable(RuleCondition condition) -> new Active(rule, condition, condition.onAnomalies());
            case RuleLanguage.Read.Unreadable(List<RuleLanguage.Flaw> flaws) -> {
                // It was readable when it came: by another version of this software.
                failures.putIfAbsent(key(rule), new RuleFailure(rule.name(), rule.version(), 0, 0, flaws.getFirst().message()));
                yield null;
            }
        };
    }

    /** The rules that are true of something. May wait for the grid. */
    List<Fired> judge(Sight sight) {
        Page now = page;
        List<Fired> fired = new ArrayList<>();
        for (Active active : now.rules.values()) {
            AlertRule rule = active.rule;
            if (rule.size() != sight.size() || active.onAnomalies != (sight.alert() != null) || !rule.covers(sight.number()) || failed.contains(key(rule))) {
                continue;
            }
            switch (active.condition.judge(sight)) {
                case RuleCondition.Verdict.Plain.TRUE -> fired.add(Fired.of(rule, active.condition, sight, now.silences));
                case RuleCondition.Verdict.Plain.FALSE, RuleCondition.Verdict.Plain.ABSENT -> { }
                case RuleCondition.Verdict.Failed(String message) -> fail(rule, sight, message);
            }
        }
        return fired;
    }

    private void fail(AlertRule rule, Sight sight, String message) {
        failed.add(key(rule));
        failures.putIfAbsent(key(rule), new RuleFailure(rule.name(), rule.version(), sight.number(), sight.time(), message));
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }
}
