package io.partita.member.security.access;

import io.partita.member.PartitaProperties;
import io.partita.member.rest.ProblemWriter;
import io.partita.member.rest.RequestCode;
import io.partita.member.rest.RequestProblem;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Answers only under the names that a member has. A page of somebody else whose name is made to point here (DNS rebinding) asks under that name, and browsers take it for
 * the same origin; it can never ask under an address.
 */
final class HostFilter extends OncePerRequestFilter {

    private static final Pattern ADDRESS = Pattern.compile("\\d{1,3}(\\.\\d{1,3}){3}|\\[[0-9A-Fa-f:.%]+]");

    private final Set<String> names = new HashSet<>(Set.of("localhost"));
    private final ProblemWriter problems;

    HostFilter(PartitaProperties settings, ProblemWriter problems) {
        this.problems = problems;
        add(settings.bind());
        settings.edge().hosts().forEach(this::add);
        // Members and their console know each other by these.
        settings.grid().addresses().forEach(address -> add(address.replaceFirst(":\\d+$", "")));
        try {
            add(InetAddress.getLocalHost().getHostName());
        } catch (UnknownHostException nameless) {
            logger.debug("This machine has no name", nameless);
        }
    }

    private void add(String name) {
        names.add(name.trim().toLowerCase(Locale.ROOT));
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain) throws ServletException, IOException {
        String name = request.getServerName().toLowerCase(Locale.ROOT);
        if (names.contains(name) || ADDRESS.matcher(name).matches() || name.indexOf(':') >= 0) {
            chain.doFilter(request, response);
        } else {
            problems.write(request, response, RequestProblem.of(RequestCode.HOST_NOT_ALLOWED, "It was asked as " + clipped(name) + "."));
        }
    }

    private static String clipped(String name) {
        return name.length() <= 80 ? name : name.substring(0, 80) + "...";
    }
}
