package io.partita.member.drill.arena;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A Linux network namespace for each node, with a veth pair to a bridge. PostgreSQL and the drill itself live where the bridge is, and
 * have addresses on it.
 *
 * <p>A cut from A to B is an entry in A's neighbour table that says that B has a hardware address which nobody has: A's frames leave and
 * arrive nowhere. B's frames still arrive at A. A blackhole route or a reset would tell A at once, which no pulled cable does.
 */
public final class NamespaceNetwork implements Network {

    private static final String NOBODY = "02:00:de:ad:00:00";
    /** Given one, a bridge keeps it. Else it takes the lowest of what is plugged in, and whoever knew the earlier one speaks to nobody. */
    private static final String BRIDGE = "02:00:b2:1d:9e:00";
    private static final int GRID_PORT = 5701;
    private static final int REST_PORT = 8080;
    private static final int STORE_HOST = 254;
    private static final int RUNNER_HOST = 253;
    private static final int FIRST_CLIENT_HOST = 100;
    private static final String NAMESPACES = "partita-drill-";
    private static final String DEVICES = "pd";
    private static final AtomicInteger COUNT = new AtomicInteger();

    private final String owner = ProcessHandle.current().pid() + "-" + COUNT.incrementAndGet();
    /** Names of devices have 15 letters at most. */
    private final String device = DEVICES + Long.toString(ProcessHandle.current().pid(), 36) + "n" + COUNT.get();
    private final String bridge = device + "br";
    private final String prefix;
    private final Set<Node> nodes = ConcurrentHashMap.newKeySet();
    private final Set<Link> cuts = new HashSet<>();
    private final boolean netem;
    /** Beside whatever else listens on this machine's own addresses. */
    private final int sqlPort = FreePorts.next();

    private NamespaceNetwork(String prefix) {
        this.prefix = prefix;
        this.netem = Files.isExecutable(Path.of("/usr/sbin/tc")) || Files.isExecutable(Path.of("/sbin/tc"));
    }

    /** A network with a bridge and nothing on it yet; throws {@link CannotRun}, naming what is missing. */
    public static NamespaceNetwork open() {
        requirePossible();
        NamespaceNetwork network = new NamespaceNetwork(freePrefix());
        try {
            Shell.require(List.of("ip", "-batch", "-"), """
                    link add %1$s address %4$s type bridge
                    addr add %2$s/24 dev %1$s
                    addr add %3$s/24 dev %1$s
                    link set %1$s up
                    """.formatted(network.bridge, network.host(RUNNER_HOST), network.host(STORE_HOST), BRIDGE));
            return network;
        } catch (RuntimeException e) {
            network.close();
            throw e;
        }
    }

    /** Throws {@link CannotRun}, naming what is missing, if this machine or this user cannot have network namespaces. */
    public static void requirePossible() {
        if (!System.getProperty("os.name").startsWith("Linux")) {
            throw new CannotRun("Network namespaces are a thing of Linux; this is " + System.getProperty("os.name") + ".", LoopbackHint.TEXT);
        }
        Shell.Result version = Shell.run(List.of("ip", "-V"));
        if (!version.succeeded()) {
            throw new CannotRun("The command ip was not found.", "Install it (Debian, Ubuntu: apt install iproute2), or " + LoopbackHint.TEXT);
        }
        if (!"root".equals(System.getProperty("user.name"))) {
            throw new CannotRun("Network namespaces need root; this is " + System.getProperty("user.name") + ".",
                    "Run it as root (sudo ./partita drill ...), or " + LoopbackHint.TEXT);
        }
        int number = COUNT.incrementAndGet();
        String probe = NAMESPACES + ProcessHandle.current().pid() + "-probe-" + number;
        String device = DEVICES + Long.toString(ProcessHandle.current().pid(), 36) + "p" + number;
        Shell.Result made = Shell.run(List.of("ip", "netns", "add", probe));
        if (made.succeeded()) {
            made = Shell.run(List.of("ip", "link", "add", device, "type", "veth", "peer", "name", "eth0", "netns", probe));
            Shell.run(List.of("ip", "link", "delete", device));
        }
        Shell.run(List.of("ip", "netns", "delete", probe));
        if (!made.succeeded()) {
            throw new CannotRun("This machine does not allow network namespaces: " + made.output(),
                    "In a container, give it the capabilities NET_ADMIN and SYS_ADMIN, or " + LoopbackHint.TEXT);
        }
    }

