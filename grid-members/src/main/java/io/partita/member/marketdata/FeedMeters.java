package io.partita.member.marketdata;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.function.ToIntFunction;

/** What a WebSocket feed counts. Thread-safe. */
public final class FeedMeters {

    final Counter messages;
    final Counter conflated;
    final Counter gaps;
    final Counter errors;
    private final MeterRegistry registry;

    /** @param prefix of the names, as {@code partita.marketdata} */
    public FeedMeters(MeterRegistry registry, String prefix) {
        this.registry = registry;
        messages = counter(prefix + ".messages", "messages sent over WebSockets");
        conflated = counter(prefix + ".conflated", "messages that a newer one replaced before a slow reader took them");
        gaps = counter(prefix + ".gaps", "times that a slow reader lost messages and got a new snapshot");
        errors = counter(prefix + ".errors", "requests over WebSockets that were not done");
    }

    private Counter counter(String name, String meaning) {
        return Counter.builder(name).description(meaning).register(registry);
    }

    /** One more request was not done. */
    public void refused() {
        errors.increment();
    }

    /** A figure that is asked for. */
    public <T> void gauge(String name, String meaning, T hub, ToIntFunction<T> value) {
        Gauge.builder(name, hub, value::applyAsInt).description(meaning).register(registry);
    }
}
