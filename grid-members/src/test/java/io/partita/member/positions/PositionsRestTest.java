package io.partita.member.positions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.partita.member.cli.PartitaRun;
import io.partita.member.intake.ImportListener;
import io.partita.member.intake.ImportReport;
import io.partita.member.intake.ImportSettings;
import io.partita.member.intake.RowFile;
import io.partita.member.intake.RowImport;
import io.partita.member.testing.Http;
import io.partita.member.testing.Http.Answer;
import io.partita.member.testing.TestMember;
import io.partita.positions.product.DailyPrice;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.net.URLEncoder;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** Prices, positions and portfolios over real HTTP, and their imports from the command line. */
class PositionsRestTest {

    private static final TestMember MEMBER = TestMember.start();

    @TempDir
    private Path folder;

    @AfterAll
    static void close() {
        MEMBER.close();
    }

    private static Answer get(String path) {
        return Http.get(MEMBER.uri(path));
    }

    private static Answer post(String path, String json) {
        return Http.post(MEMBER.uri(path), json);
    }

    private static Answer put(String path, String json) {
        return Http.send(Http.request(MEMBER.uri(path)).header("Content-Type", "application/json").PUT(BodyPublishers.ofString(json)));
    }

    private static Answer delete(String path) {
        return Http.send(Http.request(MEMBER.uri(path)).DELETE());
    }

    private static Answer prices(String name, String... rows) {
        return post("/api/v1/prices", "{\"name\":\"" + name + "\",\"rows\":[" + String.join(",", rows) + "]}");
    }

    private static String price(long row, String symbol, String day, String close) {
        return "{\"row\":%d,\"symbol\":\"%s\",\"day\":\"%s\",\"close\":\"%s\"}".formatted(row, symbol, day, close);
    }

    private static Answer positions(String name, String... rows) {
        return post("/api/v1/positions/imports", "{\"name\":\"" + name + "\",\"rows\":[" + String.join(",", rows) + "]}");
    }

    private static void portfolio(String code, String level, String parent, String base, long... accounts) {
        Answer made = put("/api/v1/portfolios/" + code, "{\"name\":\"%s\",\"level\":\"%s\",\"base\":\"%s\"%s}".formatted(code, level, base,
                parent == null ? "" : ",\"parent\":\"" + parent + "\""));
        assertThat(made.status()).as(made.toString()).isEqualTo(201);
        if (accounts.length > 0) {
            Answer added = post("/api/v1/portfolios/" + code + "/accounts", Arrays.toString(accounts));
            assertThat(added.status()).as(added.toString()).isEqualTo(200);
        }
    }

    private static void taken(Answer answer, int accepted) {
        assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
        assertThat(answer.json().get("accepted").asInt()).as(answer.toString()).isEqualTo(accepted);
    }

    @Test
    void prices_and_positions_make_a_portfolio_with_a_gain_in_its_base_currency() {
        taken(prices("thread", price(1, "THREAD", "2026-03-02", "10"), price(2, "THREAD", "2026-03-03", "13"),
                price(3, "EUR/USD", "2026-03-02", "1.25"),
                price(4, "EUR/USD", "2026-03-03", "1.00")), 4);
        taken(positions("thread", """
                {"row":1,"account":"901","symbol":"THREAD","currency":"USD","day":"2026-03-02","quantity":"100","price":"10","fee":"5.00"}"""), 1);
        portfolio("thread-firm", "FIRM", null, "EUR");
        portfolio("thread-desk", "DESK", "thread-firm", "EUR");
        portfolio("thread-book", "BOOK", "thread-desk", "EUR", 901);
        Answer value = get("/api/v1/portfolios/thread-firm?day=2026-03-03");
        assertThat(value.status()).as(value.toString()).isEqualTo(200);
        assertThat(value.text("total.worth")).isEqualTo("1300.00");
        assertThat(value.text("total.unrealized")).as("1,300 now for 800 then").isEqualTo("500.00");
        assertThat(value.text("total.unrealizedFx")).as("1,000 dollars cost 800 euros and are worth 1,000").isEqualTo("200.00");
        assertThat(value.text("total.fees")).isEqualTo("4.00");
        assertThat(value.text("total.gain")).isEqualTo("496.00");
        assertThat(value.json().get("sums").size()).isEqualTo(3);
        JsonNode position = get("/api/v1/portfolios/thread-book/positions?day=2026-03-03").json().get("positions").get(0);
        assertThat(position.get("symbol").asString()).isEqualTo("THREAD");
        assertThat(position.get("worth").asString()).isEqualTo("1300.00");
        assertThat(position.get("stale").asBoolean()).isFalse();
        assertThat(get("/api/v1/portfolios/thread-book/positions?day=2026-03-30").json().get("positions").get(0).get("stale").asBoolean()).isTrue();
        Answer lots = get("/api/v1/positions/lots?account=901&symbol=THREAD");
        assertThat(lots.text("lots.0.costInBase")).as(lots.toString()).isEqualTo("800.00");
    }

