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
    private final Set<Closeable> open = ConcurrentHashMap.newKeySet();
    private volatile boolean closed;

    /** The way there and the way back. */
    record Road(Gate there, Gate back) {
    }

    /** Bytes, and the moment at which they arrive. */
    private record Chunk(byte[] bytes, long due) {
    }

    private Relay(ServerSocket listener, Endpoint target, Function<InetAddress, Road> roads) {
        this.listener = listener;
        this.target = target;
        this.roads = roads;
    }

    /** @param roads by the address that a caller has */
    static Relay open(Endpoint at, Endpoint target, Function<InetAddress, Road> roads) {
        try {
            ServerSocket listener = new ServerSocket();
            listener.setReuseAddress(true);
            listener.bind(new InetSocketAddress(at.host(), at.port()), 200);
            Relay relay = new Relay(listener, target, roads);
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
            Socket service = new Socket();
            keep(service);
            service.connect(new InetSocketAddress(target.host(), target.port()), 3_000);
            service.setTcpNoDelay(true);
            caller.setTcpNoDelay(true);
            Thread.ofVirtual().start(() -> carry(caller, service, road.there()));
            Thread.ofVirtual().start(() -> carry(service, caller, road.back()));
        } catch (IOException refused) {
            reset(caller);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            close(caller);
        }
    }

    private void carry(Socket from, Socket to, Gate gate) {
        BlockingQueue<Chunk> cable = new ArrayBlockingQueue<>(CHUNKS);
        Thread.ofVirtual().start(() -> deliver(cable, to, gate, from));
        byte[] buffer = new byte[CHUNK];
        try {
            InputStream in = from.getInputStream();
            for (int count; (count = in.read(buffer)) >= 0; ) {
                cable.put(new Chunk(Arrays.copyOf(buffer, count), System.nanoTime() + gate.latencyNanos()));
            }
        } catch (IOException lost) {
            // A reset goes on as an end.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        try {
            cable.put(new Chunk(END, System.nanoTime() + gate.latencyNanos()));
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
                    to.shutdownOutput();
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
        try {
            socket.setSoLinger(true, 0);
        } catch (IOException gone) {
            // Then it is closed already.
        }
        close(socket);
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
