package io.partita.member.marketdata;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.partita.marketdata.MarketDataClient;
import io.partita.marketdata.MarketDataNames;
import io.partita.marketdata.surveillance.SurveillanceAlert;
import io.partita.member.testing.TestDatabase;
import io.partita.member.testing.TestMember;
import io.partita.pipelines.JobAnswer;
import io.partita.pipelines.JobClient;
import io.partita.pipelines.marketdata.surveillance.BookSurveillance;
import io.partita.pipelines.marketdata.surveillance.Owners;
import io.partita.pipelines.marketdata.surveillance.SurveillanceLimits;
import io.partita.trading.Command;
import io.partita.trading.Execution;
import io.partita.trading.Instrument;
import io.partita.trading.book.PriceTimeBook;
import io.partita.trading.feed.MarketUpdate;
import java.nio.ByteBuffer;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** One of three members dies under load; whoever follows books on another one hears one sequence without a break, and surveillance misses nothing. */
@Tag("slow")
class MarketDataFailoverTest {

    private static final int INSTRUMENTS = 6;
    private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

    @Test
    void a_reader_hears_each_update_once_and_in_order_though_the_owner_of_the_book_dies() throws Exception {
        String cluster = "test-" + UUID.randomUUID();
        int[] ports = {TestDatabase.freePort(), TestDatabase.freePort(), TestDatabase.freePort()};
        List<Market> markets = new ArrayList<>();
        try (TestDatabase database = TestDatabase.fresh();
             TestMember first = start(database, cluster, ports, 0); TestMember second = start(database, cluster, ports, 1);
             TestMember dying = start(database, cluster, ports, 2); MarketDataClient client = MarketDataClient.of(first.hazelcast());
             SocketReader socket = SocketReader.connect(second)) {
            await().atMost(Duration.ofSeconds(60)).until(() -> first.hazelcast().getCluster().getMembers().size() == 3
                    && first.hazelcast().getPartitionService().isClusterSafe());
            for (int i = 1; i <= INSTRUMENTS; i++) {
                markets.add(Market.open(first, i, "F" + i));
            }
            int lost = markets.stream().mapToInt(market -> owned(dying, market) ? market.listing.symbol().charAt(1) - '0' : 0).max().orElse(0);
            assertThat(lost).as("a book that loses its owner").isPositive();
            List<Follower> followers = markets.stream().map(market -> follow(client, market)).toList();
            socket.subscribe("F" + lost, "L3").await("L3", 0);
            Market watched = watched(first, dying);
            markets.add(watched);
            AtomicBoolean over = new AtomicBoolean();
            List<Thread> traders = markets.stream().limit(INSTRUMENTS).map(market -> Thread.ofVirtual().start(() -> {
                Random random = new Random(market.instrument());
                while (!over.get()) {
                    market.trade(random, 1 + random.nextInt(20));
                    // Three members and what they look at share the machine: surveillance is to keep up.
                    LockSupport.parkNanos(PAUSE_NANOS);
                }
            })).toList();
            Follower followed = followers.get(lost - 1);
            await().atMost(Duration.ofSeconds(60)).until(() -> followed.updates().size() > 100);
            watched.stuff(71);
            await().atMost(Duration.ofSeconds(120)).until(() -> !suspected(first, watched).isEmpty());
            watched.stuff(72);
            dying.hazelcast().getLifecycleService().terminate();
            watched.stuff(73);
            int heard = followed.updates().size();
            await().atMost(Duration.ofSeconds(90)).until(() -> followed.updates().size() > heard + 100);
            over.set(true);
            for (Thread trader : traders) {
                trader.join();
            }
            for (int i = 0; i < INSTRUMENTS; i++) {
                Follower follower = followers.get(i);
                long instrument = i + 1L;
                await().atMost(Duration.ofSeconds(30)).until(() -> follower.has(client.snapshot(instrument).orElseThrow()));
                assertThat(follower.begun()).as("snapshots of book %s", instrument).hasSize(1);
                List<Long> sequences = follower.updates().stream().map(MarketUpdate::sequence).toList();
                for (int at = 0; at < sequences.size(); at++) {
                    assertThat(sequences.get(at)).isEqualTo(follower.begun().getFirst() + 1 + at);
                }
            }
            await().atMost(Duration.ofSeconds(30)).until(() -> socket.sequence() == followed.sequence());
            assertThat(socket.messages("GAP")).isEmpty();
            watched.stuff(74);
            watched.keep();
            Map<String, SurveillanceAlert> undisturbed = undisturbed(database, watched.instrument());
            assertThat(undisturbed.values()).extracting(SurveillanceAlert::owner).contains(71L, 72L, 73L, 74L);
            await().atMost(Duration.ofSeconds(90)).untilAsserted(() -> assertThat(suspected(first, watched)).as("none lost, and none twice").isEqualTo(undisturbed));
        } finally {
            markets.forEach(Market::close);
        }
    }