    @ParameterizedTest
    @CsvSource({"NaN,PRICE_NOT_A_NUMBER", "-1,NEGATIVE_PRICE", "0,ZERO_PRICE", "1e3,MALFORMED_PRICE", "'',MISSING_FIELD",
            "1.0000000000001,PRICE_TOO_FINE"})
    void a_price_that_is_none_is_refused_with_its_code_and_spoils_no_other(String close, String code) {
        String symbol = code.replace('_', '-');
        Answer answer = prices("bad " + code, price(1, symbol, "2026-03-02", close), price(2, symbol, "2026-03-03", "7"));
        taken(answer, 1);
        assertThat(answer.text("refused.0.code")).as(answer.toString()).isEqualTo(code);
        assertThat(get("/problems/" + code).status()).isEqualTo(200);
        assertThat(get("/api/v1/prices/history?symbol=" + symbol).json().size()).isOne();
    }

    @Test
    void rows_that_cannot_be_are_refused_one_by_one() {
        Answer answer = post("/api/v1/prices", """
                {"name":"odd","rows":[{"row":1,"symbol":"odd","day":"2026-03-02","close":"1"},{"row":2,"symbol":"ODD","day":"2026-02-30","close":"1"},
                {"row":3,"symbol":"ODD","day":"2026-03-02","close":"9","high":"8","low":"7"},{"row":4,"symbol":"ODD","day":"2026-03-02","close":"1","volume":"-5"},
                {"row":5,"symbol":"ODD","day":"2026-03-04","close":"1","volume":"5.0"},{"row":6,"day":"2026-03-02","close":"1"}]}""");
        taken(answer, 1);
        assertThat(answer.json().get("refused").findValuesAsString("code"))
                .containsExactly("MALFORMED_SYMBOL", "MALFORMED_DAY", "PRICES_INCONSISTENT", "MALFORMED_VOLUME", "MISSING_FIELD");
        assertThat(post("/api/v1/prices", "{\"name\":\"odd\",\"rows\":[]}").text("code")).isEqualTo("MISSING_FIELD");
        String many = LongStream.range(0, 5_001).mapToObj(row -> price(row, "ODD", "2026-03-02", "1")).collect(Collectors.joining(","));
        assertThat(prices("odd", many).text("code")).isEqualTo("BATCH_TOO_LARGE");
        assertThat(get("/api/v1/prices/history?symbol=ODD&limit=0").text("code")).isEqualTo("LIMIT_OUT_OF_RANGE");
        assertThat(get("/api/v1/prices/history?symbol=ODD&from=2026-03-02&to=2026-03-01").text("code")).isEqualTo("RANGE_REVERSED");
    }

    @Test
    void a_corrected_price_is_a_new_version_and_the_old_one_stays() {
        taken(prices("first", price(1, "VERS", "2026-03-02", "10.50")), 1);
        assertThat(prices("second", price(1, "VERS", "2026-03-02", "10.5000")).text("repeated")).as("the same price").isEqualTo("1");
        Answer other = prices("third", price(7, "VERS", "2026-03-02", "11"));
        assertThat(other.text("refused.0.code")).as(other.toString()).isEqualTo("PRICE_EXISTS");
        String correction = "{\"name\":\"third\",\"correct\":true,\"rows\":[" + price(7, "VERS", "2026-03-02", "11") + "]}";
        assertThat(post("/api/v1/prices", correction).text("corrected")).isEqualTo("1");
        assertThat(post("/api/v1/prices", correction).text("repeated")).as("sent again").isEqualTo("1");
        assertThat(prices("first", price(1, "VERS", "2026-03-02", "10.5")).text("repeated")).as("sent again after it was corrected").isEqualTo("1");
        Answer twice = prices("third", price(8, "VERS", "2026-03-02", "12"));
        assertThat(twice.text("refused.0.code")).isEqualTo("DUPLICATE_DAY");
        assertThat(prices("third", price(7, "VERS", "2026-03-02", "12")).text("refused.0.code")).isEqualTo("ROW_CHANGED");
        assertThat(get("/api/v1/prices/versions?symbol=VERS&day=2026-03-02").json().findValuesAsString("close")).containsExactly("10.5", "11");
        assertThat(get("/api/v1/prices/history?symbol=VERS").text("0.version")).isEqualTo("1");
    }

