/** Who may send what: the table of permissions, the filters in front of every endpoint, and limits on how much. */
package io.partita.member.security.access;
