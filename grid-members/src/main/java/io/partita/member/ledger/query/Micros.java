package io.partita.member.ledger.query;

import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** Booking times as the journal stores them: microseconds since the epoch. */
final class Micros {

    private Micros() {
    }

    /** Times outside the range of the journal become its ends, so that any instant can be asked for. */
    static long of(Instant time) {
        try {
            return Math.addExact(Math.multiplyExact(time.getEpochSecond(), 1_000_000L), time.getNano() / 1_000);
        } catch (ArithmeticException e) {
            return time.getEpochSecond() < 0 ? Long.MIN_VALUE : Long.MAX_VALUE;
        }
    }

    static Instant toInstant(long micros) {
        return Instant.EPOCH.plus(micros, ChronoUnit.MICROS);
    }
}
