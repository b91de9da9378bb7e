package io.partita.member.ledger;

import java.util.UUID;

/**
 * Remembers about which ids the journal is worth asking before anything else: a table of fingerprints in which a newer id
 * may displace an older one. A wrong guess costs a query, a forgotten one is caught by the journal's unique index. Races between
 * threads can only lose entries; thread-safe in that sense.
 */
final class RecentIds {

    private final long[] fingerprints;

    RecentIds(int size) {
        fingerprints = new long[Integer.highestOneBit(size)];
    }

    void add(UUID id) {
        long fingerprint = fingerprint(id);
        fingerprints[slot(fingerprint)] = fingerprint;
    }

    boolean maybe(UUID id) {
        long fingerprint = fingerprint(id);
        return fingerprints[slot(fingerprint)] == fingerprint;
    }

    private static long fingerprint(UUID id) {
        return io.partita.ledger.LedgerNames.mix(id.getMostSignificantBits() ^ io.partita.ledger.LedgerNames.mix(id.getLeastSignificantBits()));
    }

    private int slot(long fingerprint) {
        return (int) (fingerprint >>> 20) & fingerprints.length - 1;
    }
}
