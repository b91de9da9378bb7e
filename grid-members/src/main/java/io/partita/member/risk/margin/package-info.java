/** Margin accounts on a member: what they have and need, calls for what is missing, and what happens to those that do not answer. */
package io.partita.member.risk.margin;
