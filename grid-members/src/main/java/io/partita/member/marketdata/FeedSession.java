package io.partita.member.marketdata;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import org.springframework.web.socket.CloseStatus;
import org.springframework.web.socket.TextMessage;
import org.springframework.web.socket.WebSocketSession;

/**
 * What waits for one reader, in bounds: of a channel that tells the state only the newest message waits; any other channel of which too much
 * waits loses it all, and gets a snapshot when the reader has caught up. A virtual thread of its own sends. Thread-safe.
 */
public final class FeedSession {

    /** Of messages that wait. */
    static final int MAX_MESSAGES = 256;
    /** Of their characters; a single message may be longer. */
    static final long MAX_CHARACTERS = 1 << 20;
    /** A reader that takes nothing for so long is gone. */
    static final long MAX_BLOCKED_NANOS = 30_000_000_000L;
    private static final long HEARTBEAT_NANOS = 900_000_000L;
    /** Ten thousand that only wait would be ten thousand messages a second. */
    private static final long IDLE_HEARTBEAT_NANOS = 15_000_000_000L;
    public static final CloseStatus SLOW_READER = new CloseStatus(4008, "SLOW_READER");
    public static final CloseStatus TOO_MANY_REQUESTS = new CloseStatus(4029, "TOO_MANY_REQUESTS");

    private final WebSocketSession socket;
    private final FeedMeters meters;
    private final ArrayDeque<Message> queue = new ArrayDeque<>();
    private final Map<Stream, Message> states = new HashMap<>();
    private long characters;
    private long sendingSince;
    private long lastSent = System.nanoTime();
    private boolean asked;
    private boolean closed;

    /** Messages that follow each other, or take each other's place; equal for the same. */
    public interface Stream {
    }

    /** A channel of a book. */
    record BookStream(long instrument, Channel channel) implements Stream {
    }

    private static final class Message {
        /** Null for what answers a request. */
        private final Stream stream;
        private String text;

        Message(Stream stream, String text) {
            this.stream = stream;
            this.text = text;
        }
    }

    FeedSession(WebSocketSession socket, FeedMeters meters) {
        this.socket = socket;
        this.meters = meters;
        Thread.ofVirtual().name("feed-session-" + socket.getId()).start(this::send);
    }

    /** An answer to a request. */
    public synchronized void answer(String text) {
        asked = true;
        if (queue.size() >= MAX_MESSAGES) {
            // It asks and does not read.
            close(TOO_MANY_REQUESTS);
            return;
        }
        add(new Message(null, text));
    }

    /** A message that says all there is, in place of the one that may still wait. */
    public synchronized void state(Stream stream, String text) {
        Message waiting = states.get(stream);
        if (waiting == null) {
            Message message = new Message(stream, text);
            states.put(stream, message);
            add(message);
        } else {
            characters += text.length() - waiting.text.length();
            waiting.text = text;
            meters.conflated.increment();
        }
    }

    /** A message that follows on the one before it. If there is no room, false: and none of its stream waits any more. */
    public synchronized boolean increment(Stream stream, String text) {
        if (queue.size() >= MAX_MESSAGES || characters + text.length() > MAX_CHARACTERS && !queue.isEmpty()) {
            forget(stream);
            meters.gaps.increment();
            return false;
        }
        add(new Message(stream, text));
        return true;
    }

    /** Nothing of a stream waits any more. */
    public synchronized void forget(Stream stream) {
        queue.removeIf(message -> {
            boolean theirs = stream.equals(message.stream);
            characters -= theirs ? message.text.length() : 0;
            return theirs;
        });
        states.remove(stream);
    }

    /** True if so little waits that a lost stream may begin again. */
    public synchronized boolean caughtUp() {
        return queue.size() < MAX_MESSAGES / 8 && characters < MAX_CHARACTERS / 8;
    }

    private void add(Message message) {
        if (closed) {
            return;
        }
        queue.add(message);
        characters += message.text.length();
        notifyAll();
    }

    private void send() {
        try {
            for (String text = next(); text != null; text = next()) {
                socket.sendMessage(new TextMessage(text));
                meters.messages.increment();
            }
        } catch (IOException | IllegalStateException gone) {
            close(CloseStatus.GOING_AWAY);
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        }
    }

    private synchronized String next() throws InterruptedException {
        sendingSince = 0;
        lastSent = System.nanoTime();
        while (queue.isEmpty() && !closed) {
            wait();
        }
        Message message = queue.poll();
        if (message == null) {
            return null;
        }
        if (message.stream != null) {
            states.remove(message.stream, message);
        }
        characters -= message.text.length();
        sendingSince = System.nanoTime();
        return message.text;
    }

    /** Called once a second: a sign of life for readers that hear nothing else, rarer for those that have asked for nothing yet, and the end of those that take nothing. */
    public void tick(String heartbeat) {
        boolean stuck;
        synchronized (this) {
            long now = System.nanoTime();
            stuck = sendingSince != 0 && now - sendingSince > MAX_BLOCKED_NANOS;
            if (sendingSince == 0 && queue.isEmpty() && now - lastSent > (asked ? HEARTBEAT_NANOS : IDLE_HEARTBEAT_NANOS)) {
                add(new Message(null, heartbeat));
            }
        }
        if (stuck) {
            close(SLOW_READER);
        }
    }

    /** Whether it has ended. */
    public synchronized boolean closed() {
        return closed;
    }

    /** Ends it; what waits is not sent any more. */
    public void close(CloseStatus why) {
        synchronized (this) {
            if (closed) {
                return;
            }
            closed = true;
            queue.clear();
            states.clear();
            notifyAll();
        }
        // Closing waits for the message that is being sent; nobody else waits for that.
        Thread.ofVirtual().start(() -> {
            try {
                socket.close(why);
            } catch (IOException gone) {
                // It is closed, then.
            }
        });
    }
}
