package io.partita.member.ledger.reconcile;

/**
 * One difference.
 *
 * @param account  0 if it concerns no single account
 * @param shard    -1 if it concerns no single shard
 * @param sequence the shard's sequence at which the two sides were compared; 0 for none
 * @param field    which sum or fact differs
 * @param expected what the journal says
 * @param found    what was found instead
 */
public record Break(BreakReason reason, long account, int shard, long sequence, String field, String expected, String found) {
}