    @Test
    void products_of_every_kind_are_entered_once_and_valued() {
        List<String> products = List.of("{\"symbol\":\"P-EQ\",\"kind\":\"EQUITY\",\"currency\":\"USD\",\"actor\":\"ann\"}",
                "{\"symbol\":\"P-CALL\",\"kind\":\"OPTION\",\"currency\":\"USD\",\"underlying\":\"P-EQ\",\"right\":\"CALL\",\"exercise\":\"EUROPEAN\",\"strike\":\"70\",\"multiplier\":100,"
                        + "\"lastDay\":\"2027-01-15\",\"actor\":\"ann\"}",
                "{\"symbol\":\"P-FUT\",\"kind\":\"FUTURE\",\"currency\":\"USD\",\"multiplier\":50,\"lastDay\":\"2026-12-18\",\"actor\":\"ann\"}",
                "{\"symbol\":\"P-BOND\",\"kind\":\"BOND\",\"currency\":\"USD\",\"face\":\"1000.00\",\"issued\":\"2024-06-15\",\"lastDay\":\"2034-06-15\",\"coupon\":\"4\",\"frequency\":2,"
                        + "\"dayCount\":\"THIRTY_360\",\"actor\":\"ann\"}",
                "{\"symbol\":\"P-FWD\",\"kind\":\"FX_FORWARD\",\"currency\":\"USD\",\"base\":\"EUR\",\"lastDay\":\"2026-12-18\",\"actor\":\"ann\"}");
        for (String product : products) {
            Answer made = post("/api/v1/positions/products", product);
            assertThat(made.status()).as(made.toString()).isEqualTo(201);
            assertThat(post("/api/v1/positions/products", product).status()).as("repeated").isEqualTo(200);
        }
        assertThat(post("/api/v1/positions/products", products.get(2).replace("50", "51")).text("code")).isEqualTo("PRODUCT_EXISTS");
        assertThat(post("/api/v1/positions/products", products.get(1).replace("P-CALL", "P-X").replace("P-EQ", "NOBODY")).text("code"))
                .isEqualTo("UNKNOWN_PRODUCT");
        assertThat(post("/api/v1/positions/products", products.get(1).replace("P-CALL", "P-X").replace("\"70\"", "\"-70\"")).text("code"))
                .isEqualTo("INVALID_STRIKE");
        assertThat(get("/api/v1/positions/products/one?symbol=EUR").text("kind")).isEqualTo("CASH");
        assertThat(get("/api/v1/positions/products/one?symbol=" + URLEncoder.encode("EUR/CHF", StandardCharsets.UTF_8)).text("base"))
                .isEqualTo("EUR");
        taken(prices("kinds", price(1, "P-EQ", "2026-09-14", "70"), price(2, "P-CALL", "2026-09-14", "3.50"), price(3, "P-FUT", "2026-09-14", "-2"),
                price(4, "P-BOND", "2026-09-14", "98.5"), price(5, "P-FWD", "2026-09-14", "1.10")), 5);
        taken(positions("kinds", """
                {"row":1,"account":"911","symbol":"P-CALL","day":"2026-09-10","quantity":"2","price":"3"},
                {"row":2,"account":"911","symbol":"P-FUT","day":"2026-09-10","quantity":"1","price":"4"},
                {"row":3,"account":"911","symbol":"P-BOND","day":"2026-06-15","quantity":"10","price":"98"},
                {"row":4,"account":"911","symbol":"P-FWD","day":"2026-09-10","quantity":"-1000.00","price":"1.12"},
                {"row":5,"account":"911","symbol":"USD","day":"2026-09-10","quantity":"123.45"}"""), 5);
        portfolio("kinds-firm", "FIRM", null, "USD");
        portfolio("kinds-desk", "DESK", "kinds-firm", "USD");
        portfolio("kinds-book", "BOOK", "kinds-desk", "USD", 911);
        Map<String, JsonNode> bySymbol = new HashMap<>();
        get("/api/v1/portfolios/kinds-book/positions?day=2026-09-15").json().get("positions")
                .forEach(one -> bySymbol.put(one.get("symbol").asString(), one));
        assertThat(bySymbol.get("P-CALL").get("worth").asString()).isEqualTo("700.00");
        assertThat(bySymbol.get("P-FUT").get("unrealized").asString()).isEqualTo("-300.00");
        assertThat(bySymbol.get("P-BOND").get("accrued").asString()).as("90 of 360 days").isEqualTo("100.00");
        assertThat(bySymbol.get("P-BOND").get("worth").asString()).isEqualTo("9950.00");
        assertThat(bySymbol.get("P-FWD").get("unrealized").asString()).isEqualTo("20.00");
        assertThat(bySymbol.get("USD").get("worth").asString()).isEqualTo("123.45");
        Answer total = get("/api/v1/portfolios/kinds-firm?day=2026-09-15");
        assertThat(total.text("total.worth")).as(total.toString()).isEqualTo("10493.45");
    }

    @Test
    void what_has_no_price_or_no_rate_is_counted_and_in_no_sum() {
        taken(prices("gaps", price(1, "GAP1", "2026-03-02", "10")), 1);
        taken(positions("gaps", """
                {"row":1,"account":"921","symbol":"GAP1","currency":"EUR","day":"2026-03-02","quantity":"3","cost":"30"},
                {"row":2,"account":"921","symbol":"GAP2","currency":"EUR","day":"2026-03-02","quantity":"3","cost":"30"},
                {"row":3,"account":"921","symbol":"GAP3","currency":"SEK","day":"2026-03-02","quantity":"3","cost":"30"}"""), 3);
        portfolio("gaps-firm", "FIRM", null, "EUR");
        portfolio("gaps-desk", "DESK", "gaps-firm", "EUR");
        portfolio("gaps-book", "BOOK", "gaps-desk", "EUR", 921);
        Answer value = get("/api/v1/portfolios/gaps-firm?day=2026-03-02");
        assertThat(value.text("total.worth")).as(value.toString()).isEqualTo("30.00");
        assertThat(value.text("total.unpriced")).isEqualTo("2");
        assertThat(get("/api/v1/portfolios/gaps-firm/positions?day=2026-03-02").json().get("positions").findValuesAsString("missing"))
                .containsExactly("MISSING_PRICE", "MISSING_RATE");
        assertThat(get("/api/v1/positions/lots?account=921&symbol=GAP3").text("code")).isEqualTo("MISSING_RATE");
        assertThat(get("/api/v1/portfolios/gaps-firm?day=2026-03-01").text("total.positions")).as("an empty portfolio").isEqualTo("0");
    }

