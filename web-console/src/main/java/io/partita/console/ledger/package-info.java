/** Pages of the ledger: accounts, statements, transfers, entries and their proofs. */
package io.partita.console.ledger;
