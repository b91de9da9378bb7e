package io.partita.member.marketdata.rules;

import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.map.IMap;
import io.partita.marketdata.MarketDataNames;
import io.partita.marketdata.rules.AlertRule;
import io.partita.marketdata.rules.RuleFailure;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.EventListener;

/**
 * Rules as they are kept in PostgreSQL, and put into the grid from there: at each start, at each change, and every half a minute, should somebody have died between
 * the two. Thread-safe.
 */
public final class Rules implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Rules.class);
    /** Each is judged on each bar of its size. */
    static final int MOST = 200;
    private static final int REPAIR_SECONDS = 30;

    private final IMap<String, AlertRule> rules;
    private final IMap<String, RuleFailure> failures;
    private final RuleTables tables;
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(Thread.ofPlatform().daemon().name("alert-rules").factory());

    Rules(HazelcastInstance hazelcast, RuleTables tables) {
        rules = hazelcast.getMap(MarketDataNames.RULES);
        failures = hazelcast.getMap(MarketDataNames.RULE_FAILURES);
        this.tables = tables;
    }

    @EventListener(ApplicationReadyEvent.class)
    void begin() {
        timer.scheduleWithFixedDelay(this::repair, 0, REPAIR_SECONDS, TimeUnit.SECONDS);
    }

    private void repair() {
        try {
            Map<String, AlertRule> there = new HashMap<>();
            rules.values().forEach(rule -> there.put(rule.name(), rule));
            Map<String, AlertRule> wanted = new HashMap<>();
            tables.all().forEach(kept -> wanted.put(kept.rule().name(), kept.rule()));
            // Only what differs: nobody has to wait for a lock otherwise.
            Stream.of(there, wanted).flatMap(each -> each.keySet().stream()).distinct().filter(name -> !Objects.equals(there.get(name), wanted.get(name)))
                    .forEach(this::publish);
        } catch (RuntimeException unavailable) {
            LOG.info("Alert rules were not compared with the grid this time: {}", unavailable.toString());
        }
    }

    /** The map becomes what the table is; one at a time, so that nobody puts back what was changed meanwhile. */
    private void publish(String name) {
        rules.lock(name);
        try {
            Optional<KeptRule> kept = tables.find(name);
            if (kept.isPresent()) {
                rules.set(name, kept.get().rule());
            } else {
                rules.delete(name);
            }
        } finally {
            rules.unlock(name);
        }
    }

    List<KeptRule> all() {
        return tables.all();
    }

    Optional<KeptRule> find(String name) {
        return tables.find(name);
    }

    /** Keeps a rule whose condition can be read; false if there is one of the name, or there are {@value #MOST}. */
    public boolean add(AlertRule rule, String description, String actor) {
        boolean added = tables.add(rule, description, actor, MOST);
        publish(rule.name());
        return added;
    }

    /** False if there is none of the name. */
    boolean replace(AlertRule rule, String description, String actor) {
        boolean replaced = tables.replace(rule, description, actor);
        publish(rule.name());
        return replaced;
    }

    /** False if there is none of the name. */
    boolean remove(String name) {
        boolean removed = tables.remove(name);
        publish(name);
        return removed;
    }

    /** Why a rule, as it is now, is judged no more. */
    Optional<RuleFailure> failure(AlertRule rule) {
        return Optional.ofNullable(failures.get(RuleFailure.key(rule.name(), rule.version())));
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }
}
