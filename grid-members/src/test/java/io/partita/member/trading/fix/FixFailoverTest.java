package io.partita.member.trading.fix;

import static io.partita.member.trading.fix.FixClient.limit;
import static io.partita.member.trading.fix.FixClient.stamped;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.partita.member.testing.TestDatabase;
import io.partita.member.testing.TestMember;
import io.partita.member.trading.Listing;
import io.partita.member.trading.TradingService;
import io.partita.trading.Acknowledgement;
import io.partita.trading.Command;
import io.partita.trading.HazelcastTradingClient;
import io.partita.trading.Instrument;
import io.partita.trading.Side;
import io.partita.trading.TradingClient;
import io.partita.trading.TradingPhase;
import io.partita.trading.TradingResult.Executed;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import quickfix.Message;
import quickfix.fix44.NewOrderSingle;
import quickfix.fix44.OrderCancelRequest;

@Tag("slow")
class FixFailoverTest {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int INSTRUMENTS = 12;

    private final AtomicLong ids = new AtomicLong();

    @Test
    void when_a_member_dies_its_sessions_go_on_at_another_are_told_each_fill_once_and_their_day_orders_are_gone() throws Exception {
        String cluster = "test-" + UUID.randomUUID();
        int[] ports = {TestDatabase.freePort(), TestDatabase.freePort()};
        KeptStore memory = new KeptStore();
        try (TestDatabase database = TestDatabase.fresh(); TestMember first = start(database, cluster, ports, 0);
             TestMember second = start(database, cluster, ports, 1); TradingClient trading = HazelcastTradingClient.of(first.hazelcast(), PATIENCE)) {
            list(first, trading);
            long served = owned(first);
            long dying = owned(second);
            FixClient before = new FixClient("ALPHA", port(second), memory, true).logOn();
            List<NewOrderSingle> orders = List.of(order(served), order(dying));
            for (NewOrderSingle order : orders) {
                before.send(order);
                assertThat(before.next("8").getString(150)).isEqualTo("0");
            }
            sell(trading, served);
            Message fill = before.next("8");
            assertThat(List.of(fill.getString(150), fill.getString(14), fill.getString(11))).containsExactly("F", "10", orders.getFirst().getString(11));
            before.drop();
            KeptStore bystander = new KeptStore();
            FixClient connected = new FixClient("BETA", port(second), bystander, true).logOn();
            for (long instrument : new long[] {served, dying}) {
                connected.send(limit("d" + ids.incrementAndGet(), "F" + instrument, '1', "90", "10"));
                assertThat(connected.next("8").getString(150)).isEqualTo("0");
            }
            second.hazelcast().getLifecycleService().terminate();
            for (int i = 0; i < 3; i++) {
                sell(trading, served);
                sell(trading, dying);
            }
            try (FixClient after = new FixClient("ALPHA", port(first), memory, false).logOn()) {
                told(after, orders, Map.of(orders.getFirst().getString(11), 10, orders.getLast().getString(11), 0));
                after.send(cancel(orders.getLast(), dying));
                assertThat(after.next("8").getString(150)).isEqualTo("4");
                assertThat(after.quiet()).isTrue();
            }
            await().dontCatchUncaughtExceptions().atMost(PATIENCE).until(() -> List.of(served, dying).stream().allMatch(instrument ->
                    bids(first, instrument).stream().noneMatch(price -> price == 90)));
            connected.drop();
            try (FixClient returned = new FixClient("BETA", port(first), bystander, false).logOn()) {
                for (int i = 0; i < 2; i++) {
                    // It had tried to begin anew where nobody was any more, so it is told from the beginning.
                    returned.awaitMessage(message -> message.getOptionalString(150).equals(Optional.of("4")));
                }
                assertThat(returned.quiet()).isTrue();
            }
        }
    }

    /** Prices of a book. */
    private static List<Long> bids(TestMember member, long instrument) {
        long[] levels = member.bean(TradingService.class).market(instrument, 10).bids();
        return LongStream.range(0, levels.length / 2).mapToObj(level -> levels[(int) (2 * level)]).toList();
    }

    private static TestMember start(TestDatabase database, String cluster, int[] ports, int index) {
        return TestMember.start(new LinkedHashMap<>(Map.of("partita.grid.name", cluster, "partita.grid.port", Integer.toString(ports[index]),
                "partita.grid.addresses", "127.0.0.1:" + ports[0] + ",127.0.0.1:" + ports[1], "partita.grid.backups", "1",
                "partita.fix.port", "0", "partita.fix.sessions.ALPHA.accounts", "7", "partita.fix.sessions.BETA.accounts", "9",
                "partita.database.url", database.url(), "partita.database.user", database.user())));
    }

    private void list(TestMember member, TradingClient trading) throws Exception {
        for (long instrument = 1; instrument <= INSTRUMENTS; instrument++) {
            member.bean(TradingService.class).list(new Listing("F" + instrument, "EUR", 0, Instrument.simple(instrument)));
        }
        for (long instrument = 1; instrument <= INSTRUMENTS; instrument++) {
            long listed = instrument;
            for (TradingPhase phase : List.of(TradingPhase.PRE_OPEN, TradingPhase.CONTINUOUS)) {
                await().atMost(PATIENCE).until(() -> trading.submit(listed, new Command().phase(phase, 0).id(ids.incrementAndGet()), Acknowledgement.DURABLE)
                        instanceof Executed);
            }
        }
        await().atMost(PATIENCE).until(() -> member.hazelcast().getCluster().getMembers().size() == 2
                && member.hazelcast().getPartitionService().isClusterSafe());
    }

    private static long owned(TestMember member) {
        return LongStream.rangeClosed(1, INSTRUMENTS).filter(instrument -> member.hazelcast().getPartitionService().getPartition(instrument).getOwner()
                .localMember()).findFirst().orElseThrow();
    }

    private static int port(TestMember member) {
        return member.bean(FixAccess.class).gateway().orElseThrow().port();
    }

    private NewOrderSingle order(long instrument) {
        NewOrderSingle order = limit("o" + ids.incrementAndGet(), "F" + instrument, '1', "100", "50");
        order.setChar(59, '1');
        return order;
    }

    private void sell(TradingClient trading, long instrument) {
        assertThat(trading.submit(instrument, new Command().limit(0, 8, Side.SELL, 100, 10).id(ids.incrementAndGet()), Acknowledgement.DURABLE))
                .isInstanceOf(Executed.class);
    }

    /** Three more fills of each order, each order's in their order. */
    private static void told(FixClient client, List<NewOrderSingle> orders, Map<String, Integer> before) throws Exception {
        Map<String, Integer> filled = new LinkedHashMap<>(before);
        for (int i = 0; i < 3 * orders.size(); i++) {
            Message fill = client.next("8");
            assertThat(fill.getString(150)).isEqualTo("F");
            assertThat(Integer.parseInt(fill.getString(14))).isEqualTo(filled.merge(fill.getString(11), 10, Integer::sum));
        }
        orders.forEach(order -> assertThat(filled.get(order.getOptionalString(11).orElseThrow()) - before.get(order.getOptionalString(11).orElseThrow())).isEqualTo(30));
    }

    private OrderCancelRequest cancel(NewOrderSingle order, long instrument) throws Exception {
        OrderCancelRequest cancel = stamped(new OrderCancelRequest());
        cancel.setString(11, "x" + ids.incrementAndGet());
        cancel.setString(41, order.getString(11));
        cancel.setString(55, "F" + instrument);
        cancel.setChar(54, '1');
        return cancel;
    }
}
