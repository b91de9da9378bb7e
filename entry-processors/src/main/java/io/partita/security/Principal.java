package io.partita.security;

import java.util.Collections;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/**
 * The one who asks, as a member has made sure of it. Immutable.
 *
 * @param name     of the user or service account; unique
 * @param kind     person or program
 * @param roles    what they are
 * @param granted  what they may do now: what the roles allow, cut down to the scopes of the key or token
 * @param accounts the only accounts (of the ledger and of trading) that they may see and use; empty: all
 * @param session  the session or the key by which they ask, for the audit trail and for revoking it
 */
public record Principal(String name, Kind kind, Set<Role> roles, Set<Permission> granted, Optional<Set<Long>> accounts, String session) {

    /** Who is behind it. */
    public enum Kind {
        USER, SERVICE
    }

    public Principal {
        roles = Set.copyOf(roles);
        granted = Set.copyOf(granted);
        accounts = accounts.map(Set::copyOf);
    }

    /** What roles allow, together. */
    public static Set<Permission> permissions(Set<Role> roles) {
        EnumSet<Permission> all = EnumSet.noneOf(Permission.class);
        roles.forEach(role -> all.addAll(role.permissions()));
        return Collections.unmodifiableSet(all);
    }

    public boolean may(Permission permission) {
        return granted.contains(permission);
    }

    /** Whether an account is theirs to see and use. */
    public boolean owns(long account) {
        return accounts.map(own -> own.contains(account)).orElse(true);
    }
}
