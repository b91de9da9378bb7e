package io.partita.member.trading.settlement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.partita.member.testing.TestDatabase;
import io.partita.member.testing.TestMember;
import io.partita.member.trading.Listing;
import io.partita.trading.Acknowledgement;
import io.partita.trading.Command;
import io.partita.trading.Fees;
import io.partita.trading.Instrument;
import io.partita.trading.Side;
import io.partita.trading.settlement.TradeStatus;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("slow")
class SettlementFailoverTest {

    private static final int INSTRUMENTS = 6;
    private static final int ACCOUNTS = 12;

    @Test
    void when_a_member_dies_and_then_all_of_them_every_trade_is_settled_once() throws Exception {
        try (TestDatabase database = TestDatabase.fresh()) {
            Map<SettlementScene.Held, Long> deposited;
            List<Listing> listings;
            String cluster = "test-" + UUID.randomUUID();
            int[] ports = {TestDatabase.freePort(), TestDatabase.freePort(), TestDatabase.freePort()};
            try (TestMember first = start(database, cluster, ports, 0); TestMember second = start(database, cluster, ports, 1);
                 TestMember dying = start(database, cluster, ports, 2); SettlementScene scene = new SettlementScene(first)) {
                await().atMost(Duration.ofSeconds(60)).until(() -> first.hazelcast().getCluster().getMembers().size() == 3
                        && first.hazelcast().getPartitionService().isClusterSafe());
                listings = list(scene);
                AtomicBoolean over = new AtomicBoolean();
                AtomicLong sent = new AtomicLong();
                List<Thread> traders = List.of(trade(scene, 1, sent, over), trade(scene, 2, sent, over));
                await().atMost(Duration.ofSeconds(30)).until(() -> settled(scene) > 200);
                dying.hazelcast().getLifecycleService().terminate();
                long atDeath = sent.get();
                await().atMost(Duration.ofSeconds(60)).until(() -> sent.get() > atDeath + 1_000);
                over.set(true);
                for (Thread trader : traders) {
                    trader.join();
                }
                awaitAll(scene, database, listings);
                new SettlementOracle(scene, database).check(listings);
                // Once more, and all go before settlement has come to the end.
                over.set(false);
                trade(scene, 3, sent, over);
                long before = sent.get();
                await().atMost(Duration.ofSeconds(30)).until(() -> sent.get() > before + 500);
                second.hazelcast().getLifecycleService().terminate();
                first.hazelcast().getLifecycleService().terminate();
                over.set(true);
                deposited = scene.deposited();
            }
            try (TestMember alone = TestMember.start(Map.of("partita.database.url", database.url(), "partita.database.user", database.user()));
                 SettlementScene scene = new SettlementScene(alone, deposited)) {
                awaitAll(scene, database, listings);
                Map<Integer, Integer> statuses = new SettlementOracle(scene, database).check(listings);
                assertThat(statuses.get(TradeStatus.SETTLED.ordinal())).isGreaterThan(500);
            }
        }
    }

    private static TestMember start(TestDatabase database, String cluster, int[] ports, int index) {
        return TestMember.start(new LinkedHashMap<>(Map.of("partita.grid.name", cluster, "partita.grid.port", Integer.toString(ports[index]),
                "partita.grid.addresses", "127.0.0.1:" + ports[0] + ",127.0.0.1:" + ports[1] + ",127.0.0.1:" + ports[2],
                "partita.grid.backups", "1", "partita.grid.expected-members", "3",
                "partita.database.url", database.url(), "partita.database.user", database.user())));
    }

    private static List<Listing> list(SettlementScene scene) throws SQLException {
        List<Listing> listings = new ArrayList<>();
        for (long instrument = 1; instrument <= INSTRUMENTS; instrument++) {
            listings.add(new Listing("T" + instrument, "EUR", 2, Instrument.simple(instrument).withFees(new Fees(-100, 700, 0, 0))));
        }
        List<Listing> listed = scene.list(listings);
        for (long account = 1; account <= ACCOUNTS; account++) {
            // Some run out of cash.
            scene.open(account, account % 2 == 0);
            scene.deposit(account, SettlementScene.EUR, 50_000);
            for (Listing listing : listed) {
                scene.deposit(account, listing.unit(), 100);
            }
        }
        return listed;
    }

    private static Thread trade(SettlementScene scene, long seed, AtomicLong sent, AtomicBoolean over) {
        Random random = new Random(seed);
        return Thread.ofPlatform().daemon().start(() -> {
            while (!over.get()) {
                List<Command> commands = new ArrayList<>();
                for (int i = random.nextInt(12); i >= 0; i--) {
                    commands.add(new Command().limit(0, 1 + random.nextInt(ACCOUNTS), random.nextBoolean() ? Side.BUY : Side.SELL,
                            95 + random.nextInt(11), 1 + random.nextInt(9)).id(scene.nextId()));
                }
                try {
                    scene.trading().submitAsync(1 + random.nextInt(INSTRUMENTS), commands, Acknowledgement.DURABLE).join();
                } catch (RuntimeException gone) {
                    // Everybody has died.
                    return;
                }
                sent.addAndGet(commands.size());
            }
        });
    }

    private static long settled(SettlementScene scene) throws SQLException {
        return scene.trades().progress().stream().mapToLong(TradeQueries.Progress::trades).sum();
    }

    private static void awaitAll(SettlementScene scene, TestDatabase database, List<Listing> listings) throws SQLException {
        for (Listing listing : listings) {
            long made = new SettlementOracle(scene, database).made(listing);
            await().atMost(Duration.ofSeconds(60)).until(() -> scene.trades().progress().stream()
                    .anyMatch(one -> one.instrument() == listing.instrument() && one.trades() == made));
        }
    }
}
