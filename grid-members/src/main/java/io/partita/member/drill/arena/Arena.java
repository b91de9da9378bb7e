package io.partita.member.drill.arena;

import io.partita.member.rest.ClientKey;
import io.partita.security.ApiKey;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * A cluster of members with a PostgreSQL beside them and room for clients, on a network that can be cut. Closing it leaves nothing
 * behind. Used by one thread; {@link #close} may be called by another.
 */
public final class Arena implements AutoCloseable {

    private static final Duration START_PATIENCE = Duration.ofSeconds(180);
    private static final Duration STOP_PATIENCE = Duration.ofSeconds(60);
    /** A dozen seconds of work for one processor, which may have other things to do. */
    private static final Duration MAKING_PATIENCE = Duration.ofSeconds(180);

    private final Network network;
    private final Path folder;
    private final Path logs;
    private final Layout layout;
    private final ClientKey key;
    private final String cluster = "drill-" + UUID.randomUUID();
    private final StoreProcess store;
    private final Map<Node, MemberProcess> members = Collections.synchronizedMap(new LinkedHashMap<>());
    private final List<ClientProcess> clients = Collections.synchronizedList(new ArrayList<>());
    private volatile MemberProcess rehearsal;
    private volatile Restored restored;
    private NextVersion next;
    private boolean closed;

    /**
     * What an arena looks like.
     *
     * @param members  how many the complete cluster has
     * @param heap     of each, as in {@code -Xmx}
     * @param settings further settings of every member, {@code --partita.name=value}
     */
    public record Layout(int members, String heap, List<String> settings) {

        public static final String HEAP = "384m";

        public static Layout of(int members) {
            return new Layout(members, HEAP, List.of());
        }

        public Layout with(String setting) {
            List<String> more = new ArrayList<>(settings);
            more.add(setting);
            return new Layout(members, heap, List.copyOf(more));
        }
    }

    private Arena(Network network, Path folder, Path logs, Layout layout) {
        this.network = network;
        this.folder = folder;
        this.logs = logs;
        this.layout = layout;
        this.key = new ClientKey(ApiKey.random(new SecureRandom()).text());
        this.store = new StoreProcess(folder.resolve("postgres"), Workshop.binaries(), network.listen(Node.STORE, Service.SQL));
    }

    /** What members know the drill and its clients by. */
    public ClientKey key() {
        return key;
    }

    private Path keyFile() {
        return folder.resolve("operator.key");
    }

    /**
     * Prepares an arena in which nothing runs yet.
     *
     * @param network taken over: closed with the arena
     * @param logs    a folder for the logs of all processes and the clients' histories, which stay
     */
    public static Arena prepare(Network network, Path logs, Layout layout) {
        try {
            Files.createDirectories(logs);
        } catch (IOException e) {
            network.close();
            throw new UncheckedIOException(e);
        }
        Arena arena = new Arena(network, Workshop.newFolder(), logs, layout);
        arena.writeKey();
        return arena;
    }

    private void writeKey() {
        try {
            Files.writeString(keyFile(), key.text());
        } catch (IOException e) {
            close();
            throw new UncheckedIOException(e);
        }
    }

    /** Takes away what runs that were killed have left behind: processes, namespaces, bridges, folders. Of drills only. */
    public static void removeLeftovers() {
        Workshop.removeLeftovers();
        NamespaceNetwork.removeLeftovers();
    }

    public Network network() {
        return network;
    }

    public Layout layout() {
        return layout;
    }

    /** The grid's name; it begins with {@code drill-}, without which a member refuses to be sabotaged. */
    public String cluster() {
        return cluster;
    }

    public StoreProcess store() {
        return store;
    }

    /** The members that there are, running or not. */
    public List<MemberProcess> members() {
        synchronized (members) {
            return List.copyOf(members.values());
        }
    }

    public MemberProcess member(int number) {
        MemberProcess member = members.get(Node.member(number));
        if (member == null) {
            throw new IllegalArgumentException("There is no member " + number);
        }
        return member;
    }

    /** Adds a member, which has to be started. */
    public synchronized MemberProcess addMember() {
        requireOpen();
        Node node = Node.member(members.size() + 1);
        network.add(node);
        MemberProcess member = new MemberProcess(node, logs.resolve(node + ".log"), network, layout.heap(), settings(node), key);
        members.put(node, member);
        return member;
    }

    /**
     * A database as it was at a moment, and a member over it that has to be started: a cluster by itself, beside the one that goes on.
     *
     * @param cluster  its name
     * @param settings by which the member differs from the others
     */
    public record Restored(StoreProcess store, MemberProcess member, String cluster, List<String> settings) {

        /** Starts the member, and waits until it serves. */
        public void start() throws InterruptedException {
            member.start(settings);
            if (!await(() -> member.lacks(1), () -> !member.alive(), START_PATIENCE)) {
                throw new IllegalStateException("No member came into service over what was restored: " + member.lacks(1).orElse("") + "\n" + member.lastLines(30));
            }
        }

        /** Takes both away. */
        public void end() {
            member.end();
            store.close();
        }
    }

    /** The version that members can be brought to; made when it is asked for first. */
    public synchronized NextVersion nextVersion() {
        if (next == null) {
            next = NextVersion.in(folder.resolve("next-version"));
        }
        return next;
    }

    /** Goes back to a moment, in another place. The store has to be backed up and its log archived. */
    public Restored restore(String moment) throws InterruptedException {
        Node node = Node.member(Math.max(layout.members(), members.size()) + 1);
        network.add(node);
        String host = network.listen(Node.STORE, Service.SQL).host();
        Endpoint where = new Endpoint(host, FreePorts.next());
        StoreProcess back = store.restored(folder.resolve("restored"), where, moment);
        String name = cluster + "-restored";
        Endpoint grid = network.listen(node, Service.GRID);
        MemberProcess member = new MemberProcess(node, logs.resolve("restored.log"), network, layout.heap(), settings(node), key);
        restored = new Restored(back, member, name, List.of("--partita.database.url=" + StoreProcess.url(where), "--partita.grid.name=" + name,
                "--partita.grid.addresses=" + grid, "--partita.grid.expected-members=1", "--partita.grid.backups=0"));
        return restored;
    }

    private void requireOpen() {
        if (closed) {
            throw new IllegalStateException("The arena is closed");
        }
    }

    /** Takes a member out for good; it must have ended. */
    public void forget(MemberProcess member) {
        members.remove(member.node());
    }

    private List<String> settings(Node node) {
        Endpoint grid = network.listen(node, Service.GRID);
        int most = Math.max(layout.members(), node.number());
        String addresses = IntStream.rangeClosed(1, most).mapToObj(Node::member)
                .map(member -> network.address(node, member, Service.GRID).toString()).collect(Collectors.joining(","));
        List<String> settings = new ArrayList<>(List.of("--partita.data=" + folder.resolve(node.toString()), "--partita.demo=false",
                "--partita.security.operator-key-file=" + keyFile(),
                "--spring.main.banner-mode=off", "--partita.bind=" + grid.host(), "--partita.grid.name=" + cluster,
                "--partita.grid.port=" + grid.port(), "--partita.grid.addresses=" + addresses,
                "--partita.http.port=" + network.listen(node, Service.REST).port(),
                "--partita.grid.expected-members=" + layout.members(), "--partita.grid.backups=" + Math.max(1, layout.members() / 2),
                "--partita.database.url=" + StoreProcess.url(network.address(node, Node.STORE, Service.SQL)),
                "--partita.database.user=" + store.user(), "--partita.database.pool=4", "--partita.database.journal-pool=6", "--partita.database.trading-pool=6",
                // When members come and go is read from their logs.
                "--logging.level.com.hazelcast.internal.cluster=INFO"));
        settings.addAll(layout.settings());
        return settings;
    }

    /** Starts the store and then all members at once, and waits until they serve as one cluster. */
    public void start() throws InterruptedException {
        store.start();
        StartCache cache = StartCache.ofThisBuild();
        if (!cache.made()) {
            make(cache);
        }
        for (int i = 0; i < layout.members(); i++) {
            addMember().start();
        }
        if (!awaitWhole(START_PATIENCE)) {
            throw new IllegalStateException("The members did not come into service within " + START_PATIENCE.toSeconds() + " s: "
                    + lacks().orElse(""));
        }
    }

    /** By a member over a database of its own, which is there for nothing else: what it learns, all others know when they start. */
    private void make(StartCache cache) throws InterruptedException {
        store.execute("create database rehearsal");
        Node node = Node.member(1);
        network.add(node);
        MemberProcess member = new MemberProcess(node, logs.resolve("rehearsal.log"), network, layout.heap(), settings(node), key);
        String database = StoreProcess.url(network.address(node, Node.STORE, Service.SQL)).replaceAll("/partita$", "/rehearsal");
        rehearsal = member;
        member.startMaking(cache, List.of("--partita.data=" + folder.resolve("rehearsal"), "--partita.database.url=" + database,
                "--partita.grid.addresses=" + network.address(node, node, Service.GRID), "--partita.grid.expected-members=1",
                "--partita.grid.backups=0", "--partita.drill.sabotage=none"));
        if (await(() -> member.lacks(1), () -> !member.alive(), START_PATIENCE) && member.stop(MAKING_PATIENCE)) {
            cache.keep();
        }
        member.kill();
        store.execute("drop database rehearsal with (force)");
    }

    /** What keeps the members from serving as one cluster; nothing when each of them serves and sees all others. */
    public Optional<String> lacks() {
        Collection<MemberProcess> all = members();
        return all.stream().map(member -> member.lacks(all.size())).flatMap(Optional::stream).findFirst();
    }

    /** Waits until the members serve as one cluster; false if they do not within the time. Throws if a member has ended by itself. */
    public boolean awaitWhole(Duration patience) throws InterruptedException {
        return await(this::lacks, this::requireAlive, patience);
    }

    /** Never hopeless, or an exception. */
    private boolean requireAlive() {
        for (MemberProcess member : members()) {
            if (!member.alive()) {
                throw new IllegalStateException(member + " ended by itself:\n" + member.lastLines(30));
            }
        }
        return false;
    }

    private static boolean await(Supplier<Optional<String>> lacks, BooleanSupplier hopeless, Duration patience) throws InterruptedException {
        long end = System.nanoTime() + patience.toNanos();
        while (lacks.get().isPresent()) {
            if (hopeless.getAsBoolean() || System.nanoTime() > end) {
                return false;
            }
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
            LockSupport.parkNanos(200_000_000);
        }
        return true;
    }

    /** Stops a member in good order; false if it had to be killed. */
    public boolean stop(MemberProcess member) {
        return member.stop(STOP_PATIENCE);
    }

    /**
     * Adds a client process beside a member.
     *
     * @param main      its main class
     * @param arguments after which come where it runs, where the grid and REST are, and where its history goes
     */
    public synchronized ClientProcess addClient(int number, String label, String main, List<String> arguments) {
        requireOpen();
        Node node = Node.client(number);
        network.add(node);
        Path history = logs.resolve(label + "-" + node + ".history");
        List<String> all = new ArrayList<>(List.of("--node", node.toString(), "--grid", cluster, "--history", history.toString(),
                "--addresses", addresses(node, member -> network.announced(member).toString()),
                "--key-file", keyFile().toString(), "--rest", addresses(node, member -> "http://" + network.address(node, member, Service.REST))));
        String detours = members().stream().map(MemberProcess::node)
                .filter(member -> !network.address(node, member, Service.GRID).equals(network.announced(member)))
                .map(member -> network.announced(member) + "=" + network.address(node, member, Service.GRID)).collect(Collectors.joining(","));
        if (!detours.isEmpty()) {
            all.addAll(List.of("--through", detours));
        }
        all.addAll(arguments);
        ClientProcess client = new ClientProcess(node, logs.resolve(node + ".log"), network, main, all, history);
        clients.add(client);
        return client;
    }

    /** The member beside comes first: a client prefers what is near. */
    private String addresses(Node from, Function<Node, String> address) {
        return members().stream().map(MemberProcess::node)
                .sorted(Comparator.comparing(member -> member.number() == from.number() ? 0 : member.number()))
                .map(address).collect(Collectors.joining(","));
    }

    /** Ends the clients of a drill; the next one has its own. */
    public void removeClients() {
        synchronized (clients) {
            clients.forEach(OsProcess::kill);
            clients.clear();
        }
    }

    /** Kills everything and takes it away; logs and histories stay. */
    @Override
    public synchronized void close() {
        if (closed) {
            return;
        }
        closed = true;
        List<OsProcess> processes = new ArrayList<>(List.copyOf(clients));
        processes.addAll(members());
        Optional.ofNullable(rehearsal).ifPresent(processes::add);
        processes.forEach(OsProcess::end);
        Optional.ofNullable(restored).ifPresent(Restored::end);
        if (rehearsal != null) {
            StartCache.ofThisBuild().removeDraft();
        }
        store.close();
        // A process that was being started just now is among them.
        Workshop.remove(folder);
        network.close();
    }
}
