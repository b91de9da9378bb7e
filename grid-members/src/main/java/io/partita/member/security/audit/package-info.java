/** Who did what and what was denied, in a chain of hashes. */
package io.partita.member.security.audit;
