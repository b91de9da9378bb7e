/** What whoever helps needs to know of a member, in one archive, without a secret in it. */
package io.partita.member.diagnostics;