    @Test
    void positions_too_large_to_add_up_are_refused_until_their_import_is_taken_back() {
        String row = "{\"row\":%d,\"account\":\"941\",\"symbol\":\"VAST\",\"currency\":\"USD\",\"day\":\"2026-03-02\",\"quantity\":\"9000000000000000000\",\"cost\":\"1\"}";
        taken(positions("vast", row.formatted(1), row.formatted(2)), 2);
        Answer lots = get("/api/v1/positions/lots?account=941&symbol=VAST");
        assertThat(lots.status()).as(lots.toString()).isBetween(400, 422);
        assertThat(lots.text("code")).isEqualTo("NUMBER_TOO_LARGE");
        assertThat(delete("/api/v1/positions/imports?name=vast").status()).isEqualTo(204);
        assertThat(get("/api/v1/positions/lots?account=941&symbol=VAST").text("code")).isEqualTo("NOT_FOUND");
    }

    @Test
    void positions_that_cannot_be_are_refused_and_a_repeated_import_changes_nothing() {
        Answer answer = positions("wrong", """
                {"row":1,"account":"0","symbol":"W","currency":"USD","day":"2026-03-02","quantity":"1","cost":"1"},
                {"row":2,"account":"931","symbol":"W","day":"2026-03-02","quantity":"1","cost":"1"},
                {"row":3,"account":"931","symbol":"W","currency":"A00","day":"2026-03-02","quantity":"1","cost":"1"},
                {"row":4,"account":"931","symbol":"W","currency":"USD","day":"2026-03-02","quantity":"1.5","cost":"1"},
                {"row":5,"account":"931","symbol":"W","currency":"USD","day":"2026-03-02","quantity":"1"},
                {"row":6,"account":"931","symbol":"W","currency":"USD","day":"2026-03-02","quantity":"1","cost":"1.001"},
                {"row":7,"account":"931","symbol":"W","currency":"USD","day":"2026-03-02","quantity":"1","cost":"-1"},
                {"row":8,"account":"931","symbol":"W","currency":"USD","day":"2026-03-02","quantity":"0","cost":"0"}""");
        taken(answer, 0);
        assertThat(answer.json().get("refused").findValuesAsString("code"))
                .containsExactly("MALFORMED_ACCOUNT", "UNKNOWN_PRODUCT", "MALFORMED_CURRENCY", "MALFORMED_QUANTITY",
                "MISSING_FIELD", "AMOUNT_TOO_FINE", "MALFORMED_AMOUNT", "MALFORMED_QUANTITY");
        assertThat(get("/api/v1/positions/products/one?symbol=W").text("code")).as("a refused row leaves no product").isEqualTo("UNKNOWN_PRODUCT");
        String row = "{\"row\":1,\"account\":\"932\",\"symbol\":\"W2\",\"currency\":\"USD\",\"day\":\"2026-03-02\",\"quantity\":\"10\",\"cost\":\"100\"}";
        taken(positions("again", row), 1);
        assertThat(positions("again", row).text("repeated")).isEqualTo("1");
        assertThat(positions("again", row.replace("100", "101")).text("refused.0.code")).isEqualTo("ROW_CHANGED");
        assertThat(get("/api/v1/positions/lots?account=932&symbol=W2").text("quantity")).isEqualTo("10");
        assertThat(delete("/api/v1/positions/imports?name=again").status()).isEqualTo(204);
        assertThat(get("/api/v1/positions/lots?account=932&symbol=W2").text("code")).isEqualTo("NOT_FOUND");
        assertThat(delete("/api/v1/positions/imports?name=again").status()).isEqualTo(404);
    }

    @Test
    void portfolios_that_are_no_hierarchy_are_refused_with_their_code() {
        portfolio("tree-firm", "FIRM", null, "EUR");
        portfolio("tree-desk", "DESK", "tree-firm", "EUR");
        portfolio("tree-book", "BOOK", "tree-desk", "EUR", 941);
        portfolio("tree-book2", "BOOK", "tree-desk", "EUR");
        assertThat(put("/api/v1/portfolios/x", "{\"name\":\"x\",\"level\":\"BOOK\",\"base\":\"EUR\",\"parent\":\"tree-firm\"}").text("code"))
                .isEqualTo("PARENT_NOT_ABOVE");
        assertThat(put("/api/v1/portfolios/x", "{\"name\":\"x\",\"level\":\"DESK\",\"base\":\"USD\",\"parent\":\"tree-firm\"}").text("code"))
                .isEqualTo("BASE_DIFFERS");
        assertThat(put("/api/v1/portfolios/X", "{\"name\":\"x\",\"level\":\"FIRM\",\"base\":\"USD\"}").text("code")).isEqualTo("MALFORMED_CODE");
        assertThat(post("/api/v1/portfolios/tree-book2/accounts", "[942, 941]").text("code")).isEqualTo("ACCOUNT_TAKEN");
        assertThat(get("/api/v1/portfolios").json().valueStream().filter(one -> one.get("code").asString().equals("tree-book2")).findFirst()
                .orElseThrow()
                .get("accounts").size()).as("all or none").isZero();
        assertThat(post("/api/v1/portfolios/tree-desk/accounts", "[943]").text("code")).isEqualTo("NOT_A_BOOK");
        assertThat(delete("/api/v1/portfolios/tree-book").text("code")).isEqualTo("PORTFOLIO_NOT_EMPTY");
        assertThat(delete("/api/v1/portfolios/tree-book/accounts/941").status()).isEqualTo(204);
        assertThat(delete("/api/v1/portfolios/tree-book").status()).isEqualTo(204);
        assertThat(get("/api/v1/portfolios/tree-book").text("code")).isEqualTo("PORTFOLIO_NOT_FOUND");
    }

