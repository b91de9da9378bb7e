package io.partita.member.bench.edge;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A connection over which requests go one after the other, and which is opened again when the other side has closed it. It looks at the status and the length of answers and, of
 * errors, at their code. One thread sends, and another reads what it gets for it.
 */
final class WireConnection {

    private static final int CONNECT_MILLIS = 30_000;
    private static final int LONGEST = 16 << 20;
    private static final byte[] HEAD_END = "\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] LAST_CHUNK = "\r\n0\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
    private static final Pattern LENGTH = Pattern.compile("\r\ncontent-length: *(\\d+)");
    private static final Pattern CODE = Pattern.compile("\"code\":\"([A-Z_]+)\"");

    private final InetSocketAddress to;
    private final Selector selector;
    private SocketChannel channel;
    private byte[] got = new byte[16 << 10];
    private int count;
    private byte[] request;
    private Consumer<String> answered;
    private long sentAt;
    private boolean used;

    WireConnection(InetSocketAddress to, Selector selector) {
        this.to = to;
        this.selector = selector;
    }

    /** Whether the request is under way. */
    synchronized boolean send(byte[] bytes, Consumer<String> whoWaits) {
        request = bytes;
        sentAt = System.nanoTime();
        boolean sent = written() || again();
        answered = sent ? whoWaits : null;
        return sent;
    }

    private boolean written() {
        try {
            if (channel == null) {
                open();
            }
            count = 0;
            for (ByteBuffer left = ByteBuffer.wrap(request); left.hasRemaining(); ) {
                channel.write(left);
            }
            return true;
        } catch (IOException broken) {
            return false;
        }
    }

    private void open() throws IOException {
        used = false;
        channel = SocketChannel.open();
        channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
        channel.socket().connect(to, CONNECT_MILLIS);
        channel.configureBlocking(false);
        channel.register(selector, SelectionKey.OP_READ, this);
        selector.wakeup();
    }

    /** The other side may close a connection that is kept at any time; every command has an id, so that asking again is harmless. */
    private boolean again() {
        boolean kept = used;
        close();
        return kept && written();
    }

    /** The status of a whole answer, of an error with its code; null if there is none yet. */
    synchronized String read() {
        if (channel == null) {
            return null;
        }
        try {
            if (count == got.length) {
                got = Arrays.copyOf(got, 2 * got.length);
            }
            int more = channel.read(ByteBuffer.wrap(got, count, got.length - count));
            if (more < 0 || answered == null || count > LONGEST) {
                close();
                return null;
            }
            count += more;
        } catch (IOException broken) {
            close();
            return null;
        }
        return answer();
    }

    private String answer() {
        int head = indexOf(HEAD_END, 0);
        if (head < 0) {
            return null;
        }
        String heads = new String(got, 0, head, StandardCharsets.ISO_8859_1).toLowerCase(Locale.ROOT);
        String status = heads.substring(9, 12);
        Matcher length = LENGTH.matcher(heads);
        boolean whole = length.find() ? count >= head + HEAD_END.length + Integer.parseInt(length.group(1))
                : status.equals("204") || indexOf(LAST_CHUNK, head) >= 0;
        if (!whole) {
            return null;
        }
        used = true;
        if (heads.contains("\r\nconnection: close")) {
            close();
        }
        Matcher code = status.startsWith("2") ? null : CODE.matcher(new String(got, head, count - head, StandardCharsets.UTF_8));
        return code != null && code.find() ? status + " " + code.group(1) : status;
    }

    private int indexOf(byte[] part, int from) {
        for (int i = from; i <= count - part.length; i++) {
            if (got[i] == part[0] && Arrays.equals(got, i, i + part.length, part, 0, part.length)) {
                return i;
            }
        }
        return -1;
    }

    /** True if a request is under way over a connection that is no more, and cannot be sent again. */
    synchronized boolean lost() {
        return channel == null && answered != null && !again();
    }

    synchronized boolean waitsSince(long time) {
        return answered != null && sentAt - time < 0;
    }

    /** Nobody waits any more: returns who did. */
    synchronized Consumer<String> end() {
        Consumer<String> waited = answered;
        answered = null;
        request = null;
        return waited;
    }

    synchronized void close() {
        if (channel != null) {
            try {
                channel.close();
            } catch (IOException closed) {
                // It is closed all the same.
            }
            channel = null;
        }
    }
}
