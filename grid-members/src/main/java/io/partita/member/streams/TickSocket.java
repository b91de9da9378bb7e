package io.partita.member.streams;

import io.partita.ledger.Refusal;
import io.partita.member.rest.RequestCode;
import io.partita.member.rest.RequestProblem;
import io.partita.member.security.access.SocketGuard;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.stereotype.Component;
import org.springframework.web.socket.CloseStatus;
import org.springframework.web.socket.TextMessage;
import org.springframework.web.socket.WebSocketSession;
import org.springframework.web.socket.config.annotation.WebSocketConfigurer;
import org.springframework.web.socket.config.annotation.WebSocketHandlerRegistry;
import org.springframework.web.socket.handler.TextWebSocketHandler;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * {@code /ws/ticks}: sources push ticks, each message by the rules of a request to {@code POST /api/v1/marketdata/ticks}, and each is answered in turn. A session's
 * next message is read when the one before is answered: who sends more than is taken is held up by the network, and costs one message of memory.
 */
@Component
class TickSocket extends TextWebSocketHandler implements WebSocketConfigurer {

    static final int MOST_SESSIONS = 64;
    /** Of characters; 10,000 ticks are about half of it. A longer message ends the session before anybody reads it. */
    static final int MOST_LENGTH = 2 << 20;
    static final CloseStatus TOO_MANY_SESSIONS = new CloseStatus(4013, "TOO_MANY_SESSIONS");

    private final SocketGuard guard;
    private final TickIntake intake;
    private final JsonMapper json;
    private final Set<String> sessions = ConcurrentHashMap.newKeySet();

    /** What a source sends. @param id of its choice, given back with the answer; may be absent */
    record Push(String id, String source, List<JsonNode> ticks) {
    }

    /** All that could be read is on the backups. */
    record Taken(String type, String id, int taken, List<TickIntake.RefusedRecord> refused) {
    }

    /** Nothing of it was taken, unless the code says that this is not known. */
    record Refused(String type, String id, String code, String detail) {
    }

    TickSocket(SocketGuard guard, TickIntake intake, JsonMapper json) {
        this.guard = guard;
        this.intake = intake;
        this.json = json;
    }

    @Override
    public void registerWebSocketHandlers(WebSocketHandlerRegistry registry) {
        guard.serve(registry, this, "/ws/ticks");
    }

    @Override
    public void afterConnectionEstablished(WebSocketSession socket) throws IOException {
        socket.setTextMessageSizeLimit(MOST_LENGTH);
        sessions.add(socket.getId());
        if (sessions.size() > MOST_SESSIONS) {
            sessions.remove(socket.getId());
            socket.close(TOO_MANY_SESSIONS);
        }
    }

    @Override
    protected void handleTextMessage(WebSocketSession socket, TextMessage message) throws IOException {
        if (sessions.contains(socket.getId())) {
            // It waits until the source takes it: a source that reads no answers sends nothing more either.
            socket.sendMessage(new TextMessage(json.writeValueAsString(answer(message.getPayload()))));
        }
    }

    private Object answer(String text) {
        Push push;
        try {
            push = json.readValue(text, Push.class);
        } catch (JacksonException malformed) {
            return new Refused("ERROR", null, RequestCode.MALFORMED_JSON.name(), RequestCode.MALFORMED_JSON.meaning());
        }
        if (push == null || push.id() != null && push.id().length() > 64) {
            return new Refused("ERROR", null, Refusal.INVALID_REQUEST.name(), "a message is {\"id\", \"source\", \"ticks\"}, and an id has up to 64 characters");
        }
        try {
            TickIntake.Taken taken = intake.push(push.source(), push.ticks());
            return new Taken("TAKEN", push.id(), taken.taken(), taken.refused());
        } catch (RequestProblem problem) {
            return new Refused("ERROR", push.id(), problem.code(), problem.getMessage());
        }
    }

    @Override
    public void afterConnectionClosed(WebSocketSession socket, CloseStatus status) {
        sessions.remove(socket.getId());
    }
}
