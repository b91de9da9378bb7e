package io.partita.member.security.access;

import io.partita.security.Permission;
import io.partita.security.Principal;

/** What an address asks of a caller. */
public sealed interface Need {

    /** Nothing: anybody may. */
    record Nothing() implements Need {
    }

    /** To be known. */
    record SignedIn() implements Need {
    }

    /** A permission. */
    record To(Permission permission) implements Need {
    }

    /** Whether somebody known has it. */
    default boolean metBy(Principal principal) {
        return !(this instanceof To to) || principal.may(to.permission());
    }
}
