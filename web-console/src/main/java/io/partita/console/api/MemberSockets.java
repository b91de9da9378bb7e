package io.partita.console.api;

import jakarta.annotation.PreDestroy;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The members' WebSockets, opened by the console's own key: follows what one of them tells, and goes on with the next one when it falls silent. Thread-safe. */
@Component
public class MemberSockets {

    private static final Logger log = LoggerFactory.getLogger(MemberSockets.class);
    private static final long LOOK_MILLIS = 1_000;
    /** Members tell that they live once a second. */
    private static final long SILENCE_NANOS = TimeUnit.SECONDS.toNanos(5);
    private static final int LONGEST_MESSAGE = 1 << 20;

    private final Map<Asked, Line> lines = new HashMap<>();
    private final List<URI> roots;
    private final ConsoleKey key;
    private final JsonMapper json;
    private final HttpClient http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(Duration.ofSeconds(2)).build();
    private final AtomicInteger asked = new AtomicInteger();
    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor(Thread.ofVirtual().name("member-sockets").factory());

    /** What readers of {@code /ws/risk} ask for. */
    public record Request(String op, List<String> portfolios, List<String> channels) {

        public static Request subscribe(List<String> portfolios, String channel) {
            return new Request("SUBSCRIBE", portfolios, List.of(channel));
        }
    }

    private record Asked(String path, List<String> requests) {
    }

    MemberSockets(ConsoleProperties properties, ConsoleKey key, JsonMapper json) {
        this.key = key;
        this.roots = properties.api();
        this.json = json;
    }

    /**
     * Follows until it is closed. Those that ask for the same share a connection: whoever joins later hears what comes from then on.
     *
     * @param requests what is sent whenever a connection begins
     * @param heard    called with each message, one after another; must not block
     */
    public Following follow(String path, List<Request> requests, Consumer<JsonNode> heard) {
        Asked what = new Asked(path, requests.stream().map(json::writeValueAsString).toList());
        synchronized (lines) {
            return new Following(lines.computeIfAbsent(what, Line::new), heard);
        }
    }

    @PreDestroy
    void close() {
        clock.shutdownNow();
        http.shutdownNow();
    }

    /** Somebody who hears of it. */
    public final class Following implements AutoCloseable {

        private final Line line;
        private final Consumer<JsonNode> heard;

        private Following(Line line, Consumer<JsonNode> heard) {
            this.line = line;
            this.heard = heard;
            line.readers.add(this);
        }

        /** Whether a member has been heard a moment ago. */
        public boolean fresh() {
            return line.fresh();
        }

        @Override
        public void close() {
            synchronized (lines) {
                if (line.readers.remove(this) && line.readers.isEmpty()) {
                    lines.remove(line.what);
                    line.close();
                }
            }
        }
    }

    /** One connection at a time, for as long as somebody wants to hear of it. */
    private final class Line {

        private final Asked what;
        private final List<Following> readers = new CopyOnWriteArrayList<>();
        private final ScheduledFuture<?> looking;
        private Connection connection;
        private boolean closed;
        private volatile long told = System.nanoTime() - SILENCE_NANOS;

        private Line(Asked what) {
            this.what = what;
            looking = clock.scheduleWithFixedDelay(this::look, 0, LOOK_MILLIS, TimeUnit.MILLISECONDS);
        }

        private boolean fresh() {
            return System.nanoTime() - told < SILENCE_NANOS;
        }

        private synchronized void look() {
            if (closed || connection != null && connection.alive()) {
                return;
            }
            if (connection != null) {
                connection.end();
                asked.incrementAndGet();
            }
            connection = new Connection(roots.get(Math.floorMod(asked.get(), roots.size())));
        }

        private void hear(Connection from, String text) {
            synchronized (this) {
                if (closed || from != connection) {
                    return;
                }
            }
            try {
                JsonNode message = json.readTree(text);
                readers.forEach(reader -> tell(reader, message));
            } catch (JacksonException e) {
                log.debug("A message of {} is not understood", what.path(), e);
            }
        }

        private void tell(Following reader, JsonNode message) {
            try {
                reader.heard.accept(message);
                told = System.nanoTime();
            } catch (RuntimeException e) {
                log.warn("A message of {} could not be taken", what.path(), e);
            }
        }

        private synchronized void close() {
            closed = true;
            looking.cancel(false);
            if (connection != null) {
                connection.end();
            }
        }

        private final class Connection implements WebSocket.Listener {

            private final StringBuilder part = new StringBuilder();
            private final long begun = System.nanoTime();
            private volatile WebSocket socket;
            private volatile boolean over;

            Connection(URI root) {
                URI address = URI.create(root.toString().replaceFirst("^http", "ws").replaceFirst("/$", "") + what.path());
                WebSocket.Builder opening = http.newWebSocketBuilder().connectTimeout(Duration.ofSeconds(2));
                key.bearer().ifPresent(token -> opening.header("Authorization", "Bearer " + token));
                opening.buildAsync(address, this).whenComplete((_, failed) -> over |= failed != null);
            }

            boolean alive() {
                return !over && (fresh() || System.nanoTime() - begun < SILENCE_NANOS);
            }

            void end() {
                over = true;
                WebSocket open = socket;
                if (open != null) {
                    open.abort();
                }
            }

            @Override
            public void onOpen(WebSocket opened) {
                socket = opened;
                if (over) {
                    opened.abort();
                    return;
                }
                CompletionStage<WebSocket> sent = CompletableFuture.completedStage(opened);
                for (String request : what.requests()) {
                    sent = sent.thenCompose(open -> open.sendText(request, true));
                }
                opened.request(1);
            }

            @Override
            public CompletionStage<?> onText(WebSocket from, CharSequence text, boolean last) {
                if (part.length() + text.length() > LONGEST_MESSAGE) {
                    end();
                    return null;
                }
                part.append(text);
                if (last) {
                    String message = part.toString();
                    part.setLength(0);
                    hear(this, message);
                }
                from.request(1);
                return null;
            }

            @Override
            public CompletionStage<?> onClose(WebSocket from, int code, String reason) {
                over = true;
                return null;
            }

            @Override
            public void onError(WebSocket from, Throwable error) {
                over = true;
            }
        }
    }
}
