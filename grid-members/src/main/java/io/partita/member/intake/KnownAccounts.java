package io.partita.member.intake;

import io.partita.ledger.LedgerNames;

/**
 * Remembers accounts that are known to be open, in a table of fixed size: of two accounts that share a slot the later
 * one stays, and opening the earlier one again is harmless. So memory does not grow with the file.
 */
final class KnownAccounts {

    private static final int SLOTS = 1 << 20;

    private final long[] ids = new long[SLOTS];
    private final long[] checks = new long[SLOTS];

    boolean contains(AccountKey key) {
        int slot = slot(key);
        return ids[slot] == key.id() && checks[slot] == key.check();
    }

    void add(AccountKey key) {
        int slot = slot(key);
        ids[slot] = key.id();
        checks[slot] = key.check();
    }

    private static int slot(AccountKey key) {
        return (int) (LedgerNames.mix(key.id()) >>> 32) & (SLOTS - 1);
    }
}
