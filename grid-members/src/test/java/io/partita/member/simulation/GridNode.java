package io.partita.member.simulation;

import com.hazelcast.core.ReadOnly;
import com.hazelcast.map.EntryProcessor;
import com.hazelcast.splitbrainprotection.SplitBrainProtectionException;
import io.partita.ledger.shard.Shard;
import io.partita.member.simulation.Table.Seat;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;

/** One member of the {@link Grid}: its replicas of shards, its table of the cluster, and its calls under way. */
public final class GridNode {

    private static final long TICK = 500 * World.MILLIS;
    private static final long MIGRATION_PATIENCE = 3 * World.SECONDS;

    final Grid grid;
    final Host host;
    private final World world;
    private final Replica[] replicas;
    private final long[] heard;
    private final Set<Invocation<?>> pending = new LinkedHashSet<>();
    private Runnable listener = () -> { };
    private UUID id;
    private Table table;
    private ProcessorSite site;
    private long lastTick;
    private boolean migrating;

    GridNode(Grid grid, Host host) {
        this.grid = grid;
        this.host = host;
        this.world = grid.world;
        this.replicas = new Replica[grid.shards.length];
        this.heard = new long[grid.expected];
        newIdentity();
    }

    private void newIdentity() {
        id = new UUID(world.number(), world.number());
        site = new ProcessorSite(id);
    }

    void start() {
        world.after(world.between(0, TICK), host, this::tick);
    }

    // ---- what the member tells the ledger ------------------------------------------------------------------------------

    /** Called when members or shards have moved. */
    public void onChange(Runnable newListener) {
        listener = newListener;
    }

    public String self() {
        return id.toString();
    }

    /** Ids of the members, the oldest first. A member that belongs to no cluster is alone. */
    public List<String> members() {
        return table == null ? List.of(self()) : table.members().stream().map(Seat::id).toList();
    }

    /** The fewest members that may write. */
    public int quorum() {
        return grid.expected / 2 + 1;
    }

    /** Shards that this member owns. */
    public List<Integer> local() {
        List<Integer> local = new ArrayList<>();
        for (int i = 0; i < grid.shards.length; i++) {
            if (owns(i)) {
                local.add(grid.shards[i]);
            }
        }
        return local;
    }

    Table table() {
        return table;
    }

    /** The place of a shard's owner, as this member knows it; -1 if it knows none. */
    public int owner(int shard) {
        return table == null ? -1 : table.owner()[grid.index(shard)];
    }

    /** The shard as this member has it, or null. */
    public Shard shard(int shard) {
        Replica replica = replicas[grid.index(shard)];
        return replica == null ? null : replica.shard;
    }

    private boolean owns(int index) {
        return table != null && table.owner()[index] == host.node;
    }

    // ---- calls -------------------------------------------------------------------------------------------------------

    /** Runs a processor at the shard's owner, wherever that is. */
    public <R> CompletableFuture<R> submit(int shard, EntryProcessor<Integer, Shard, R> processor) {
        Invocation<R> invocation = new Invocation<>(this, grid.index(shard), processor);
        pending.add(invocation);
        invocation.attempt();
        return invocation.answer;
    }

    /** Puts a shard's state where it belongs. */
    public CompletableFuture<Boolean> install(Shard shard) {
        return submit(shard.number(), new Install(shard.encoded()));
    }

    private record Install(byte[] state) implements EntryProcessor<Integer, Shard, Boolean> {

        @Override
        public Boolean process(Map.Entry<Integer, Shard> entry) {
            entry.setValue(Shard.decode(state));
            return true;
        }

        @Override
        public EntryProcessor<Integer, Shard, Boolean> getBackupProcessor() {
            return this;
        }
    }

    void done(Invocation<?> invocation) {
        pending.remove(invocation);
    }

    /** What a member does with a call. */
    sealed interface Reply<R> {
        record Done<R>(R result, boolean backedUp) implements Reply<R> {
        }

        record Again<R>() implements Reply<R> {
        }

        record Failed<R>(RuntimeException why) implements Reply<R> {
        }
    }

