package io.partita.member.security.access;

import io.partita.member.PartitaProperties;
import io.partita.member.rest.Correlation;
import io.partita.member.security.Authentication;
import io.partita.member.security.Authenticator;
import io.partita.member.security.audit.AuditEvent;
import io.partita.member.security.audit.AuditTrail;
import io.partita.security.Principal;
import io.partita.security.SecurityRefusal;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.server.PathContainer;
import org.springframework.http.server.ServerHttpRequest;
import org.springframework.http.server.ServerHttpResponse;
import org.springframework.http.server.ServletServerHttpRequest;
import org.springframework.stereotype.Component;
import org.springframework.web.socket.CloseStatus;
import org.springframework.web.socket.WebSocketHandler;
import org.springframework.web.socket.WebSocketSession;
import org.springframework.web.socket.config.annotation.WebSocketHandlerRegistry;
import org.springframework.web.socket.handler.WebSocketHandlerDecorator;
import org.springframework.web.socket.server.HandshakeInterceptor;
import org.springframework.web.socket.server.support.DefaultHandshakeHandler;

/**
 * Keeps WebSockets to what their callers may do. The handshake is a request like any other; afterwards it is this that notices when a key is revoked or a token expires, and
 * ends the session with {@code 4001}: whoever has a new token connects again. Thread-safe.
 */
@Component
public final class SocketGuard implements AutoCloseable {

    /** The bearer that a session began with is good no more. */
    public static final CloseStatus NOT_KNOWN_ANY_MORE = new CloseStatus(4001, "UNAUTHENTICATED");

    private static final Logger LOG = LoggerFactory.getLogger(SocketGuard.class);
    /** What a client offers beside its bearer, since a server has to choose one of the subprotocols and must not choose the bearer. */
    private static final String PROTOCOL = "partita";
    private static final Duration EVERY = Duration.ofSeconds(5);
    private static final String BEARER = SocketGuard.class.getName() + ".bearer";
    private static final String ASKED = SocketGuard.class.getName() + ".asked";

    private final Authenticator authenticator;
    private final AccessTable table;
    private final AuditTrail trail;
    private final String[] origins;
    private final Map<String, Watched> sessions = new ConcurrentHashMap<>();
    private final ScheduledExecutorService watch = Executors.newSingleThreadScheduledExecutor(Thread.ofPlatform().name("socket-guard").daemon().factory());

    private record Watched(WebSocketSession session, String bearer, AccessRule rule, AuditEvent asked) {
    }

    SocketGuard(Authenticator authenticator, AccessTable table, AuditTrail trail, PartitaProperties settings) {
        this.authenticator = authenticator;
        this.table = table;
        this.trail = trail;
        this.origins = settings.edge().origins().toArray(String[]::new);
        watch.scheduleWithFixedDelay(this::look, EVERY.toMillis(), EVERY.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Serves a handler at a path of the table. */
    public void serve(WebSocketHandlerRegistry registry, WebSocketHandler handler, String path) {
        AccessRule rule = table.find("GET", PathContainer.parsePath(path)).rule().orElseThrow(() -> new IllegalArgumentException(path + " is not in the table of access"));
        DefaultHandshakeHandler handshake = new DefaultHandshakeHandler();
        handshake.setSupportedProtocols(PROTOCOL);
        registry.addHandler(new Watching(handler, rule), path).setHandshakeHandler(handshake).addInterceptors(new Bearer()).setAllowedOrigins(origins);
    }

    private final class Bearer implements HandshakeInterceptor {

        @Override
        public boolean beforeHandshake(ServerHttpRequest request, ServerHttpResponse response, WebSocketHandler handler, Map<String, Object> attributes) {
            if (request instanceof ServletServerHttpRequest servlet) {
                HttpServletRequest asked = servlet.getServletRequest();
                Request.bearer(asked).ifPresent(bearer -> attributes.put(BEARER, bearer));
                attributes.put(ASKED, new AuditEvent(trail.clock().instant(), trail.member(), null, null, asked.getRemoteAddr(), "WS", "", "", 0, null, Correlation.of(asked)));
            }
            return true;
        }

        @Override
        public void afterHandshake(ServerHttpRequest request, ServerHttpResponse response, WebSocketHandler handler, Exception failure) {
            // Nothing is left to do.
        }
    }

    /** Between the network and the handler that serves a path. */
    private final class Watching extends WebSocketHandlerDecorator {

        private final AccessRule rule;

        Watching(WebSocketHandler handler, AccessRule rule) {
            super(handler);
            this.rule = rule;
        }

        @Override
        public void afterConnectionEstablished(WebSocketSession session) throws Exception {
            if (session.getAttributes().get(BEARER) instanceof String bearer && session.getAttributes().get(ASKED) instanceof AuditEvent asked) {
                sessions.put(session.getId(), new Watched(session, bearer, rule, asked));
            }
            super.afterConnectionEstablished(session);
        }

        @Override
        public void afterConnectionClosed(WebSocketSession session, CloseStatus status) throws Exception {
            sessions.remove(session.getId());
            super.afterConnectionClosed(session, status);
        }
    }

    private void look() {
        for (Watched watched : sessions.values()) {
            try {
                look(watched);
            } catch (RuntimeException failure) {
                // The database is away, and this bearer was not seen lately: it is looked at again.
                LOG.warn("A WebSocket could not be looked at: {}", failure.toString());
            }
        }
    }

    private void look(Watched watched) {
        String code = switch (authenticator.authenticate(watched.bearer())) {
            case Authentication.Known(Principal principal) -> watched.rule().need().metBy(principal) ? null : SecurityRefusal.FORBIDDEN.name();
            case Authentication.Unknown unknown -> unknown.code().name();
        };
        if (code == null) {
            return;
        }
        sessions.remove(watched.session().getId());
        AuditEvent asked = watched.asked();
        trail.note(new AuditEvent(trail.clock().instant(), trail.member(), null, null, asked.address(), "WS", watched.rule().path(), "", NOT_KNOWN_ANY_MORE.getCode(), code,
                asked.correlation()));
        // Whoever does not read must not keep the others from being looked at.
        Thread.startVirtualThread(() -> {
            try {
                watched.session().close(NOT_KNOWN_ANY_MORE);
            } catch (IOException gone) {
                LOG.debug("It is gone already", gone);
            }
        });
    }

    @Override
    public void close() {
        watch.shutdownNow();
    }
}
