/** Retention: closed periods go to files that verify, and leave the database under a retained checkpoint and a signed head. */
package io.partita.member.ledger.archive;
