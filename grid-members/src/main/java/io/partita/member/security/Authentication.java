package io.partita.member.security;

import io.partita.security.Principal;
import io.partita.security.SecurityRefusal;

/** Who a bearer is, or why that is not known. */
public sealed interface Authentication {

    /** The one who asks. */
    record Known(Principal principal) implements Authentication {
    }

    /**
     * Nobody.
     *
     * @param code   why
     * @param detail the case at hand; tells nothing of the bearer
     */
    record Unknown(SecurityRefusal code, String detail) implements Authentication {
    }
}
