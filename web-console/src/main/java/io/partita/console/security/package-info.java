/** Who is signed in: the way in, one's own profile, and for those who may: users, keys, approvals and the audit trail. */
package io.partita.console.security;
