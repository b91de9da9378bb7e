package io.partita.member.bench.edge;

import io.partita.member.bench.BenchRun;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;

/** WebSockets that ask for nothing: opened, held, and asked in the end whether they are still there. */
final class IdleSockets implements AutoCloseable {

    private static final int AT_ONCE = 64;
    private static final int PATIENCE_MILLIS = 30_000;
    /** An empty frame whose mask changes nothing. */
    private static final byte[] PING = {(byte) 0x89, (byte) 0x80, 0, 0, 0, 0};
    private static final int TEXT = 1;
    private static final int CLOSE = 8;
    private static final int PONG = 10;

    private final BenchRun run;
    private final InetSocketAddress to;
    private final byte[] handshake;
    private final Queue<Socket> open = new ConcurrentLinkedQueue<>();
    private final LongAdder refused = new LongAdder();
    private final LongAdder ended = new LongAdder();
    private final LongAdder heard = new LongAdder();
    private final LongAdder alive = new LongAdder();

    IdleSockets(BenchRun run, InetSocketAddress to, String path, String bearer) {
        this.run = run;
        this.to = to;
        this.handshake = ("GET " + path + " HTTP/1.1\r\nHost: localhost\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
                + "Sec-WebSocket-Key: MDEyMzQ1Njc4OWFiY2RlZg==\r\nAuthorization: Bearer " + bearer + "\r\n\r\n").getBytes(StandardCharsets.US_ASCII);
    }

    /** Opens so many. */
    void open(int count) throws InterruptedException {
        Semaphore atOnce = new Semaphore(AT_ONCE);
        CountDownLatch tried = new CountDownLatch(count);
        for (int i = 0; i < count; i++) {
            atOnce.acquire();
            run.progress("opening WebSockets: %,d".formatted(open.size()));
            Thread.startVirtualThread(() -> {
                Socket socket = new Socket();
                InputStream in = null;
                try {
                    in = shakeHands(socket);
                    open.add(socket);
                } catch (IOException | RuntimeException none) {
                    refused.increment();
                    quietly(socket);
                } finally {
                    atOnce.release();
                    tried.countDown();
                }
                if (in != null) {
                    listen(socket, in);
                }
            });
        }
        tried.await();
    }

    private InputStream shakeHands(Socket socket) throws IOException {
        socket.setSoTimeout(PATIENCE_MILLIS);
        socket.connect(to, PATIENCE_MILLIS);
        socket.getOutputStream().write(handshake);
        InputStream in = new BufferedInputStream(socket.getInputStream(), 256);
        StringBuilder head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            int read = in.read();
            if (read < 0 || head.length() > 4_096) {
                throw new IOException("No handshake");
            }
            head.append((char) read);
        }
        if (!head.toString().startsWith("HTTP/1.1 101")) {
            throw new IOException(head.substring(0, 12));
        }
        socket.setSoTimeout(0);
        return in;
    }

    private void listen(Socket socket, InputStream in) {
        try {
            for (int first = in.read(); first >= 0; first = in.read()) {
                int length = in.read();
                if (length == 126) {
                    length = in.read() << 8 | in.read();
                }
                in.skipNBytes(length);
                switch (first & 0x0F) {
                    case TEXT -> heard.increment();
                    case PONG -> alive.increment();
                    case CLOSE -> {
                        return;
                    }
                    default -> { }
                }
            }
        } catch (IOException gone) {
            // It counts as ended.
        } finally {
            ended.increment();
            quietly(socket);
        }
    }

    /** How many answer now. */
    long answering() {
        alive.reset();
        for (Socket socket : List.copyOf(open)) {
            try {
                socket.getOutputStream().write(PING);
            } catch (IOException gone) {
                // It cannot answer.
            }
        }
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(PATIENCE_MILLIS);
        while (alive.sum() < open.size() - ended.sum() && System.nanoTime() < end) {
            run.progress("asking WebSockets: %,d answer".formatted(alive.sum()));
            LockSupport.parkNanos(50_000_000);
        }
        return alive.sum();
    }

    /** In words. */
    String told() {
        return "%,d refused, %,d ended; %,d messages came to them".formatted(refused.sum(), ended.sum(), heard.sum());
    }

    private static void quietly(Socket socket) {
        try {
            socket.close();
        } catch (IOException closed) {
            // So be it.
        }
    }

    @Override
    public void close() {
        open.forEach(IdleSockets::quietly);
    }
}
