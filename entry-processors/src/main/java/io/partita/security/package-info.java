/** Who may do what: roles, permissions, and the one who asks. */
package io.partita.security;