    /** Runs a call here, if this is the place. */
    <R> Reply<R> execute(Invocation<R> call, String addressee) {
        if (!addressee.equals(self()) || !owns(call.index) || replica(call.index).moving) {
            return new Reply.Again<>();
        }
        if (!(call.processor instanceof ReadOnly) && !majority()) {
            return new Reply.Failed<>(new SplitBrainProtectionException("no majority"));
        }
        Replica replica = replica(call.index);
        ProcessorSite.Run<R> run;
        try {
            run = site.run(grid.shards[call.index], replica, call.processor, this, grid.sabotage);
        } catch (RuntimeException failure) {
            return new Reply.Failed<>(failure);
        }
        world.note(() -> call.processor.getClass().getSimpleName() + " from member " + call.caller.host.node + " on " + host.node + ": "
                + described(replica.shard, grid.shards[call.index]));
        EntryProcessor<Integer, Shard, R> backup = run.changed() ? call.processor.getBackupProcessor() : null;
        int place = table.backup()[call.index];
        if (backup == null || place < 0) {
            return new Reply.Done<>(run.result(), false);
        }
        long version = ++replica.version;
        GridNode keeper = grid.at(place);
        grid.network.send(host.node, keeper.host, () -> keeper.back(call, backup, version));
        return new Reply.Done<>(run.result(), true);
    }

    private static String described(Shard shard, int number) {
        return "shard " + number + (shard == null ? " is not there" : " at sequence " + shard.appliedSequence() + ", epoch " + shard.epoch()
                + ", " + shard.holders().size() + " batches with reservations");
    }

    private <R> void back(Invocation<R> call, EntryProcessor<Integer, Shard, R> backup, long version) {
        if (table == null || table.backup()[call.index] != host.node) {
            return;
        }
        Replica replica = replica(call.index);
        if (version > replica.version) {
            replica.torn |= version > replica.version + 1;
            site.run(grid.shards[call.index], replica, backup, this, grid.sabotage);
            replica.version = version;
        }
        if (replica.torn) {
            synchronize(call.index);
        }
        grid.network.send(host.node, call.caller.host, call::backedUp);
    }

    /** Writes to maps need a majority, heard of lately. */
    private boolean majority() {
        int recent = 0;
        for (Seat seat : table.members()) {
            recent += seat.node() == host.node || world.now() - heard[seat.node()] <= Grid.RECENTLY ? 1 : 0;
        }
        return recent > grid.expected / 2;
    }

    private Replica replica(int index) {
        if (replicas[index] == null) {
            replicas[index] = new Replica(null, 0);
        }
        return replicas[index];
    }

    void put(int index, Shard state) {
        replica(index).shard = state;
    }

    // ---- backups -----------------------------------------------------------------------------------------------------

    /** Asks the owner for the whole state. */
    private void synchronize(int index) {
        GridNode owner = grid.at(table.owner()[index]);
        Replica replica = replica(index);
        long known = replica.torn || replica.shard == null ? -1 : replica.version;
        grid.network.send(host.node, owner.host, () -> owner.copyTo(this, index, known));
    }

    private void copyTo(GridNode keeper, int index, long known) {
        if (!owns(index) || replica(index).shard == null || replica(index).version == known) {
            return;
        }
        byte[] state = replica(index).shard.encoded();
        long version = replica(index).version;
        grid.network.send(host.node, keeper.host, () -> keeper.takeCopy(index, state, version));
    }

    private void takeCopy(int index, byte[] state, long version) {
        if (table != null && table.backup()[index] == host.node) {
            replicas[index] = new Replica(Shard.decode(state), version);
        }
    }

    // ---- membership --------------------------------------------------------------------------------------------------

    private void tick() {
        if (world.now() - lastTick > Grid.HEARTBEAT_TIMEOUT / 2) {
            // It was stopped itself, and cannot tell what it missed.
            Arrays.fill(heard, world.now());
        }
        lastTick = world.now();
        if (table == null) {
            join();
        } else {
            listen();
            lead();
            if (world.chance(0.1)) {
                for (int index = 0; index < replicas.length; index++) {
                    if (table.backup()[index] == host.node) {
                        synchronize(index);
                    }
                }
            }
        }
        world.after(TICK, host, this::tick);
    }

    private void listen() {
        for (Seat seat : table.members()) {
            GridNode other = grid.at(seat.node());
            if (other != this && other.host.running() && other.self().equals(seat.id()) && other.table != null
                    && other.table.has(host.node, self()) && grid.network.open(seat.node(), host.node)) {
                heard[seat.node()] = world.now();
            }
        }
    }

