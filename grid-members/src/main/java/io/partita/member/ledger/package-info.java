/**
 * The ledger on a member: batches on their way from authorization over the journal to settlement, the ownership of shards, and
 * what keeps both going.
 */
package io.partita.member.ledger;
