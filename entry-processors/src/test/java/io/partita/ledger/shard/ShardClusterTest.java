package io.partita.ledger.shard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.hazelcast.config.Config;
import com.hazelcast.config.InMemoryFormat;
import com.hazelcast.config.MapConfig;
import com.hazelcast.core.Hazelcast;
import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.map.IMap;
import io.partita.ledger.Account;
import io.partita.ledger.AccountCommand;
import io.partita.ledger.AccountStatus;
import io.partita.ledger.AccountType;
import io.partita.ledger.Balance;
import io.partita.ledger.LedgerNames;
import io.partita.ledger.LedgerSerialization;
import io.partita.ledger.Limits;
import io.partita.ledger.Refusal;
import io.partita.ledger.Side;
import io.partita.ledger.TransferKind;
import io.partita.money.Currency;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The processors on a real cluster of two: what a backup has when its primary is gone. */
class ShardClusterTest {

    /** Some trays have two of them, the others one. */
    private static final int SHARDS = LedgerNames.TRAY_COUNT * 3 / 2;
    private static final long FREE = 1;
    private static final long CUSTOMER = 2;
    private static final Currency EUR = Currency.of("EUR");
    private static final UUID PENDING = new UUID(7, 7);

    private final List<HazelcastInstance> members = new ArrayList<>();

    @BeforeEach
    void startTwoMembers() throws IOException {
        String cluster = "shards-" + UUID.randomUUID();
        int first = freePort();
        members.add(Hazelcast.newHazelcastInstance(config(cluster, first, first)));
        members.add(Hazelcast.newHazelcastInstance(config(cluster, freePort(), first)));
        await().atMost(Duration.ofSeconds(60)).until(() -> members.stream().allMatch(member -> member.getCluster().getMembers().size() == 2
                && member.getPartitionService().isClusterSafe()));
    }

