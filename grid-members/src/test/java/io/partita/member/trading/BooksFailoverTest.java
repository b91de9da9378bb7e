package io.partita.member.trading;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.partita.member.testing.TestDatabase;
import io.partita.member.testing.TestMember;
import io.partita.member.trading.halt.BreakerRules;
import io.partita.member.trading.halt.MarketHalt;
import io.partita.member.trading.halt.MarketHalts;
import io.partita.trading.Acknowledgement;
import io.partita.trading.Command;
import io.partita.trading.Execution;
import io.partita.trading.HazelcastTradingClient;
import io.partita.trading.Instrument;
import io.partita.trading.MarketBreaker;
import io.partita.trading.Side;
import io.partita.trading.TradingClient;
import io.partita.trading.TradingPhase;
import io.partita.trading.TradingResult;
import io.partita.trading.TradingResult.Executed;
import io.partita.trading.book.PriceTimeBook;
import java.nio.ByteBuffer;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("slow")
class BooksFailoverTest {

    private static final int INSTRUMENTS = 12;
    private static final int TRADERS = 4;

    private final AtomicLong ids = new AtomicLong();
    private final Map<Long, Executed> acknowledged = new ConcurrentHashMap<>();
    private final Map<Long, Long> instrumentOf = new ConcurrentHashMap<>();

    /** What the journal alone says about one book. */
    private record Told(Map<Long, List<Execution>> byCommand, List<Long> sequences, long hash) {
    }

    @Test
    void when_a_member_dies_under_load_no_order_is_lost_doubled_or_numbered_anew() throws Exception {
        String cluster = "test-" + UUID.randomUUID();
        int[] ports = {TestDatabase.freePort(), TestDatabase.freePort(), TestDatabase.freePort()};
        try (TestDatabase database = TestDatabase.fresh();
             TestMember first = start(database, cluster, ports, 0); TestMember second = start(database, cluster, ports, 1);
             TestMember dying = start(database, cluster, ports, 2); TradingClient client = HazelcastTradingClient.of(first.hazelcast(), Duration.ofSeconds(60))) {
            list(first, client);
            await().atMost(Duration.ofSeconds(60)).until(() -> first.hazelcast().getCluster().getMembers().size() == 3
                    && first.hazelcast().getPartitionService().isClusterSafe());
            submitManyAtOnce(first);
            AtomicBoolean over = new AtomicBoolean();
            List<Thread> traders = new ArrayList<>();
            for (int trader = 0; trader < TRADERS; trader++) {
                Random random = new Random(trader);
                traders.add(Thread.ofPlatform().start(() -> trade(client, random, over)));
            }
            await().atMost(Duration.ofSeconds(30)).until(() -> acknowledged.size() > 3_200);
            long owned = owned(dying);
            haltEverything(first);
            dying.hazelcast().getLifecycleService().terminate();
            long atDeath = acknowledged.size();
            await().atMost(Duration.ofSeconds(60)).until(() -> acknowledged.size() > atDeath + 2_000 && servedBy(first, second));
            await().atMost(Duration.ofSeconds(60)).untilAsserted(() -> assertThat(phases(first)).as("every book trades again").containsOnly(TradingPhase.CONTINUOUS));
            assertThat(first.bean(MarketHalts.class).latest(10)).singleElement().matches(MarketHalt::done);
            over.set(true);
            for (Thread trader : traders) {
                trader.join();
            }
            assertThat(owned).as("books that lost their owner").isPositive();
            for (long instrument = 1; instrument <= INSTRUMENTS; instrument++) {
                // When this is durable, everything before it is.
                executed(client.submit(instrument, new Command().tick().id(ids.incrementAndGet()), Acknowledgement.DURABLE));
                check(instrument, replay(database, instrument));
            }
        }
    }

    private static TestMember start(TestDatabase database, String cluster, int[] ports, int index) {
        return TestMember.start(new LinkedHashMap<>(Map.of("partita.grid.name", cluster, "partita.grid.port", Integer.toString(ports[index]),
                "partita.grid.addresses", "127.0.0.1:" + ports[0] + ",127.0.0.1:" + ports[1] + ",127.0.0.1:" + ports[2],
                "partita.grid.backups", "1", "partita.grid.expected-members", "3",
                "partita.database.url", database.url(), "partita.database.user", database.user())));
    }

    private void list(TestMember member, TradingClient client) throws SQLException {
        TradingService service = member.bean(TradingService.class);
        for (long instrument = 1; instrument <= INSTRUMENTS; instrument++) {
            service.list(new Listing("T" + instrument, "EUR", 2, Instrument.simple(instrument)));
        }
        for (long instrument = 1; instrument <= INSTRUMENTS; instrument++) {
            long listed = instrument;
            for (TradingPhase phase : List.of(TradingPhase.PRE_OPEN, TradingPhase.CONTINUOUS)) {
                await().atMost(Duration.ofSeconds(60)).until(() -> client.submit(listed, new Command().phase(phase, 0).id(ids.incrementAndGet()),
                        Acknowledgement.DURABLE) instanceof Executed);
            }
        }
    }

