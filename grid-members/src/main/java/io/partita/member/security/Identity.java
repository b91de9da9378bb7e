package io.partita.member.security;

import io.partita.security.Permission;
import io.partita.security.Principal;
import io.partita.security.Role;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/**
 * A user or a service account. Immutable.
 *
 * @param name         unique
 * @param kind         person or program
 * @param roles        what they are
 * @param accounts     the only accounts that they may see and use; empty: all
 * @param enabled      whether they may do anything at all
 * @param fullName     of a person; may be null
 * @param email        of a person; may be null
 * @param mustChange   whether the password was given by somebody else
 * @param secondFactor whether there is one
 * @param createdAt    when it was made
 * @param createdBy    who has made it
 * @param signedInAt   when they signed in last; null for never
 */
public record Identity(String name, Principal.Kind kind, Set<Role> roles, Optional<Set<Long>> accounts, boolean enabled, String fullName, String email, boolean mustChange,
                boolean secondFactor, Instant createdAt, String createdBy, Instant signedInAt) {

    /** Them, by a session or key that may do so much. */
    Principal principal(Set<Permission> granted, String session) {
        return new Principal(name, kind, roles, granted, accounts, session);
    }

    /** Without what is personal: this may get into a log. */
    @Override
    public String toString() {
        return "Identity[" + name + ", " + roles + "]";
    }
}
