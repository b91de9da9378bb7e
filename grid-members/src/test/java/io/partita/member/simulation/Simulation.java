package io.partita.member.simulation;

import io.partita.ledger.Account;
import io.partita.ledger.AccountCommand;
import io.partita.ledger.AccountType;
import io.partita.ledger.LedgerNames;
import io.partita.ledger.Limits;
import io.partita.ledger.shard.Shard;
import io.partita.member.ledger.SimulatedLedger;
import io.partita.member.ledger.SimulatedStore;
import io.partita.money.Currency;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** One schedule from its beginning to its verdict. */
final class Simulation {

    /** After the last fault everything must be well again within this time. */
    private static final long RECOVERY = 120 * World.SECONDS;
    private static final int SHARDS = 3;
    private static final int ACCOUNTS = 5;
    /** Accounts that are not open when a schedule begins. */
    private static final int LATER = 3;
    private static final long[] IDS = ids();

    final Plan plan;
    final World world;
    final Network network;
    final History history = new History();
    private final SimulatedStore store;
    private final Grid grid;
    private final Host[] hosts;
    private final SimulatedLedger[] ledgers;
    private final List<Client> clients = new ArrayList<>();

    /** What became of a schedule: what was wrong, empty if nothing was. */
    record Outcome(Plan plan, List<String> violations, long events, long endedAt, History history, List<String> chronicle) {

        boolean passed() {
            return violations.isEmpty();
        }

        /** True if one of these invariants was violated. */
        boolean violates(Set<String> invariants) {
            return violations.stream().anyMatch(violation -> invariants.contains(invariant(violation)));
        }

        /** The invariants that were violated. */
        Set<String> violated() {
            return violations.stream().map(Outcome::invariant).collect(Collectors.toCollection(TreeSet::new));
        }

        private static String invariant(String violation) {
            return violation.substring(0, violation.indexOf(':'));
        }
    }

    private Simulation(Plan plan, Sabotage sabotage) {
        this.plan = plan;
        world = new World(plan.luck());
        network = new Network(world, plan.members() + 1);
        store = new SimulatedStore(world, network, plan.members(), sabotage);
        grid = new Grid(world, network, Arrays.stream(IDS).mapToInt(LedgerNames::shardOf).distinct().toArray(), plan.members(), sabotage);
        hosts = new Host[plan.members()];
        ledgers = new SimulatedLedger[plan.members()];
    }

    static Outcome run(Plan plan, Sabotage sabotage) {
        return new Simulation(plan, sabotage).run(List.of());
    }

    /** Keeps a record of what happens. */
    static Outcome tell(Plan plan, Sabotage sabotage) {
        Simulation simulation = new Simulation(plan, sabotage);
        return simulation.run(simulation.world.chronicle());
    }

    /** The bank's account first, then the customers', then those that customers may open, in few shards. */
    private static long[] ids() {
        long[] found = new long[ACCOUNTS + 1 + LATER];
        List<Integer> shards = new ArrayList<>();
        int count = 0;
        for (long id = 1; count < found.length; id++) {
            int shard = LedgerNames.shardOf(id);
            if (shards.contains(shard) || shards.size() < SHARDS) {
                if (!shards.contains(shard)) {
                    shards.add(shard);
                }
                found[count++] = id;
            }
        }
        return found;
    }

    long bank() {
        return IDS[0];
    }

    int accounts() {
        return ACCOUNTS;
    }

    int laterAccounts() {
        return LATER;
    }

    /** A customer's account; from {@link #accounts} on, one that somebody has to open first. */
    long account(int index) {
        return IDS[index + 1];
    }

    Host host(int member) {
        return hosts[member];
    }

    SimulatedLedger ledger(int member) {
        return ledgers[member];
    }

    private Outcome run(List<String> chronicle) {
        store.open(opened());
        for (int member = 0; member < plan.members(); member++) {
            begin(member);
        }
        grid.form();
        for (SimulatedLedger ledger : ledgers) {
            ledger.start();
        }
        plan.faults().forEach(this::schedule);
        for (int number = 0; number < plan.clients(); number++) {
            Client client = new Client(this, number);
            clients.add(client);
            client.start();
        }
        long quiet = plan.quiet() * World.MILLIS;
        world.runUntil(quiet);
        long end = quiet + RECOVERY;
        while (world.now() < end && !well()) {
            world.runUntil(Math.min(end, world.now() + World.SECONDS));
        }
        List<String> violations = new ArrayList<>();
        if (!well()) {
            violations.add("liveness: " + ailment());
        }
        violations.addAll(new Oracle(store, history, shards(), opened()).violations());
        return new Outcome(plan, violations, world.count(), world.now(), history, chronicle);
    }