    @AfterEach
    void stop() {
        members.forEach(member -> member.getLifecycleService().terminate());
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private static Config config(String cluster, int port, int seed) {
        Config config = new Config().setClusterName(cluster)
                .setProperty("hazelcast.phone.home.enabled", "false")
                .setProperty("hazelcast.logging.type", "none")
                .setProperty("hazelcast.shutdownhook.enabled", "false")
                .setProperty("hazelcast.wait.seconds.before.join", "0")
                .setProperty("hazelcast.partition.count", "17")
                .setProperty("hazelcast.operation.thread.count", "2");
        config.getJetConfig().setEnabled(false);
        config.getNetworkConfig().setPort(port).setPortAutoIncrement(false).getInterfaces().setEnabled(true).addInterface("127.0.0.1");
        config.getNetworkConfig().getJoin().getAutoDetectionConfig().setEnabled(false);
        config.getNetworkConfig().getJoin().getMulticastConfig().setEnabled(false);
        config.getNetworkConfig().getJoin().getTcpIpConfig().setEnabled(true).addMember("127.0.0.1:" + seed);
        config.addMapConfig(new MapConfig(LedgerNames.SHARDS).setInMemoryFormat(InMemoryFormat.OBJECT).setBackupCount(1));
        LedgerSerialization.register(config.getSerializationConfig());
        return config;
    }

    @Test
    void a_promoted_backup_has_what_is_durable_and_nothing_else_and_serves_only_when_told() {
        IMap<Integer, ShardTray> shards = members.getFirst().getMap(LedgerNames.SHARDS);
        for (int number = 0; number < SHARDS; number++) {
            assertThat(ask(shards, number, new ReadShard.Status()).state()).isEqualTo(ShardStatus.State.ABSENT);
            ask(shards, number, new Install(new Shard(number)));
            assertThat(ask(shards, number, authorize(1, 1)).serving()).as("nobody serves it yet").isFalse();
            assertThat(serve(shards, number, 1, 0).state()).isEqualTo(ShardStatus.State.SERVING);
            book(shards, number);
            assertThat(ask(shards, number, new ReadShard.Dirty(99, false, UUID.randomUUID())).balances()).as("another member's question takes nothing along").isEmpty();
            assertThat(ask(shards, number, new ReadShard.Dirty(99, false, owner(number))).balances()).hasSize(2);
        }
        HazelcastInstance lost = members.removeLast();
        List<Integer> moved = ownedBy(lost);
        List<Integer> stayed = ownedBy(members.getFirst());
        assertThat(moved).as("of 17 partitions some are the other member's").isNotEmpty();
        assertThat(stayed).isNotEmpty();
        lost.getLifecycleService().terminate();
        await().atMost(Duration.ofSeconds(60)).until(() -> members.getFirst().getCluster().getMembers().size() == 1
                && members.getFirst().getPartitionService().isClusterSafe());
        stayed.forEach(number -> assertStayed(shards, number));
        moved.forEach(number -> assertPromoted(shards, number));
    }

    @Test
    void a_member_that_joins_gets_the_durable_state_and_the_shards_that_move_to_it_wait_to_be_served() throws IOException {
        IMap<Integer, ShardTray> shards = members.getFirst().getMap(LedgerNames.SHARDS);
        for (int number = 0; number < SHARDS; number++) {
            ask(shards, number, new Install(new Shard(number)));
            serve(shards, number, 1, 0);
            book(shards, number);
        }
        int seed = members.getFirst().getCluster().getLocalMember().getAddress().getPort();
        HazelcastInstance joined = Hazelcast.newHazelcastInstance(config(members.getFirst().getConfig().getClusterName(), freePort(), seed));
        members.add(joined);
        await().atMost(Duration.ofSeconds(60)).until(() -> !ownedBy(joined).isEmpty() && joined.getPartitionService().isClusterSafe()
                && joined.getPartitionService().isLocalMemberSafe());
        ownedBy(joined).forEach(number -> assertPromoted(shards, number));
    }

    private void assertStayed(IMap<Integer, ShardTray> shards, int number) {
        ShardStatus status = ask(shards, number, new ReadShard.Status());
        assertThat(status.state()).isEqualTo(ShardStatus.State.SERVING);
        assertThat(status.holders()).containsExactlyInAnyOrder(2, 3);
    }

    private void assertPromoted(IMap<Integer, ShardTray> shards, int number) {
        ShardStatus status = ask(shards, number, new ReadShard.Status());
        assertThat(status.state()).isEqualTo(ShardStatus.State.IDLE);
        assertThat(status.sequence()).isEqualTo(4);
        assertThat(status.position()).isEqualTo(6);
        assertThat(status.accounts()).isEqualTo(2);
        assertThat(status.holders()).as("reservations died with their owner").isEmpty();
        assertThat(ask(shards, number, authorize(9, 1)).serving()).isFalse();
        assertThat(ask(shards, number, new ReadShard.Snapshot())).as("no checkpoint of a state that may be old").isNull();
        assertThat(ask(shards, number, new ReadShard.Expired(Long.MAX_VALUE, 9))).isEmpty();
        ReadShard.BalanceList balances = ask(shards, number, new ReadShard.Balances(CUSTOMER, 99));
        assertThat(balances.serving()).isFalse();
        assertThat(balances.balances().getFirst().creditsPosted()).isEqualTo(100);
        assertThat(balances.balances().getLast()).isNull();

        assertThat(serve(shards, number, 2, 3).state()).as("the state is not the one at which the epoch was raised").isEqualTo(ShardStatus.State.IDLE);
        assertThat(serve(shards, number, 2, 4).state()).isEqualTo(ShardStatus.State.SERVING);
        assertThat(ask(shards, number, new ReadShard.Expired(50, 9))).containsExactly(PENDING);
        Authorization all = ask(shards, number, authorize(10, 100));
        assertThat(all.epoch()).isEqualTo(2);
        assertThat(all.refusal(0)).as("the whole balance can be spent again").isNull();
        assertThat(Shard.decode(ask(shards, number, new ReadShard.Snapshot())).balance(FREE).debitsPending()).isEqualTo(10);
        // What the lost owner's batch had committed arrives late, and finds its place.
        assertThat(ask(shards, number, settle(5, 8, 2, debit(40)))).isEqualTo(5);
        assertThat(ask(shards, number, new ReadShard.Balances(CUSTOMER)).balances().getFirst().debitsPosted()).isEqualTo(40);
    }

    /** Two accounts, a hundred for the customer, something pending, and two batches in flight. */
    private static void book(IMap<Integer, ShardTray> shards, int number) {
        ask(shards, number, new Settle(List.of(new ShardUpdate(1, 3, 0, null, List.of(
                AccountCommand.open(Account.of(FREE, "Free", AccountType.ASSET, EUR)),
                AccountCommand.open(Account.of(CUSTOMER, "Customer", AccountType.LIABILITY, EUR).withLimits(Limits.DEBITS_MUST_NOT_EXCEED_CREDITS)))))));
        Entry.Leg debit = new Entry.Leg(TransferKind.POSTED, Side.DEBIT, FREE, 100, 0, EUR, 0, null, 0);
        Entry.Leg credit = new Entry.Leg(TransferKind.POSTED, Side.CREDIT, CUSTOMER, 100, 0, EUR, 0, null, 0);
        assertThat(ask(shards, number, Authorize.legs(1, Entry.legs(List.of(debit, credit)), 0)).refusal(1)).isNull();
        Entry.Leg pending = new Entry.Leg(TransferKind.PENDING, Side.DEBIT, FREE, 10, 0, EUR, 0, PENDING, 50);
        assertThat(ask(shards, number, settle(3, 6, 1, pending, credit))).isEqualTo(4);
        ask(shards, number, settle(3, 6, 1, pending, credit));
        // A batch that is released, and two that stay in flight.
        ask(shards, number, authorize(4, 1));
        ask(shards, number, new Release(4));
        assertThat(ask(shards, number, authorize(2, 60)).refusal(0)).isNull();
        assertThat(ask(shards, number, authorize(3, 41)).refusal(0)).isEqualTo(Refusal.INSUFFICIENT_FUNDS);
    }

    private ShardStatus serve(IMap<Integer, ShardTray> shards, int number, int epoch, long sequence) {
        return ask(shards, number, new Serve(epoch, owner(number), sequence));
    }

    private UUID owner(int number) {
        return members.getFirst().getPartitionService().getPartition(LedgerNames.trayOf(number)).getOwner().getUuid();
    }

    @Test
    void a_balance_that_arrives_late_does_not_take_the_place_of_a_later_one_on_owners_or_backups() {
        IMap<Long, Balance> balances = members.getFirst().getMap(LedgerNames.BALANCES);
        List<Balance> earlier = balances(5, 10);
        List<Balance> later = balances(6, 20);
        for (List<Balance> some : List.of(earlier, later, earlier)) {
            balances.executeOnKeys(some.stream().map(Balance::account).collect(Collectors.toSet()), new KeepBalances(some));
        }
        assertThat(balances.values()).containsExactlyInAnyOrderElementsOf(later);
        members.removeLast().getLifecycleService().terminate();
        assertThat(balances.values()).as("what backups have").containsExactlyInAnyOrderElementsOf(later);
    }

    private static List<Balance> balances(long sequence, long credits) {
        return LongStream.rangeClosed(1, 100).mapToObj(account -> new Balance(account, EUR, AccountType.LIABILITY, AccountStatus.OPEN, 0, 0, credits, 0, 0,
                Long.MAX_VALUE, Long.MAX_VALUE, sequence)).toList();
    }

    private List<Integer> ownedBy(HazelcastInstance member) {
        List<Integer> owned = new ArrayList<>();
        for (int number = 0; number < SHARDS; number++) {
            if (member.getCluster().getLocalMember().equals(member.getPartitionService().getPartition(LedgerNames.trayOf(number)).getOwner())) {
                owned.add(number);
            }
        }
        return owned;
    }

    private static <R> R ask(IMap<Integer, ShardTray> shards, int number, ShardProcessor<R> processor) {
        OnShards<R> alone = new OnShards<>();
        alone.add(number, processor);
        return shards.executeOnKey(LedgerNames.trayOf(number), alone).of(number);
    }

    private static Authorize authorize(long token, long amount) {
        return Authorize.legs(token, Entry.legs(List.of(debit(amount))), 0);
    }

    private static Settle settle(long first, long position, long token, Entry.Leg... legs) {
        return new Settle(List.of(Entry.update(first, position, token, List.of(legs))));
    }

    private static Entry.Leg debit(long amount) {
        return new Entry.Leg(TransferKind.POSTED, Side.DEBIT, CUSTOMER, amount, 0, EUR, 0, null, 0);
    }
}
