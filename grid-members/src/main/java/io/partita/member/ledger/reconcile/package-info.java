/**
 * Reconciliation: the journal against everything that is derived from it (checkpoints, the grid, the table of accounts), and
 * the entries of an account against a statement from outside.
 */
package io.partita.member.ledger.reconcile;