    @Test
    void a_snapshot_stays_and_what_is_told_later_of_the_past_is_a_correction() {
        taken(prices("snap", price(1, "SNAP", "2026-03-02", "10"), price(2, "SNAP", "2026-03-03", "12")), 2);
        taken(positions("snap", """
                {"row":1,"account":"951","symbol":"SNAP","currency":"EUR","day":"2026-03-02","quantity":"100","cost":"900"}"""), 1);
        portfolio("snap-firm", "FIRM", null, "EUR");
        portfolio("snap-desk", "DESK", "snap-firm", "EUR");
        portfolio("snap-book", "BOOK", "snap-desk", "EUR", 951);
        assertThat(put("/api/v1/portfolios/snap-firm/snapshots/2026-03-03", "").text("positions")).isEqualTo("1");
        assertThat(put("/api/v1/portfolios/snap-firm/snapshots/2026-03-03", "").text("code")).isEqualTo("SNAPSHOT_EXISTS");
        assertThat(put("/api/v1/portfolios/snap-firm/snapshots/2199-03-03", "").text("code")).as("it has not begun").isEqualTo("INVALID_PARAMETER");
        assertThat(get("/api/v1/portfolios/snap-firm?day=1492-10-12").text("code")).isEqualTo("MALFORMED_DAY");
        taken(positions("snap late", """
                {"row":1,"account":"951","symbol":"SNAP","day":"2026-03-02","quantity":"10","cost":"90"},
                {"row":2,"account":"951","symbol":"SNAP","day":"2026-03-03","quantity":"5","cost":"55","fee":"1"}"""), 2);
        Answer explained = get("/api/v1/portfolios/snap-firm/explain?day=2026-03-03");
        assertThat(explained.text("snapshot")).as(explained.toString()).isEqualTo("true");
        assertThat(explained.text("total.price")).isEqualTo("200.00");
        assertThat(explained.text("total.trades")).isEqualTo("5.00");
        assertThat(explained.text("total.fees")).isEqualTo("1.00");
        assertThat(explained.text("total.corrections")).as("10 that cost 90 are worth 120").isEqualTo("30.00");
        assertThat(explained.text("total.residual")).isEqualTo("0.00");
        assertThat(explained.text("total.total")).isEqualTo("234.00");
        Answer below = get("/api/v1/portfolios/snap-book/explain?day=2026-03-03");
        assertThat(below.text("snapshot")).as("the firm's").isEqualTo("true");
        assertThat(below.json().get("total")).isEqualTo(explained.json().get("total"));
        Answer computed = get("/api/v1/portfolios/snap-book/explain?day=2026-03-04");
        assertThat(computed.text("snapshot")).isEqualTo("false");
        assertThat(computed.text("total.total")).as("nothing has happened").isEqualTo("0.00");
        MEMBER.bean(SnapshotTimer.class).takeAll(LocalDate.of(2026, 3, 4));
        assertThat(get("/api/v1/portfolios/snap-book/explain?day=2026-03-04").text("snapshot")).isEqualTo("true");
    }

