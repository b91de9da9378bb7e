/**
 * A ledger shard: one atomic state machine for some thousands of accounts, and the entry processors that drive it. Not for
 * clients, who use {@link io.partita.ledger.LedgerClient}.
 */
package io.partita.ledger.shard;
