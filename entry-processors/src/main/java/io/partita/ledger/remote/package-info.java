/** How calls of the {@link io.partita.ledger.LedgerClient} travel to members. Not for applications. */
package io.partita.ledger.remote;
