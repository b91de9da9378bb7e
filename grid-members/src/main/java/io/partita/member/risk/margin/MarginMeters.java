package io.partita.member.risk.margin;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.partita.risk.margin.CallStatus;
import java.util.EnumMap;
import java.util.Map;

/** What margin tells about itself. Thread-safe. */
final class MarginMeters {

    private final Map<CallStatus, Counter> calls = new EnumMap<>(CallStatus.class);
    private final Timer evaluation;

    MarginMeters(MeterRegistry registry) {
        for (CallStatus status : CallStatus.values()) {
            calls.put(status, Counter.builder("partita.risk.margin.calls").tag("status", status.name()).description("Margin calls by what they came to").register(registry));
        }
        evaluation = Timer.builder("partita.risk.margin.evaluation").description("How long it took to look at all margin accounts").register(registry);
    }

    void count(CallStatus status) {
        calls.get(status).increment();
    }

    void time(Runnable all) {
        evaluation.record(all);
    }
}
