package io.partita.member.rest;

import io.partita.security.Principal;
import io.partita.security.SecurityRefusal;
import java.util.Optional;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContextHolder;

/** Who sent the request that this thread answers, and which accounts are theirs. */
public final class OwnAccounts {

    private OwnAccounts() {
    }

    /** Empty outside of requests, and for requests of nobody known. */
    public static Optional<Principal> caller() {
        Authentication known = SecurityContextHolder.getContext().getAuthentication();
        return known != null && known.getPrincipal() instanceof Principal principal ? Optional.of(principal) : Optional.empty();
    }

    /** Whether an account is the caller's to see and use; what no request asks for is nobody else's. */
    public static boolean owns(long account) {
        return caller().map(principal -> principal.owns(account)).orElse(true);
    }

    /** Throws {@code NOT_YOURS} unless the account is the caller's. */
    public static void mustOwn(long account) {
        if (!owns(account)) {
            throw notYours("Account " + account + " is not one of yours.");
        }
    }

    /** The refusal of what belongs to others. */
    public static RequestProblem notYours(String detail) {
        return RequestProblem.of(SecurityRefusal.NOT_YOURS, detail);
    }
}
