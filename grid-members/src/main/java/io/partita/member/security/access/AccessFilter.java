package io.partita.member.security.access;

import io.partita.member.rest.OwnAccounts;
import io.partita.member.rest.ProblemWriter;
import io.partita.member.rest.RequestProblem;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Optional;
import org.springframework.http.HttpHeaders;
import org.springframework.web.filter.OncePerRequestFilter;

/** Refuses what the table does not allow. */
final class AccessFilter extends OncePerRequestFilter {

    private final AccessDecision decision;
    private final ProblemWriter problems;

    AccessFilter(AccessDecision decision, ProblemWriter problems) {
        this.decision = decision;
        this.problems = problems;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain) throws ServletException, IOException {
        Optional<RequestProblem> refusal = decision.refusal(request, OwnAccounts.caller());
        if (refusal.isPresent()) {
            if (refusal.get().status() == HttpServletResponse.SC_METHOD_NOT_ALLOWED) {
                response.setHeader(HttpHeaders.ALLOW, String.join(", ", decision.allowed(request)));
            }
            problems.write(request, response, refusal.get());
        } else {
            chain.doFilter(request, response);
        }
    }
}
