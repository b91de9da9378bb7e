package io.partita.member.marketdata;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.function.ToIntFunction;

/** What the WebSocket feed counts. Thread-safe. */
final class FeedMeters {

    final Counter messages;
    final Counter conflated;
    final Counter gaps;
    final Counter errors;
    private final MeterRegistry registry;

    FeedMeters(MeterRegistry registry) {
        this.registry = registry;
        messages = counter("partita.marketdata.messages", "messages sent over WebSockets");
        conflated = counter("partita.marketdata.conflated", "messages that a newer one replaced before a slow reader took them");
        gaps = counter("partita.marketdata.gaps", "times that a slow reader lost messages and got a new snapshot");
        errors = counter("partita.marketdata.errors", "requests over WebSockets that were not done");
    }

    private Counter counter(String name, String meaning) {
        return Counter.builder(name).description(meaning).register(registry);
    }

    <T> void gauge(String name, String meaning, T hub, ToIntFunction<T> value) {
        Gauge.builder(name, hub, value::applyAsInt).description(meaning).register(registry);
    }
}
