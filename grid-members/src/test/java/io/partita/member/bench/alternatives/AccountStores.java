package io.partita.member.bench.alternatives;

import com.hazelcast.config.Config;
import com.hazelcast.config.InMemoryFormat;
import com.hazelcast.config.MapConfig;
import com.hazelcast.core.Hazelcast;
import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.map.EntryProcessor;
import com.hazelcast.map.IMap;
import io.partita.ledger.Account;
import io.partita.ledger.AccountCommand;
import io.partita.ledger.AccountType;
import io.partita.ledger.LedgerNames;
import io.partita.ledger.LedgerSerialization;
import io.partita.ledger.Side;
import io.partita.ledger.TransferKind;
import io.partita.ledger.shard.Install;
import io.partita.ledger.shard.Legs;
import io.partita.ledger.shard.OnShards;
import io.partita.ledger.shard.Settle;
import io.partita.ledger.shard.Shard;
import io.partita.ledger.shard.ShardTray;
import io.partita.ledger.shard.ShardUpdate;
import io.partita.member.bench.BenchRun;
import io.partita.member.bench.Row;
import io.partita.money.Currency;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.Stream;

/**
 * How accounts may lie in the grid: many in one entry (as the ledger has them), or an entry for each, changed one by one or many at
 * once. Memory alone, one member, no database: what an account change costs the grid.
 */
public final class AccountStores implements AutoCloseable {

    private static final String UNIT = "account changes/s";
    private static final int ACCOUNTS = 10_000;
    /** Changes that one processor brings to a shard, and keys of one scatter. */
    private static final int TOGETHER = 256;
    /** Transfers in a batch that formed of single ones. */
    private static final int SINGLES = 64;
    private static final int UNDER_WAY = 64;
    private static final Currency EUR = Currency.of("EUR");

    private final BenchRun run;
    private final HazelcastInstance hazelcast;
    private final SplittableRandom random = new SplittableRandom(1);
    private final List<List<Long>> accounts = new ArrayList<>();
    private final long[] sequences = new long[LedgerNames.SHARD_COUNT];
    /** Processor time for each change, in words. */
    private String cost;

    private AccountStores(BenchRun run) {
        this.run = run;
        Config config = new Config().setClusterName("bench-" + UUID.randomUUID());
        config.setProperty("hazelcast.logging.type", "none").setProperty("hazelcast.shutdownhook.enabled", "false");
        config.getJetConfig().setEnabled(false);
        config.getNetworkConfig().getInterfaces().setEnabled(true).addInterface("127.0.0.1");
        config.getNetworkConfig().getJoin().getAutoDetectionConfig().setEnabled(false);
        config.getNetworkConfig().getJoin().getMulticastConfig().setEnabled(false);
        config.addMapConfig(new MapConfig("*").setInMemoryFormat(InMemoryFormat.OBJECT).setBackupCount(0));
        LedgerSerialization.register(config.getSerializationConfig());
        this.hazelcast = Hazelcast.newHazelcastInstance(config);
    }

    public static void measure(BenchRun run) {
        try (AccountStores stores = new AccountStores(run)) {
            double shards = stores.shards();
            double trays = stores.trays();
            run.row(Row.of("ledger.shards", shards, UNIT).note("256 entries with all accounts, a processor brings " + TOGETHER
                    + " changes to one; memory alone"));
            run.row(Row.of("ledger.trays", trays, UNIT).note("batches of " + SINGLES + " transfers, 128 changes to some hundred shards, one after the other; "
                    + "the shards in " + LedgerNames.TRAY_COUNT + " entries; " + stores.cost));
            run.row(Row.of("ledger.alt.entryPerShard", stores.entryPerShard(), UNIT).against(trays)
                    .note("the same with an entry and a call for each shard; baseline: ledger.trays; " + stores.cost));
            run.row(Row.of("ledger.alt.entryPerAccount", stores.entryPerAccount(), UNIT).against(shards)
                    .note("an entry and a processor for each account change; baseline: ledger.shards"));
            run.row(Row.of("ledger.alt.scatter", stores.scatter(), UNIT).against(shards)
                    .note("an entry for each account, executeOnKeys with " + TOGETHER + " keys; baseline: ledger.shards"));
        }
    }

    private double shards() {
        for (int shard = 0; shard < LedgerNames.SHARD_COUNT; shard++) {
            accounts.add(new ArrayList<>());
        }
        for (long id = 1; id <= ACCOUNTS; id++) {
            accounts.get(LedgerNames.shardOf(id)).add(id);
        }
        IMap<Integer, Shard> map = entriesOfShards("shards");
        return rate("accounts together in shards", TOGETHER, UNDER_WAY, () -> {
            int shard = random.nextInt(LedgerNames.SHARD_COUNT);
            return map.submitToKey(shard, changes(shard, TOGETHER));
        });
    }

    /** All accounts, in an entry for each shard. */
    private IMap<Integer, Shard> entriesOfShards(String name) {
        IMap<Integer, Shard> map = hazelcast.getMap(name);
        for (int shard = 0; shard < LedgerNames.SHARD_COUNT; shard++) {
            map.set(shard, new Shard(shard));
            map.executeOnKey(shard, openings(shard));
        }
        return map;
    }

    private Settle openings(int shard) {
        List<AccountCommand> openings = accounts.get(shard).stream()
                .map(id -> (AccountCommand) AccountCommand.open(Account.of(id, "Account " + id, AccountType.ASSET, EUR))).toList();
        sequences[shard] = openings.size();
        return new Settle(List.of(new ShardUpdate(1, 1, 0, null, openings)));
    }