    /** Takes away what earlier runs have left behind: namespaces and devices of processes that are gone, and all that runs in them. */
    public static void removeLeftovers() {
        if (!"root".equals(System.getProperty("user.name"))) {
            return;
        }
        for (String line : Shell.run(List.of("ip", "netns", "list")).output().split("\n")) {
            String namespace = line.split(" ")[0];
            if (namespace.startsWith(NAMESPACES) && gone(namespace.substring(NAMESPACES.length()).split("-")[0], 10)) {
                removeNamespace(namespace);
            }
        }
        for (String line : Shell.run(List.of("ip", "-o", "link", "show")).output().split("\n")) {
            String[] words = line.split(":");
            String name = words.length > 1 ? words[1].strip().split("@")[0] : "";
            if (name.matches(DEVICES + "[0-9a-z]+n[0-9]+(br|[mc][0-9]+)") && gone(name.substring(DEVICES.length(), name.lastIndexOf('n')), 36)) {
                Shell.run(List.of("ip", "link", "delete", name));
            }
        }
    }

    private static boolean gone(String pid, int radix) {
        try {
            return ProcessHandle.of(Long.parseLong(pid, radix)).filter(ProcessHandle::isAlive).isEmpty();
        } catch (NumberFormatException notOurs) {
            return false;
        }
    }

    private static void removeNamespace(String namespace) {
        for (String pid : Shell.run(List.of("ip", "netns", "pids", namespace)).output().split("\n")) {
            if (pid.matches("[0-9]+")) {
                Signals.send(Signals.KILL, List.of(Long.parseLong(pid)));
            }
        }
        Shell.run(List.of("ip", "netns", "delete", namespace));
    }

    /** Three quarters of a private network that nothing on this machine uses. */
    private static String freePrefix() {
        String taken = Shell.require("ip", "-4", "addr") + Shell.require("ip", "-4", "route");
        for (int attempt = 0; attempt < 1_000; attempt++) {
            ThreadLocalRandom random = ThreadLocalRandom.current();
            String prefix = "10." + (100 + random.nextInt(150)) + '.' + random.nextInt(256) + '.';
            if (!taken.contains(' ' + prefix)) {
                return prefix;
            }
        }
        throw new CannotRun("Every network of 10.0.0.0/8 is in use.", LoopbackHint.TEXT);
    }

    @Override
    public String name() {
        return "namespaces";
    }

    @Override
    public void add(Node node) {
        if (node.equals(Node.STORE) || node.equals(Node.RUNNER) || !nodes.add(node)) {
            return;
        }
        String namespace = namespace(node);
        String outside = outside(node);
        Shell.require("ip", "netns", "add", namespace);
        Shell.require(List.of("ip", "-batch", "-"), """
                link add %1$s type veth peer name eth0 netns %2$s
                link set %1$s master %3$s up
                """.formatted(outside, namespace, bridge));
        Shell.require(List.of("ip", "-n", namespace, "-batch", "-"), """
                addr add %s/24 dev eth0
                link set lo up
                link set eth0 up
                """.formatted(host(node)));
    }

    /** The end of its cable that is plugged into the bridge. */
    private String outside(Node node) {
        return device + (node.isMember() ? "m" : "c") + node.number();
    }

    private String namespace(Node node) {
        return NAMESPACES + owner + "-" + node;
    }

