package io.partita.member.trading.fix;

import static io.partita.member.trading.fix.FixClient.limit;
import static io.partita.member.trading.fix.FixClient.stamped;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.partita.marketdata.MarketDataClient;
import io.partita.member.rest.ClientKey;
import io.partita.member.security.access.Callers;
import io.partita.member.testing.TestMember;
import io.partita.member.trading.Listing;
import io.partita.member.trading.TradingService;
import io.partita.security.Permission;
import io.partita.security.Role;
import io.partita.trading.Acknowledgement;
import io.partita.trading.Command;
import io.partita.trading.ExecType;
import io.partita.trading.HazelcastTradingClient;
import io.partita.trading.Instrument;
import io.partita.trading.Side;
import io.partita.trading.StepTable;
import io.partita.trading.TradingClient;
import io.partita.trading.TradingPhase;
import io.partita.trading.TradingResult.Executed;
import java.io.InputStream;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import quickfix.FieldMap;
import quickfix.Message;
import quickfix.fix44.MarketDataRequest;
import quickfix.fix44.NewOrderSingle;
import quickfix.fix44.OrderCancelReplaceRequest;
import quickfix.fix44.OrderCancelRequest;
import quickfix.fix44.OrderMassCancelRequest;
import quickfix.fix44.OrderStatusRequest;

class FixTest extends QuotesOverFix {

    static final TestMember MEMBER = TestMember.start(Map.of("partita.fix.port", "0",
            "partita.fix.sessions.ALPHA.accounts", "7", "partita.fix.sessions.BETA.accounts", "8,9",
            "partita.fix.sessions.GONE.accounts", "7", "partita.fix.sessions.GUARDED.accounts", "10"));
    private static final AtomicLong IDS = new AtomicLong();
    static final String SYMBOL = "FIXED";

    static FixClient alpha;
    static FixClient beta;

    @BeforeAll
    static void list() throws Exception {
        TradingService service = MEMBER.bean(TradingService.class);
        service.list(new Listing(SYMBOL, "EUR", 2, Instrument.simple(1).withSteps(StepTable.of(5), StepTable.of(10))));
        service.list(new Listing("COLLARED", "EUR", 2, Instrument.simple(2).withCollar(1_000)));
        service.list(new Listing("SHUT", "EUR", 2, Instrument.simple(3)));
        await().atMost(Duration.ofSeconds(20)).until(() -> service.listings().size() == 3);
        for (TradingPhase phase : new TradingPhase[] {TradingPhase.PRE_OPEN, TradingPhase.CONTINUOUS}) {
            command(1, new Command().phase(phase, 0));
            command(2, new Command().phase(phase, 0));
        }
        command(2, new Command().reference(10_00));
        alpha = new FixClient("ALPHA", port()).tryToLogOn();
        beta = new FixClient("BETA", port()).tryToLogOn();
        await().atMost(Duration.ofSeconds(20)).until(() -> alpha.loggedOn() && beta.loggedOn());
    }

    @AfterAll
    static void close() {
        alpha.close();
        beta.close();
        MEMBER.close();
    }

    /** All orders end, and the clients have heard of it. */
    @AfterEach
    void leave() throws Exception {
        cancelled(alpha, 7);
        cancelled(beta, 8);
        cancelled(beta, 9);
        alpha.forget();
        beta.forget();
    }

    private static void cancelled(FixClient client, long account) throws Exception {
        int session = sessions().get(client.name());
        long ended = command(new Command().massCancel(account, 0, 0)).reports().stream()
                .filter(report -> report.execType() == ExecType.CANCELED && report.session() == session).count();
        for (long i = 0; i < ended; i++) {
            client.awaitMessage(message -> message.getOptionalString(150).equals(Optional.of("4")));
        }
    }

