package io.partita.member.drill.load;

import io.partita.member.drill.history.Answer;
import io.partita.member.drill.history.Outcome;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;

/** Counts answers while a load runs. An answer counts once for each time that a transfer was asked for. Thread-safe. */
public final class Tally {

    private final LongAdder booked = new LongAdder();
    private final LongAdder refused = new LongAdder();
    private final LongAdder unknown = new LongAdder();
    private final LongAdder reads = new LongAdder();
    private final LongAdder failedReads = new LongAdder();
    private final Map<String, LongAdder> codes = new ConcurrentSkipListMap<>();
    private final AtomicLong lastBooked = new AtomicLong(Long.MIN_VALUE);
    private final AtomicLong longestCall = new AtomicLong();

    void write(Answer answer, long endedNanos) {
        switch (answer.outcome()) {
            case OK -> {
                booked.increment();
                lastBooked.accumulateAndGet(endedNanos, Math::max);
            }
            case REFUSED -> refused.increment();
            case UNKNOWN -> unknown.increment();
        }
        codes.computeIfAbsent(answer.outcome() == Outcome.OK ? "BOOKED" : answer.code(), code -> new LongAdder()).increment();
    }

    void read(Answer answer) {
        (answer.outcome() == Outcome.OK ? reads : failedReads).increment();
    }

    void took(long nanos) {
        longestCall.accumulateAndGet(nanos, Math::max);
    }

    public long booked() {
        return booked.sum();
    }

    public long refused() {
        return refused.sum();
    }

    public long unknown() {
        return unknown.sum();
    }

    /** Answers about transfers so far, by code; {@code BOOKED} for those that went through. */
    public Map<String, Long> codes() {
        Map<String, Long> counts = new TreeMap<>();
        codes.forEach((code, count) -> counts.put(code, count.sum()));
        return counts;
    }

    /** When a transfer was last acknowledged, as {@link System#nanoTime} has it; the distant past before the first. */
    public long lastBooked() {
        return lastBooked.get();
    }

    /** The longest that any call took since this was last asked. */
    public Duration longestCall() {
        return Duration.ofNanos(longestCall.getAndSet(0));
    }

    /** One line for whoever watches. */
    @Override
    public String toString() {
        return "ok=%d refused=%d unknown=%d reads=%d failedReads=%d".formatted(booked(), refused(), unknown(), reads.sum(), failedReads.sum());
    }
}