    /** A book of the member that will die, and the job that looks at it. */
    private static Market watched(TestMember member, TestMember dying) {
        assertThat(JobClient.of(member.hazelcast()).submit("surveillance", Map.of())).isInstanceOf(JobAnswer.Done.class);
        long instrument = LongStream.range(100, 1_000).filter(id -> dying.hazelcast().getPartitionService().getPartition(id).getOwner().localMember()).findFirst().orElseThrow();
        return Market.open(member, instrument, "WATCHED");
    }

    private static Map<String, SurveillanceAlert> suspected(TestMember member, Market market) {
        return member.hazelcast().<String, SurveillanceAlert>getMap(MarketDataNames.SURVEILLANCE).values().stream()
                .filter(alert -> alert.instrument() == market.instrument()).collect(Collectors.toMap(SurveillanceAlert::id, alert -> alert));
    }

    /** What surveillance says of a book's journal. */
    private static Map<String, SurveillanceAlert> undisturbed(TestDatabase database, long instrument) throws SQLException {
        PriceTimeBook book = new PriceTimeBook(Instrument.simple(instrument));
        BookSurveillance surveillance = new BookSurveillance(instrument, SurveillanceLimits.STANDARD, Owners.ACCOUNTS);
        Map<String, SurveillanceAlert> alerts = new HashMap<>();
        try (Connection connection = database.dataSource().getConnection();
             PreparedStatement select = connection.prepareStatement("select commands from trading_command where instrument = ? order by first")) {
            select.setLong(1, instrument);
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    ByteBuffer in = ByteBuffer.wrap(row.getBytes(1));
                    while (in.hasRemaining()) {
                        book.apply(new Command().decode(in), report -> surveillance.accept(Execution.of(report)).forEach(alert -> alerts.put(alert.id(), alert)));
                    }
                }
            }
        }
        return alerts;
    }

    private static Follower follow(MarketDataClient client, Market market) {
        Follower follower = new Follower();
        client.subscribe(market.instrument(), follower);
        await().atMost(Duration.ofSeconds(20)).until(() -> follower.sequence() >= 0);
        return follower;
    }

    private static boolean owned(TestMember member, Market market) {
        return member.hazelcast().getPartitionService().getPartition(market.instrument()).getOwner().localMember();
    }

    private static TestMember start(TestDatabase database, String cluster, int[] ports, int index) {
        return TestMember.start(new LinkedHashMap<>(Map.of("partita.grid.name", cluster, "partita.grid.port", Integer.toString(ports[index]),
                "partita.grid.addresses", "127.0.0.1:" + ports[0] + ",127.0.0.1:" + ports[1] + ",127.0.0.1:" + ports[2],
                "partita.grid.backups", "1", "partita.grid.expected-members", "3",
                "partita.database.url", database.url(), "partita.database.user", database.user())));
    }
}
