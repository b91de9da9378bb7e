package io.partita.member.drill.arena;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Arrays;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/**
 * Listens in place of a service and hands every connection on, through the two gates of those who talk. While a gate is shut, what was
 * sent towards it stays here and arrives when it opens, an end of the connection included: nobody is told that anything is wrong.
 * Thread-safe.
 */
final class Relay implements AutoCloseable {

    private static final int CHUNK = 16 * 1024;
    /** Together with the sockets' own buffers, what fits into the cable. */
    private static final int CHUNKS = 64;
    private static final byte[] END = new byte[0];

    private final ServerSocket listener;
    private final Endpoint target;
    private final Function<InetAddress, Road> roads;
    /** Whether connections may be made twice: requests that repeat each other are what REST has to bear. */
    private final boolean doubles;
    private final Set<Closeable> open = ConcurrentHashMap.newKeySet();
    private volatile boolean closed;

    /** The way there and the way back. */
    record Road(Gate there, Gate back) {
    }

    /** Bytes, and the moment at which they arrive. */
    private record Chunk(byte[] bytes, long due) {
    }

    private Relay(ServerSocket listener, Endpoint target, Function<InetAddress, Road> roads, boolean doubles) {
        this.listener = listener;
        this.target = target;
        this.roads = roads;
        this.doubles = doubles;
    }

    /** @param roads by the address that a caller has */
    static Relay open(Endpoint at, Endpoint target, Function<InetAddress, Road> roads, boolean doubles) {
        try {
            ServerSocket listener = new ServerSocket();
            listener.setReuseAddress(true);
            listener.bind(new InetSocketAddress(at.host(), at.port()), 200);
            Relay relay = new Relay(listener, target, roads, doubles);
            Thread.ofVirtual().name("relay-" + at).start(relay::accept);
            return relay;
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot listen at " + at, e);
        }
    }

    private void accept() {
        while (!closed) {
            try {
                Socket caller = listener.accept();
                keep(caller);
                Thread.ofVirtual().start(() -> connect(caller));
            } catch (IOException closedPerhaps) {
                // A connection that was given up before it was taken, or the end.
            }
        }
    }

    /** A connection comes about only when both directions are open. */
    private void connect(Socket caller) {
        Road road = roads.apply(caller.getInetAddress());
        try {
            road.there().pass();
            road.back().pass();
            Socket service = call();
            Socket shadow = doubles && road.there().twice() ? call() : null;
            caller.setTcpNoDelay(true);
            Runnable reset = () -> {
                // Both before either is closed: whoever carries on then closes the other one, and must not end it in peace.
                breakOnClose(caller);
                breakOnClose(service);
                close(caller);
                close(service);
            };
            road.there().carries(reset);
            Thread.ofVirtual().start(() -> {
                carry(caller, service, road.there(), shadow);
                road.there().ended(reset);
            });
            Thread.ofVirtual().start(() -> carry(service, caller, road.back(), null));
            if (shadow != null) {
                Thread.ofVirtual().start(() -> drain(shadow));
            }
        } catch (IOException refused) {
            reset(caller);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            close(caller);
        }
    }

    private Socket call() throws IOException {
        Socket service = new Socket();
        keep(service);
        service.connect(new InetSocketAddress(target.host(), target.port()), 3_000);
        service.setTcpNoDelay(true);
        return service;
    }

    /** What a second connection is answered goes nowhere. */
    private void drain(Socket shadow) {
        try {
            shadow.getInputStream().transferTo(OutputStream.nullOutputStream());
        } catch (IOException gone) {
            // It is closed below in any case.
        }
        close(shadow);
    }

    /** @param shadow gets the same, as long as it keeps up; or null */
    private void carry(Socket from, Socket to, Gate gate, Socket shadow) {
        BlockingQueue<Chunk> cable = new ArrayBlockingQueue<>(CHUNKS);
        BlockingQueue<Chunk> second = new ArrayBlockingQueue<>(CHUNKS);
        Thread.ofVirtual().start(() -> deliver(cable, to, gate, from));
        if (shadow != null) {
            Thread.ofVirtual().start(() -> deliver(second, shadow, gate, shadow));
        }
        byte[] buffer = new byte[CHUNK];
        try {
            InputStream in = from.getInputStream();
            for (int count; (count = in.read(buffer)) >= 0; ) {
                Chunk chunk = new Chunk(Arrays.copyOf(buffer, count), System.nanoTime() + gate.latencyNanos());
                cable.put(chunk);
                if (shadow != null && !second.offer(chunk)) {
                    close(shadow);
                }
            }
        } catch (IOException lost) {
            // A reset goes on as an end.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        try {
            Chunk end = new Chunk(END, System.nanoTime() + gate.latencyNanos());
            cable.put(end);
            second.offer(end);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void deliver(BlockingQueue<Chunk> cable, Socket to, Gate gate, Socket from) {
        try {
            OutputStream out = to.getOutputStream();
            while (true) {
                Chunk chunk = cable.take();
                TimeUnit.NANOSECONDS.sleep(chunk.due() - System.nanoTime());
                gate.pass();
                if (chunk.bytes() == END) {
                    if (!from.isClosed()) {
                        to.shutdownOutput();
                    }
                    if (from.isClosed() || from.isInputShutdown() || to.isInputShutdown()) {
                        close(to);
                    }
                    return;
                }
                out.write(chunk.bytes());
            }
        } catch (IOException gone) {
            close(from);
            close(to);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void keep(Socket socket) {
        open.removeIf(each -> each instanceof Socket kept && kept.isClosed());
        open.add(socket);
        if (closed) {
            close(socket);
        }
    }

    /** As if nobody had listened. */
    private void reset(Socket socket) {
        breakOnClose(socket);
        close(socket);
    }

    private static void breakOnClose(Socket socket) {
        try {
            socket.setSoLinger(true, 0);
        } catch (IOException gone) {
            // Then it is closed already.
        }
    }

    private void close(Closeable resource) {
        open.remove(resource);
        try {
            resource.close();
        } catch (IOException gone) {
            // That is what was wanted.
        }
    }

    @Override
    public void close() {
        closed = true;
        close(listener);
        Set.copyOf(open).forEach(this::close);
    }
}
