package io.partita.member.trading.settlement;

import static io.partita.member.trading.settlement.SettlementScene.EUR;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.hazelcast.sql.SqlResult;
import io.partita.ledger.AccountCommand;
import io.partita.ledger.AccountStatus;
import io.partita.ledger.TransferIds;
import io.partita.member.testing.Http;
import io.partita.member.testing.Http.Answer;
import io.partita.member.testing.TestMember;
import io.partita.member.trading.Listing;
import io.partita.positions.Position;
import io.partita.positions.PositionKey;
import io.partita.positions.PositionNames;
import io.partita.trading.Fees;
import io.partita.trading.Instrument;
import io.partita.trading.settlement.LedgerAccounts;
import io.partita.trading.settlement.TradeStatus;
import io.partita.trading.settlement.TradeTransferIds;
import java.net.http.HttpRequest;
import java.sql.SQLException;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SettlementTest {

    private static final TestMember MEMBER = TestMember.start();
    private static final SettlementScene SCENE = new SettlementScene(MEMBER);
    private static final AtomicLong NUMBERS = new AtomicLong(100);
    private static Listing spot;
    private static Listing tomorrow;
    private static Listing odd;
    private static Listing huge;
    private long buyer;
    private long seller;

    @BeforeAll
    static void list() throws SQLException {
        // Takers pay 10 basis points, makers get 5.
        List<Listing> listings = SCENE.list(List.of(new Listing("SPOT", "EUR", 2, Instrument.simple(1).withFees(new Fees(-500, 1_000, 0, 0))),
                new Listing("NEXT", "EUR", 3, Instrument.simple(2)).withSettlementDays(1), new Listing("ODD", "ZZQ", 2, Instrument.simple(3)),
                new Listing("HUGE", "EUR", 0, Instrument.simple(4))));
        spot = listings.get(0);
        tomorrow = listings.get(1);
        odd = listings.get(2);
        huge = listings.get(3);
    }

    @AfterAll
    static void close() {
        SCENE.close();
        MEMBER.close();
    }

    @BeforeEach
    void openAccounts() {
        buyer = NUMBERS.incrementAndGet();
        seller = NUMBERS.incrementAndGet();
        SCENE.open(buyer, false);
        SCENE.open(seller, false);
        SCENE.deposit(buyer, EUR, 1_000_000);
        for (Listing listing : List.of(spot, tomorrow)) {
            SCENE.deposit(seller, listing.unit(), 1_000);
        }
    }

    private static Answer get(String path) {
        return Http.get(MEMBER.uri(path));
    }

    private static Answer post(String path, String json) {
        return Http.post(MEMBER.uri(path), json);
    }

    private static Answer bust(String symbol, long trade, UUID id) {
        return post("/api/v1/trades/" + symbol + "/" + trade + "/bust", "{\"id\":\"" + id + "\",\"note\":\"by mistake\"}");
    }

    private static Answer correct(String symbol, long trade, UUID id, String fields) {
        return post("/api/v1/trades/" + symbol + "/" + trade + "/correct", "{\"id\":\"" + id + "\"," + fields + "}");
    }

    private void assertHas(long account, long cash, Listing listing, long units) {
        assertThat(SCENE.balance(account, EUR)).as("cash of %s", account).isEqualTo(cash);
        assertThat(SCENE.balance(account, listing.unit())).as("holdings of %s", account).isEqualTo(units);
    }

    private Answer position(long account) {
        return get("/api/v1/positions?account=" + account);
    }

    @Test
    void a_trade_moves_cash_security_and_fees_at_once() {
        long fees = SCENE.balance(0, EUR);
        long number = SCENE.trade(spot, buyer, seller, 1_001, 33);
        assertThat(SCENE.settled(spot, number).status()).isEqualTo(TradeStatus.SETTLED);
        // 330.33; the taker pays 33.033 cents, rounded up, the maker gets 16.5 cents, rounded down.
        assertHas(buyer, 1_000_000 - 33_033 - 34, spot, 33);
        assertHas(seller, 33_033 + 16, spot, 967);
        assertThat(SCENE.balance(0, EUR)).isEqualTo(fees + 34 - 16);
        Answer trade = get("/api/v1/trades/SPOT/" + number);
        assertThat(trade.text("status")).as(trade.toString()).isEqualTo("SETTLED");
        assertThat(trade.text("price")).isEqualTo("10.01");
        assertThat(trade.text("buyer.account")).isEqualTo(Long.toString(buyer));
        assertThat(trade.text("seller.role")).isEqualTo("MAKER");
        assertThat(trade.json().get("transfers").size()).isEqualTo(4);
        Answer entry = get("/api/v1/transfers/" + trade.text("transfers.CASH"));
        assertThat(entry.text("amount")).as(entry.toString()).isEqualTo("330.33");
        assertThat(entry.text("reference")).isEqualTo("SPOT " + number);
        assertThat(position(buyer).text("0.averagePrice")).as(position(buyer).toString()).isEqualTo("10.010000");
        assertThat(position(buyer).text("0.holding")).isEqualTo("33");
        assertThat(position(seller).text("0.quantity")).isEqualTo("-33");
        assertThat(position(seller).text("0.fees")).isEqualTo("-0.16");
        Position inGrid = MEMBER.hazelcast().<PositionKey, Position>getMap(PositionNames.POSITIONS).get(new PositionKey(buyer, 1));
        assertThat(inGrid.quantity()).isEqualTo(33);
        await().atMost(Duration.ofSeconds(30)).ignoreExceptions().untilAsserted(() -> {
            try (SqlResult rows = MEMBER.hazelcast().getSql().execute("select quantity, \"cost\" from positions where account = ?", buyer)) {
                assertThat(rows.iterator().next().<Long>getObject("cost")).isEqualTo(33_033);
            }
        });
    }

    @Test
    void a_trade_of_an_account_that_is_not_open_is_left_and_settled_when_it_is() {
        long stranger = NUMBERS.incrementAndGet();
        long number = SCENE.trade(spot, stranger, seller, 1_000, 10);
        TradeRecord left = SCENE.settled(spot, number);
        assertThat(left.status()).isEqualTo(TradeStatus.NOT_SETTLED);
        assertThat(left.reason()).isEqualTo("UNKNOWN_ACCOUNT");
        assertHas(seller, 0, spot, 1_000);
        SCENE.open(stranger, false);
        SCENE.deposit(stranger, EUR, 20_000);
        assertThat(post("/api/v1/trades/SPOT/" + number + "/settle", "").status()).isEqualTo(202);
        assertThat(SCENE.settled(spot, number).status()).isEqualTo(TradeStatus.SETTLED);
        assertHas(seller, 10_000 + 5, spot, 990);
        assertHas(stranger, 20_000 - 10_000 - 10, spot, 10);
        assertThat(post("/api/v1/trades/SPOT/" + number + "/settle", "").status()).as("which changes nothing").isEqualTo(202);
        assertThat(SCENE.settled(spot, number).status()).isEqualTo(TradeStatus.SETTLED);
    }

    @Test
    void what_the_ledger_refuses_fails_as_a_whole_and_can_be_tried_again() {
        long number = SCENE.trade(spot, buyer, seller, 100_000, 20);
        TradeRecord failed = SCENE.settled(spot, number);
        assertThat(failed.status()).isEqualTo(TradeStatus.FAILED);
        assertThat(failed.reason()).isEqualTo("INSUFFICIENT_FUNDS");
        assertHas(buyer, 1_000_000, spot, 0);
        assertHas(seller, 0, spot, 1_000);
        assertThat(get("/api/v1/trades?symbol=SPOT&status=FAILED&account=" + buyer).text("trades.0.number")).isEqualTo(Long.toString(number));
        assertThat(correct("SPOT", number, UUID.randomUUID(), "\"price\":\"1.00\"").text("code")).isEqualTo("TRADE_NOT_BOOKED");
        SCENE.deposit(buyer, EUR, 2_000_000);
        long later = SCENE.trade(spot, buyer, seller, 1_000, 1);
        assertThat(SCENE.settled(spot, later).status()).isEqualTo(TradeStatus.SETTLED);
        post("/api/v1/trades/SPOT/" + number + "/settle", "");
        assertThat(SCENE.settled(spot, number).status()).isEqualTo(TradeStatus.SETTLED);
        assertHas(seller, 2_000_000 + 1_000 + 1_000, spot, 979);
        assertThat(position(buyer).text("0.quantity")).as("both are in the position, the first in the second place").isEqualTo("21");
    }

    @Test
    void what_the_ledger_has_no_words_for_is_not_settled() {
        assertThat(SCENE.settled(odd, SCENE.trade(odd, buyer, seller, 100, 1)).reason()).isEqualTo("UNKNOWN_CURRENCY");
        long tooMuch = SCENE.trade(huge, buyer, seller, 10_000_000, 100_000_000_000L);
        assertThat(SCENE.settled(huge, tooMuch).reason()).isEqualTo("AMOUNT_TOO_LARGE");
        assertThat(get("/api/v1/trades/HUGE/" + tooMuch).text("status")).isEqualTo("NOT_SETTLED");
        assertThat(bust("ODD", 1, UUID.randomUUID()).text("status")).as("there is nothing to book back").isEqualTo("BUSTED");
    }

    @Test
    void an_account_that_is_frozen_delivers_nothing() {
        SCENE.ledger().accountsAsync(List.of(new AccountCommand.ChangeStatus(TransferIds.next(), LedgerAccounts.of(seller, spot.unit()), AccountStatus.FROZEN))).join();
        long number = SCENE.trade(spot, buyer, seller, 1_000, 20);
        assertThat(SCENE.settled(spot, number).reason()).isEqualTo("ACCOUNT_FROZEN");
        Answer busted = bust("SPOT", number, UUID.randomUUID());
        assertThat(busted.text("status")).as(busted.toString()).isEqualTo("BUSTED");
        assertHas(buyer, 1_000_000, spot, 0);
    }

    @Test
    void a_chain_of_trades_settles_though_each_spends_what_the_one_before_it_brings() {
        long middle = NUMBERS.incrementAndGet();
        SCENE.open(middle, false);
        SCENE.deposit(middle, EUR, 20_000);
        long last = 0;
        for (int i = 0; i < 10; i++) {
            SCENE.trade(spot, middle, seller, 1_000, 15);
            last = SCENE.trade(spot, buyer, middle, 1_010, 15);
        }
        assertThat(SCENE.settled(spot, last).status()).isEqualTo(TradeStatus.SETTLED);
        assertHas(seller, 10 * (15_000 + 7), spot, 850);
        assertThat(SCENE.balance(middle, spot.unit())).isZero();
        assertThat(position(middle).text("0.realized")).isEqualTo("15.00");
        assertThat(position(middle).text("0.cost")).isEqualTo("0.00");
    }

    @Test
    void a_bust_books_everything_back_once() {
        long number = SCENE.trade(spot, buyer, seller, 1_000, 10);
        long kept = SCENE.trade(spot, buyer, seller, 2_000, 1);
        assertThat(SCENE.settled(spot, kept).status()).isEqualTo(TradeStatus.SETTLED);
        UUID id = UUID.randomUUID();
        Answer busted = bust("SPOT", number, id);
        assertThat(busted.status()).as(busted.toString()).isEqualTo(200);
        assertThat(busted.text("status")).isEqualTo("BUSTED");
        assertThat(busted.text("revisions.0.kind")).isEqualTo("BUST");
        assertHas(buyer, 1_000_000 - 2_000 - 2, spot, 1);
        assertHas(seller, 2_000 + 1, spot, 999);
        assertThat(position(buyer).text("0.averagePrice")).isEqualTo("20.000000");
        assertThat(bust("SPOT", number, id).status()).as("the same again").isEqualTo(200);
        assertHas(buyer, 1_000_000 - 2_000 - 2, spot, 1);
        assertThat(bust("SPOT", number, UUID.randomUUID()).text("code")).isEqualTo("TRADE_BUSTED");
        assertThat(bust("SPOT", kept, id).text("code")).isEqualTo("ID_REUSED");
        assertThat(correct("SPOT", number, UUID.randomUUID(), "\"quantity\":5").text("code")).isEqualTo("TRADE_BUSTED");
        assertThat(bust("SPOT", 1_000_000, UUID.randomUUID()).text("code")).isEqualTo("TRADE_NOT_FOUND");
        assertThat(bust("NONE", 1, UUID.randomUUID()).text("code")).isEqualTo("UNKNOWN_INSTRUMENT");
    }

    @Test
    void a_bust_that_the_ledger_refuses_changes_nothing() {
        long number = SCENE.trade(spot, buyer, seller, 1_000, 10);
        SCENE.settled(spot, number);
        long other = NUMBERS.incrementAndGet();
        SCENE.open(other, false);
        SCENE.deposit(other, EUR, 100_000);
        SCENE.settled(spot, SCENE.trade(spot, other, buyer, 1_000, 5));
        Answer refused = bust("SPOT", number, UUID.randomUUID());
        assertThat(refused.text("code")).as(refused.toString()).isEqualTo("INSUFFICIENT_FUNDS");
        Answer trade = get("/api/v1/trades/SPOT/" + number);
        assertThat(trade.text("status")).isEqualTo("SETTLED");
        assertThat(trade.text("revisions.0.refusal")).isEqualTo("INSUFFICIENT_FUNDS");
        Answer corrected = correct("SPOT", number, UUID.randomUUID(), "\"price\":\"9.00\"");
        assertThat(corrected.status()).as("another price needs no shares back: " + corrected).isEqualTo(200);
        assertThat(corrected.text("revision")).isEqualTo("2");
        assertHas(seller, 9_000 + 4, spot, 990);
        SCENE.settled(spot, SCENE.trade(spot, buyer, other, 1_000, 5));
        assertThat(bust("SPOT", number, UUID.randomUUID()).text("status")).as("now it has them").isEqualTo("BUSTED");
        assertHas(seller, 0, spot, 1_000);
    }

    @Test
    void a_correction_books_the_difference_and_the_history_has_both() {
        long number = SCENE.trade(spot, buyer, seller, 1_000, 10);
        SCENE.settled(spot, number);
        UUID id = UUID.randomUUID();
        Answer corrected = correct("SPOT", number, id, "\"price\":\"12.00\",\"quantity\":20");
        assertThat(corrected.status()).as(corrected.toString()).isEqualTo(200);
        assertThat(corrected.text("price")).isEqualTo("12.00");
        assertThat(corrected.text("quantity")).isEqualTo("20");
        assertHas(buyer, 1_000_000 - 24_000 - 24, spot, 20);
        assertHas(seller, 24_000 + 12, spot, 980);
        assertThat(correct("SPOT", number, id, "\"price\":\"12.00\",\"quantity\":20").status()).as("the same again").isEqualTo(200);
        assertThat(correct("SPOT", number, id, "\"price\":\"13.00\"").text("code")).isEqualTo("ID_REUSED");
        assertThat(correct("SPOT", number, UUID.randomUUID(), "\"price\":\"-1\"").text("field")).isEqualTo("price");
        assertThat(correct("SPOT", number, UUID.randomUUID(), "\"quantity\":0").text("field")).isEqualTo("quantity");
        assertThat(correct("SPOT", number, UUID.randomUUID(), "\"note\":\"\"").text("field")).isEqualTo("price");
        assertThat(position(buyer).text("0.cost")).isEqualTo("240.00");
        UUID dearer = UUID.randomUUID();
        assertThat(correct("SPOT", number, dearer, "\"price\":\"12.50\"").status()).isEqualTo(200);
        Answer again = correct("SPOT", number, UUID.randomUUID(), "\"quantity\":19");
        assertThat(again.json().get("revisions").size()).as(again.toString()).isEqualTo(3);
        assertThat(correct("SPOT", number, dearer, "\"price\":\"12.50\"").status()).as("the same again, though the quantity is another one now").isEqualTo(200);
        assertHas(seller, 23_750 + 11, spot, 981);
        assertThat(bust("SPOT", number, UUID.randomUUID()).text("status")).isEqualTo("BUSTED");
        assertHas(buyer, 1_000_000, spot, 0);
        assertHas(seller, 0, spot, 1_000);
        assertThat(position(buyer).text("0.cost")).isEqualTo("0.00");
    }

    /** As if so many corrections had been asked for, and refused. */
    private static void askedFor(long number, int corrections) {
        Jdbi.create(MEMBER.database().dataSource()).useHandle(handle -> handle.execute("""
                insert into trade_revision (instrument, number, revision, id, busts, price, quantity, buyer_fee, seller_fee, note, done_at, refusal)
                select 1, ?, r, gen_random_uuid(), false, 1, 1, 0, 0, '', now(), 'INSUFFICIENT_FUNDS' from generate_series(1, ?) r""", number, corrections));
    }

    @Test
    void a_trade_that_was_corrected_as_often_as_can_be_is_still_undone() {
        for (int asked : new int[] {TradeTransferIds.MAX_REVISION - 1, TradeTransferIds.MAX_REVISION + 7}) {
            long number = SCENE.trade(spot, buyer, seller, 1_000, 10);
            SCENE.settled(spot, number);
            askedFor(number, asked);
            assertThat(correct("SPOT", number, UUID.randomUUID(), "\"quantity\":5").text("code")).isEqualTo("TOO_MANY_CORRECTIONS");
            assertThat(bust("SPOT", number, UUID.randomUUID()).text("status")).isEqualTo("BUSTED");
            assertHas(buyer, 1_000_000, spot, 0);
            assertHas(seller, 0, spot, 1_000);
        }
        long number = SCENE.trade(spot, buyer, seller, 1_000, 10);
        SCENE.settled(spot, number);
        askedFor(number, TradeTransferIds.MAX_REVISION - 2);
        assertThat(correct("SPOT", number, UUID.randomUUID(), "\"quantity\":5").text("quantity")).as("the last one").isEqualTo("5");
        assertThat(correct("SPOT", number, UUID.randomUUID(), "\"quantity\":4").text("code")).isEqualTo("TOO_MANY_CORRECTIONS");
        assertThat(bust("SPOT", number, UUID.randomUUID()).text("status")).isEqualTo("BUSTED");
        assertHas(seller, 0, spot, 1_000);
    }

    @Test
    void a_trade_for_a_later_day_is_set_aside_and_posted_on_that_day() {
        long number = SCENE.trade(tomorrow, buyer, seller, 10_005, 3);
        long corrected = SCENE.trade(tomorrow, buyer, seller, 10_000, 5);
        long busted = SCENE.trade(tomorrow, buyer, seller, 10_000, 7);
        TradeRecord pending = SCENE.settled(tomorrow, number);
        LocalDate today = LocalDate.now(ZoneOffset.UTC);
        SCENE.settled(tomorrow, busted);
        assertThat(pending.status()).isEqualTo(TradeStatus.PENDING);
        assertThat(pending.due()).isAfter(today).isBeforeOrEqualTo(today.plusDays(3));
        assertThat(pending.due().getDayOfWeek().getValue()).isLessThan(6);
        assertHas(buyer, 1_000_000, tomorrow, 0);
        assertThat(position(buyer).json().size()).isZero();
        assertThat(correct("NEXT", corrected, UUID.randomUUID(), "\"quantity\":4").text("status")).isEqualTo("PENDING");
        assertThat(bust("NEXT", busted, UUID.randomUUID()).text("status")).isEqualTo("BUSTED");
        assertThat(post("/api/v1/trades/NEXT/" + number + "/settle", "").text("status")).as("nothing to try again").isEqualTo("PENDING");
        Answer day = Http.send(Http.request(MEMBER.uri("/api/v1/settlement/day")).header("Content-Type", "application/json")
                .PUT(HttpRequest.BodyPublishers.ofString("{\"day\":\"" + pending.due() + "\"}")));
        assertThat(day.text("day")).as(day.toString()).isEqualTo(pending.due().toString());
        await().atMost(Duration.ofSeconds(20)).until(() -> SCENE.settled(tomorrow, corrected).status() == TradeStatus.SETTLED
                && SCENE.settled(tomorrow, number).status() == TradeStatus.SETTLED);
        // 30.015 and 40.000 euros, the first rounded up.
        assertHas(buyer, 1_000_000 - 3_002 - 4_000, tomorrow, 7);
        assertHas(seller, 7_002, tomorrow, 993);
        assertThat(position(buyer).text("0.quantity")).isEqualTo("7");
        Answer after = correct("NEXT", corrected, UUID.randomUUID(), "\"price\":\"11.000\"");
        assertThat(after.status()).as(after.toString()).isEqualTo(200);
        assertHas(seller, 3_002 + 4_400, tomorrow, 993);
        assertThat(bust("NEXT", corrected, UUID.randomUUID()).text("status")).isEqualTo("BUSTED");
        assertThat(bust("NEXT", number, UUID.randomUUID()).text("status")).isEqualTo("BUSTED");
        assertHas(buyer, 1_000_000, tomorrow, 0);
        assertHas(seller, 0, tomorrow, 1_000);
    }

    @Test
    void an_account_that_trades_with_itself_pays_fees_and_nothing_else() {
        SCENE.deposit(buyer, spot.unit(), 10);
        long number = SCENE.trade(spot, buyer, buyer, 1_000, 10);
        assertThat(SCENE.settled(spot, number).status()).isEqualTo(TradeStatus.SETTLED);
        assertHas(buyer, 1_000_000 - 10 + 5, spot, 10);
        assertThat(position(buyer).text("0.quantity")).isEqualTo("0");
        assertThat(position(buyer).text("0.fees")).isEqualTo("0.05");
    }

    @Test
    void trades_are_found_page_by_page_and_progress_is_told() {
        long last = 0;
        for (int i = 0; i < 5; i++) {
            last = SCENE.trade(spot, buyer, seller, 1_000, 1);
        }
        SCENE.settled(spot, last);
        for (String query : List.of("account=" + buyer, "symbol=SPOT&account=" + buyer)) {
            Answer first = get("/api/v1/trades?limit=3&" + query);
            assertThat(first.text("trades.0.number")).as(first.toString()).isEqualTo(Long.toString(last));
            Answer second = get("/api/v1/trades?limit=3&" + query + "&before=" + first.text("next"));
            assertThat(second.json().get("trades").size()).as(second.toString()).isEqualTo(2);
            assertThat(second.json().has("next")).isFalse();
        }
        assertThat(get("/api/v1/trades?before=x").text("code")).isEqualTo("BAD_CURSOR");
        assertThat(get("/api/v1/trades?status=FAILED").text("parameter")).isEqualTo("symbol");
        assertThat(get("/api/v1/trades?limit=0").text("code")).isEqualTo("LIMIT_OUT_OF_RANGE");
        assertThat(get("/api/v1/trades?status=DONE").text("code")).isEqualTo("INVALID_PARAMETER");
        Answer progress = get("/api/v1/settlement");
        assertThat(progress.body()).contains("\"symbol\":\"SPOT\"");
        assertThat(get("/metrics").body()).contains("partita_settlement_lag_seconds 0", "partita_settlement_trades_total{status=\"SETTLED\"");
    }

    private static String lots(long account, String field) {
        Answer lots = get("/api/v1/positions/lots?account=" + account + "&symbol=SPOT");
        assertThat(lots.status()).as(lots.toString()).isEqualTo(200);
        return lots.text(field);
    }

    @Test
    void settled_trades_are_lots_of_a_portfolio_and_busts_corrections_and_splits_count_in_it() {
        SCENE.deposit(seller, EUR, 100_000);
        long first = SCENE.trade(spot, buyer, seller, 1_000, 10);
        long second = SCENE.trade(spot, buyer, seller, 2_000, 10);
        SCENE.settled(spot, SCENE.trade(spot, seller, buyer, 3_000, 5));
        SCENE.settled(spot, second);
        assertThat(lots(buyer, "quantity")).isEqualTo("15");
        assertThat(lots(buyer, "realizedFifo")).as("5 of those that cost 10").isEqualTo("100.00");
        assertThat(lots(buyer, "realizedAverage")).as("5 of those that cost 15 on average").isEqualTo("75.00");
        assertThat(lots(buyer, "lots.0.cost")).isEqualTo("50.00");
        assertThat(position(buyer).text("0.realized")).isEqualTo("75.00");
        assertThat(correct("SPOT", second, UUID.randomUUID(), "\"price\":\"21.00\"").status()).isEqualTo(200);
        assertThat(lots(buyer, "lots.1.cost")).isEqualTo("210.00");
        assertThat(bust("SPOT", second, UUID.randomUUID()).text("status")).isEqualTo("BUSTED");
        assertThat(lots(buyer, "quantity")).isEqualTo("5");
        assertThat(lots(buyer, "lots.0.trade")).isEqualTo(Long.toString(first));

        String book = "flow-" + buyer;
        for (String portfolio : List.of("firm-" + buyer + " FIRM", "desk-" + buyer + " DESK firm-" + buyer, book + " BOOK desk-" + buyer)) {
            String[] words = portfolio.split(" ");
            Answer made = Http.send(Http.request(MEMBER.uri("/api/v1/portfolios/" + words[0])).header("Content-Type", "application/json")
                    .PUT(HttpRequest.BodyPublishers.ofString("{\"name\":\"%s\",\"level\":\"%s\",\"base\":\"EUR\"%s}".formatted(words[0], words[1],
                            words.length == 2 ? "" : ",\"parent\":\"" + words[2] + "\""))));
            assertThat(made.status()).as(made.toString()).isEqualTo(201);
        }
        assertThat(post("/api/v1/portfolios/" + book + "/accounts", "[" + buyer + ", " + seller + "]").status()).isEqualTo(200);
        LocalDate today = LocalDate.now(ZoneOffset.UTC);
        assertThat(post("/api/v1/prices", "{\"name\":\"%s\",\"correct\":true,\"rows\":[{\"row\":1,\"symbol\":\"SPOT\",\"day\":\"%s\",\"close\":\"30\"}]}".formatted(book, today))
                .text("accepted")).isEqualTo("1");
        Answer value = get("/api/v1/portfolios/firm-" + buyer);
        assertThat(value.text("total.worth")).as("what one has, the other lacks: " + value).isEqualTo("0.00");
        assertThat(value.text("total.positions")).isEqualTo("2");
        assertThat(get("/api/v1/portfolios/" + book + "/positions").text("positions.0.worth")).isEqualTo("150.00");
        Answer explained = get("/api/v1/portfolios/" + book + "/explain");
        assertThat(explained.text("positions.0.parts.trades")).as(explained.toString()).isEqualTo("200.00");
        assertThat(explained.text("total.residual")).isEqualTo("0.00");

        Answer split = post("/api/v1/marketdata/corporate-actions", "{\"symbol\":\"SPOT\",\"kind\":\"SPLIT\",\"from\":\"%s\",\"now\":3,\"old\":2,\"actor\":\"ann\"}"
                .formatted(today.plusDays(1)));
        assertThat(split.status()).as(split.toString()).isEqualTo(201);
        Answer after = get("/api/v1/positions/lots?account=" + buyer + "&symbol=SPOT&day=" + today.plusDays(2));
        assertThat(after.text("quantity")).as("7 and a half, of which the half is paid: " + after).isEqualTo("7");
        assertThat(lots(buyer, "quantity")).as("until then").isEqualTo("5");
        assertThat(Http.send(Http.request(MEMBER.uri("/api/v1/marketdata/corporate-actions/" + split.text("number"))).DELETE()).status()).isEqualTo(204);
    }
}
