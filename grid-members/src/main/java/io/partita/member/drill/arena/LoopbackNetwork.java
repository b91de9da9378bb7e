package io.partita.member.drill.arena;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Function;

/**
 * This machine's own addresses, 127.x.y.z, and relays between them, in the process of the drill. Whoever calls is known by the address
 * that he calls: each node has addresses of its own for every other one. Only members among themselves call each other by one address,
 * since that is what a member tells about itself; they are known by the address that they call from.
 *
 * <p>Unlike in a namespace, a new connection over a cut is taken, though nothing ever comes of it until the cut is healed.
 */
public final class LoopbackNetwork implements Network {

    private static final int GRID_PORT = 5701;
    private static final int REST_PORT = 8080;
    private static final int BEHIND = 250;
    private static final int STORE_HOST = 200;

    private final String prefix;
    private final int sqlPort = FreePorts.next();
    private final Map<Link, Gate> gates = new ConcurrentHashMap<>();
    private final Map<String, Relay> relays = new HashMap<>();
    private boolean closed;

    private LoopbackNetwork(String prefix) {
        this.prefix = prefix;
    }

    /** A network without anything on it; throws {@link CannotRun}, naming what is missing. */
    public static LoopbackNetwork open() {
        for (int attempt = 0; attempt < 50; attempt++) {
            String prefix = "127." + (20 + ThreadLocalRandom.current().nextInt(230)) + '.';
            if (usable(prefix + "0.1", GRID_PORT)) {
                return new LoopbackNetwork(prefix);
            }
        }
        throw new CannotRun("This machine does not listen on addresses such as 127.20.0.1.",
                "On macOS make them (sudo ifconfig lo0 alias 127.20.0.1, and so on), or run the drill on Linux.");
    }

    private static boolean usable(String host, int port) {
        try (ServerSocket probe = new ServerSocket()) {
            probe.bind(new InetSocketAddress(host, port));
            return true;
        } catch (IOException taken) {
            return false;
        }
    }

    @Override
    public String name() {
        return "loopback";
    }

    @Override
    public void add(Node node) {
        // Relays come into being when somebody asks for an address.
    }

    @Override
    public Endpoint listen(Node node, Service service) {
        return switch (service) {
            case GRID -> new Endpoint(prefix + BEHIND + '.' + node.number(), GRID_PORT);
            case REST -> new Endpoint(prefix + BEHIND + '.' + node.number(), REST_PORT);
            case SQL -> new Endpoint("127.0.0.1", sqlPort);
        };
    }

    @Override
    public Endpoint announced(Node member) {
        return address(member, member, Service.GRID);
    }

    @Override
    public Endpoint address(Node from, Node to, Service service) {
        return switch (service) {
            case GRID -> from.isClient() ? relayed(from, to, service, new Endpoint(prefix + from.number() + '.' + to.number(), GRID_PORT))
                    : shared(to);
            case REST -> from.isClient() ? relayed(from, to, service, new Endpoint(prefix + from.number() + '.' + to.number(), REST_PORT))
                    : listen(to, service);
            case SQL -> from.isMember() ? relayed(from, to, service, new Endpoint(prefix + STORE_HOST + '.' + from.number(), sqlPort))
                    : listen(to, service);
        };
    }

    private Endpoint relayed(Node from, Node to, Service service, Endpoint at) {
        Relay.Road road = road(from, to);
        relay(at, listen(to, service), caller -> road, service == Service.REST);
        return at;
    }

    /** The address by which members, and the drill itself, call a member. */
    private Endpoint shared(Node member) {
        Endpoint at = new Endpoint(host(member), GRID_PORT);
        relay(at, listen(member, Service.GRID), caller -> road(caller(caller), member), false);
        return at;
    }

    private String host(Node member) {
        return prefix + "0." + member.number();
    }

    private Node caller(InetAddress address) {
        String text = address.getHostAddress();
        return text.startsWith(prefix + "0.") ? Node.member(Integer.parseInt(text.substring(text.lastIndexOf('.') + 1))) : Node.RUNNER;
    }

    private synchronized void relay(Endpoint at, Endpoint target, Function<InetAddress, Relay.Road> roads, boolean doubles) {
        if (closed) {
            throw new IllegalStateException("The network is closed");
        }
        relays.computeIfAbsent(at.toString(), key -> Relay.open(at, target, roads, doubles));
    }

    private Relay.Road road(Node from, Node to) {
        return new Relay.Road(gate(new Link(from, to)), gate(new Link(to, from)));
    }

    private Gate gate(Link link) {
        return gates.computeIfAbsent(link, key -> new Gate());
    }

    /** A member tells others the relay's address, and calls from it. */
    @Override
    public List<String> flags(Node node) {
        return node.isMember() ? List.of("-Dhazelcast.local.localAddress=" + listen(node, Service.GRID).host(),
                "-Dhazelcast.local.publicAddress=" + announced(node), "-Dhazelcast.socket.client.bind.any=false") : List.of();
    }

    @Override
    public List<String> command(Node node, List<String> command) {
        return command;
    }

    @Override
    public void cut(Set<Link> links) {
        links.forEach(link -> gate(link).shut());
    }

    @Override
    public void restore(Set<Link> links) {
        links.forEach(link -> gate(link).open());
    }

    @Override
    public boolean canSlow() {
        return true;
    }

    @Override
    public void slow(Set<Link> links, Duration latency) {
        links.forEach(link -> gate(link).slow(latency));
    }

    @Override
    public boolean relays() {
        return true;
    }

    @Override
    public void twice(Set<Link> links) {
        links.forEach(link -> gate(link).twice(true));
    }

    @Override
    public void reset(Set<Link> links) {
        links.forEach(link -> gate(link).reset());
    }

    @Override
    public void heal() {
        gates.values().forEach(gate -> {
            gate.twice(false);
            gate.slow(Duration.ZERO);
            gate.open();
        });
    }

    @Override
    public synchronized void close() {
        closed = true;
        relays.values().forEach(Relay::close);
        heal();
    }
}
