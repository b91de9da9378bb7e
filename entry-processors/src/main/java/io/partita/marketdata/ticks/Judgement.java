package io.partita.marketdata.ticks;

import java.util.Optional;

/**
 * What a check found.
 *
 * @param fault   null if nothing is wrong; of several the first that refuses
 * @param detail  for people, empty if nothing is wrong
 * @param missing how many numbers are missing before this tick, not counting those that were missing already
 */
public record Judgement(Tick tick, Fault fault, String detail, long missing) {

    static Judgement good(Tick tick) {
        return new Judgement(tick, null, "", 0);
    }

    static Judgement of(Tick tick, Fault fault, String detail) {
        return new Judgement(tick, fault, detail, 0);
    }

    /** Whether the tick is used. */
    public boolean passed() {
        return fault == null || !fault.refuses();
    }

    /** What is kept of a tick that is not used. */
    public Optional<DeadLetter> deadLetter() {
        return passed() ? Optional.empty() : Optional.of(new DeadLetter(tick.source(), tick.received(), fault, detail, tick.toString()));
    }
}