    /** A process that has ended closes its connections, which is seen at once; from any other there is only silence. */
    private boolean suspect(Seat seat) {
        if (seat.node() == host.node) {
            return false;
        }
        GridNode other = grid.at(seat.node());
        boolean closed = (other.host.dead() || !other.self().equals(seat.id())) && grid.network.linked(seat.node(), host.node);
        return world.now() - heard[seat.node()] > (closed ? World.SECONDS : Grid.HEARTBEAT_TIMEOUT);
    }

    private boolean master() {
        return table.master().node() == host.node;
    }

    private void lead() {
        List<Seat> left = table.members().stream().filter(seat -> !suspect(seat)).toList();
        boolean leads = left.getFirst().node() == host.node;
        if (leads && left.size() < table.members().size()) {
            publish(table.with(grid.nextVersion(), left));
        } else if (leads && master()) {
            remind();
            merge();
            migrate();
        }
    }

    private void publish(Table next) {
        next.members().forEach(seat -> tell(next, seat));
    }

    /** Whoever could not follow at first may be able to now. */
    private void remind() {
        for (Seat seat : table.members()) {
            Table known = grid.at(seat.node()).table;
            if (known != null && known.version() < table.version()) {
                tell(table, seat);
            }
        }
    }

    private void tell(Table next, Seat seat) {
        GridNode other = grid.at(seat.node());
        if (other == this) {
            adopt(next);
        } else {
            grid.network.send(host.node, other.host, () -> other.hear(next));
        }
    }

    private void hear(Table next) {
        if (!next.has(host.node, self()) || table != null && next.version() <= table.version()) {
            return;
        }
        // A master listens to nobody; who has lost its master follows the next one.
        boolean follows = table == null || next.master().equals(table.master())
                || !master() && world.now() - heard[table.master().node()] > Grid.HEARTBEAT_TIMEOUT / 2;
        if (follows) {
            adopt(next);
        }
    }

    void adopt(Table next) {
        world.note(() -> "member " + host.node + " has table " + next.version() + ": members " + next.members().stream().map(Seat::node).toList()
                + ", owners " + Arrays.toString(next.owner()) + " of shards " + Arrays.toString(grid.shards));
        Table before = table;
        table = next;
        for (Seat seat : next.members()) {
            if (before == null || !before.has(seat.node(), seat.id())) {
                heard[seat.node()] = world.now();
            }
        }
        for (int index = 0; index < replicas.length; index++) {
            if (next.owner()[index] != host.node && next.backup()[index] != host.node) {
                replicas[index] = null;
                continue;
            }
            replica(index).moving = false;
            boolean backupBefore = before != null && before.backup()[index] == host.node;
            if (next.backup()[index] == host.node && !backupBefore) {
                synchronize(index);
            }
        }
        if (before != null) {
            before.members().stream().filter(seat -> !next.has(seat.node(), seat.id())).forEach(this::lost);
        }
        listener.run();
    }

    private void lost(Seat seat) {
        grid.network.reset(host.node, seat.node());
        List.copyOf(pending).forEach(invocation -> invocation.lost(seat));
    }

    // ---- joining and merging -------------------------------------------------------------------------------------------

    private int lonely;

    private void join() {
        List<GridNode> found = grid.strangers(this);
        if (!found.isEmpty()) {
            GridNode master = grid.at(found.getFirst().table.master().node());
            Seat seat = new Seat(host.node, self());
            grid.network.send(host.node, master.host, () -> master.welcome(seat));
        } else if (++lonely > 4) {
            int[] none = new int[grid.shards.length];
            Arrays.fill(none, -1);
            List<Seat> alone = List.of(new Seat(host.node, self()));
            adopt(new Table(grid.nextVersion(), alone, none, none).with(grid.nextVersion(), alone));
        }
    }

    private void welcome(Seat newcomer) {
        if (table == null || !master() || !grid.network.linked(host.node, newcomer.node())) {
            return;
        }
        if (table.has(newcomer.node(), newcomer.id())) {
            tell(table, newcomer);
            return;
        }
        List<Seat> members = new ArrayList<>(table.members());
        members.removeIf(seat -> seat.node() == newcomer.node());
        members.add(newcomer);
        publish(table.with(grid.nextVersion(), List.copyOf(members)));
    }

