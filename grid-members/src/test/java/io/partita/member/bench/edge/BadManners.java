package io.partita.member.bench.edge;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;

/** Callers who hold a member up: some send a byte a second, others more than anybody takes. Whoever is sent away comes again at once. */
final class BadManners implements AutoCloseable {

    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);
    private static final int PIECE = 64 << 10;

    private final InetSocketAddress to;
    private final String bearer;
    private final List<Thread> callers = new ArrayList<>();
    private final Map<String, LongAdder> ends = new ConcurrentSkipListMap<>();
    private final LongAdder sent = new LongAdder();
    private volatile boolean going = true;

    BadManners(InetSocketAddress to, String bearer) {
        this.to = to;
        this.bearer = bearer;
    }

    /** So many slow callers, half of whom never end their head and half their body. */
    BadManners slow(int count) {
        for (int i = 0; i < count; i++) {
            String request = i % 2 == 0 ? head("/api/v1/transfers") + "X-Slow: " : head("/api/v1/transfers") + "Authorization: Bearer " + bearer + "\r\nContent-Length: 60000\r\n\r\n{\"id\":\"";
            callers.add(Thread.startVirtualThread(() -> again(0, socket -> {
                OutputStream out = socket.getOutputStream();
                out.write(request.getBytes(StandardCharsets.US_ASCII));
                while (going && socket.getInputStream().available() == 0) {
                    LockSupport.parkNanos(SECOND);
                    out.write('x');
                }
            })));
        }
        return this;
    }

    /** So many bodies a second, each of so many bytes, half of which say before how large they are and half come in chunks. */
    BadManners oversize(String path, int aSecond, int bytes) {
        int senders = 4;
        for (int i = 0; i < senders; i++) {
            boolean announced = i % 2 == 0;
            callers.add(Thread.ofPlatform().daemon().name("oversize-" + i).start(() -> again(SECOND * senders / aSecond, socket -> {
                OutputStream out = socket.getOutputStream();
                out.write((head(path) + "Authorization: Bearer " + bearer + "\r\n" + (announced ? "Content-Length: " + bytes : "Transfer-Encoding: chunked") + "\r\n\r\n")
                        .getBytes(StandardCharsets.US_ASCII));
                byte[] piece = " ".repeat(PIECE).getBytes(StandardCharsets.US_ASCII);
                byte[] size = (Integer.toHexString(PIECE) + "\r\n").getBytes(StandardCharsets.US_ASCII);
                for (int all = 0; going && all + PIECE <= bytes && socket.getInputStream().available() == 0; all += PIECE) {
                    if (!announced) {
                        out.write(size);
                    }
                    out.write(piece);
                    if (!announced) {
                        out.write('\r');
                        out.write('\n');
                    }
                    sent.add(PIECE);
                }
            })));
        }
        return this;
    }

    private static String head(String path) {
        return "POST " + path + " HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n";
    }

    private interface Manner {
        void show(Socket socket) throws IOException;
    }

    private void again(long every, Manner manner) {
        for (long due = System.nanoTime(); going; due += every) {
            LockSupport.parkNanos(Math.max(0, due - System.nanoTime()));
            String end = "broken off";
            try (Socket socket = new Socket()) {
                socket.setSoTimeout(10_000);
                socket.connect(to, 10_000);
                try {
                    manner.show(socket);
                } finally {
                    // The answer may have come before the connection broke.
                    byte[] status = going ? start(socket.getInputStream()) : new byte[0];
                    end = status.length == 12 ? new String(status, 9, 3, StandardCharsets.US_ASCII) : "closed";
                }
            } catch (IOException | RuntimeException brokenOff) {
                // It is counted as it ended.
            }
            if (going) {
                ends.computeIfAbsent(end, _ -> new LongAdder()).increment();
            }
        }
    }

    private static byte[] start(InputStream in) throws IOException {
        return in.readNBytes(12);
    }

    /** How their connections ended so far: by which status, or how else. */
    String ended() {
        Map<String, Long> counts = new TreeMap<>();
        ends.forEach((end, count) -> counts.put(end, count.sum()));
        return counts.toString();
    }

    /** Bytes of bodies that were sent. */
    long sent() {
        return sent.sum();
    }

    @Override
    public void close() {
        going = false;
        callers.forEach(LockSupport::unpark);
        for (Thread caller : callers) {
            try {
                caller.join();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }
}
