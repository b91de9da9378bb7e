package io.partita.member.security.access;

import io.partita.member.rest.OwnAccounts;
import io.partita.member.rest.ProblemWriter;
import io.partita.member.rest.RequestCode;
import io.partita.member.rest.RequestProblem;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import org.springframework.web.filter.OncePerRequestFilter;

/** Holds callers to their rates, and tells them where they stand (draft-ietf-httpapi-ratelimit-headers). */
final class RateLimitFilter extends OncePerRequestFilter {

    private final RateLimits limits;
    private final AccessTable table;
    private final ProblemWriter problems;

    RateLimitFilter(RateLimits limits, AccessTable table, ProblemWriter problems) {
        this.limits = limits;
        this.table = table;
        this.problems = problems;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain) throws ServletException, IOException {
        RateLimits.Verdict verdict = limits.take(OwnAccounts.caller(), request.getRemoteAddr(), Request.found(request, table).rule());
        String name = '"' + verdict.limit().name().replace('/', '.').replace(' ', '.') + '"';
        response.setHeader("RateLimit-Policy", name + ";q=" + verdict.limit().count() + ";w=" + verdict.limit().period().toSeconds());
        response.setHeader("RateLimit", name + ";r=" + verdict.remaining() + ";t=" + (verdict.passes() ? verdict.limit().period().toSeconds() : seconds(verdict)));
        if (verdict.passes()) {
            chain.doFilter(request, response);
            return;
        }
        problems.write(request, response, RequestProblem.of(RequestCode.RATE_LIMITED, "At most " + verdict.limit().count() + " in "
                + verdict.limit().period().toSeconds() + " s for each " + (verdict.limit().name().indexOf(' ') > 0 ? "caller of " : "") + verdict.limit().name() + ".").after(seconds(verdict)));
    }

    private static long seconds(RateLimits.Verdict verdict) {
        return Math.max(1, TimeUnit.NANOSECONDS.toSeconds(verdict.waitNanos() + TimeUnit.SECONDS.toNanos(1) - 1));
    }
}