    @Test
    void a_symbol_that_changes_takes_its_positions_along() {
        taken(prices("rename", price(1, "FORMER", "2026-03-02", "10"), price(2, "LATTER", "2026-03-05", "12")), 2);
        taken(positions("rename", """
                {"row":1,"account":"971","symbol":"FORMER","currency":"EUR","day":"2026-03-02","quantity":"10","cost":"90"}"""), 1);
        String change = "{\"former\":\"FORMER\",\"latter\":\"LATTER\",\"day\":\"2026-03-04\",\"actor\":\"ann\"}";
        assertThat(post("/api/v1/positions/symbol-changes", change).text("code")).as("it has to be a product").isEqualTo("UNKNOWN_PRODUCT");
        post("/api/v1/positions/products", "{\"symbol\":\"LATTER\",\"kind\":\"EQUITY\",\"currency\":\"EUR\",\"actor\":\"ann\"}");
        assertThat(post("/api/v1/positions/symbol-changes", change).status()).isEqualTo(201);
        assertThat(post("/api/v1/positions/symbol-changes", change).status()).as("repeated").isEqualTo(200);
        assertThat(post("/api/v1/positions/symbol-changes", "{\"former\":\"LATTER\",\"latter\":\"FORMER\",\"day\":\"2026-04-04\",\"actor\":\"ann\"}")
                .text("code"))
                .as("a circle").isEqualTo("SYMBOL_CHANGED");
        portfolio("rename-firm", "FIRM", null, "EUR");
        portfolio("rename-desk", "DESK", "rename-firm", "EUR");
        portfolio("rename-book", "BOOK", "rename-desk", "EUR", 971);
        assertThat(get("/api/v1/portfolios/rename-book/positions?day=2026-03-03").text("positions.0.symbol")).isEqualTo("FORMER");
        assertThat(get("/api/v1/portfolios/rename-book/positions?day=2026-03-04").text("positions.0.symbol")).isEqualTo("LATTER");
        assertThat(get("/api/v1/portfolios/rename-book/positions?day=2026-03-04").text("positions.0.price")).as("until there is another")
                .isEqualTo("10");
        assertThat(get("/api/v1/portfolios/rename-book?day=2026-03-05").text("total.unrealized")).isEqualTo("30.00");
        assertThat(get("/api/v1/portfolios/rename-book/explain?day=2026-03-04").text("total.total")).isEqualTo("0.00");
        assertThat(get("/api/v1/portfolios/rename-book/explain?day=2026-03-05").text("total.price")).isEqualTo("20.00");
        assertThat(get("/api/v1/positions/lots?account=971&symbol=LATTER").text("averageCost")).isEqualTo("90.00");
        assertThat(delete("/api/v1/positions/symbol-changes?former=FORMER").status()).isEqualTo(204);
        assertThat(delete("/api/v1/positions/symbol-changes?former=FORMER").status()).isEqualTo(404);
    }

    @Test
    void any_portfolio_is_worth_what_the_plainest_code_says() {
        for (long seed = 1; seed <= 3; seed++) {
            Random random = new Random(seed);
            Map<String, BigDecimal> closes = new TreeMap<>();
            List<String> rows = new ArrayList<>();
            for (int i = 0; i < 20; i++) {
                closes.put("N" + seed + "S" + i, BigDecimal.valueOf(1 + random.nextInt(1_000_000), 4));
            }
            closes.forEach((symbol, close) -> rows.add(price(rows.size() + 1L, symbol, "2026-03-02", close.toPlainString())));
            taken(prices("naive " + seed, rows.toArray(String[]::new)), 20);
            long first = 10_000 + seed * 100;
            BigDecimal worth = BigDecimal.ZERO;
            BigDecimal cost = BigDecimal.ZERO;
            Map<String, Long> quantities = new TreeMap<>();
            List<String> lots = new ArrayList<>();
            for (int i = 0; i < 200; i++) {
                String symbol = "N" + seed + "S" + random.nextInt(20);
                long quantity = (1 + random.nextInt(500)) * (random.nextBoolean() ? 1 : -1);
                BigDecimal paid = BigDecimal.valueOf(quantity * (1L + random.nextInt(9_000)), 2);
                long account = first + random.nextInt(4);
                lots.add("{\"row\":%d,\"account\":\"%d\",\"symbol\":\"%s\",\"currency\":\"EUR\",\"day\":\"2026-03-02\",\"quantity\":\"%d\",\"cost\":\"%s\"}".formatted(i, account,
                        symbol, quantity, paid));
                quantities.merge(account + " " + symbol, quantity, Long::sum);
                cost = cost.add(paid);
            }
            taken(positions("naive " + seed, lots.toArray(String[]::new)), 200);
            for (Map.Entry<String, Long> held : quantities.entrySet()) {
                worth = worth.add(closes.get(held.getKey().split(" ")[1]).multiply(BigDecimal.valueOf(held.getValue()))
                        .setScale(2, RoundingMode.HALF_EVEN));
            }
            portfolio("naive-firm" + seed, "FIRM", null, "EUR");
            portfolio("naive-desk" + seed, "DESK", "naive-firm" + seed, "EUR");
            portfolio("naive-a" + seed, "BOOK", "naive-desk" + seed, "EUR", first, first + 1);
            portfolio("naive-b" + seed, "BOOK", "naive-desk" + seed, "EUR", first + 2, first + 3);
            for (String method : List.of("AVERAGE", "FIFO")) {
                Answer value = get("/api/v1/portfolios/naive-firm" + seed + "?day=2026-03-02&method=" + method);
                assertThat(value.text("total.worth")).as("seed %s", seed).isEqualTo(worth.toPlainString());
                assertThat(new BigDecimal(value.text("total.realized")).add(new BigDecimal(value.text("total.unrealized")))).as("seed %s", seed)
                        .isEqualByComparingTo(worth.subtract(cost));
                Map<String, BigDecimal> sums = new HashMap<>();
                value.json().get("sums").forEach(sum -> sums.put(sum.get("code").asString(), new BigDecimal(sum.get("worth").asString())));
                assertThat(sums.get("naive-a" + seed).add(sums.get("naive-b" + seed))).isEqualByComparingTo(sums.get("naive-desk" + seed));
            }
        }
    }

