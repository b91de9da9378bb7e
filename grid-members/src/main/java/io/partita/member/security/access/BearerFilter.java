package io.partita.member.security.access;

import io.partita.ledger.Refusal;
import io.partita.member.rest.Caller;
import io.partita.member.rest.ProblemWriter;
import io.partita.member.rest.RequestProblem;
import io.partita.member.security.Authentication;
import io.partita.member.security.Authenticator;
import io.partita.security.Principal;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.JdbiException;
import org.springframework.security.core.context.SecurityContext;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.web.authentication.preauth.PreAuthenticatedAuthenticationToken;
import org.springframework.web.filter.OncePerRequestFilter;

/** Finds out who asks. Whether somebody has to be known is for others to say. */
final class BearerFilter extends OncePerRequestFilter {

    private final Authenticator authenticator;

    private final ProblemWriter problems;

    BearerFilter(Authenticator authenticator, ProblemWriter problems) {
        this.authenticator = authenticator;
        this.problems = problems;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain) throws ServletException, IOException {
        Optional<String> bearer = Request.bearer(request);
        if (bearer.isPresent()) {
            switch (authenticate(bearer.get())) {
                case null -> {
                    problems.write(request, response, RequestProblem.of(Refusal.STORE_UNAVAILABLE, "Who asks is looked up in the database."));
                    return;
                }
                case Authentication.Known(Principal principal) -> {
                    request.setAttribute(Caller.ATTRIBUTE, principal);
                    SecurityContext context = SecurityContextHolder.createEmptyContext();
                    context.setAuthentication(new PreAuthenticatedAuthenticationToken(principal, null, List.of()));
                    SecurityContextHolder.setContext(context);
                }
                case Authentication.Unknown unknown -> Request.refused(request, RequestProblem.of(unknown.code(), unknown.detail()));
            }
        }
        // The context is cleared by the filter that has set it up.
        chain.doFilter(request, response);
    }

    /** Null if the database cannot be asked about somebody who was not seen lately. */
    private Authentication authenticate(String bearer) {
        try {
            return authenticator.authenticate(bearer);
        } catch (JdbiException away) {
            logger.warn("Who asks cannot be looked up: " + away);
            return null;
        }
    }
}
