package io.partita.member.trading.orders;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.hazelcast.map.IMap;
import com.zaxxer.hikari.HikariDataSource;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.partita.ledger.TransferIds;
import io.partita.member.rest.ClientKey;
import io.partita.member.security.access.Callers;
import io.partita.member.testing.Http;
import io.partita.member.testing.Http.Answer;
import io.partita.member.testing.TestMember;
import io.partita.member.trading.TradingService;
import io.partita.security.Role;
import io.partita.trading.Acknowledgement;
import io.partita.trading.Command;
import io.partita.trading.Instrument;
import io.partita.trading.Side;
import io.partita.trading.TradingNames;
import io.partita.trading.accounts.ChangeAccount;
import io.partita.trading.accounts.HostedAccount;
import io.partita.trading.accounts.OrderClient;
import io.partita.trading.risk.OrderRequest;
import io.partita.trading.settlement.TradingAccount;
import java.net.http.HttpRequest;
import java.nio.ByteBuffer;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.LongStream;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class OrdersTest {

    private static final TestMember MEMBER = TestMember.start();
    private static final AtomicLong IDS = new AtomicLong(1_000);

    @BeforeAll
    static void list() {
        MEMBER.awaitReady();
        for (int id = 1; id <= 7; id++) {
            // The fourth and the fifth are settled on a later day; who owes the seventh sets half of its worth aside.
            Answer listed = post("/api/v1/instruments", "{\"id\":%d,\"symbol\":\"SHARE%d\",\"currency\":\"EUR\",\"settlementDays\":%d,\"shortMargin\":%d}"
                    .formatted(id, id, id == 4 || id == 5 ? 1 : 0, id == 7 ? 5_000 : 0));
            assertThat(listed.status()).as(listed.toString()).isEqualTo(201);
            for (String phase : new String[] {"PRE_OPEN", "CONTINUOUS"}) {
                String symbol = "SHARE" + id;
                await().atMost(Duration.ofSeconds(20)).until(() -> put("/api/v1/instruments/" + symbol + "/phase",
                        "{\"id\":%d,\"phase\":\"%s\"}".formatted(IDS.incrementAndGet(), phase)).status() == 200);
            }
        }
    }

    @AfterAll
    static void close() {
        MEMBER.close();
    }

    private static Answer post(String path, String json) {
        return Http.post(MEMBER.uri(path), json);
    }

    private static Answer put(String path, String json) {
        return Http.send(Http.request(MEMBER.uri(path)).header("Content-Type", "application/json").PUT(HttpRequest.BodyPublishers.ofString(json)));
    }

    /** An account with cash, and with units of the first two instruments. */
    private static void open(long number, String firm, String cash, long units) {
        Answer opened = post("/api/v1/trading-accounts", "{\"number\":%d,\"firm\":\"%s\",\"name\":\"Account %d\"}".formatted(number, firm, number));
        assertThat(opened.status()).as(opened.toString()).isEqualTo(201);
        fund(number, cash);
        for (int id = 1; id <= 2 && units > 0; id++) {
            Answer holding = put("/api/v1/trading-accounts/" + number + "/holdings/SHARE" + id, "");
            assertThat(transfer(holding.text("depository"), holding.text("account"), Long.toString(units), holding.text("currency")).status()).isEqualTo(201);
        }
    }

    private static void fund(long number, String cash) {
        if (cash.equals("0")) {
            return;
        }
        Answer account = put("/api/v1/trading-accounts/" + number + "/cash/EUR", "");
        String bank = Long.toString(900_000 + IDS.incrementAndGet());
        Answer opened = post("/api/v1/accounts", "{\"id\":\"%s\",\"name\":\"Bank\",\"type\":\"ASSET\",\"currency\":\"EUR\"}".formatted(bank));
        assertThat(opened.status()).as(opened.toString()).isEqualTo(201);
        assertThat(transfer(bank, account.text("account"), cash, "EUR").status()).isEqualTo(201);
    }

    private static Answer transfer(String debit, String credit, String amount, String currency) {
        Answer answer = post("/api/v1/transfers", "{\"id\":\"%s\",\"debitAccount\":\"%s\",\"creditAccount\":\"%s\",\"amount\":\"%s\",\"currency\":\"%s\"}"
                .formatted(TransferIds.next(), debit, credit, amount, currency));
        assertThat(answer.status()).as(answer.toString()).isEqualTo(201);
        return answer;
    }

    private static Answer order(long account, String symbol, String side, String price, long quantity, String more) {
        return post("/api/v1/orders", """
                {"symbol":"%s","id":%d,"account":%d,"side":"%s",%s"quantity":%d%s}""".formatted(symbol, IDS.incrementAndGet(), account, side,
                price == null ? "" : "\"price\":\"" + price + "\",", quantity, more));
    }

    private static Answer risk(long account) {
        return Http.get(MEMBER.uri("/api/v1/trading-accounts/" + account + "/risk"));
    }

    @Test
    void an_order_reserves_trades_and_gives_back_what_it_no_longer_can_cost() {
        open(10, "NORTH", "1000.00", 0);
        open(11, "NORTH", "0", 50);
        assertThat(order(10, "SHARE1", "BUY", "10.01", 100, "").text("code")).isEqualTo("INSUFFICIENT_BUYING_POWER");
        Answer buying = order(10, "SHARE1", "BUY", "10.00", 100, "");
        assertThat(buying.status()).as(buying.toString()).isEqualTo(201);
        assertThat(risk(10).text("cash.0.buyingPower")).as(risk(10).toString()).isEqualTo("0.00");
        assertThat(risk(10).text("orders.0.reserved")).isEqualTo("1000.00");
        assertThat(order(11, "SHARE1", "SELL", "9.00", 51, "").text("code")).isEqualTo("INSUFFICIENT_HOLDINGS");
        Answer selling = order(11, "SHARE1", "SELL", "9.00", 30, "");
        assertThat(selling.text("reports.1.lastQuantity")).as(selling.toString()).isEqualTo("30");
        // The buyer's order was resting: its account knows by the time the seller has the answer.
        Answer risk = risk(10);
        assertThat(risk.text("cash.0.reserved")).as(risk.toString()).isEqualTo("700.00");
        assertThat(risk.text("cash.0.cash")).isEqualTo("700.00");
        assertThat(risk.text("positions.0.quantity")).isEqualTo("30");
        assertThat(risk(11).text("positions.0.quantity")).isEqualTo("20");
        Answer cancelled = Http.send(Http.request(MEMBER.uri("/api/v1/orders/SHARE1/" + buying.text("orderId") + "?account=10&id=" + IDS.incrementAndGet())).DELETE());
        assertThat(cancelled.status()).as(cancelled.toString()).isEqualTo(200);
        assertThat(risk(10).text("cash.0.buyingPower")).isEqualTo("700.00");
        assertThat(risk(10).json().get("orders").size()).isZero();
        assertThat(order(10, "SHARE1", "SELL", "50.00", 30, "").status()).as("what was just bought").isEqualTo(201);
        assertThat(order(10, "SHARE1", "SELL", "50.00", 1, "").text("code")).isEqualTo("INSUFFICIENT_HOLDINGS");
        assertThat(order(10, "SHARE1", "SELL", "50.00", 1, ",\"shortSale\":true").text("code")).isEqualTo("SHORT_SALE_NOT_ALLOWED");
        assertThat(Http.get(MEMBER.uri("/problems/SHORT_SALE_NOT_ALLOWED")).status()).isEqualTo(200);
    }

    @Test
    void money_that_comes_later_counts_and_a_market_order_is_bounded() {
        open(20, "SOUTH", "10.00", 0);
        open(21, "SOUTH", "0", 40);
        assertThat(order(21, "SHARE2", "SELL", "5.00", 10, "").status()).isEqualTo(201);
        assertThat(order(20, "SHARE2", "BUY", "5.00", 3, "").text("code")).isEqualTo("INSUFFICIENT_BUYING_POWER");
        fund(20, "100.00");
        await().atMost(Duration.ofSeconds(5)).until(() -> order(20, "SHARE2", "BUY", "5.00", 4, "").status() == 201);
        Answer market = order(20, "SHARE2", "BUY", null, 10, ",\"type\":\"MARKET\"");
        assertThat(market.status()).as(market.toString()).isEqualTo(201);
        assertThat(market.text("reports.1.lastQuantity")).isEqualTo("6");
        assertThat(market.text("reports.2.execType")).isEqualTo("CANCELED");
        Answer risk = risk(20);
        assertThat(risk.text("cash.0.buyingPower")).as(risk.toString()).isEqualTo("60.00");
        assertThat(risk.text("cash.0.reserved")).isEqualTo("0.00");
    }

    @Test
    void what_became_of_an_order_can_be_asked_for_with_its_executions_and_the_chain_of_its_ids() {
        open(30, "EAST", "1000.00", 0);
        open(31, "EAST", "0", 100);
        Answer buying = order(30, "SHARE1", "BUY", "2.00", 100, "");
        long replacing = IDS.incrementAndGet();
        Answer replaced = put("/api/v1/orders/SHARE1/" + buying.text("orderId"), "{\"id\":%d,\"account\":30,\"price\":\"3.00\"}".formatted(replacing));
        assertThat(replaced.status()).as(replaced.toString()).isEqualTo(200);
        assertThat(risk(30).text("cash.0.reserved")).isEqualTo("300.00");
        assertThat(order(31, "SHARE1", "SELL", "3.00", 40, "").status()).isEqualTo(201);
        String path = "/api/v1/orders/SHARE1/" + buying.text("orderId");
        await().atMost(Duration.ofSeconds(10)).until(() -> "40".equals(Http.get(MEMBER.uri(path)).text("order.filled")));
        Answer history = Http.get(MEMBER.uri(path));
        assertThat(history.text("order.status")).as(history.toString()).isEqualTo("PARTIALLY_FILLED");
        assertThat(history.text("order.id")).isEqualTo(Long.toString(replacing));
        assertThat(history.text("order.originalId")).isEqualTo(buying.text("id"));
        assertThat(history.text("order.type")).isEqualTo("LIMIT");
        assertThat(history.text("order.timeInForce")).isEqualTo("DAY");
        assertThat(history.text("order.price")).isEqualTo("3.00");
        assertThat(history.json().get("executions").size()).isEqualTo(3);
        assertThat(history.text("executions.2.execType")).isEqualTo("TRADE");
        for (String known : List.of(buying.text("orderId"), Long.toString(replacing))) {
            assertThat(Http.get(MEMBER.uri("/api/v1/orders/lookup?id=" + known)).json().toString()).as(known).contains("\"id\":\"" + replacing + "\"");
        }
        assertThat(Http.get(MEMBER.uri("/api/v1/orders/lookup?id=" + (1L << 60))).json().size()).isZero();
        assertThat(Http.get(MEMBER.uri("/api/v1/orders/lookup?id=1&limit=21")).status()).isEqualTo(400);
        String number = history.text("executions.2.tradeId");
        ClientKey others = Callers.key(MEMBER, "test-lookup", Set.of(Role.TRADER), Set.of(32L));
        ClientKey own = Callers.key(MEMBER, "test-lookup-own", Set.of(Role.TRADER), Set.of(30L));
        assertThat(Http.get(MEMBER.uri("/api/v1/orders/lookup?id=" + replacing), "Authorization", "Bearer " + others.text()).json().size()).as("orders of others").isZero();
        assertThat(Http.get(MEMBER.uri("/api/v1/orders/lookup?id=" + replacing), "Authorization", "Bearer " + own.text()).json().size()).isOne();
        await().atMost(Duration.ofSeconds(10)).until(() -> Http.get(MEMBER.uri("/api/v1/trades/lookup?number=" + number)).json().toString().contains("\"symbol\":\"SHARE1\""));
        assertThat(Http.get(MEMBER.uri("/api/v1/trades/lookup?number=" + number), "Authorization", "Bearer " + others.text()).json().size()).as("trades of others").isZero();
        assertThat(Http.get(MEMBER.uri("/api/v1/trades/lookup?number=" + number), "Authorization", "Bearer " + own.text()).json().size()).isOne();
        assertThat(Http.get(MEMBER.uri("/api/v1/trades/lookup?number=" + (1L << 60))).json().size()).isZero();
        Answer rejected = order(30, "SHARE1", "BUY", "3.00", 5, ",\"minimumQuantity\":9");
        assertThat(rejected.text("code")).as(rejected.toString()).isEqualTo("INVALID_MINIMUM_QUANTITY");
        await().atMost(Duration.ofSeconds(10)).until(() -> Http.get(MEMBER.uri("/api/v1/orders?account=30&state=REJECTED")).json().get("orders").size() == 1);
        Answer open = Http.get(MEMBER.uri("/api/v1/orders?account=30&state=PARTIALLY_FILLED"));
        assertThat(open.text("orders.0.orderId")).as(open.toString()).isEqualTo(buying.text("orderId"));
        assertThat(Http.get(MEMBER.uri("/api/v1/orders?account=30&limit=1")).json().get("next")).isNotNull();
        assertThat(Http.get(MEMBER.uri("/api/v1/orders?account=4711")).text("code")).isEqualTo("TRADING_ACCOUNT_NOT_FOUND");
    }

    @Test
    void orders_that_came_at_the_same_time_are_all_found_page_by_page() {
        open(35, "EAST", "1000.00", 0);
        List<OrderRequest> together = LongStream.rangeClosed(1, 3)
                .mapToObj(price -> OrderRequest.of(new Command().limit(0, 35, Side.BUY, price, 1).id(IDS.incrementAndGet()))).toList();
        MEMBER.bean(OrderClient.class).submitAsync(35, 2, together, Acknowledgement.DURABLE).join();
        await().atMost(Duration.ofSeconds(10)).until(() -> Http.get(MEMBER.uri("/api/v1/orders?account=35")).json().get("orders").size() == 3);
        Set<String> found = new HashSet<>();
        String before = "";
        for (int page = 0; page < 3; page++) {
            Answer answer = Http.get(MEMBER.uri("/api/v1/orders?account=35&limit=1" + before));
            found.add(answer.text("orders.0.orderId"));
            before = "&before=" + answer.text("next");
            assertThat(answer.text("next").isEmpty()).as(answer.toString()).isEqualTo(page == 2);
        }
        assertThat(found).hasSize(3);
        assertThat(Http.get(MEMBER.uri("/api/v1/orders?account=35&before=yesterday")).text("code")).isEqualTo("BAD_CURSOR");
    }

    @Test
    void limits_hold_from_the_next_order_on() {
        open(40, "WEST", "1000.00", 0);
        Answer limits = put("/api/v1/trading-accounts/40/limits", "{\"maxQuantity\":5,\"restricted\":[\"SHARE2\"]}");
        assertThat(limits.status()).as(limits.toString()).isEqualTo(200);
        assertThat(order(40, "SHARE1", "BUY", "1.00", 6, "").text("code")).isEqualTo("FAT_FINGER_QUANTITY");
        assertThat(order(40, "SHARE2", "BUY", "1.00", 1, "").text("code")).isEqualTo("RESTRICTED");
        assertThat(Http.get(MEMBER.uri("/api/v1/trading-accounts/40/limits")).text("restricted.0")).isEqualTo("SHARE2");
        assertThat(put("/api/v1/trading-accounts/40/limits", "{\"maxQuantity\":-5}").status()).isEqualTo(400);
    }

    @Test
    void a_kill_switch_cancels_stops_and_closes_and_says_who_did_it() {
        open(50, "KILLED", "1000.00", 30);
        open(51, "KILLED", "500.00", 0);
        open(52, "OTHER", "5000.00", 0);
        assertThat(order(50, "SHARE2", "SELL", "90.00", 10, "").status()).isEqualTo(201);
        assertThat(order(51, "SHARE1", "BUY", "0.50", 10, "").status()).isEqualTo(201);
        assertThat(order(52, "SHARE2", "BUY", "4.00", 100, "").status()).isEqualTo(201);
        assertThat(order(52, "SHARE1", "BUY", "4.00", 100, "").status()).isEqualTo(201);
        assertThat(put("/api/v1/kill-switch/firms/KILED", "{\"engaged\":true,\"actor\":\"grace\",\"reason\":\"a drill\"}").text("code"))
                .as("a name that is written wrongly stops nobody").isEqualTo("TRADING_ACCOUNT_NOT_FOUND");
        Answer killed = put("/api/v1/kill-switch/firms/KILLED", "{\"engaged\":true,\"flatten\":true,\"actor\":\"grace\",\"reason\":\"a drill\"}");
        assertThat(killed.status()).as(killed.toString()).isEqualTo(200);
        assertThat(killed.text("cancelled")).as(killed.toString()).isEqualTo("2");
        assertThat(killed.text("open")).isEqualTo("0");
        assertThat(killed.text("closed")).isEqualTo("2");
        assertThat(killed.json().get("left").size()).as(killed.toString()).isZero();
        assertThat(order(50, "SHARE1", "BUY", "1.00", 1, "").text("code")).isEqualTo("KILLED_FIRM");
        assertThat(order(51, "SHARE1", "BUY", "1.00", 1, "").text("code")).isEqualTo("KILLED_FIRM");
        assertThat(put("/api/v1/kill-switch/firms/KILLED", "{\"engaged\":false,\"actor\":\"grace\",\"reason\":\"over\"}").status()).isEqualTo(200);
        assertThat(order(51, "SHARE1", "BUY", "1.00", 1, "").status()).isEqualTo(201);
        Answer account = put("/api/v1/kill-switch/accounts/51", "{\"engaged\":true,\"actor\":\"grace\",\"reason\":\"again\"}");
        assertThat(account.text("cancelled")).as(account.toString()).isEqualTo("1");
        assertThat(order(51, "SHARE1", "BUY", "1.00", 1, "").text("code")).isEqualTo("KILLED_ACCOUNT");
        Answer events = Http.get(MEMBER.uri("/api/v1/kill-switch"));
        assertThat(events.text("0.actor")).as(events.toString()).isEqualTo("grace");
        Answer engaged = Http.get(MEMBER.uri("/api/v1/kill-switch/engaged"));
        assertThat(engaged.text("0.target")).as(engaged.toString()).isEqualTo("51");
        assertThat(engaged.body()).contains("again").doesNotContain("KILLED", "over");
        assertThat(put("/api/v1/kill-switch/accounts/51", "{\"engaged\":true}").text("field")).isEqualTo("actor");
    }

    @Test
    void an_instruments_kill_switch_cancels_everything_in_its_book() {
        open(60, "SIXTY", "100.00", 0);
        assertThat(order(60, "SHARE3", "BUY", "1.00", 5, "").status()).isEqualTo(201);
        // An account that is no trading account goes straight to the book.
        assertThat(order(70_000, "SHARE3", "BUY", "1.00", 5, "").status()).isEqualTo(201);
        Answer killed = put("/api/v1/kill-switch/instruments/SHARE3", "{\"engaged\":true,\"actor\":\"grace\",\"reason\":\"a rumour\"}");
        assertThat(killed.text("cancelled")).as(killed.toString()).isEqualTo("2");
        assertThat(order(60, "SHARE3", "BUY", "1.00", 5, "").text("code")).isEqualTo("KILLED_INSTRUMENT");
        assertThat(order(60, "SHARE1", "BUY", "0.10", 5, "").status()).isEqualTo(201);
        assertThat(risk(60).text("cash.0.reserved")).isEqualTo("0.50");
    }

    @Test
    void a_kill_switch_that_is_turned_again_under_its_id_does_nothing_more_and_says_the_same() {
        open(130, "REPEATED", "100.00", 0);
        assertThat(order(130, "SHARE1", "BUY", "0.50", 10, "").status()).isEqualTo(201);
        String on = "{\"id\":130,\"engaged\":true,\"flatten\":true,\"actor\":\"grace\",\"reason\":\"a drill\"}";
        Answer killed = put("/api/v1/kill-switch/accounts/130", on);
        assertThat(killed.text("cancelled")).as(killed.toString()).isEqualTo("1");
        assertThat(put("/api/v1/kill-switch/accounts/130", "{\"id\":131,\"engaged\":false,\"actor\":\"grace\",\"reason\":\"over\"}").status()).isEqualTo(200);
        Answer resting = order(130, "SHARE1", "BUY", "0.50", 10, "");
        assertThat(resting.status()).as(resting.toString()).isEqualTo(201);
        assertThat(put("/api/v1/kill-switch/accounts/130", on).body()).isEqualTo(killed.body());
        assertThat(risk(130).json().get("orders").size()).as("the repeat cancels nothing: the switch was released since").isEqualTo(1);
        assertThat(put("/api/v1/kill-switch/accounts/130", on.replace("drill", "joke")).text("code")).isEqualTo("ID_REUSED");
        // The member died before all was done: whoever repeats it goes on.
        sql("update trading_switch_event set cancelled = null where command = 130");
        sql("insert into trading_switch values ('ACCOUNT', '130')");
        Answer again = put("/api/v1/kill-switch/accounts/130", on);
        assertThat(again.text("event.event")).as(again.toString()).isEqualTo(killed.text("event.event"));
        assertThat(again.text("open")).isEqualTo("0");
        assertThat(risk(130).json().get("orders").size()).isZero();
    }

    private static void sql(String statement) {
        MEMBER.bean(Jdbi.class).useHandle(handle -> handle.execute(statement));
    }

    @Test
    void a_book_out_of_service_keeps_up_only_accounts_that_have_something_open_in_it() {
        open(140, "BROKEN", "100.00", 0);
        open(141, "BROKEN", "100.00", 0);
        assertThat(order(140, "SHARE1", "BUY", "0.50", 10, "").status()).isEqualTo(201);
        assertThat(order(141, "SHARE1", "BUY", "0.50", 10, "").status()).isEqualTo(201);
        TradingService trading = MEMBER.bean(TradingService.class);
        Accounts accounts = new Accounts(MEMBER.hazelcast());
        AccountLoader loader = new AccountLoader(accounts, new KnownAccounts(MEMBER.hazelcast()), new RiskTables(MEMBER.bean(Jdbi.class)), trading, Duration.ZERO);
        AccountLoader patient = new AccountLoader(accounts, new KnownAccounts(MEMBER.hazelcast()), new RiskTables(MEMBER.bean(Jdbi.class)), trading,
                Duration.ofHours(1));
        ByteBuffer rules = ByteBuffer.allocate(Instrument.MAX_BYTES);
        Instrument.simple(99).encode(rules);
        // Without a head of its journal nobody can serve it.
        MEMBER.bean(Jdbi.class).useHandle(handle -> handle.execute("insert into trading_instrument (instrument, symbol, currency, price_scale, rules, unit) "
                + "values (99, 'BROKEN', 'EUR', 2, ?, 9000)", Arrays.copyOf(rules.array(), rules.position())));
        try {
            await().atMost(Duration.ofSeconds(30)).until(() -> trading.byNumber().containsKey(99L));
            TradingAccount free = MEMBER.bean(OrderService.class).account(140).orElseThrow();
            TradingAccount bound = MEMBER.bean(OrderService.class).account(141).orElseThrow();
            sql("insert into trading_order values (99, 1, 141, 0, 0, 1, 0, 100, 5, 5, 0, 0, 'NEW', null, 1, 1, 1)");
            assertThat(patient.load(free)).as("it may be on its way").isNull();
            assertThat(loader.load(free)).isNotNull();
            assertThat(risk(140).text("cash.0.reserved")).as("what is open elsewhere").isEqualTo("5.00");
            assertThat(loader.load(bound)).as("what is open there may trade").isNull();
        } finally {
            sql("delete from trading_order where instrument = 99");
            sql("delete from trading_instrument where instrument = 99");
            await().atMost(Duration.ofSeconds(30)).until(() -> !trading.byNumber().containsKey(99L));
        }
        assertThat(order(141, "SHARE1", "BUY", "0.50", 10, "").status()).isEqualTo(201);
    }

    @Test
    void history_that_cannot_be_kept_is_told_and_is_whole_once_it_can() throws SQLException {
        open(161, "PAST", "100.00", 0);
        // From here on the account is known.
        assertThat(order(161, "SHARE6", "BUY", "0.01", 1, "").status()).isEqualTo(201);
        Gauge stalled = MEMBER.bean(MeterRegistry.class).get("partita.trading.reports.stalled").tag("to", "history").gauge();
        Answer order;
        database("alter table trading_history rename to trading_history_away");
        try {
            order = order(161, "SHARE6", "BUY", "0.01", 1, "");
            assertThat(order.status()).as(order.toString()).isEqualTo(201);
            await().atMost(Duration.ofSeconds(20)).until(() -> stalled.value() > 0);
        } finally {
            database("alter table trading_history_away rename to trading_history");
        }
        await().atMost(Duration.ofSeconds(20)).until(() -> stalled.value() == 0);
        await().atMost(Duration.ofSeconds(20)).until(() -> Http.get(MEMBER.uri("/api/v1/orders/SHARE6/" + order.text("orderId"))).status() == 200);
    }

    private static void database(String sql) throws SQLException {
        try (Connection connection = MEMBER.database().dataSource().getConnection(); Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    @Test
    void orders_do_not_wait_for_connections_that_queries_hold() throws SQLException {
        open(160, "BUSY", "100.00", 0);
        HikariDataSource queries = MEMBER.bean(HikariDataSource.class);
        List<Connection> held = new ArrayList<>();
        try {
            hold(queries, held);
            assertThat(order(160, "SHARE1", "BUY", "0.50", 10, "").status()).isEqualTo(201);
        } finally {
            for (Connection one : held) {
                one.close();
            }
        }
    }

    private static void hold(HikariDataSource queries, List<Connection> held) throws SQLException {
        try {
            while (held.size() < queries.getMaximumPoolSize()) {
                held.add(queries.getConnection());
            }
        } catch (SQLTransientConnectionException taken) {
            // Somebody else has the rest of them.
            assertThat(held).isNotEmpty();
        }
    }

    @Test
    void what_came_to_an_account_is_summed_up_from_where_it_was_summed_up_before() {
        open(150, "KEPT", "100.00", 0);
        RiskTables tables = new RiskTables(MEMBER.bean(Jdbi.class));
        TradingAccount account = MEMBER.bean(OrderService.class).account(150).orElseThrow();
        assertThat(tables.read(account).funded().cash()).containsExactly(Map.entry("EUR", 10_000L));
        fund(150, "5.00");
        assertThat(tables.funded(150).cash()).containsExactly(Map.entry("EUR", 10_500L));
        assertThat(tables.read(account).funded().cash()).containsExactly(Map.entry("EUR", 10_500L));
        sql("update trading_funds_kept set amounts[1] = amounts[1] + 1 where account = 150");
        assertThat(tables.funded(150).cash()).as("what lies before is not read again").containsExactly(Map.entry("EUR", 10_501L));
        archive();
        assertThat(tables.funded(150).cash()).containsExactly(Map.entry("EUR", 10_501L));
        sql("delete from trading_funds_kept where account = 150");
        assertThat(tables.funded(150).cash()).containsExactly(Map.entry("EUR", 10_500L));
    }

    private static Answer quote(long account, String bidOrder, String offerOrder, String bid, long bids, String offer, long offers) {
        return post("/api/v1/quotes", """
                {"account":%d,"quotes":[{"symbol":"SHARE2","id":%d,"bidOrderId":%s,"offerOrderId":%s,"bid":"%s","bidQuantity":%d,"offer":"%s","offerQuantity":%d}]}"""
                .formatted(account, IDS.incrementAndGet(), bidOrder, offerOrder, bid, bids, offer, offers));
    }

    @Test
    void a_quote_reserves_for_both_sides_and_comes_in_place_of_the_one_before() {
        open(70, "MAKERS", "100.00", 20);
        Answer first = quote(70, "null", "null", "4.00", 10, "6.00", 10);
        assertThat(first.status()).as(first.toString()).isEqualTo(200);
        assertThat(first.json().get(0).get("reports").size()).as(first.toString()).isEqualTo(2);
        String bid = first.text("0.reports.0.orderId");
        String offer = first.text("0.reports.1.orderId");
        assertThat(risk(70).text("cash.0.reserved")).as(risk(70).toString()).isEqualTo("40.00");
        Answer second = quote(70, bid, offer, "5.00", 10, "6.50", 8);
        assertThat(second.text("0.reports.0.execType")).as(second.toString()).isEqualTo("REPLACED");
        assertThat(risk(70).text("cash.0.reserved")).as("nothing of the first is left: " + risk(70)).isEqualTo("50.00");
        assertThat(quote(70, bid, offer, "5.00", 11, "6.50", 8).text("0.code")).as("the one that stands may trade first").isEqualTo("INSUFFICIENT_BUYING_POWER");
        assertThat(quote(70, bid, offer, "5.00", 2, "6.50", 20).text("0.code")).isEqualTo("INSUFFICIENT_HOLDINGS");
        Answer gone = quote(70, bid, offer, "5.00", 0, "6.50", 0);
        assertThat(gone.text("0.reports.0.execType")).as(gone.toString()).isEqualTo("CANCELED");
        assertThat(risk(70).text("cash.0.buyingPower")).isEqualTo("100.00");
        assertThat(risk(70).json().get("orders").size()).isZero();
        assertThat(quote(70, "null", "null", "4.00", 10, "3.00", 10).text("0.code")).isEqualTo("QUOTE_CROSSED");
        assertThat(risk(70).text("cash.0.buyingPower")).as("what was rejected reserves nothing").isEqualTo("100.00");
    }

    private static Answer cross(long id, long buyer, long seller, String price, long quantity) {
        return post("/api/v1/crosses", "{\"symbol\":\"SHARE3\",\"id\":%d,\"buyer\":%d,\"seller\":%d,\"price\":\"%s\",\"quantity\":%d}"
                .formatted(id, buyer, seller, price, quantity));
    }

    @Test
    void a_cross_goes_through_the_risk_of_both_accounts() {
        open(80, "CROSSERS", "100.00", 0);
        open(81, "CROSSERS", "0", 0);
        open(82, "OTHERS", "100.00", 0);
        Answer holding = put("/api/v1/trading-accounts/81/holdings/SHARE3", "");
        transfer(holding.text("depository"), holding.text("account"), "30", holding.text("currency"));
        assertThat(cross(IDS.incrementAndGet(), 82, 81, "5.00", 10).text("code")).isEqualTo("CROSS_NOT_INTERNAL");
        assertThat(cross(IDS.incrementAndGet(), 83, 81, "5.00", 10).text("code")).as("83 is no trading account").isEqualTo("CROSS_NOT_INTERNAL");
        assertThat(cross(IDS.incrementAndGet(), 80, 81, "5.00", 31).text("code")).isEqualTo("INSUFFICIENT_BUYING_POWER");
        assertThat(cross(IDS.incrementAndGet(), 80, 81, "2.00", 31).text("code")).isEqualTo("INSUFFICIENT_HOLDINGS");
        assertThat(risk(80).text("cash.0.buyingPower")).as("the buyer has back what was reserved").isEqualTo("100.00");
        long id = IDS.incrementAndGet();
        Answer crossed = cross(id, 80, 81, "5.00", 10);
        assertThat(crossed.status()).as(crossed.toString()).isEqualTo(201);
        assertThat(crossed.json().get("reports").size()).as("two orders, two fills: " + crossed).isEqualTo(4);
        assertThat(cross(id, 80, 81, "5.00", 10).status()).isEqualTo(200);
        assertThat(risk(80).text("cash.0.cash")).isEqualTo("50.00");
        assertThat(risk(80).text("cash.0.reserved")).isEqualTo("0.00");
        assertThat(risk(81).text("positions.0.quantity")).as(risk(81).toString()).isEqualTo("20");
        assertThat(risk(81).text("cash.0.cash")).isEqualTo("50.00");
    }

    @Test
    void the_bust_of_a_trade_that_was_set_aside_takes_back_what_it_brought() {
        open(90, "LATERS", "100.00", 0);
        open(91, "LATERS", "0", 0);
        Answer holding = put("/api/v1/trading-accounts/91/holdings/SHARE4", "");
        transfer(holding.text("depository"), holding.text("account"), "10", holding.text("currency"));
        assertThat(order(91, "SHARE4", "SELL", "5.00", 10, "").status()).isEqualTo(201);
        assertThat(order(90, "SHARE4", "BUY", "5.00", 10, "").status()).isEqualTo(201);
        await().atMost(Duration.ofSeconds(20)).until(() -> Http.get(MEMBER.uri("/api/v1/trades/SHARE4/1")).text("status").equals("PENDING"));
        Answer busted = post("/api/v1/trades/SHARE4/1/bust", "{\"id\":\"%s\",\"note\":\"by mistake\"}".formatted(TransferIds.next()));
        assertThat(busted.text("status")).as(busted.toString()).isEqualTo("BUSTED");
        // What is not enough is looked up once more.
        assertThat(order(90, "SHARE4", "SELL", "9.00", 11, "").text("code")).isEqualTo("INSUFFICIENT_HOLDINGS");
        assertThat(risk(90).text("positions.0.quantity")).as(risk(90).toString()).isEqualTo("0");
        assertThat(risk(90).text("cash.0.cash")).isEqualTo("100.00");
        assertThat(order(91, "SHARE4", "BUY", "9.00", 10, "").text("code")).isEqualTo("INSUFFICIENT_BUYING_POWER");
        assertThat(risk(91).text("positions.0.quantity")).as(risk(91).toString()).isEqualTo("10");
        assertThat(risk(91).text("cash.0.cash")).isEqualTo("0.00");
    }

    private static void bring(long account, String symbol, long units) {
        Answer holding = put("/api/v1/trading-accounts/" + account + "/holdings/" + symbol, "");
        transfer(holding.text("depository"), holding.text("account"), Long.toString(units), holding.text("currency"));
    }

    /** The seller's order rests, the buyer's takes it; the number of their trade. */
    private static String trade(String symbol, long buyer, long seller, String price, long quantity, String status) {
        assertThat(order(seller, symbol, "SELL", price, quantity, "").status()).isEqualTo(201);
        assertThat(order(buyer, symbol, "BUY", price, quantity, "").status()).isEqualTo(201);
        return await().atMost(Duration.ofSeconds(20)).until(() -> Http.get(MEMBER.uri("/api/v1/trades?symbol=" + symbol + "&account=" + seller)), answer ->
                answer.text("trades.0.quantity").equals(Long.toString(quantity)) && answer.text("trades.0.status").equals(status)).text("trades.0.number");
    }

    private static void bust(String symbol, String trade) {
        Answer busted = post("/api/v1/trades/" + symbol + "/" + trade + "/bust", "{\"id\":\"%s\"}".formatted(TransferIds.next()));
        assertThat(busted.text("status")).as(busted.toString()).isEqualTo("BUSTED");
    }

    /** Once with what is looked up because something is lacking, and once made anew: cash, and units of a security. */
    private static void assertHas(long account, String cash, String symbol, long units) {
        await().atMost(Duration.ofSeconds(10)).untilAsserted(() -> assertFound(account, cash, symbol, units));
        IMap<Long, HostedAccount> accounts = MEMBER.hazelcast().getMap(TradingNames.ACCOUNTS);
        assertThat(accounts.executeOnKey(account, new ChangeAccount.Yield())).isTrue();
        assertFound(account, cash, symbol, units);
    }

    private static void assertFound(long account, String cash, String symbol, long units) {
        assertThat(order(account, symbol, "BUY", "1000.00", 1_000, "").text("code")).isEqualTo("INSUFFICIENT_BUYING_POWER");
        Answer risk = risk(account);
        assertThat(risk.text("cash.0.cash")).as(risk.toString()).isEqualTo(cash);
        long found = 0;
        for (JsonNode position : risk.json().get("positions")) {
            found += position.get("symbol").asString().equals(symbol) ? position.get("quantity").asLong() : 0;
        }
        assertThat(found).as(risk.toString()).isEqualTo(units);
    }

    @Test
    void what_came_and_went_in_periods_that_were_archived_still_counts() {
        open(100, "OLDER", "1000.00", 0);
        open(101, "OLDER", "0", 0);
        bring(101, "SHARE5", 100);
        bring(101, "SHARE6", 100);
        String cash = put("/api/v1/trading-accounts/100/cash/EUR", "").text("account");
        String bank = Long.toString(900_000 + IDS.incrementAndGet());
        assertThat(post("/api/v1/accounts", "{\"id\":\"%s\",\"name\":\"Bank\",\"type\":\"ASSET\",\"currency\":\"EUR\"}".formatted(bank)).status()).isEqualTo(201);
        transfer(cash, bank, "100.00", "EUR");
        UUID later = TransferIds.next();
        assertThat(post("/api/v1/transfers", """
                {"id":"%s","kind":"PENDING","debitAccount":"%s","creditAccount":"%s","amount":"50.00","currency":"EUR"}""".formatted(later, cash, bank)).status()).isEqualTo(201);
        UUID expected = TransferIds.next();
        assertThat(post("/api/v1/transfers", """
                {"id":"%s","kind":"PENDING","debitAccount":"%s","creditAccount":"%s","amount":"500.00","currency":"EUR"}""".formatted(expected, bank, cash)).status()).isEqualTo(201);
        // At once: one that stands, one undone and one corrected; and the same for a later day.
        for (String symbol : List.of("SHARE6", "SHARE5")) {
            String status = symbol.equals("SHARE6") ? "SETTLED" : "PENDING";
            trade(symbol, 100, 101, "8.00", 10, status);
            bust(symbol, trade(symbol, 100, 101, "8.00", 5, status));
            String corrected = trade(symbol, 100, 101, "8.00", 4, status);
            assertThat(post("/api/v1/trades/" + symbol + "/" + corrected + "/correct", "{\"id\":\"%s\",\"quantity\":3}".formatted(TransferIds.next())).status()).isEqualTo(200);
        }
        assertStands("642.00", "208.00");
        archive();
        assertStands("642.00", "208.00");
        for (UUID ended : List.of(later, expected)) {
            assertThat(post("/api/v1/transfers", "{\"id\":\"%s\",\"kind\":\"POST_PENDING\",\"relatesTo\":\"%s\"}".formatted(TransferIds.next(), ended)).status()).isEqualTo(201);
        }
        assertStands("1142.00", "208.00");
        archive();
        assertStands("1142.00", "208.00");
        bust("SHARE6", Http.get(MEMBER.uri("/api/v1/trades?symbol=SHARE6&account=100")).text("trades.0.number"));
        assertHas(100, "1166.00", "SHARE6", 10);
        archive();
        assertHas(100, "1166.00", "SHARE6", 10);
        assertHas(101, "184.00", "SHARE6", 90);
    }

    private static void assertStands(String buyer, String seller) {
        for (String symbol : List.of("SHARE6", "SHARE5")) {
            assertHas(100, buyer, symbol, 13);
            assertHas(101, seller, symbol, 87);
        }
    }

    private static void archive() {
        String size = Http.get(MEMBER.uri("/api/v1/ledger/tree-head")).text("size");
        Answer archived = post("/api/v1/ledger/archives", "{\"upTo\":\"" + size + "\"}");
        assertThat(archived.status()).as(archived.toString()).isEqualTo(201);
    }

    @Test
    void the_bust_of_a_trade_that_was_never_settled_takes_back_what_it_seemed_to_bring() {
        open(110, "UNSETTLED", "10.00", 0);
        bring(110, "SHARE6", 30);
        // The buyer is no trading account.
        assertThat(order(70_100, "SHARE6", "BUY", "7.00", 20, "").status()).isEqualTo(201);
        Answer sold = order(110, "SHARE6", "SELL", "7.00", 20, "");
        assertThat(sold.status()).as(sold.toString()).isEqualTo(201);
        Answer trade = await().atMost(Duration.ofSeconds(20)).until(() -> Http.get(MEMBER.uri("/api/v1/trades?symbol=SHARE6&account=110")),
                answer -> answer.text("trades.0.status").equals("NOT_SETTLED"));
        assertHas(110, "150.00", "SHARE6", 10);
        bust("SHARE6", trade.text("trades.0.number"));
        assertHas(110, "10.00", "SHARE6", 30);
    }

    @Test
    void a_short_sale_uses_what_was_located_and_sets_collateral_aside_until_it_is_covered() {
        open(777, "SHORT", "1000.00", 0);
        assertThat(put("/api/v1/trading-accounts/777/limits", "{\"maxShort\":1000}").status()).isEqualTo(200);
        String locates = "/api/v1/trading-accounts/777/locates";
        String located = "{\"id\":1,\"symbol\":\"SHARE7\",\"quantity\":60,\"expires\":\"2199-01-01T00:00:00Z\",\"lender\":\"EAST\"}";
        assertThat(order(777, "SHARE7", "SELL", "10.00", 50, ",\"shortSale\":true").text("code")).isEqualTo("LOCATE_REQUIRED");
        assertThat(post(locates, located).status()).isEqualTo(201);
        assertThat(post(locates, located).status()).as("once more").isEqualTo(201);
        assertThat(post(locates, located.replace("60", "70")).text("code")).isEqualTo("ID_REUSED");
        assertThat(post(locates, located.replace("60", "0")).text("code")).isEqualTo("INVALID_REQUEST");
        Answer sale = order(777, "SHARE7", "SELL", "10.00", 50, ",\"shortSale\":true");
        assertThat(sale.status()).as(sale.toString()).isEqualTo(201);
        assertThat(risk(777).text("cash.0.reserved")).as(risk(777).toString()).isEqualTo("250.00");
        assertThat(Http.get(MEMBER.uri(locates)).text("0.used")).isEqualTo("50");
        assertThat(order(777, "SHARE7", "SELL", "10.00", 11, ",\"shortSale\":true").text("code")).isEqualTo("LOCATE_REQUIRED");
        // Somebody who has no trading account buys, and sells it back.
        assertThat(order(999, "SHARE7", "BUY", "10.00", 50, "").status()).isEqualTo(201);
        await().atMost(Duration.ofSeconds(30)).until(() -> risk(777).text("cash.0.collateral").equals("750.00"));
        assertThat(risk(777).text("cash.0.buyingPower")).as(risk(777).toString()).isEqualTo("750.00");
        assertThat(order(999, "SHARE7", "SELL", "10.00", 50, "").status()).isEqualTo(201);
        assertThat(order(777, "SHARE7", "BUY", "10.00", 50, "").status()).isEqualTo(201);
        Answer flat = risk(777);
        assertThat(flat.text("cash.0.collateral") + " " + flat.text("cash.0.reserved") + " " + flat.text("cash.0.buyingPower")).as(flat.toString())
                .isEqualTo("0.00 0.00 1000.00");
        assertThat(Http.get(MEMBER.uri(locates)).text("0.used")).isEqualTo("0");
    }

    private static Answer further(long id, String symbol, String more) {
        return post("/api/v1/instruments", "{\"id\":%d,\"symbol\":\"%s\",\"currency\":\"EUR\",\"priceScale\":3,\"security\":%s}".formatted(id, symbol, more));
    }

    @Test
    void what_is_bought_in_one_book_of_a_security_is_sold_in_another() {
        for (String further : List.of("SHARE3.B", "SHARE3.C")) {
            // The third names the second, and is a book of the first's security all the same.
            Answer listed = further(further.endsWith("B") ? 31 : 32, further, further.endsWith("B") ? "\"SHARE3\"" : "\"SHARE3.B\"");
            assertThat(listed.text("security")).as(listed.toString()).isEqualTo("SHARE3");
            for (String phase : List.of("PRE_OPEN", "CONTINUOUS")) {
                await().atMost(Duration.ofSeconds(20)).until(() -> put("/api/v1/instruments/" + further + "/phase",
                        "{\"id\":%d,\"phase\":\"%s\"}".formatted(IDS.incrementAndGet(), phase)).status() == 200);
            }
        }
        assertThat(further(33, "SHARE7.B", "\"SHARE7\"").text("code")).as("it asks for no margin of short positions").isEqualTo("INVALID_REQUEST");
        assertThat(further(33, "NOBODY.B", "\"NOBODY\"").text("code")).isEqualTo("UNKNOWN_INSTRUMENT");
        open(811, "BOOKS", "1000.00", 0);
        open(812, "BOOKS", "1000.00", 0);
        bring(811, "SHARE3.B", 40);
        String first = trade("SHARE3", 812, 811, "10.00", 30, "SETTLED");
        assertThat(order(811, "SHARE3.C", "SELL", "10.000", 11, "").text("code")).as("thirty of forty are sold in the first book").isEqualTo("INSUFFICIENT_HOLDINGS");
        assertThat(order(812, "SHARE3.B", "SELL", "11.000", 20, "").status()).isEqualTo(201);
        assertThat(order(812, "SHARE3", "SELL", "12.00", 11, "").text("code")).as("twenty of thirty are on offer in the second book").isEqualTo("INSUFFICIENT_HOLDINGS");
        assertThat(order(811, "SHARE3.B", "BUY", "11.000", 20, "").status()).isEqualTo(201);
        String third = trade("SHARE3.C", 811, 812, "12.005", 10, "SETTLED");
        assertThat(third).as("each book numbers its own").isEqualTo(first);
        assertHas(812, "1040.05", "SHARE3", 0);
        assertHas(811, "959.95", "SHARE3", 40);
        bust("SHARE3.C", third);
        assertHas(812, "920.00", "SHARE3", 10);
        assertHas(811, "1080.00", "SHARE3", 30);
        Answer account = Http.get(MEMBER.uri("/api/v1/trading-accounts/811"));
        assertThat(account.text("holdings.0.symbol") + " " + account.text("holdings.0.quantity")).as(account.toString()).isEqualTo("SHARE3 30");
        assertThat(account.json().get("holdings").size()).as("one ledger account for all three: " + account).isEqualTo(1);
    }
}
