/** Tamper evidence on a member: signed tree heads, the tiles below them, proofs and bundles. */
package io.partita.member.ledger.proof;
