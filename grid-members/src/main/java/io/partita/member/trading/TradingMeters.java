package io.partita.member.trading;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.partita.trading.Acknowledgement;
import io.partita.trading.Reason;
import io.partita.trading.TradingRefusal;
import io.partita.trading.TradingResult;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.IntSupplier;
import java.util.function.ToDoubleFunction;

/** What the books of a member tell about themselves: commands by what became of them, how long they took, and how many wait. Thread-safe. */
final class TradingMeters {

    private static final String COMMANDS = "partita.trading.commands";

    private final MeterRegistry registry;
    private final Counter executed;
    private final Counter rejected;
    private final Map<TradingRefusal, Counter> refused = new EnumMap<>(TradingRefusal.class);
    private final Map<Acknowledgement, Timer> latencies = new EnumMap<>(Acknowledgement.class);

    TradingMeters(MeterRegistry registry) {
        this.registry = registry;
        executed = commands("EXECUTED");
        rejected = commands("REJECTED");
        for (TradingRefusal code : TradingRefusal.values()) {
            refused.put(code, commands(code.name()));
        }
        for (Acknowledgement level : Acknowledgement.values()) {
            latencies.put(level, Timer.builder("partita.trading.latency").tag("level", level.name().toLowerCase(Locale.ROOT))
                    .description("Commands from their arrival at the book's member to their answer").publishPercentileHistogram()
                    .minimumExpectedValue(Duration.ofNanos(100_000)).maximumExpectedValue(Duration.ofSeconds(10)).register(registry));
        }
    }

    private Counter commands(String result) {
        return Counter.builder(COMMANDS).tag("result", result).description("Commands by what became of them: the book's, or why it has not had them").register(registry);
    }

    /** @param waiting commands on their way to their books, asked for when somebody looks */
    void waiting(IntSupplier waiting) {
        gauge("partita.trading.waiting", "Commands that wait for their books", waiting);
    }

    /** @param unjournaled pieces that books have carried out and the journal does not have */
    void unjournaled(IntSupplier unjournaled) {
        gauge("partita.trading.unjournaled", "Batches that the books have carried out and the order journal does not have yet", unjournaled);
    }

    private void gauge(String name, String description, IntSupplier value) {
        ToDoubleFunction<IntSupplier> look = IntSupplier::getAsInt;
        Gauge.builder(name, value, look).strongReference(true).description(description).register(registry);
    }

    /** One call has its answer. */
    void answered(Acknowledgement level, Duration took, List<TradingResult> results) {
        latencies.get(level).record(took);
        int done = 0;
        int not = 0;
        for (TradingResult result : results) {
            switch (result) {
                case TradingResult.Executed one when one.rejected() == Reason.NONE -> done++;
                case TradingResult.Executed _ -> not++;
                case TradingResult.Refused other -> refused.get(other.code()).increment();
                case TradingResult.Denied denied -> throw new IllegalStateException("a book does not deny: " + denied);
            }
        }
        // Once for a call: a counter that all threads write to costs more than the rest of this.
        executed.increment(done);
        rejected.increment(not);
    }
}
