package io.partita.member.trading;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.partita.marketdata.MarketDataClient;
import io.partita.member.testing.TestDatabase;
import io.partita.member.testing.TestMember;
import io.partita.trading.Acknowledgement;
import io.partita.trading.Command;
import io.partita.trading.ExecType;
import io.partita.trading.Execution;
import io.partita.trading.HazelcastTradingClient;
import io.partita.trading.Instrument;
import io.partita.trading.OrderType;
import io.partita.trading.Reason;
import io.partita.trading.Side;
import io.partita.trading.TimeInForce;
import io.partita.trading.TradingClient;
import io.partita.trading.TradingPhase;
import io.partita.trading.TradingRefusal;
import io.partita.trading.TradingResult;
import io.partita.trading.TradingResult.Executed;
import io.partita.trading.feed.MarketView;
import io.partita.trading.venue.HostedBook;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class TradingServiceTest {

    private static final TestMember MEMBER = TestMember.start();
    private static final TradingClient CLIENT = HazelcastTradingClient.of(MEMBER.hazelcast(), Duration.ofSeconds(20));
    private static final AtomicLong IDS = new AtomicLong();

    @BeforeAll
    static void list() throws SQLException {
        TradingService service = MEMBER.bean(TradingService.class);
        for (long instrument = 1; instrument <= 3; instrument++) {
            assertThat(service.list(new Listing("TEST" + instrument, "EUR", 2, Instrument.simple(instrument)))).isTrue();
            long listed = instrument;
            await().atMost(Duration.ofSeconds(20)).until(() -> service.listings().stream().anyMatch(one -> one.instrument() == listed));
            open(CLIENT, instrument);
        }
    }

    @AfterAll
    static void close() {
        CLIENT.close();
        MEMBER.close();
    }

    private static long id() {
        return IDS.incrementAndGet();
    }

    private static void open(TradingClient client, long instrument) {
        for (TradingPhase phase : List.of(TradingPhase.PRE_OPEN, TradingPhase.CONTINUOUS)) {
            assertThat(executed(client.submit(instrument, new Command().phase(phase, 0).id(id()), Acknowledgement.REPLICATED)).rejected())
                    .isEqualTo(Reason.NONE);
        }
    }

    private static Command limit(long account, Side side, long price, long quantity) {
        return new Command().limit(0, account, side, price, quantity).id(id());
    }

    private static Executed executed(TradingResult result) {
        assertThat(result).isInstanceOf(Executed.class);
        return (Executed) result;
    }

    @Test
    void an_order_trades_and_both_parties_are_told() {
        Executed resting = executed(CLIENT.submit(1, limit(10, Side.SELL, 105, 7), Acknowledgement.DURABLE));
        Executed taking = executed(CLIENT.submit(1, limit(20, Side.BUY, 106, 5), Acknowledgement.DURABLE));
        assertThat(taking.reports()).extracting(Execution::execType).containsExactly(ExecType.NEW, ExecType.TRADE, ExecType.TRADE);
        assertThat(taking.reports().get(2).orderId()).isEqualTo(resting.orderId());
        assertThat(taking.reports().get(1).lastPrice()).isEqualTo(105);
        assertThat(taking.reports()).extracting(Execution::sequence)
                .containsExactly(resting.reports().getLast().sequence() + 1, resting.reports().getLast().sequence() + 2, resting.reports().getLast().sequence() + 3);
        MarketView view = MarketDataClient.of(MEMBER.hazelcast()).view(1, 10).orElseThrow();
        assertThat(view.offers()).containsExactly(105, 2);
        assertThat(view.lastPrice()).isEqualTo(105);
        assertThat(view.stale()).isFalse();
    }

    @Test
    void a_repeat_gets_the_first_answer_and_other_content_under_its_id_is_refused() {
        Command order = limit(10, Side.BUY, 50, 5);
        Executed first = executed(CLIENT.submit(2, order, Acknowledgement.REPLICATED));
        Executed again = executed(CLIENT.submit(2, order, Acknowledgement.DURABLE));
        assertThat(again).isEqualTo(new Executed(first.commandId(), first.reports(), true));
        Command other = new Command().limit(0, 10, Side.BUY, 51, 5).id(order.id());
        assertThat(CLIENT.submit(2, other, Acknowledgement.REPLICATED)).isEqualTo(new TradingResult.Refused(order.id(), TradingRefusal.ID_REUSED, ""));
    }

    @Test
    void an_order_expires_and_a_halt_ends_though_nobody_sends_anything() {
        long soon = (System.currentTimeMillis() + 300) * 1_000_000;
        executed(CLIENT.submit(2, new Command().newOrder(0, 30, Side.SELL, OrderType.LIMIT, TimeInForce.GOOD_TILL_DATE, 900, 3).expires(soon).id(id()), Acknowledgement.REPLICATED));
        executed(CLIENT.submit(3, new Command().phase(TradingPhase.HALT, soon).id(id()), Acknowledgement.REPLICATED));
        TradingService service = MEMBER.bean(TradingService.class);
        await().atMost(Duration.ofSeconds(10)).until(() -> MarketDataClient.of(MEMBER.hazelcast()).view(2, 10).orElseThrow().offers().length == 0);
        await().atMost(Duration.ofSeconds(10)).until(() -> MarketDataClient.of(MEMBER.hazelcast()).view(3, 10).orElseThrow().phase() == TradingPhase.CONTINUOUS);
    }

    @Test
    void what_cannot_reach_a_book_is_refused_with_its_reason() {
        assertThat(CLIENT.submit(99, limit(1, Side.BUY, 1, 1), Acknowledgement.DURABLE))
                .extracting(result -> ((TradingResult.Refused) result).code()).isEqualTo(TradingRefusal.UNKNOWN_INSTRUMENT);
        assertThat(CLIENT.submit(1, limit(1, Side.BUY, 1, 1).id(0), Acknowledgement.DURABLE))
                .extracting(result -> ((TradingResult.Refused) result).code()).isEqualTo(TradingRefusal.INVALID_REQUEST);
        assertThat(executed(CLIENT.submit(1, limit(1, Side.BUY, -1, 1), Acknowledgement.DURABLE)).rejected()).isEqualTo(Reason.INVALID_PRICE);
    }

    @Test
    void a_symbol_is_listed_once() throws SQLException {
        assertThat(MEMBER.bean(TradingService.class).list(new Listing("TEST1", "EUR", 2, Instrument.simple(17)))).isFalse();
        assertThat(MEMBER.bean(TradingService.class).list(new Listing("OTHER", "EUR", 2, Instrument.simple(1)))).isFalse();
    }

    @Test
    void a_member_that_starts_again_has_the_same_book_and_remembers_what_was_sent() throws SQLException {
        try (TestDatabase database = TestDatabase.fresh()) {
            Map<String, String> settings = Map.of("partita.database.url", database.url(), "partita.database.user", database.user());
            List<Command> orders = new ArrayList<>();
            for (int i = 0; i < 2_000; i++) {
                orders.add(limit(1 + i % 7, i % 2 == 0 ? Side.BUY : Side.SELL, 100 + i % 11 - i % 2 * 4, 1 + i % 5));
            }
            List<TradingResult> before;
            long hash;
            try (TestMember member = TestMember.start(settings); TradingClient client = HazelcastTradingClient.of(member.hazelcast(), Duration.ofSeconds(20))) {
                TradingService service = member.bean(TradingService.class);
                service.list(new Listing("AGAIN", "EUR", 2, Instrument.simple(5)));
                await().atMost(Duration.ofSeconds(20)).until(() -> !service.listings().isEmpty());
                open(client, 5);
                before = client.submitAsync(5, orders, Acknowledgement.DURABLE).join();
                assertThat(before).allMatch(Executed.class::isInstance);
                hash = journal(database).load(listing(database)).book().hash();
            }
            assertThat(journal(database).load(listing(database)).book().hash()).as("with the snapshot of the orderly stop").isEqualTo(hash);
            try (TestMember member = TestMember.start(settings); TradingClient client = HazelcastTradingClient.of(member.hazelcast(), Duration.ofSeconds(20))) {
                await().atMost(Duration.ofSeconds(20)).until(() -> !member.bean(TradingService.class).listings().isEmpty());
                List<TradingResult> again = client.submitAsync(5, orders, Acknowledgement.DURABLE).join();
                for (int i = 0; i < orders.size(); i++) {
                    assertThat(again.get(i)).isEqualTo(new Executed(orders.get(i).id(), executed(before.get(i)).reports(), true));
                }
                assertThat(journal(database).load(listing(database)).book().hash()).isEqualTo(hash);
            }
        }
    }

    @Test
    void a_book_whose_journal_is_damaged_stays_out_of_service_and_no_other_does() throws SQLException {
        try (TestDatabase database = TestDatabase.fresh()) {
            Map<String, String> settings = Map.of("partita.database.url", database.url(), "partita.database.user", database.user());
            try (TestMember member = TestMember.start(settings); TradingClient client = HazelcastTradingClient.of(member.hazelcast(), Duration.ofSeconds(20))) {
                TradingService service = member.bean(TradingService.class);
                service.list(new Listing("DAMAGED", "EUR", 2, Instrument.simple(6)));
                service.list(new Listing("SOUND", "EUR", 2, Instrument.simple(7)));
                await().atMost(Duration.ofSeconds(20)).until(() -> service.listings().size() == 2);
                open(client, 6);
                open(client, 7);
                executed(client.submit(6, limit(1, Side.BUY, 10, 1), Acknowledgement.DURABLE));
            }
            try (Connection connection = database.dataSource().getConnection(); Statement damage = connection.createStatement()) {
                damage.execute("delete from trading_snapshot");
                damage.execute("update trading_command set hash = hash + 1 where instrument = 6");
            }
            try (TestMember member = TestMember.start(settings); TradingClient client = HazelcastTradingClient.of(member.hazelcast(), Duration.ofSeconds(20));
                 TradingClient once = HazelcastTradingClient.of(member.hazelcast(), Duration.ZERO)) {
                await().atMost(Duration.ofSeconds(20)).until(() -> member.bean(TradingService.class).listings().size() == 2);
                executed(client.submit(7, limit(1, Side.BUY, 10, 1), Acknowledgement.DURABLE));
                assertThat(once.submit(6, limit(1, Side.BUY, 10, 1), Acknowledgement.DURABLE))
                        .extracting(result -> ((TradingResult.Refused) result).code()).isEqualTo(TradingRefusal.BOOK_UNAVAILABLE);
                assertThat(member.bean(TradingService.class).ready()).isFalse();
            }
        }
    }

    @Test
    void what_is_due_in_a_book_happens_while_the_database_is_away() throws SQLException {
        try (TestDatabase database = TestDatabase.fresh()) {
            Map<String, String> settings = Map.of("partita.database.url", database.url(), "partita.database.user", database.user());
            try (TestMember member = TestMember.start(settings); TradingClient client = HazelcastTradingClient.of(member.hazelcast(), Duration.ofSeconds(20))) {
                TradingService service = member.bean(TradingService.class);
                service.list(new Listing("ALONE", "EUR", 2, Instrument.simple(8)));
                await().atMost(Duration.ofSeconds(20)).until(() -> !service.listings().isEmpty());
                open(client, 8);
                long soon = (System.currentTimeMillis() + 2_000) * 1_000_000;
                executed(client.submit(8, new Command().phase(TradingPhase.HALT, soon).id(id()), Acknowledgement.DURABLE));
                database.takeAway();
                await().atMost(Duration.ofSeconds(30)).until(() -> MarketDataClient.of(member.hazelcast()).view(8, 1).orElseThrow().phase() == TradingPhase.CONTINUOUS);
                database.giveBack();
            }
        }
    }

    private static OrderJournal journal(TestDatabase database) {
        return new OrderJournal(database.dataSource());
    }

    private static Listing listing(TestDatabase database) throws SQLException {
        return journal(database).listings().getFirst();
    }
}
