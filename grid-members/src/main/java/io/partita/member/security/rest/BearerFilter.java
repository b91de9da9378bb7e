package io.partita.member.security.rest;

import io.partita.ledger.Refusal;
import io.partita.member.rest.Caller;
import io.partita.member.rest.ProblemWriter;
import io.partita.member.rest.RequestProblem;
import io.partita.member.security.Authentication;
import io.partita.member.security.Authenticator;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.jdbi.v3.core.JdbiException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/** Makes sure of whoever presents a bearer, and refuses one that is no good. */
@Component
@Order(-1)
final class BearerFilter extends OncePerRequestFilter {

    private static final Logger LOG = LoggerFactory.getLogger(BearerFilter.class);
    private static final String SCHEME = "Bearer ";

    private final Authenticator authenticator;
    private final ProblemWriter problems;

    BearerFilter(Authenticator authenticator, ProblemWriter problems) {
        this.authenticator = authenticator;
        this.problems = problems;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain) throws ServletException, IOException {
        String header = request.getHeader(HttpHeaders.AUTHORIZATION);
        if (header != null && header.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
            switch (authenticate(header.substring(SCHEME.length()).strip())) {
                case Authentication.Known known -> request.setAttribute(Caller.ATTRIBUTE, known.principal());
                case Authentication.Unknown unknown -> {
                    problems.write(request, response, RequestProblem.of(unknown.code(), unknown.detail()));
                    return;
                }
                case null -> {
                    problems.write(request, response, RequestProblem.of(Refusal.STORE_UNAVAILABLE, "Who asks is looked up in the database."));
                    return;
                }
            }
        }
        chain.doFilter(request, response);
    }

    /** Null if the database cannot be asked. */
    private Authentication authenticate(String bearer) {
        try {
            return authenticator.authenticate(bearer);
        } catch (JdbiException away) {
            LOG.warn("Who asks cannot be looked up: {}", away.toString());
            return null;
        }
    }
}
