/** The journal: what is booked, its one canonical encoding, and the Merkle log over it. */
package io.partita.ledger.journal;
