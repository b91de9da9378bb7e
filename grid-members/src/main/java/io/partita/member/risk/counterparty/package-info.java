/** Counterparties on a member: what is lost if one of them fails. */
package io.partita.member.risk.counterparty;
