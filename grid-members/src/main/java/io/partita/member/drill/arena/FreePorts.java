package io.partita.member.drill.arena;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Ports that nobody listens on, each given out once in this process. They lie below the range from which an operating
 * system takes the local ends of outgoing connections: a port of that range may be taken by a stranger's connection
 * between the moment in which it was found free and the one in which it is listened on. So that no other process like this
 * one takes it meanwhile, each has a range of its own, and listens on the first port of it for as long as it lives. Thread-safe.
 */
public final class FreePorts {

    private static final int FIRST = 20_000;
    private static final int RANGES = 24;
    static final int RANGE = 500;
    private static final ServerSocket HELD = hold();
    private static final AtomicInteger NEXT = new AtomicInteger();

    private FreePorts() {
    }

    /** @throws IllegalStateException if all ports of this process are taken */
    public static int next() {
        for (int tried = 1; tried < RANGE; tried++) {
            int port = HELD.getLocalPort() + 1 + Math.floorMod(NEXT.getAndIncrement(), RANGE - 1);
            if (free(port)) {
                return port;
            }
        }
        throw new IllegalStateException("No port from %d to %d is free".formatted(HELD.getLocalPort() + 1, HELD.getLocalPort() + RANGE - 1));
    }

    private static ServerSocket hold() {
        for (int range = 0; range < RANGES; range++) {
            try {
                return listen(FIRST + range * RANGE);
            } catch (IOException anothers) {
                // The next one may be free.
            }
        }
        throw new IllegalStateException("%d other processes hold the ports from %d to %d".formatted(RANGES, FIRST, FIRST + RANGES * RANGE - 1));
    }

    private static boolean free(int port) {
        try {
            listen(port).close();
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    private static ServerSocket listen(int port) throws IOException {
        return new ServerSocket(port, 1, InetAddress.getLoopbackAddress());
    }
}
