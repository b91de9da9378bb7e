/**
 * Everything that is asked of the ledger: accounts, balances as of any point, statements, the journal, trial balances, the
 * chart of accounts and the general ledger. All of it is a fold of the journal in PostgreSQL; nothing here writes.
 */
package io.partita.member.ledger.query;