    private String host(Node node) {
        return host(switch (node.kind()) {
            case MEMBER -> node.number();
            case CLIENT -> FIRST_CLIENT_HOST + node.number();
            case STORE -> STORE_HOST;
            case RUNNER -> RUNNER_HOST;
        });
    }

    private String host(int last) {
        return prefix + last;
    }

    @Override
    public Endpoint listen(Node node, Service service) {
        return new Endpoint(host(node), switch (service) {
            case GRID -> GRID_PORT;
            case REST -> REST_PORT;
            case SQL -> sqlPort;
        });
    }

    @Override
    public Endpoint address(Node from, Node to, Service service) {
        return listen(to, service);
    }

    @Override
    public List<String> command(Node node, List<String> command) {
        if (!nodes.contains(node)) {
            return command;
        }
        List<String> inside = new ArrayList<>(List.of("ip", "netns", "exec", namespace(node)));
        inside.addAll(command);
        return inside;
    }

    @Override
    public synchronized void cut(Set<Link> links) {
        cuts.addAll(links);
        bySender(links).forEach((sender, receivers) -> neighbours(sender, receivers,
                "neigh replace %s lladdr " + NOBODY + " dev %s nud permanent"));
    }

    @Override
    public synchronized void restore(Set<Link> links) {
        Set<Link> cut = new HashSet<>(links);
        cut.retainAll(cuts);
        bySender(cut).forEach((sender, receivers) -> neighbours(sender, receivers, "neigh del %s dev %s"));
        cuts.removeAll(cut);
    }

    private static Map<Node, List<Node>> bySender(Set<Link> links) {
        Map<Node, List<Node>> receivers = new TreeMap<>();
        links.forEach(link -> receivers.computeIfAbsent(link.from(), sender -> new ArrayList<>()).add(link.to()));
        return receivers;
    }

    private void neighbours(Node sender, List<Node> receivers, String command) {
        boolean inside = nodes.contains(sender);
        StringBuilder batch = new StringBuilder();
        receivers.forEach(receiver -> batch.append(command.formatted(host(receiver), inside ? "eth0" : bridge)).append('\n'));
        Shell.require(inside ? List.of("ip", "-n", namespace(sender), "-batch", "-") : List.of("ip", "-batch", "-"), batch.toString());
    }

    @Override
    public synchronized void heal() {
        restore(Set.copyOf(cuts));
        if (netem) {
            nodes.forEach(node -> Shell.run(List.of("tc", "-n", namespace(node), "qdisc", "del", "dev", "eth0", "root")));
        }
    }

    @Override
    public boolean canSlow() {
        if (!netem || nodes.isEmpty()) {
            return false;
        }
        String namespace = namespace(Collections.min(nodes));
        boolean works = Shell.run(List.of("tc", "-n", namespace, "qdisc", "add", "dev", "eth0", "root", "netem", "delay", "1ms")).succeeded();
        Shell.run(List.of("tc", "-n", namespace, "qdisc", "del", "dev", "eth0", "root"));
        return works;
    }

    /** Slows everything that the senders send, wherever to. */
    @Override
    public void slow(Set<Link> links, Duration latency) {
        if (!canSlow()) {
            throw new CannotRun("This machine cannot delay packets (tc with the queueing discipline netem).", LoopbackHint.TEXT);
        }
        bySender(links).keySet().stream().filter(nodes::contains).forEach(sender -> Shell.require("tc", "-n", namespace(sender),
                "qdisc", "replace", "dev", "eth0", "root", "netem", "delay", latency.toMillis() + "ms", latency.toMillis() / 5 + "ms"));
    }

    @Override
    public void close() {
        // First, since a namespace may live on for a while, as long as the kernel has packets for it.
        nodes.forEach(node -> Shell.run(List.of("ip", "link", "delete", outside(node))));
        nodes.forEach(node -> removeNamespace(namespace(node)));
        Shell.run(List.of("ip", "link", "delete", bridge));
    }
}
