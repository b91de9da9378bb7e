package io.partita.member.security.access;

import io.partita.member.rest.Correlation;
import io.partita.member.rest.OwnAccounts;
import io.partita.member.rest.ProblemWriter;
import io.partita.member.rest.RequestCode;
import io.partita.member.rest.RequestProblem;
import io.partita.member.security.audit.AuditEvent;
import io.partita.member.security.audit.AuditTrail;
import io.partita.security.Principal;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.springframework.http.server.PathContainer;
import org.springframework.web.filter.OncePerRequestFilter;

/** Writes down every command and every denied access, whatever comes of it. */
final class AuditFilter extends OncePerRequestFilter {

    private static final Set<String> READING = Set.of("GET", "HEAD", "OPTIONS", "TRACE");
    private static final int UNAUTHENTICATED = 401;
    private static final int FORBIDDEN = 403;
    private static final int FAILED = 500;

    private final AuditTrail trail;
    private final AccessTable table;
    private final ProblemWriter problems;

    AuditFilter(AuditTrail trail, AccessTable table, ProblemWriter problems) {
        this.trail = trail;
        this.table = table;
        this.problems = problems;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain) throws ServletException, IOException {
        // Whoever is nobody can make no command, and must not take the places of those who can.
        boolean command = !READING.contains(request.getMethod()) && (OwnAccounts.caller().isPresent() || open(request));
        if (command && !trail.take()) {
            problems.write(request, response, RequestProblem.of(RequestCode.AUDIT_UNAVAILABLE, "Too many events wait for the database."));
            return;
        }
        boolean through = false;
        try {
            chain.doFilter(request, response);
            through = true;
        } finally {
            int status = through ? response.getStatus() : FAILED;
            if (command) {
                trail.put(event(request, status));
            } else if (status == UNAUTHENTICATED || status == FORBIDDEN) {
                trail.note(event(request, status));
            }
        }
    }

    private boolean open(HttpServletRequest request) {
        return Request.found(request, table).rule().map(rule -> rule.need() instanceof Need.Nothing).orElse(false);
    }

    private AuditEvent event(HttpServletRequest request, int status) {
        Optional<Principal> caller = OwnAccounts.caller();
        Optional<AccessRule> rule = Request.found(request, table).rule();
        return new AuditEvent(trail.clock().instant(), trail.member(), caller.map(Principal::name).orElse(null), caller.map(Principal::session).orElse(null),
                request.getRemoteAddr(), request.getMethod(), rule.map(AccessRule::path).orElse("unknown"), rule.map(one -> subject(one, request)).orElse(""), status,
                request.getAttribute(ProblemWriter.CODE) instanceof String code ? code : null, Correlation.of(request));
    }

    private static String subject(AccessRule rule, HttpServletRequest request) {
        PathContainer path = Request.path(request).pathWithinApplication();
        return Optional.ofNullable(rule.pattern().matchAndExtract(path)).map(found -> new TreeMap<>(found.getUriVariables())).filter(variables -> !variables.isEmpty())
                .map(variables -> String.join(" ", variables.entrySet().stream().map(one -> one.getKey() + "=" + one.getValue()).toList())).orElse("");
    }
}
