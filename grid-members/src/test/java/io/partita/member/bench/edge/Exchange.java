package io.partita.member.bench.edge;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Requests over connections that are kept, one at a time over each. Whoever sends writes himself, and one thread reads all answers: a thread for each connection would take as much of
 * the machine as half of what is measured. Thread-safe.
 */
final class Exchange implements AutoCloseable {

    private static final String NONE = "no answer";
    private static final long PATIENCE = TimeUnit.SECONDS.toNanos(30);
    private static final long LOOK_MILLIS = 200;

    private final Selector selector = Selector.open();
    private final List<WireConnection> connections = new ArrayList<>();
    /** Those without a request, the one that has rested longest first. */
    private final Queue<WireConnection> idle = new ArrayDeque<>();
    private final Queue<Request> waiting = new ArrayDeque<>();
    private final int mostWaiting;
    private final Thread reader;
    private volatile boolean closing;

    private record Request(byte[] bytes, Consumer<String> answered) {
    }

    Exchange(InetSocketAddress to, int connections, int mostWaiting) throws IOException {
        this.mostWaiting = mostWaiting;
        for (int i = 0; i < connections; i++) {
            this.connections.add(new WireConnection(to, selector));
        }
        idle.addAll(this.connections);
        reader = Thread.ofPlatform().daemon().name("answers").start(this::read);
    }

    /**
     * Sends a whole request over the next connection that is free.
     *
     * @param answered is told the status, of an error with its code
     */
    void send(byte[] request, Consumer<String> answered) {
        boolean taken;
        synchronized (this) {
            taken = waiting.size() < mostWaiting && waiting.add(new Request(request, answered));
        }
        if (taken) {
            sendWaiting();
        } else {
            answered.accept(NONE);
        }
    }

    private void sendWaiting() {
        while (true) {
            WireConnection connection;
            Request request;
            synchronized (this) {
                if (waiting.isEmpty() || idle.isEmpty()) {
                    return;
                }
                connection = idle.remove();
                request = waiting.remove();
            }
            if (!connection.send(request.bytes, request.answered)) {
                rest(connection);
                request.answered.accept(NONE);
            }
        }
    }

    private synchronized void rest(WireConnection connection) {
        idle.add(connection);
        notifyAll();
    }

    private void ended(WireConnection connection, String status) {
        Consumer<String> answered = connection.end();
        rest(connection);
        answered.accept(status);
    }

    private void read() {
        long look = System.nanoTime();
        while (!closing) {
            try {
                selector.select(this::readable, LOOK_MILLIS);
            } catch (IOException failure) {
                throw new IllegalStateException(failure);
            }
            long now = System.nanoTime();
            if (now - look > TimeUnit.MILLISECONDS.toNanos(LOOK_MILLIS)) {
                look = now;
                for (WireConnection connection : connections) {
                    if (connection.waitsSince(now - PATIENCE)) {
                        connection.close();
                        ended(connection, NONE);
                    }
                }
            }
            sendWaiting();
        }
    }

    private void readable(SelectionKey key) {
        WireConnection connection = (WireConnection) key.attachment();
        String status = connection.read();
        if (status != null) {
            ended(connection, status);
        } else if (connection.lost()) {
            ended(connection, NONE);
        }
    }

    /** Waits for the answers; what has not been sent by then is not sent any more. */
    void finish(long until) throws InterruptedException {
        awaitRest(until);
        List<Request> left;
        synchronized (this) {
            left = List.copyOf(waiting);
            waiting.clear();
        }
        left.forEach(request -> request.answered.accept(NONE));
        // What is under way is given up by itself before that.
        if (!awaitRest(System.nanoTime() + 2 * PATIENCE)) {
            throw new IllegalStateException("Nobody reads answers any more");
        }
    }

    private synchronized boolean awaitRest(long until) throws InterruptedException {
        for (long left = until - System.nanoTime(); busy() && left > 0; left = until - System.nanoTime()) {
            TimeUnit.NANOSECONDS.timedWait(this, left);
        }
        return !busy();
    }

    private synchronized boolean busy() {
        return !waiting.isEmpty() || idle.size() < connections.size();
    }

    @Override
    public void close() throws IOException {
        closing = true;
        selector.wakeup();
        try {
            reader.join();
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        }
        connections.forEach(WireConnection::close);
        selector.close();
    }
}