    @Test
    void ten_thousand_positions_are_valued_and_more_are_refused() {
        List<String> closes = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            closes.add(price(i, "MANY" + i, "2026-03-02", "2.50"));
        }
        taken(prices("many", closes.toArray(String[]::new)), 100);
        long[] accounts = LongStream.range(20_000, 20_100).toArray();
        List<String> rows = new ArrayList<>();
        for (long account : accounts) {
            for (int i = 0; i < 100; i++) {
                rows.add("{\"row\":%d,\"account\":\"%d\",\"symbol\":\"MANY%d\",\"currency\":\"EUR\",\"day\":\"2026-03-02\",\"quantity\":\"2\",\"cost\":\"3\"}".formatted(rows.size(),
                        account, i));
            }
        }
        taken(positions("many", rows.subList(0, 5_000).toArray(String[]::new)), 5_000);
        taken(positions("many", rows.subList(5_000, 10_000).toArray(String[]::new)), 5_000);
        portfolio("many-firm", "FIRM", null, "EUR");
        portfolio("many-desk", "DESK", "many-firm", "EUR");
        portfolio("many-book", "BOOK", "many-desk", "EUR", accounts);
        Answer value = get("/api/v1/portfolios/many-firm?day=2026-03-02");
        assertThat(value.text("total.positions")).as(value.toString()).isEqualTo("10000");
        assertThat(value.text("total.unrealized")).isEqualTo("20000.00");
        JsonNode page = get("/api/v1/portfolios/many-firm/positions?day=2026-03-02&after=9990&limit=100").json();
        assertThat(page.get("positions").size()).isEqualTo(10);
        assertThat(page.path("next").isNumber()).isFalse();
        taken(positions("one more",
                "{\"row\":1,\"account\":\"20000\",\"symbol\":\"ONEMORE\",\"currency\":\"EUR\",\"day\":\"2026-03-02\",\"quantity\":\"2\",\"cost\":\"3\"}"), 1);
        assertThat(get("/api/v1/portfolios/many-firm?day=2026-03-02").text("code")).isEqualTo("TOO_MANY_POSITIONS");
    }

    // ---- the command line ----------------------------------------------------------------------------------------------------

    private PartitaRun partita(Object... words) {
        List<Object> all = new ArrayList<>(List.of("import"));
        all.addAll(List.of(words));
        all.addAll(List.of("--member", MEMBER.uri("").toString(), "--key-file", MEMBER.keyFile().toString()));
        return PartitaRun.of(all.toArray());
    }

    /** Days of some symbols in the form that the files of daily prices have, newest symbols last. */
    private Path generated(String name, String prefix, int symbols, int days, long seed) throws IOException {
        Random random = new Random(seed);
        StringBuilder text = new StringBuilder("date,open,high,low,close,volume,Name\n");
        for (int symbol = 0; symbol < symbols; symbol++) {
            int price = 10_000 + random.nextInt(90_000);
            for (int day = 0; day < days; day++) {
                int close = Math.max(100, price + random.nextInt(601) - 300);
                text.append("%s,%s,%s,%s,%s,%d,%s%n".formatted(LocalDate.of(2020, 1, 1).plusDays(day), cents(price),
                        cents(Math.max(price, close) + 5),
                        cents(Math.min(price, close) - 5), cents(close), random.nextInt(1_000_000), prefix + symbol));
                price = close;
            }
        }
        return Files.writeString(folder.resolve(name), text);
    }

    private static String cents(int price) {
        return BigDecimal.valueOf(price, 2).toPlainString();
    }

    @Test
    void a_file_of_prices_is_imported_once_whatever_happens_on_the_way() throws IOException {
        Path file = generated("daily.csv", "GEN", 8, 300, 5);
        PartitaRun first = partita("prices", file, "--batch", "500");
        assertThat(first.status()).as(first.output()).isZero();
        assertThat(first.output()).contains("2,400 rows of prices", "accepted");
        assertThat(get("/api/v1/prices/history?symbol=GEN7").json().size()).isEqualTo(300);
        assertThat(partita("prices", file).output()).contains("2,400");
        PartitaRun again = partita("prices", file, "--restart");
        assertThat(again.output()).as("sent again").contains("(2,400 of them were there before)");
        assertThat(MEMBER.bean(Prices.class).history("GEN0", LocalDate.of(2020, 1, 1), LocalDate.of(2020, 12, 31), 10_000)).hasSize(300)
                .allMatch(price -> price.version() == 0).extracting(DailyPrice::day).isSorted();
    }

    @Test
    void bad_rows_go_to_a_file_with_their_codes_and_the_place_reached_is_kept() throws IOException {
        Path file = Files.writeString(folder.resolve("bad.csv"), """
                date,open,high,low,close,volume,Name
                2020-01-01,10,11,9,10,5,BADF
                2020-01-01,10,11,9,10.5,5,BADF
                2020-01-01,10,11,9,10,5,BADF
                2020-01-32,10,11,9,10,5,BADF
                2020-01-03,10,11,9,NaN,5,BADF
                2020-01-04,-10,11,9,10,5,BADF
                2020-01-05,10,11,9,10,5
                2020-01-06,10,"11,9,10,5,BADF
                2020-01-07,10,11,9,10,5,badf
                2020-01-08,10,9,11,10,5,BADF
                2020-01-09,,,,10,,BADF
                """);
        PartitaRun run = partita("prices", file, "--batch", "3");
        assertThat(run.status()).as(run.output()).isEqualTo(3);
        assertThat(Files.readAllLines(folder.resolve("bad.csv.refused.csv")).stream().skip(1)
                .map(line -> line.split(",")[0] + " " + line.split(",")[1]))
                .containsExactly("3 DUPLICATE_DAY", "5 MALFORMED_DAY", "6 PRICE_NOT_A_NUMBER", "7 NEGATIVE_PRICE", "8 MALFORMED_ROW",
                "9 MALFORMED_ROW", "10 MALFORMED_SYMBOL",
                        "11 PRICES_INCONSISTENT");
        assertThat(run.output()).contains("DUPLICATE_DAY", "PRICE_NOT_A_NUMBER");
        assertThat(get("/api/v1/prices/history?symbol=BADF").json().size()).isEqualTo(2);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"date,close,Name,mood | UNKNOWN_COLUMN in the header: there is no field for mood",
            "date,Name | there is no column for close|price",
        "date,day,close,Name | two columns are the day"})
    void a_header_that_does_not_fit_is_told(String header, String answer) throws IOException {
        Path file = Files.writeString(folder.resolve("header.csv"), header + "\n");
        PartitaRun run = partita("prices", file);
        assertThat(run.status()).isEqualTo(1);
        assertThat(run.output()).contains(answer.split("\\|")[0]);
        assertThat(partita("prices", folder.resolve("nowhere.csv")).output()).contains("there is no readable file");
    }

    @Test
    void a_file_of_one_symbol_and_a_file_of_positions_are_imported() throws IOException {
        Path index = Files.writeString(folder.resolve("index.csv"), "date,close,adjclose\n2020-01-01,3000.5,1\n2020-01-02,3010.25,1\n");
        assertThat(partita("prices", index, "--symbol", "IDX", "--ignore", "adjclose", "--source", "somebody").status()).isZero();
        assertThat(get("/api/v1/prices/history?symbol=IDX").text("1.source")).isEqualTo("somebody");
        Path held = Files.writeString(folder.resolve("held.csv"),
                "account,symbol,quantity,date,price,currency\n961,IDX,3,2020-01-01,3000.5,USD\n961,IDX,x,2020-01-01,1,USD\n");
        PartitaRun run = partita("positions", held);
        assertThat(run.status()).as(run.output()).isEqualTo(3);
        assertThat(run.output()).contains("MALFORMED_QUANTITY");
        assertThat(get("/api/v1/positions/lots?account=961&symbol=IDX").text("averageCost")).isEqualTo("9001.50");
    }

    @Test
    void an_import_that_breaks_off_again_and_again_ends_as_if_nothing_had_been() throws IOException {
        Path file = generated("broken.csv", "BRK", 4, 400, 9);
        Files.writeString(file, "2020-01-01,1,1,1,1,1,BRK0%n2020-13-01,1,1,1,1,1,BRK0%n".formatted(), StandardOpenOption.APPEND);
        Random random = new Random(3);
        ImportReport report = null;
        int runs = 0;
        while (report == null) {
            runs++;
            int last = random.nextInt(9);
            ImportListener breaking = new ImportListener() {
                private int batches;

                @Override
                public void progress(String phase, long bytes, long total, ImportReport so) {
                    if (so != null && ++batches > last) {
                        throw new IllegalStateException("broken off");
                    }
                }

                @Override
                public void note(String message) {
                    // Nobody looks.
                }
            };
            try (PositionClient client = PositionClient.of(MEMBER.uri(""), MEMBER.key())) {
                report = new RowImport(client, ImportSettings.of(file).withBatches(100, 1), new RowFile.Prices(null, false, null, Set.of()), breaking)
                        .run();
            } catch (IllegalStateException brokenOff) {
                assertThat(brokenOff).hasMessage("broken off");
                if (random.nextInt(4) == 0) {
                    // As if it had broken off between what was sent and its note.
                    Files.deleteIfExists(folder.resolve("broken.csv.progress"));
                }
            }
            assertThat(runs).isLessThan(1_000);
        }
        assertThat(runs).isGreaterThan(1);
        assertThat(report.accepted()).isEqualTo(1_600);
        assertThat(report.refused()).isEqualTo(Map.of("DUPLICATE_DAY", 1L, "MALFORMED_DAY", 1L));
        assertThat(Files.readAllLines(folder.resolve("broken.csv.refused.csv"))).hasSize(3);
        assertThat(MEMBER.bean(Prices.class).series("BRK", 4)).allMatch(series -> series.days() == 400);
    }

    @Test
    void five_years_of_32_shares_are_imported_as_they_come() throws IOException {
        Path file = Path.of(System.getProperty("partita.data", "../shared/data")).resolve("prices/sp500_32tickers_5yr.csv");
        assumeTrue(Files.isReadable(file), "there is no " + file + "; its sibling on generated data has run");
        PartitaRun run = partita("prices", file, "--progress", folder.resolve("p"), "--refused", folder.resolve("r"));
        assertThat(run.status()).as(run.output()).isZero();
        assertThat(run.output()).contains("40,286 rows of prices");
        Map<String, Long> days = MEMBER.bean(Prices.class).series("", 10_000).stream()
                .collect(Collectors.toMap(Prices.Series::symbol, Prices.Series::days));
        assertThat(days).containsEntry("AAPL", 1_259L).containsEntry("ORCL", 1_257L);
    }
}