    private static Map<String, Integer> sessions() {
        return MEMBER.bean(Jdbi.class).withHandle(handle -> handle.select("select name, number from fix_session")
                .map((row, context) -> Map.entry(row.getString(1).substring("PARTITA>".length()), row.getInt(2))).list())
                .stream().collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    static Executed command(Command command) {
        return command(1, command);
    }

    private static Executed command(long instrument, Command command) {
        return (Executed) MEMBER.bean(TradingClient.class).submit(instrument, command.id(IDS.incrementAndGet()), Acknowledgement.DURABLE);
    }

    private static int port() {
        return MEMBER.bean(FixAccess.class).gateway().orElseThrow().port();
    }

    static String id() {
        return "c" + IDS.incrementAndGet();
    }

    static NewOrderSingle order(char side, String price, String quantity) {
        return limit(id(), SYMBOL, side, price, quantity);
    }

    static NewOrderSingle of(NewOrderSingle order, int account) {
        order.setInt(1, account);
        return order;
    }

    static void expect(FieldMap message, Map<Integer, String> fields) throws Exception {
        for (Map.Entry<Integer, String> field : fields.entrySet()) {
            assertThat(message.getString(field.getKey())).as("tag %s of %s", field.getKey(), message).isEqualTo(field.getValue());
        }
    }

    @Test
    void an_idle_member_hardly_looks_at_its_books() throws Exception {
        Map<String, Long> before = processorTime();
        assertThat(before).containsKeys("fix-reports", "trading-reports", "trading-history");
        assertThat(alpha.quiet()).isTrue();
        assertThat(beta.quiet()).isTrue();
        Map<String, Long> after = processorTime();
        before.forEach((thread, time) -> assertThat(Duration.ofNanos(after.get(thread) - time)).as("of %s in 0.6 s", thread)
                .isLessThan(Duration.ofMillis(30)));
    }

    private static Map<String, Long> processorTime() {
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        return Thread.getAllStackTraces().keySet().stream().filter(thread -> thread.getName().matches("fix-reports|trading-reports|trading-history"))
                .collect(Collectors.toMap(Thread::getName, thread -> threads.getThreadCpuTime(thread.threadId()), Long::sum));
    }

    @Test
    void both_parties_of_a_trade_are_told_with_quantities_and_average_price() throws Exception {
        FixClient seller = alpha;
        FixClient buyer = beta;
        seller.send(order('2', "10.05", "30"));
        expect(seller.next("8"), Map.of(150, "0", 39, "0", 151, "30", 14, "0", 6, "0", 44, "10.05", 1, "7"));
        seller.send(order('2', "10.10", "30"));
        expect(seller.next("8"), Map.of(150, "0"));
        NewOrderSingle buy = of(order('1', "10.10", "50"), 9);
        buyer.send(buy);
        expect(buyer.next("8"), Map.of(150, "0", 39, "0", 11, buy.getString(11), 1, "9"));
        expect(buyer.next("8"), Map.of(150, "F", 39, "1", 32, "30", 31, "10.05", 14, "30", 151, "20", 6, "10.05", 851, "2"));
        Message last = buyer.next("8");
        expect(last, Map.of(150, "F", 39, "2", 32, "20", 31, "10.10", 14, "50", 151, "0", 6, "10.07", 55, SYMBOL, 54, "1"));
        Message fill = seller.next("8");
        expect(fill, Map.of(150, "F", 39, "2", 14, "30", 851, "1"));
        Message partial = seller.next("8");
        expect(partial, Map.of(150, "F", 39, "1", 32, "20", 31, "10.10", 151, "10", 527, last.getString(527)));
        assertThat(fill.getString(17)).isNotEqualTo(partial.getString(17));
        assertThat(buyer.rejects()).isEmpty();
        assertThat(seller.rejects()).isEmpty();
    }

    @Test
    void an_order_is_replaced_asked_about_and_cancelled() throws Exception {
        FixClient client = alpha;
        NewOrderSingle order = order('1', "9.00", "100");
        client.send(order);
        expect(client.next("8"), Map.of(150, "0"));
        OrderCancelReplaceRequest replace = stamped(new OrderCancelReplaceRequest());
        replace.setString(11, id());
        replace.setString(41, order.getString(11));
        replace.setString(55, SYMBOL);
        replace.setChar(54, '1');
        replace.setChar(40, '2');
        replace.setString(44, "9.05");
        replace.setString(38, "80");
        client.send(replace);
        expect(client.next("8"), Map.of(150, "5", 39, "0", 11, replace.getString(11), 41, order.getString(11), 44, "9.05", 38, "80", 151, "80"));
        OrderStatusRequest status = new OrderStatusRequest();
        status.setString(11, order.getString(11));
        status.setString(55, SYMBOL);
        status.setChar(54, '1');
        client.send(status);
        expect(client.next("8"), Map.of(150, "I", 39, "0", 11, replace.getString(11), 151, "80", 14, "0"));
        OrderCancelRequest cancel = cancel(replace.getString(11), '1');
        client.send(cancel);
        expect(client.next("8"), Map.of(150, "4", 39, "4", 11, cancel.getString(11), 41, replace.getString(11), 151, "0"));
        OrderCancelRequest late = cancel(replace.getString(11), '1');
        client.send(late);
        expect(client.next("9"), Map.of(102, "0", 39, "4", 434, "1", 11, late.getString(11), 41, replace.getString(11)));
        assertThat(client.rejects()).isEmpty();
    }

    private static OrderCancelRequest cancel(String origin, char side) {
        OrderCancelRequest cancel = stamped(new OrderCancelRequest());
        cancel.setString(11, id());
        cancel.setString(41, origin);
        cancel.setString(55, SYMBOL);
        cancel.setChar(54, side);
        return cancel;
    }

    @Test
    void every_kind_of_order_that_fix_has_a_word_for_reaches_the_book() throws Exception {
        FixClient client = alpha;
        client.send(with(order('1', "9.00", "100"), 111, "10"));
        expect(client.next("8"), Map.of(150, "0", 40, "2"));
        client.send(with(order('1', "9.00", "100"), 111, "0"));
        expect(client.next("8"), Map.of(150, "0"));
        client.send(with(order('1', "9.00", "100"), 18, "6"));
        expect(client.next("8"), Map.of(150, "0"));
        client.send(with(with(order('1', "9.00", "100"), 18, "G"), 59, "1"));
        expect(client.next("8"), Map.of(150, "0", 59, "1"));
        client.send(with(order('1', "9.00", "100"), 110, "50"));
        expect(client.next("8"), Map.of(150, "0"));
        NewOrderSingle dated = with(order('1', "9.00", "100"), 59, "6");
        dated.setUtcTimeStamp(126, LocalDateTime.now(ZoneOffset.UTC).plusDays(3), true);
        client.send(dated);
        expect(client.next("8"), Map.of(150, "0", 59, "6"));
        client.send(with(order('1', "9.00", "100"), 59, "3"));
        expect(client.next("8"), Map.of(150, "0"));
        Message ended = client.next("8");
        expect(ended, Map.of(39, ended.getString(150), 59, "3"));
        NewOrderSingle peg = with(with(order('1', "9.50", "10"), 40, "P"), 18, "R");
        peg.setString(211, "-0.05");
        client.send(peg);
        expect(client.next("8"), Map.of(150, "0", 40, "P"));
        NewOrderSingle stop = with(with(order('1', "9.50", "10"), 40, "4"), 99, "9.40");
        client.send(stop);
        expect(client.next("8"), Map.of(150, "0", 40, "4"));
        NewOrderSingle market = with(order('1', "1", "10"), 40, "1");
        market.removeField(44);
        client.send(market);
        expect(client.awaitMessage(message -> message.getOptionalString(11).equals(market.getOptionalString(11))), Map.of(150, "0", 40, "1"));
        client.send(with(order('5', "12.00", "10"), 114, "N"));
        expect(client.awaitMessage(message -> message.getOptionalString(54).equals(Optional.of("5"))), Map.of(150, "0", 44, "12.00"));
        client.send(with(order('2', "1", "10"), 40, "K"));
        expect(client.awaitMessage(message -> message.getOptionalString(150).equals(Optional.of("8"))), Map.of(103, "11"));
        assertThat(client.rejects()).isEmpty();
    }

    private static NewOrderSingle with(NewOrderSingle order, int field, String value) {
        order.setString(field, value);
        return order;
    }

    @Test
    void what_is_wrong_is_refused_for_its_reason_and_the_session_lives() throws Exception {
        FixClient client = alpha;
        client.send(limit(id(), "NOBODY", '1', "9.00", "10"));
        expect(client.next("8"), Map.of(150, "8", 39, "8", 103, "1", 58, "UNKNOWN_INSTRUMENT: No such instrument is listed."));
        client.send(order('1', "9.01", "10"));
        assertThat(client.next("8").getString(58)).startsWith("OFF_TICK");
        client.send(order('1', "9.001", "10"));
        assertThat(client.next("8").getString(58)).startsWith("OFF_TICK");
        client.send(order('1', "9.00", "15"));
        expect(client.next("8"), Map.of(150, "8", 103, "13", 58, "ODD_LOT: The quantity is no multiple of the lot."));
        client.send(of(order('1', "9.00", "10"), 8));
        expect(client.next("8"), Map.of(150, "8", 103, "15"));
        client.send(with(order('1', "9.00", "10"), 40, "J"));
        expect(client.next("8"), Map.of(150, "8", 103, "11"));
        client.send(with(order('1', "9".repeat(50), "10"), 18, "6"));
        assertThat(client.next("8").getString(58)).startsWith("INVALID_REQUEST");
        NewOrderSingle taken = order('1', "9.00", "10");
        client.send(taken);
        expect(client.next("8"), Map.of(150, "0"));
        client.send(limit(taken.getString(11), SYMBOL, '1', "9.00", "20"));
        expect(client.next("8"), Map.of(150, "8", 103, "6"));
        NewOrderSingle again = limit(taken.getString(11), SYMBOL, '1', "9.00", "10");
        again.getHeader().setBoolean(97, true);
        client.send(again);
        client.send(cancel("nothing", '1'));
        expect(client.next("9"), Map.of(102, "1", 37, "NONE"));
        NewOrderSingle incomplete = order('1', "9.00", "10");
        incomplete.removeField(60);
        client.send(incomplete);
        await().atMost(Duration.ofSeconds(10)).until(() -> client.rejects().size() == 1);
        Message massStatus = new quickfix.fix44.OrderMassStatusRequest();
        massStatus.setString(584, "all");
        massStatus.setInt(585, 7);
        client.send(massStatus);
        expect(client.awaitMessage(message -> message instanceof quickfix.fix44.BusinessMessageReject
                || message instanceof quickfix.fix44.ExecutionReport), Map.of(372, "AF", 380, "3"));
        assertThat(client.loggedOn()).isTrue();
        assertThat(command(new Command().massCancel(7, 0, 0)).reports()).as("one order was taken, once").hasSize(2);
        client.awaitMessage(message -> message.getOptionalString(150).equals(Optional.of("4")));
    }

    @ParameterizedTest
    @CsvSource({"NOBODY,9.00,10,1,UNKNOWN_INSTRUMENT", "FIXED,9.02,10,99,OFF_TICK", "FIXED,9.00,11,13,ODD_LOT", "COLLARED,11.01,1,3,PRICE_OUTSIDE_COLLAR",
            "SHUT,9.00,1,2,WRONG_PHASE", "FIXED,9.00,0,13,INVALID_QUANTITY", "FIXED,-1.00,10,99,INVALID_PRICE"})
    void an_order_that_no_book_takes_is_refused_by_code_and_changes_nothing(String symbol, String price, String quantity, String reason, String code)
            throws Exception {
        String before = state();
        alpha.send(limit(id(), symbol, '1', price, quantity));
        Message reject = alpha.next("8");
        expect(reject, Map.of(150, "8", 39, "8", 103, reason, 151, "0"));
        assertThat(reject.getString(58)).startsWith(code + ":");
        assertThat(state()).isEqualTo(before);
        assertThat(alpha.loggedOn()).isTrue();
        assertThat(alpha.rejects()).isEmpty();
    }

    /** Of all books: what anybody may see of them, and their orders. */
    private static String state() {
        TradingService service = MEMBER.bean(TradingService.class);
        return IntStream.rangeClosed(1, 3).mapToObj(book -> service.market(book, 10).sequence() + Arrays.toString(service.market(book, 10).bids()))
                .collect(Collectors.joining(", "));
    }

    @Test
    void while_the_database_is_away_a_session_is_held_and_goes_on_with_nothing_lost() throws Exception {
        NewOrderSingle before = with(order('1', "9.00", "50"), 59, "1");
        alpha.send(before);
        expect(alpha.next("8"), Map.of(150, "0"));
        NewOrderSingle held = order('1', "8.95", "10");
        MEMBER.database().takeAway();
        // Past the accounts: who somebody is would have to be asked of the database.
        try (TradingClient books = HazelcastTradingClient.of(MEMBER.hazelcast(), Duration.ofSeconds(30))) {
            assertThat(books.submit(1, new Command().limit(0, 8, Side.SELL, 900, 10).id(IDS.incrementAndGet()),
                    Acknowledgement.REPLICATED)).isInstanceOf(Executed.class);
            alpha.send(held);
            alpha.send(cancel(before.getString(11), '1'));
            assertThat(alpha.quiet()).as("what cannot be numbered is not said").isTrue();
            assertThat(alpha.loggedOn()).isTrue();
        } finally {
            MEMBER.database().giveBack();
        }
        Map<String, String> told = new TreeMap<>();
        while (told.size() < 3) {
            Message message = alpha.next("8");
            told.put(message.getString(150), message.getString(11) + " " + message.getString(14) + " " + message.getString(151));
        }
        assertThat(told).containsEntry("F", before.getString(11) + " 10 40").containsEntry("0", held.getString(11) + " 0 10").containsKey("4");
        alpha.send(cancel(held.getString(11), '1'));
        expect(alpha.next("8"), Map.of(150, "4", 41, held.getString(11)));
        assertThat(alpha.quiet()).as("nothing is told twice").isTrue();
        assertThat(alpha.rejects()).isEmpty();
    }

    @Test
    void a_cl_ord_id_is_free_on_the_day_after_its_order_has_ended_and_what_is_over_is_forgotten() throws Exception {
        NewOrderSingle ended = order('1', "9.00", "10");
        alpha.send(ended);
        String first = alpha.next("8").getString(37);
        alpha.send(cancel(ended.getString(11), '1'));
        expect(alpha.next("8"), Map.of(150, "4"));
        NewOrderSingle open = with(order('1', "8.95", "10"), 59, "1");
        alpha.send(open);
        expect(alpha.next("8"), Map.of(150, "0"));
        alpha.send(limit(ended.getString(11), SYMBOL, '1', "9.00", "10"));
        expect(alpha.next("8"), Map.of(150, "8", 103, "6"));
        age();
        alpha.send(limit(open.getString(11), SYMBOL, '1', "9.00", "10"));
        expect(alpha.next("8"), Map.of(150, "8", 103, "6"));
        alpha.send(limit(ended.getString(11), SYMBOL, '1', "9.00", "10"));
        Message anew = alpha.next("8");
        expect(anew, Map.of(150, "0", 11, ended.getString(11)));
        assertThat(anew.getString(37)).as("another order").isNotEqualTo(first);
        age();
        Jdbi jdbi = MEMBER.bean(Jdbi.class);
        assertThat(new FixTables(jdbi, new HeldDatabase(jdbi)).sweep(Instant.now().minus(Duration.ofDays(7)))).isPositive();
        for (NewOrderSingle kept : new NewOrderSingle[] {open, ended}) {
            alpha.send(cancel(kept.getString(11), '1'));
            expect(alpha.next("8"), Map.of(150, "4", 41, kept.getString(11)));
        }
        assertThat(count("fix_request where noted_at < now() - interval '7 days'")).as("those of the two that were open").isEqualTo(2);
        age();
        assertThat(new FixTables(jdbi, new HeldDatabase(jdbi)).sweep(Instant.now().minus(Duration.ofDays(7)))).isPositive();
        assertThat(count("fix_request") + count("fix_order")).isZero();
    }

    private static int count(String rows) {
        return MEMBER.bean(Jdbi.class).withHandle(handle -> handle.select("select count(*) from " + rows).mapTo(Integer.class).one());
    }

    /** Everything of the sessions was eight days ago. */
    private static void age() {
        await().atMost(Duration.ofSeconds(10)).until(() -> count("fix_report") == 0);
        for (String time : new String[] {"fix_request set noted_at", "fix_order set changed_at", "fix_message set sent_at"}) {
            MEMBER.bean(Jdbi.class).useHandle(handle -> handle.execute("update " + time + " = now() - interval '8 days'"));
        }
    }

    @Test
    void replacing_a_filled_order_comes_too_late() throws Exception {
        FixClient client = alpha;
        NewOrderSingle order = order('1', "9.00", "10");
        client.send(order);
        expect(client.next("8"), Map.of(150, "0"));
        command(new Command().limit(0, 8, Side.SELL, 900, 10));
        expect(client.next("8"), Map.of(150, "F", 39, "2"));
        OrderCancelReplaceRequest replace = stamped(new OrderCancelReplaceRequest());
        replace.setString(11, id());
        replace.setString(41, order.getString(11));
        replace.setString(55, SYMBOL);
        replace.setChar(54, '1');
        replace.setChar(40, '2');
        replace.setString(44, "9.05");
        replace.setString(38, "80");
        client.send(replace);
        expect(client.next("9"), Map.of(102, "0", 39, "2", 434, "2"));
    }

    @Test
    void a_mass_cancel_ends_the_orders_of_its_session_alone() throws Exception {
        FixClient client = alpha;
        FixClient other = beta;
        other.send(of(order('1', "8.00", "10"), 8));
        expect(other.next("8"), Map.of(150, "0"));
        for (int i = 0; i < 3; i++) {
            client.send(order('1', "9.00", "10"));
            expect(client.next("8"), Map.of(150, "0"));
        }
        OrderMassCancelRequest all = stamped(new OrderMassCancelRequest());
        all.setString(11, id());
        all.setChar(530, '7');
        client.send(all);
        int ended = 0;
        for (int i = 0; i < 4; i++) {
            Message message = client.next();
            if (message instanceof quickfix.fix44.OrderMassCancelReport) {
                expect(message, Map.of(531, "7", 533, "3", 11, all.getString(11)));
            } else {
                expect(message, Map.of(150, "4", 39, "4"));
                ended++;
            }
        }
        assertThat(ended).isEqualTo(3);
        assertThat(other.quiet()).isTrue();
        all.setString(11, id());
        all.setChar(530, '5');
        client.send(all);
        expect(client.next("r"), Map.of(531, "0", 532, "0"));
    }

    @Test
    void day_orders_end_with_the_connection_and_others_do_not() throws Exception {
        FixClient client = new FixClient("GONE", port()).logOn();
        client.send(order('1', "9.00", "10"));
        client.send(with(order('1', "9.05", "20"), 59, "1"));
        client.next("8");
        client.next("8");
        client.drop();
        await().atMost(Duration.ofSeconds(10)).until(() -> MEMBER.bean(MarketDataClient.class).view(1, 10).orElseThrow().bids().length == 2);
        assertThat(MEMBER.bean(MarketDataClient.class).view(1, 10).orElseThrow().bids()).containsExactly(905, 20);
    }

    @Test
    void market_data_comes_as_a_snapshot_and_then_as_changes() throws Exception {
        FixClient client = alpha;
        client.send(marketData("now", SYMBOL, '0'));
        expect(client.next("W"), Map.of(262, "now", 55, SYMBOL, 268, "0"));
        client.send(marketData("on", SYMBOL, '1'));
        client.next("W");
        client.send(order('1', "9.00", "10"));
        Message change = client.awaitMessage(quickfix.fix44.MarketDataIncrementalRefresh.class::isInstance);
        expect(change.getGroup(1, 268), Map.of(279, "0", 269, "0", 270, "9.00", 271, "10"));
        client.send(marketData("on", SYMBOL, '2'));
        client.send(marketData("other", "NOBODY", '1'));
        expect(client.awaitMessage(quickfix.fix44.MarketDataRequestReject.class::isInstance), Map.of(262, "other", 281, "0"));
        assertThat(client.rejects()).isEmpty();
    }

    private static MarketDataRequest marketData(String request, String symbol, char type) {
        MarketDataRequest message = new MarketDataRequest();
        message.setString(262, request);
        message.setChar(263, type);
        message.setInt(264, 5);
        message.setInt(265, 1);
        for (char entry : new char[] {'0', '1'}) {
            MarketDataRequest.NoMDEntryTypes types = new MarketDataRequest.NoMDEntryTypes();
            types.setChar(269, entry);
            message.addGroup(types);
        }
        MarketDataRequest.NoRelatedSym symbols = new MarketDataRequest.NoRelatedSym();
        symbols.setString(55, symbol);
        message.addGroup(symbols);
        return message;
    }

    @Test
    void a_message_of_ten_megabytes_is_rejected_by_its_number_and_the_session_goes_on() throws Exception {
        FixClient client = alpha;
        NewOrderSingle order = order('1', "9.00", "10");
        order.setString(58, "x".repeat(10 << 20));
        client.send(order);
        Message reject = client.next("j");
        expect(reject, Map.of(372, "D"));
        assertThat(reject.getString(58)).startsWith("MESSAGE_TOO_LONG: It has 104");
        client.send(order('1', "9.00", "10"));
        expect(client.next("8"), Map.of(150, "0"));
        assertThat(MEMBER.bean(MarketDataClient.class).view(1, 10).orElseThrow().bids()).containsExactly(900, 10);
    }

    @Test
    void garbage_on_the_port_harms_nobody() throws Exception {
        FixClient client = alpha;
        byte[] garbage = new byte[1 << 20];
        new Random(1).nextBytes(garbage);
        for (String beginning : new String[] {"", "GET / HTTP/1.1\r\n\r\n", "8=FIX.4.4\u00019=99999999999999\u0001", "8=FIX.4.4\u00019=5\u000135=A\u0001"}) {
            try (Socket socket = new Socket("127.0.0.1", port())) {
                socket.getOutputStream().write(beginning.getBytes(StandardCharsets.ISO_8859_1));
                socket.getOutputStream().write(garbage);
            } catch (java.net.SocketException closed) {
                // As it may be.
            }
        }
        try (Socket stranger = new Socket("127.0.0.1", port())) {
            stranger.setSoTimeout(10_000);
            stranger.getOutputStream().write(raw("35=A", "49=STRANGER", "56=PARTITA", "34=1", "52=" + now(), "98=0", "108=30"));
            assertThat(read(stranger.getInputStream())).as("closed").isEmpty();
        }
        client.send(order('1', "9.00", "10"));
        expect(client.next("8"), Map.of(150, "0"));
    }

    @Test
    void garbage_between_the_messages_of_a_session_is_passed_over() throws Exception {
        try (Socket socket = new Socket("127.0.0.1", port())) {
            socket.setSoTimeout(10_000);
            socket.getOutputStream().write(raw("35=A", "49=GUARDED", "56=PARTITA", "34=1", "52=" + now(), "98=0", "108=30", "141=Y", "553=operator", "554=" + MEMBER.key().text()));
            socket.getOutputStream().write("some noise\u0001 8=FI 8=FIX.9 9=12".getBytes(StandardCharsets.ISO_8859_1));
            socket.getOutputStream().write(raw("35=1", "49=GUARDED", "56=PARTITA", "34=2", "52=" + now(), "112=are you there"));
            StringBuilder seen = new StringBuilder();
            byte[] buffer = new byte[4096];
            while (seen.indexOf("are you there") < 0) {
                int count = socket.getInputStream().read(buffer);
                assertThat(count).isPositive();
                seen.append(new String(buffer, 0, count, StandardCharsets.ISO_8859_1));
            }
            assertThat(seen).contains("35=A").contains("35=0");
        }
    }

    private static String read(InputStream in) throws Exception {
        return new String(in.readAllBytes(), StandardCharsets.ISO_8859_1);
    }

    private static String now() {
        return LocalDateTime.now(ZoneOffset.UTC).format(DateTimeFormatter.ofPattern("yyyyMMdd-HH:mm:ss.SSS"));
    }

    private static byte[] raw(String... fields) {
        String body = String.join("\u0001", fields) + '\u0001';
        String message = "8=FIX.4.4\u00019=" + body.length() + '\u0001' + body;
        return (message + "10=%03d\u0001".formatted(message.chars().sum() & 0xff)).getBytes(StandardCharsets.ISO_8859_1);
    }

    @Test
    void who_has_no_key_is_told_and_sent_away() throws Exception {
        try (FixClient stranger = new FixClient("GUARDED", port()).as("operator", "let me in").tryToLogOn()) {
            await().atMost(Duration.ofSeconds(10)).until(() -> stranger.farewell().contains("TOKEN_INVALID"));
            assertThat(stranger.loggedOn()).isFalse();
        }
    }

    private static FixClient guarded(String name, Set<Role> roles, Set<Long> accounts) throws Exception {
        return new FixClient("GUARDED", port()).as(name, Callers.key(MEMBER, name, roles, accounts).text()).tryToLogOn();
    }

    @Test
    void every_role_logs_on_and_trades_if_its_permissions_say_so() throws Exception {
        for (Role role : Role.values()) {
            try (FixClient client = guarded("fix-" + role.name().toLowerCase(Locale.ROOT), Set.of(role), null)) {
                if (!role.permissions().contains(Permission.TRADING_READ)) {
                    await().atMost(Duration.ofSeconds(20)).until(() -> client.farewell().contains("FORBIDDEN"));
                    continue;
                }
                await().atMost(Duration.ofSeconds(20)).until(client::loggedOn);
                client.send(of(order('1', "9.00", "10"), 10));
                if (role.permissions().contains(Permission.TRADING_WRITE)) {
                    expect(client.next("8"), Map.of(150, "0"));
                    cancelled(client, 10);
                } else {
                    expect(client.next("j"), Map.of(380, "6", 372, "D"));
                }
            }
        }
    }

    @Test
    void a_session_of_other_accounts_and_a_key_of_somebody_else_are_sent_away() throws Exception {
        try (FixClient client = guarded("fix-other", Set.of(Role.TRADER), Set.of(11L))) {
            await().atMost(Duration.ofSeconds(20)).until(() -> client.farewell().contains("NOT_YOURS"));
        }
        try (FixClient client = new FixClient("GUARDED", port()).as("somebody", MEMBER.key().text()).tryToLogOn()) {
            await().atMost(Duration.ofSeconds(20)).until(() -> client.farewell().contains("UNAUTHENTICATED"));
        }
    }

    @Test
    void a_key_that_is_revoked_ends_its_session_at_the_next_message() throws Exception {
        ClientKey key = Callers.key(MEMBER, "fix-leaving", Set.of(Role.TRADER), Set.of(10L));
        try (FixClient client = new FixClient("GUARDED", port()).as("fix-leaving", key.text()).logOn()) {
            Callers.revoke(MEMBER, key);
            client.send(of(order('1', "9.00", "10"), 10));
            await().atMost(Duration.ofSeconds(20)).until(() -> client.farewell().contains("KEY_REVOKED"));
            assertThat(client.quiet()).as("nothing was done with the order").isTrue();
        }
        try (FixClient next = new FixClient("GUARDED", port()).logOn()) {
            assertThat(next.loggedOn()).as("the session is open to others").isTrue();
        }
    }

    @Test
    void what_happened_while_a_session_was_away_is_told_once_when_it_returns() throws Exception {
        KeptStore store = new KeptStore();
        FixClient before = new FixClient("GONE", port(), store, true).logOn();
        NewOrderSingle order = with(order('1', "9.00", "50"), 59, "1");
        before.send(order);
        expect(before.next("8"), Map.of(150, "0"));
        before.drop();
        for (int i = 0; i < 5; i++) {
            command(new Command().limit(0, 8, Side.SELL, 900, 10));
        }
        try (FixClient after = new FixClient("GONE", port(), store, false).logOn()) {
            for (int filled = 10; filled <= 50; filled += 10) {
                expect(after.next("8"), Map.of(150, "F", 14, Integer.toString(filled), 11, order.getString(11)));
            }
            assertThat(after.quiet()).isTrue();
        }
    }
}
