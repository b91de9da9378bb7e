package io.partita.member.demo;

import io.partita.ledger.LedgerNames;
import java.util.UUID;

/**
 * Transfer ids that follow from a seed, a chapter and a count: UUID version 8 (RFC 9562), ascending. Used by one thread.
 */
final class DemoIds {

    private final long high;
    private long next;

    DemoIds(long seed, long chapter) {
        high = LedgerNames.mix(LedgerNames.mix(seed) + chapter) & 0xFFFF_FFFF_FFFF_0FFFL | 0x8000L;
    }

    UUID next() {
        return new UUID(high, 1L << 63 | next++);
    }
}