    /** Under load, and just before a member dies: it may be the one that tells the books, or has some of them. */
    private static void haltEverything(TestMember member) {
        MarketHalts halts = member.bean(MarketHalts.class);
        halts.rules(Optional.of(new BreakerRules(new MarketBreaker(List.of(2_000), Map.of(1L, 1)), 1, 1, LocalTime.MIDNIGHT, "EUR")));
        assertThat(halts.halt(Duration.ofSeconds(4), "ada", "a drill")).isTrue();
        await().atMost(Duration.ofSeconds(20)).until(() -> phases(member).contains(TradingPhase.HALT));
    }

    private static List<TradingPhase> phases(TestMember member) {
        return LongStream.rangeClosed(1, INSTRUMENTS).mapToObj(instrument -> member.bean(TradingService.class).market(instrument, 1).phase()).toList();
    }

    /** Many single orders at once, which queue behind each other, and a client that does not ask twice. */
    private void submitManyAtOnce(TestMember member) {
        try (TradingClient impatient = HazelcastTradingClient.of(member.hazelcast(), Duration.ZERO)) {
            List<CompletableFuture<List<TradingResult>>> answers = new ArrayList<>();
            for (int i = 0; i < 100 * INSTRUMENTS; i++) {
                Command order = new Command().limit(0, 7, Side.BUY, 1, 1).id(ids.incrementAndGet());
                instrumentOf.put(order.id(), 1L + i % INSTRUMENTS);
                answers.add(impatient.submitAsync(1 + i % INSTRUMENTS, List.of(order), Acknowledgement.REPLICATED));
            }
            answers.forEach(answer -> answer.join().forEach(result -> acknowledged.put(executed(result).commandId(), executed(result))));
        }
    }

    private void trade(TradingClient client, Random random, AtomicBoolean over) {
        while (!over.get()) {
            long instrument = 1 + random.nextInt(INSTRUMENTS);
            List<Command> commands = new ArrayList<>();
            for (int i = random.nextInt(12); i >= 0; i--) {
                commands.add(new Command().limit(0, 1 + random.nextInt(50), random.nextBoolean() ? Side.BUY : Side.SELL,
                        95 + random.nextInt(11), 1 + random.nextInt(9)).id(ids.incrementAndGet()));
            }
            Acknowledgement level = random.nextBoolean() ? Acknowledgement.DURABLE : Acknowledgement.REPLICATED;
            for (TradingResult result : client.submitAsync(instrument, commands, level).join()) {
                acknowledged.put(result.commandId(), executed(result));
                instrumentOf.put(result.commandId(), instrument);
            }
        }
    }

    private static Executed executed(TradingResult result) {
        assertThat(result).isInstanceOf(Executed.class);
        return (Executed) result;
    }

    private static long owned(TestMember member) {
        long owned = 0;
        for (long instrument = 1; instrument <= INSTRUMENTS; instrument++) {
            owned += member.hazelcast().getPartitionService().getPartition(instrument).getOwner().localMember() ? 1 : 0;
        }
        return owned;
    }

    private static boolean servedBy(TestMember... members) {
        return List.of(members).stream().allMatch(member -> member.bean(TradingService.class).ready());
    }

    private static Told replay(TestDatabase database, long instrument) throws SQLException {
        PriceTimeBook book = new PriceTimeBook(Instrument.simple(instrument));
        Map<Long, List<Execution>> byCommand = new HashMap<>();
        List<Long> sequences = new ArrayList<>();
        try (Connection connection = database.dataSource().getConnection();
             PreparedStatement select = connection.prepareStatement("select first, last, hash, commands from trading_command where instrument = ? order by first")) {
            select.setLong(1, instrument);
            long next = 1;
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    assertThat(row.getLong(1)).as("dense").isEqualTo(next);
                    next = row.getLong(2) + 1;
                    ByteBuffer in = ByteBuffer.wrap(row.getBytes(4));
                    while (in.hasRemaining()) {
                        Command command = new Command().decode(in);
                        List<Execution> reports = new ArrayList<>();
                        book.apply(command, report -> reports.add(Execution.of(report)));
                        List<Execution> before = byCommand.put(command.id(), reports);
                        assertThat(command.id() == 0 ? null : before).as("command %s is in the journal once", command.id()).isNull();
                        reports.forEach(report -> sequences.add(report.sequence()));
                    }
                    assertThat(book.hash()).isEqualTo(row.getLong(3));
                }
            }
        }
        return new Told(byCommand, sequences, book.hash());
    }

    private void check(long instrument, Told told) {
        Map<Long, Executed> ofBook = acknowledged.entrySet().stream().filter(entry -> instrumentOf.get(entry.getKey()) == instrument)
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
        assertThat(told.byCommand().keySet()).containsAll(ofBook.keySet());
        ofBook.forEach((id, executed) -> assertThat(executed.reports()).as("what command %s led to", id).isEqualTo(told.byCommand().get(id)));
        for (int i = 0; i < told.sequences().size(); i++) {
            assertThat(told.sequences().get(i)).isEqualTo(i + 1L);
        }
    }
}