    /** The smaller of two clusters gives itself up; of two equal ones, the one whose master stands later. */
    private void merge() {
        if (!world.chance(0.3)) {
            return;
        }
        for (GridNode stranger : grid.strangers(this)) {
            Table other = stranger.table;
            boolean smaller = table.members().size() < other.members().size()
                    || table.members().size() == other.members().size() && host.node > other.master().node();
            if (smaller && other.seat(host.node) == null && grid.network.linked(host.node, other.master().node())) {
                for (Seat seat : table.members()) {
                    GridNode member = grid.at(seat.node());
                    grid.network.send(host.node, member.host, () -> member.reset(seat));
                }
                return;
            }
        }
    }

    private void reset(Seat seat) {
        if (table == null || !self().equals(seat.id())) {
            return;
        }
        Map<Integer, Replica> owned = new HashMap<>();
        for (int index = 0; index < replicas.length; index++) {
            if (owns(index) && replicas[index] != null && replicas[index].shard != null) {
                owned.put(index, replicas[index]);
            }
        }
        newIdentity();
        table = null;
        lonely = 0;
        Arrays.fill(replicas, null);
        List.copyOf(pending).forEach(Invocation::indeterminate);
        if (grid.sabotage == Sabotage.MERGE) {
            world.after(2 * World.SECONDS, host, () -> contribute(owned));
        }
        world.after(0, host, this::join);
    }

    /** Sabotage: what the smaller side had wins, and is served on. */
    private void contribute(Map<Integer, Replica> states) {
        states.forEach((index, replica) -> {
            byte[] state = replica.shard.encoded();
            for (int place = 0; table != null && place < grid.expected; place++) {
                GridNode node = grid.at(place);
                if (node.table != null && node.owns(index) && grid.network.linked(host.node, place)) {
                    grid.network.send(host.node, node.host, () -> node.overwrite(index, state));
                }
            }
        });
    }

    private void overwrite(int index, byte[] state) {
        Shard present = replica(index).shard;
        if (present != null && owns(index)) {
            Shard merged = Shard.decode(state);
            if (present.servedBy(id)) {
                merged.serve(present.epoch(), id);
            }
            replica(index).shard = merged;
        }
    }

    // ---- migration ---------------------------------------------------------------------------------------------------

    /** Moves one shard from the fullest to the emptiest member, or any shard for no reason at all. */
    private void migrate() {
        if (migrating || table.members().size() < 2) {
            return;
        }
        Seat fullest = table.members().getFirst();
        Seat emptiest = fullest;
        for (Seat seat : table.members()) {
            fullest = table.owned(seat.node()) > table.owned(fullest.node()) ? seat : fullest;
            emptiest = table.owned(seat.node()) < table.owned(emptiest.node()) ? seat : emptiest;
        }
        boolean uneven = table.owned(fullest.node()) - table.owned(emptiest.node()) > 1;
        if (uneven || world.chance(0.02)) {
            int index = world.below(grid.shards.length);
            int from = table.owner()[index];
            int to = uneven ? emptiest.node() : table.backup()[index];
            if (to >= 0 && from != to && (!uneven || from == fullest.node())) {
                move(index, from, to);
            }
        }
    }

    private void move(int index, int from, int to) {
        migrating = true;
        Table began = table;
        GridNode source = grid.at(from);
        CompletableFuture<Boolean> arrived = new CompletableFuture<>();
        grid.network.send(host.node, source.host, () -> source.hand(index, to, began, this, arrived));
        world.start(host, () -> {
            boolean moved = false;
            try {
                moved = world.await(arrived, MIGRATION_PATIENCE);
            } catch (java.util.concurrent.CompletionException late) {
                // The old owner serves on under a new table.
            }
            migrating = false;
            if (table == began) {
                publish(moved ? table.moved(grid.nextVersion(), index, to) : table.with(grid.nextVersion(), table.members()));
            }
        });
    }

    private void hand(int index, int to, Table began, GridNode master, CompletableFuture<Boolean> arrived) {
        if (table == null || table.version() != began.version() || !owns(index)) {
            return;
        }
        Replica replica = replica(index);
        replica.moving = true;
        byte[] state = replica.shard == null ? null : replica.shard.encoded();
        long version = replica.version;
        GridNode target = grid.at(to);
        grid.network.send(host.node, target.host, () -> {
            if (target.table != null && target.table.version() == began.version()) {
                target.replicas[index] = new Replica(state == null ? null : Shard.decode(state), version);
                grid.network.send(to, master.host, () -> arrived.complete(true));
            }
        });
    }
}
