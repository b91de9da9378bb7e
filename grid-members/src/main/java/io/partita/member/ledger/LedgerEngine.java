package io.partita.member.ledger;

import io.partita.tracing.Tracing;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The parts that every batch works with.
 */
record LedgerEngine(ShardGrid shards, Journal store, Bookings lookup, StoreHealth health, ViewKeeper view,
                    ShardKeeper keeper, LedgerMeters meters, InstantSource clock, Timing timing, RecentIds recent,
                    AtomicLong tokens, Tracing tracing) {

    /** This member's id, as it stands in the view and in the journal. */
    String member() {
        return view.member();
    }

    /** Names the reservations of one batch; the upper half tells whose they are. */
    long nextToken() {
        return tokenPrefix(member()) | tokens.incrementAndGet() & 0xFFFF_FFFFL;
    }

    static long tokenPrefix(String member) {
        // Never negative and never zero: zero stands for no reservations.
        return (member.hashCode() & 0x7FFF_FFFFL | 1) << 32;
    }

    long nowMicros() {
        return ChronoUnit.MICROS.between(Instant.EPOCH, clock.instant());
    }
}
