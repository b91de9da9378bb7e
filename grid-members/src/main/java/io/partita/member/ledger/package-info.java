/** The ledger on a member: coordination, the journal in PostgreSQL, shards and the view. */
package io.partita.member.ledger;