    private static List<AccountCommand.Open> opened() {
        Currency currency = Currency.of("EUR");
        List<AccountCommand.Open> accounts = new ArrayList<>();
        for (long id : Arrays.copyOf(IDS, ACCOUNTS + 1)) {
            Account account = Account.of(id, "Account " + id, id == IDS[0] ? AccountType.ASSET : AccountType.LIABILITY, currency);
            accounts.add(AccountCommand.open(id == IDS[0] ? account : account.withLimits(Limits.DEBITS_MUST_NOT_EXCEED_CREDITS)));
        }
        return accounts;
    }

    private void begin(int member) {
        hosts[member] = new Host(member);
        GridNode node = grid.place(hosts[member]);
        ledgers[member] = new SimulatedLedger(world, hosts[member], node, store, Duration.ofMillis(plan.skews().get(member)));
    }

    // ---- faults --------------------------------------------------------------------------------------------------------

    private void schedule(Fault fault) {
        world.after(fault.at() * World.MILLIS, () -> strike(fault));
        world.after((fault.at() + fault.length()) * World.MILLIS, () -> mend(fault));
    }

    private void strike(Fault fault) {
        world.note(() -> "BEGINS " + fault);
        switch (fault) {
            case Fault.Split split -> cuts(split, network::cut);
            case Fault.OneWay way -> network.cut(way.from(), way.to());
            case Fault.StoreCut cut -> {
                network.cut(cut.member(), store.place());
                network.cut(store.place(), cut.member());
            }
            case Fault.Pause pause -> hosts[pause.member()].pause();
            case Fault.Kill kill -> kill(kill.member());
            case Fault.StoreDown down -> store.crash();
            case Fault.Slow slow -> network.slow(slow.factor());
        }
    }

    private void mend(Fault fault) {
        world.note(() -> "ENDS   " + fault);
        switch (fault) {
            case Fault.Split split -> cuts(split, network::restore);
            case Fault.OneWay way -> network.restore(way.from(), way.to());
            case Fault.StoreCut cut -> {
                network.restore(cut.member(), store.place());
                network.restore(store.place(), cut.member());
            }
            case Fault.Pause pause -> hosts[pause.member()].resume();
            case Fault.Kill kill -> {
                if (hosts[kill.member()].dead()) {
                    begin(kill.member());
                    ledgers[kill.member()].start();
                }
            }
            case Fault.StoreDown down -> store.start();
            case Fault.Slow slow -> network.slow(1);
        }
    }

    private void kill(int member) {
        if (!hosts[member].dead()) {
            hosts[member].kill();
            store.disconnect(hosts[member]);
        }
    }

    private interface Change {
        void apply(int from, int to);
    }

    private void cuts(Fault.Split split, Change change) {
        for (int one = 0; one < plan.members(); one++) {
            boolean inSide = (split.side() >> one & 1) == 1;
            for (int other = 0; other < plan.members(); other++) {
                if (inSide != ((split.side() >> other & 1) == 1)) {
                    change.apply(one, other);
                }
            }
            if (!(inSide ? split.storeForSide() : split.storeForOthers())) {
                change.apply(one, store.place());
                change.apply(store.place(), one);
            }
        }
    }

    // ---- the end ---------------------------------------------------------------------------------------------------------

    private boolean well() {
        return ailment() == null;
    }

    /** What is not yet as it should be, or null. */
    private String ailment() {
        for (Client client : clients) {
            if (!client.finished()) {
                return "a client has no answer";
            }
        }
        if (!grid.whole()) {
            return "the cluster is not one again";
        }
        for (SimulatedLedger ledger : ledgers) {
            if (!ledger.settled()) {
                return "shards are not served";
            }
        }
        for (int shard : grid.shards) {
            Shard owned = grid.at(grid.at(0).owner(shard)).shard(shard);
            if (owned == null || owned.hasGap() || !owned.holders().isEmpty() || owned.appliedSequence() != store.sequence(shard)) {
                return "shard " + shard + (owned == null ? " is not there" : " is at " + owned.appliedSequence() + " of " + store.sequence(shard)
                        + ", with reservations of " + owned.holders().size() + " batches");
            }
        }
        return null;
    }

    private List<Shard> shards() {
        List<Shard> shards = new ArrayList<>();
        for (int shard : grid.shards) {
            for (int member = 0; member < plan.members(); member++) {
                Shard replica = grid.at(member).shard(shard);
                if (replica != null) {
                    shards.add(replica);
                }
            }
        }
        return shards;
    }
}
