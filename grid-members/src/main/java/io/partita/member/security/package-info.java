/** Who there is and what they may do: users, keys, sessions, tokens, approvals. */
package io.partita.member.security;
