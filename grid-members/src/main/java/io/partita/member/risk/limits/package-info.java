/** Limits of risk on a member: who watches them, what becomes of those that are broken, and whose orders they stop. */
package io.partita.member.risk.limits;
