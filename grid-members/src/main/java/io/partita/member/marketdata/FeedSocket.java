package io.partita.member.marketdata;

import io.partita.member.security.access.SocketGuard;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.web.socket.CloseStatus;
import org.springframework.web.socket.TextMessage;
import org.springframework.web.socket.WebSocketSession;
import org.springframework.web.socket.config.annotation.WebSocketConfigurer;
import org.springframework.web.socket.config.annotation.WebSocketHandlerRegistry;
import org.springframework.web.socket.handler.TextWebSocketHandler;

/** Brings sessions of a WebSocket and their requests to a desk. Thread-safe. */
public abstract class FeedSocket extends TextWebSocketHandler implements WebSocketConfigurer {

    /** Longer messages end the session before anybody reads them; those in between are refused and the session goes on. */
    private static final int MAX_FRAME = 8 << 10;
    public static final CloseStatus TOO_MANY_SESSIONS = new CloseStatus(4013, "TOO_MANY_SESSIONS");

    private final String path;
    private final SocketGuard guard;
    private final FeedDesk desk;
    private final FeedMeters meters;
    private final Map<String, FeedSession> sessions = new ConcurrentHashMap<>();

    /** @param path where it is served */
    protected FeedSocket(String path, SocketGuard guard, FeedDesk desk, FeedMeters meters) {
        this.path = path;
        this.guard = guard;
        this.desk = desk;
        this.meters = meters;
    }

    @Override
    public void registerWebSocketHandlers(WebSocketHandlerRegistry registry) {
        guard.serve(registry, this, path);
    }

    @Override
    public void afterConnectionEstablished(WebSocketSession socket) {
        socket.setTextMessageSizeLimit(MAX_FRAME);
        FeedSession session = new FeedSession(socket, meters);
        if (desk.open(session)) {
            sessions.put(socket.getId(), session);
        } else {
            session.close(TOO_MANY_SESSIONS);
        }
    }

    @Override
    protected void handleTextMessage(WebSocketSession socket, TextMessage message) {
        FeedSession session = sessions.get(socket.getId());
        if (session != null) {
            desk.request(session, message.getPayload());
        }
    }

    @Override
    public void afterConnectionClosed(WebSocketSession socket, CloseStatus status) {
        FeedSession session = sessions.remove(socket.getId());
        if (session != null) {
            desk.closed(session);
            session.close(status);
        }
    }
}
