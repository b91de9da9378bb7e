package io.partita.member.rest;

import io.partita.security.Permission;
import java.util.Set;
import java.util.stream.Stream;

/** The body of a request that says on whose account it is, and perhaps that it is more than it looks. Asked before anything is done with it. */
public interface Guarded {

    /** The accounts that its sender must own; what is missing may be null. Never those that only receive. */
    Stream<Long> mustOwn();

    /** What its sender must be allowed beyond what the address asks for. */
    default Set<Permission> needs() {
        return Set.of();
    }
}