    private Settle changes(int shard, int count) {
        List<Long> ofShard = accounts.get(shard);
        Legs legs = new Legs(count);
        for (int i = 0; i < count; i++) {
            legs.add(TransferKind.POSTED, i % 2 == 0 ? Side.DEBIT : Side.CREDIT, ofShard.get(random.nextInt(ofShard.size())), 1, 0, EUR.number(), i);
        }
        ShardUpdate update = new ShardUpdate(sequences[shard] + 1, sequences[shard] + 1, 0, legs, null);
        sequences[shard] += count;
        return new Settle(List.of(update));
    }

    private double trays() {
        IMap<Integer, ShardTray> map = hazelcast.getMap("trays");
        for (int shard = 0; shard < LedgerNames.SHARD_COUNT; shard++) {
            map.executeOnKey(LedgerNames.trayOf(shard), alone(shard, new Install(new Shard(shard))));
            map.executeOnKey(LedgerNames.trayOf(shard), alone(shard, openings(shard)));
        }
        return rate("a batch of single transfers, shards in trays", 2 * SINGLES, 1, () -> {
            Map<Integer, OnShards<Long>> byTray = new HashMap<>();
            singles().forEach((shard, settle) -> byTray.computeIfAbsent(LedgerNames.trayOf(shard), tray -> new OnShards<>()).add(shard, settle));
            return all(byTray.entrySet().stream().map(each -> map.submitToKey(each.getKey(), each.getValue())));
        });
    }

    private static <R> OnShards<R> alone(int shard, EntryProcessor<Integer, Shard, R> processor) {
        OnShards<R> alone = new OnShards<>();
        alone.add(shard, processor);
        return alone;
    }

    private double entryPerShard() {
        IMap<Integer, Shard> map = entriesOfShards("shards-one-by-one");
        return rate("a batch of single transfers, an entry for each shard", 2 * SINGLES, 1,
                () -> all(singles().entrySet().stream().map(each -> map.submitToKey(each.getKey(), each.getValue()))));
    }

    /** What a batch of single transfers changes: mostly one account, seldom two or three, of some hundred shards. */
    private Map<Integer, Settle> singles() {
        int[] counts = new int[LedgerNames.SHARD_COUNT];
        for (int i = 0; i < 2 * SINGLES; i++) {
            counts[random.nextInt(LedgerNames.SHARD_COUNT)]++;
        }
        Map<Integer, Settle> singles = new HashMap<>();
        for (int shard = 0; shard < LedgerNames.SHARD_COUNT; shard++) {
            if (counts[shard] > 0) {
                singles.put(shard, changes(shard, counts[shard]));
            }
        }
        return singles;
    }

    private static CompletionStage<?> all(Stream<? extends CompletionStage<?>> stages) {
        return CompletableFuture.allOf(stages.map(CompletionStage::toCompletableFuture).toArray(CompletableFuture[]::new));
    }

    private double entryPerAccount() {
        IMap<Long, long[]> map = accountMap("accounts-one-by-one");
        return rate("an entry for each account", 1, UNDER_WAY, () -> map.submitToKey(1 + random.nextLong(ACCOUNTS), new AddOne()));
    }

    private double scatter() {
        IMap<Long, long[]> map = accountMap("accounts-scattered");
        return rate("scattered over entries", TOGETHER, UNDER_WAY, () -> {
            Set<Long> keys = HashSet.newHashSet(TOGETHER);
            while (keys.size() < TOGETHER) {
                keys.add(1 + random.nextLong(ACCOUNTS));
            }
            return map.submitToKeys(keys, new AddOne());
        });
    }

    private IMap<Long, long[]> accountMap(String name) {
        IMap<Long, long[]> map = hazelcast.getMap(name);
        for (long id = 1; id <= ACCOUNTS; id++) {
            map.set(id, new long[4]);
        }
        return map;
    }

    /** What the processors of the alternatives do: as little as possible. */
    private static final class AddOne implements EntryProcessor<Long, long[], Boolean> {

        private static final long serialVersionUID = 1;

        @Override
        public Boolean process(Map.Entry<Long, long[]> entry) {
            long[] sums = entry.getValue();
            sums[0]++;
            entry.setValue(sums);
            return null;
        }
    }

    private interface Asking {
        CompletionStage<?> ask();
    }

    /** With some calls under way at any time, the oldest awaited first. */
    private double rate(String what, int changes, int atOnce, Asking asking) {
        Duration time = run.time(Duration.ofSeconds(4), Duration.ofMillis(500));
        ask(what + ", warming up", time, atOnce, asking);
        Duration before = cpu();
        long since = System.nanoTime();
        double rate = ask(what, time, atOnce, asking) * changes;
        cost = "%.1f microseconds of processor time for each".formatted(
                cpu().minus(before).toNanos() / 1e3 / (rate * (System.nanoTime() - since) / 1e9));
        return rate;
    }

    private static Duration cpu() {
        return ProcessHandle.current().info().totalCpuDuration().orElse(Duration.ZERO);
    }

    private double ask(String what, Duration time, int atOnce, Asking asking) {
        run.progress(what);
        java.util.ArrayDeque<CompletionStage<?>> underWay = new java.util.ArrayDeque<>();
        long start = System.nanoTime();
        long done = 0;
        while (System.nanoTime() - start < time.toNanos()) {
            if (underWay.size() == atOnce) {
                underWay.poll().toCompletableFuture().join();
                done++;
            }
            underWay.add(asking.ask());
        }
        double seconds = (System.nanoTime() - start) / 1e9;
        underWay.forEach(stage -> stage.toCompletableFuture().join());
        return done / seconds;
    }

    @Override
    public void close() {
        hazelcast.shutdown();
    }
}
