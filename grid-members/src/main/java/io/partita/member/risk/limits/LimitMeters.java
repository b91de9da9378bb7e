package io.partita.member.risk.limits;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.partita.risk.BreachChange.Kind;
import io.partita.risk.BreachEvent;
import java.util.EnumMap;
import java.util.Map;

/** What limits tell about themselves. Thread-safe. */
final class LimitMeters {

    private final Map<Kind, Counter> changes = new EnumMap<>(Kind.class);
    private final Timer evaluation;

    LimitMeters(MeterRegistry registry) {
        for (Kind kind : Kind.values()) {
            if (kind != Kind.NONE) {
                changes.put(kind, Counter.builder("partita.risk.breaches").tag("change", kind.name()).description("Changes of breaches of limits").register(registry));
            }
        }
        evaluation = Timer.builder("partita.risk.evaluation").description("How long it took to hold all limits against their figures").register(registry);
    }

    void count(BreachEvent event) {
        changes.get(event.kind()).increment();
    }

    void time(Runnable all) {
        evaluation.record(all);
    }
}
