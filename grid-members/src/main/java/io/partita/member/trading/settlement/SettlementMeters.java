package io.partita.member.trading.settlement;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.partita.trading.settlement.TradeStatus;
import java.time.Instant;
import java.time.InstantSource;
import java.util.EnumMap;
import java.util.Map;

/** What settlement tells about itself. Thread-safe. */
final class SettlementMeters {

    private final InstantSource clock;
    private final Map<TradeStatus, Counter> trades = new EnumMap<>(TradeStatus.class);
    /** When the oldest trade that waits was made, nanoseconds since 1970; 0 if none waits. */
    private volatile long oldest;

    SettlementMeters(MeterRegistry registry, InstantSource clock) {
        this.clock = clock;
        for (TradeStatus status : TradeStatus.values()) {
            trades.put(status, Counter.builder("partita.settlement.trades").tag("status", status.name()).description("Trades by what became of them")
                    .register(registry));
        }
        Gauge.builder("partita.settlement.lag", this, SettlementMeters::lagSeconds).baseUnit("seconds")
                .description("Age of the oldest trade that settlement has not come to").register(registry);
    }

    void count(TradeStatus status) {
        trades.get(status).increment();
    }

    void idle() {
        oldest = 0;
    }

    void oldest(long madeAt) {
        oldest = madeAt;
    }

    double lagSeconds() {
        long madeAt = oldest;
        Instant now = clock.instant();
        return madeAt == 0 ? 0 : Math.max(0, now.getEpochSecond() - madeAt / 1e9 + now.getNano() / 1e9);
    }
}
