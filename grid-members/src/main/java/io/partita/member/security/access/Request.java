package io.partita.member.security.access;

import io.partita.member.rest.RequestProblem;
import io.partita.security.SecurityRefusal;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Optional;
import org.springframework.http.HttpHeaders;
import org.springframework.http.server.RequestPath;
import org.springframework.web.util.ServletRequestPathUtils;

/** What the filters of a request tell each other. */
final class Request {

    /** Browsers cannot set headers of a WebSocket, so that its subprotocols carry the token: {@code partita, bearer.TOKEN}. */
    static final String SUBPROTOCOL = "bearer.";
    private static final String SCHEME = "Bearer ";
    private static final String FOUND = Request.class.getName() + ".found";
    private static final String REFUSED = Request.class.getName() + ".refused";

    private Request() {
    }

    static RequestPath path(HttpServletRequest request) {
        return ServletRequestPathUtils.hasParsedRequestPath(request) ? ServletRequestPathUtils.getParsedRequestPath(request)
                : ServletRequestPathUtils.parseAndCache(request);
    }

    static AccessTable.Found found(HttpServletRequest request, AccessTable table) {
        if (request.getAttribute(FOUND) instanceof AccessTable.Found found) {
            return found;
        }
        AccessTable.Found found = table.find(request.getMethod(), path(request).pathWithinApplication());
        request.setAttribute(FOUND, found);
        return found;
    }

    static Optional<String> bearer(HttpServletRequest request) {
        String header = request.getHeader(HttpHeaders.AUTHORIZATION);
        if (header != null && header.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
            return Optional.of(header.substring(SCHEME.length()).trim());
        }
        String protocols = request.getHeader("Sec-WebSocket-Protocol");
        if (header == null && protocols != null) {
            for (String protocol : protocols.split(",")) {
                if (protocol.trim().startsWith(SUBPROTOCOL)) {
                    return Optional.of(protocol.trim().substring(SUBPROTOCOL.length()));
                }
            }
        }
        return Optional.empty();
    }

    /** Why what was presented is not good, for whoever has to refuse the request. */
    static void refused(HttpServletRequest request, RequestProblem problem) {
        request.setAttribute(REFUSED, problem);
    }

    static RequestProblem unauthenticated(HttpServletRequest request) {
        return request.getAttribute(REFUSED) instanceof RequestProblem problem ? problem
                : RequestProblem.of(SecurityRefusal.UNAUTHENTICATED, "Nothing was presented.");
    }
}
