package io.partita.member.risk.margin;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.partita.ledger.TransferIds;
import io.partita.member.risk.limits.RiskScene;
import io.partita.member.testing.Http.Answer;
import io.partita.member.testing.TestMember;
import io.partita.member.trading.orders.OrderService;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Margin over real HTTP; time is told by the test where a deadline has to pass. */
class MarginRestTest {

    private static final TestMember MEMBER = TestMember.start(Map.of("partita.limits.every", "0"));
    private static final RiskScene SCENE = new RiskScene(MEMBER);

    @BeforeAll
    static void shares_are_listed() {
        MEMBER.awaitReady();
        SCENE.share(1, "MARA");
        SCENE.share(2, "MARB");
        SCENE.account(19, "1.00", "MARA", 0);
    }

    @AfterAll
    static void close() {
        MEMBER.close();
    }

    private static Answer terms(long account, String maintenance, String more) {
        return SCENE.put("/api/v1/risk/margin/accounts/" + account,
                "{\"currency\":\"EUR\",\"maintenance\":\"%s\",\"deadlineMinutes\":60,\"window\":250,\"actor\":\"ada\"%s}".formatted(maintenance, more));
    }

    private static BigDecimal amount(Answer answer, String field) {
        return new BigDecimal(answer.text(field));
    }

    private static List<String> statuses(String call) {
        return SCENE.get("/api/v1/risk/margin/calls/" + call + "/events").json().valueStream().map(event -> event.get("status").asString()).toList();
    }

    /** The same margin, at a time of the test's. */
    private static MarginService service(AtomicReference<Instant> now) {
        return new MarginService(new MarginTables(MEMBER.bean(Jdbi.class)), MEMBER.bean(MarginFigures.class), MEMBER.bean(OrderService.class), MEMBER.bean(MarginCash.class),
                new MarginMeters(new SimpleMeterRegistry()), now::get);
    }

    /** An account that owes more units elsewhere than its cash is worth, and holds some that it can sell. */
    private static void deficient(long account) {
        SCENE.account(account, "100.00", "MARA", 50);
        SCENE.held(account, "MARA", 50, RiskScene.today().minusDays(5), "10.00");
        SCENE.held(account, "MARB", -70, RiskScene.today().minusDays(5), "10.00");
    }

    @Test
    void an_account_has_its_cash_and_its_positions_and_needs_what_these_may_lose() {
        SCENE.account(20, "1000.00", "MARA", 0);
        SCENE.held(20, "MARA", 100, RiskScene.today().minusDays(5), "10.00");
        Answer set = terms(20, "0.75", "");
        assertThat(set.status()).as(set.toString()).isEqualTo(201);
        assertThat(set.text("collateral")).isEqualTo("1000.00");
        assertThat(set.text("worth")).isEqualTo("1000.00");
        assertThat(set.text("equity")).isEqualTo("2000.00");
        assertThat(set.text("shortfall")).isEqualTo("0.00");
        assertThat(amount(set, "initial")).isBetween(new BigDecimal("20"), new BigDecimal("300"));
        assertThat(amount(set, "maintenanceMargin")).isBetween(amount(set, "initial").multiply(new BigDecimal("0.75")), amount(set, "initial").multiply(new BigDecimal("0.75"))
                .add(new BigDecimal("0.01")));
        assertThat(set.json().has("call")).isFalse();
        assertThat(terms(20, "0.5", "").status()).as("other ones").isEqualTo(200);
        assertThat(SCENE.get("/api/v1/risk/margin/accounts/20").text("maintenance")).isEqualTo("0.5000");
        assertThat(SCENE.delete("/api/v1/risk/margin/accounts/20").status()).isEqualTo(204);
        assertThat(SCENE.get("/api/v1/risk/margin/accounts/20").text("code")).isEqualTo("MARGIN_ACCOUNT_NOT_FOUND");
    }

    @Test
    void a_call_is_partly_met_and_met_by_cash_and_the_account_goes_on() {
        deficient(21);
        Answer set = terms(21, "0.75", "");
        String call = set.text("call");
        Answer issued = SCENE.get("/api/v1/risk/margin/calls/" + call);
        assertThat(issued.text("status")).as(issued.toString()).isEqualTo("ISSUED");
        assertThat(issued.text("amount")).isEqualTo(set.text("shortfall"));
        assertThat(Instant.parse(issued.text("deadline"))).isEqualTo(Instant.parse(issued.text("issuedAt")).plusSeconds(3_600));
        assertThat(SCENE.delete("/api/v1/risk/margin/accounts/21").text("code")).isEqualTo("CALL_OPEN");
        SCENE.post("/api/v1/risk/margin/accounts/21/evaluations", "");
        SCENE.pay(21, "10.00");
        SCENE.post("/api/v1/risk/margin/evaluations", "");
        assertThat(amount(SCENE.get("/api/v1/risk/margin/calls/" + call), "outstanding")).isEqualTo(amount(issued, "amount").subtract(new BigDecimal("10.00")));
        SCENE.pay(21, amount(issued, "amount").toPlainString());
        assertThat(SCENE.post("/api/v1/risk/margin/accounts/21/evaluations", "").json().has("call")).isFalse();
        assertThat(statuses(call)).containsExactly("ISSUED", "PARTLY_MET", "MET");
        assertThat(SCENE.get("/api/v1/kill-switch/engaged").body()).doesNotContain("\"target\":\"21\"");
        assertThat(SCENE.get("/api/v1/risk/margin/calls?account=21&open=true").json().size()).isZero();
        assertThat(SCENE.get("/api/v1/risk/margin/calls?account=21").json().size()).isOne();
    }

    @Test
    void a_call_that_is_not_met_in_time_stops_the_account_and_closes_its_positions_and_never_before() {
        deficient(22);
        SCENE.account(23, "10000.00", "MARA", 0);
        AtomicReference<Instant> now = new AtomicReference<>(Instant.now());
        MarginService margin = service(now);
        String call = terms(22, "0.75", "").text("call");
        Instant deadline = Instant.parse(SCENE.get("/api/v1/risk/margin/calls/" + call).text("deadline"));
        assertThat(SCENE.order(23, "MARA", "BUY", "9.50", 30).status()).isEqualTo(201);
        assertThat(SCENE.order(22, "MARA", "SELL", "12.00", 5).status()).isEqualTo(201);

        now.set(deadline.minusMillis(1));
        margin.evaluateAll();
        assertThat(statuses(call)).containsExactly("ISSUED");
        assertThat(SCENE.get("/api/v1/trading-accounts/22/risk").json().get("orders").size()).isOne();

        now.set(deadline);
        margin.evaluateAll();
        assertThat(statuses(call)).containsExactly("ISSUED", "OVERDUE", "LIQUIDATING");
        assertThat(SCENE.get("/api/v1/kill-switch/engaged").body()).contains("\"target\":\"22\"").contains("margin call " + call);
        assertThat(SCENE.get("/api/v1/trading-accounts/22/risk").json().get("orders").size()).as("what was open is cancelled").isZero();
        assertThat(SCENE.get("/api/v1/trading-accounts/22/risk").text("positions.0.quantity")).as("the market took 30 of 50").isEqualTo("20");
        assertThat(SCENE.order(22, "MARA", "SELL", "9.00", 1).text("code")).isEqualTo("KILLED_ACCOUNT");

        assertThat(SCENE.order(23, "MARA", "BUY", "9.50", 100).status()).isEqualTo(201);
        now.set(deadline.plusSeconds(60));
        margin.evaluateAll();
        assertThat(SCENE.get("/api/v1/trading-accounts/22/risk").text("positions.0.quantity")).isEqualTo("0");
        assertThat(statuses(call)).containsExactly("ISSUED", "OVERDUE", "LIQUIDATING", "CLOSED");
        assertThat(SCENE.get("/api/v1/risk/margin/calls/" + call).text("attempt")).isEqualTo("2");
    }

    @Test
    void an_account_that_is_not_to_be_liquidated_stays_overdue_and_may_pay_late() {
        deficient(24);
        String call = terms(24, "0.75", ",\"liquidates\":false").text("call");
        AtomicReference<Instant> now = new AtomicReference<>(Instant.now().plus(Duration.ofHours(2)));
        service(now).evaluateAll();
        assertThat(statuses(call)).containsExactly("ISSUED", "OVERDUE");
        assertThat(SCENE.get("/api/v1/kill-switch/engaged").body()).doesNotContain("\"target\":\"24\"");
        SCENE.pay(24, "1000.00");
        now.set(now.get().plusSeconds(1));
        service(now).evaluateAll();
        assertThat(statuses(call)).containsExactly("ISSUED", "OVERDUE", "MET");
    }

    @Test
    void where_nobody_knows_what_an_account_is_worth_nothing_is_closed() {
        deficient(25);
        String call = terms(25, "0.75", "").text("call");
        SCENE.held(25, "NOPRICE", -5, RiskScene.today().minusDays(5), "10.00");
        service(new AtomicReference<>(Instant.now().plus(Duration.ofHours(2)))).evaluateAll();
        assertThat(SCENE.get("/api/v1/risk/margin/accounts/25").text("reason")).isEqualTo("MISSING_PRICE");
        assertThat(statuses(call)).containsExactly("ISSUED", "OVERDUE");
        assertThat(SCENE.get("/api/v1/kill-switch/engaged").body()).doesNotContain("\"target\":\"25\"");
    }

    @Test
    void the_gain_of_a_future_is_variation_until_it_is_paid_and_equity_stays_what_it_is() {
        SCENE.account(26, "500.00", "MARA", 0);
        assertThat(SCENE.post("/api/v1/positions/products", """
                {"symbol":"MARFUT","kind":"FUTURE","currency":"EUR","multiplier":10,"lastDay":"%s","actor":"ada"}""".formatted(RiskScene.today().plusYears(1))).status()).isEqualTo(201);
        SCENE.closes("MARFUT", "100.00");
        SCENE.held(26, "MARFUT", 2, RiskScene.today(), "95.00");
        String house = "970026";
        assertThat(SCENE.post("/api/v1/accounts", "{\"id\":\"%s\",\"name\":\"House\",\"type\":\"ASSET\",\"currency\":\"EUR\"}".formatted(house)).status()).isEqualTo(201);
        Answer set = terms(26, "0.75", "");
        assertThat(set.text("variation")).as(set.toString()).isEqualTo("100.00");
        assertThat(set.text("worth")).isEqualTo("0.00");
        assertThat(set.text("equity")).isEqualTo("600.00");
        UUID id = TransferIds.next();
        String settle = "{\"id\":\"%s\",\"against\":\"%s\"}".formatted(id, house);
        Answer paid = SCENE.post("/api/v1/risk/margin/accounts/26/settlements", settle);
        assertThat(paid.text("amount")).as(paid.toString()).isEqualTo("100.00");
        assertThat(SCENE.post("/api/v1/risk/margin/accounts/26/settlements", settle).body()).as("once").isEqualTo(paid.body());
        Answer after = SCENE.post("/api/v1/risk/margin/accounts/26/evaluations", "");
        assertThat(after.text("variation")).isEqualTo("0.00");
        assertThat(after.text("collateral")).isEqualTo("600.00");
        SCENE.closes("MARFUT", "99.00");
        assertThat(SCENE.post("/api/v1/risk/margin/accounts/26/evaluations", "").text("variation")).isEqualTo("-20.00");
        assertThat(SCENE.post("/api/v1/risk/margin/accounts/26/settlements", settle.replace(house, "970027")).text("code")).isEqualTo("ID_REUSED");
        Answer nowhere = SCENE.post("/api/v1/risk/margin/accounts/26/settlements", settle.replace(id.toString(), TransferIds.next().toString()).replace(house, "970027"));
        assertThat(nowhere.text("code")).as(nowhere.toString()).isEqualTo("ACCOUNT_NOT_FOUND");
        Answer lost = SCENE.post("/api/v1/risk/margin/accounts/26/settlements", settle.replace(id.toString(), TransferIds.next().toString()));
        assertThat(lost.text("amount")).as(lost.toString()).isEqualTo("-20.00");
        assertThat(SCENE.post("/api/v1/risk/margin/accounts/26/evaluations", "").text("equity")).isEqualTo("580.00");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "\"maintenance\":\"0.75\"                    | \"maintenance\":\"0\"       | MARGIN_TERMS_OUT_OF_RANGE | 400",
        "\"maintenance\":\"0.75\"                    | \"maintenance\":\"1.5\"     | MALFORMED_LEVEL           | 400",
        "\"maintenance\":\"0.75\"                    | \"maintenance\":\"x\"       | MALFORMED_LEVEL           | 400",
        "\"maintenance\":\"0.75\"                    | \"smallest\":\"1\"          | INVALID_REQUEST           | 400",
        "\"deadlineMinutes\":60                      | \"deadlineMinutes\":0       | MARGIN_TERMS_OUT_OF_RANGE | 400",
        "\"deadlineMinutes\":60                      | \"deadlineMinutes\":43201   | MARGIN_TERMS_OUT_OF_RANGE | 400",
        "\"currency\":\"EUR\"                        | \"currency\":\"XXQ\"        | CURRENCY_DIFFERS          | 400",
        "\"window\":250                              | \"smallest\":\"-1.00\"      | MARGIN_TERMS_OUT_OF_RANGE | 400",
        "\"window\":250                              | \"smallest\":\"0.001\"      | MALFORMED_LEVEL           | 400",
        "\"window\":250                              | \"measure\":\"DAY_LOSS\"    | TAIL_OUT_OF_RANGE         | 400",
        "\"window\":250                              | \"method\":\"GUESS\"        | TAIL_OUT_OF_RANGE         | 400",
        "\"window\":250                              | \"level\":1.0               | TAIL_OUT_OF_RANGE         | 400",
        "\"actor\":\"ada\"                           | \"actor\":\" \"             | INVALID_REQUEST           | 400"})
    void what_are_no_margin_terms_is_refused(String right, String wrong, String code, int status) {
        String body = "{\"currency\":\"EUR\",\"maintenance\":\"0.75\",\"deadlineMinutes\":60,\"window\":250,\"actor\":\"ada\"}";
        assertThat(body).contains(right);
        Answer answer = SCENE.put("/api/v1/risk/margin/accounts/19", body.replace(right, wrong));
        assertThat(answer.text("code")).as(answer.toString()).isEqualTo(code);
        assertThat(answer.status()).isEqualTo(status);
    }

    @Test
    void what_there_is_not_is_not_found() {
        assertThat(terms(987_654, "0.75", "").text("code")).isEqualTo("TRADING_ACCOUNT_NOT_FOUND");
        assertThat(SCENE.put("/api/v1/risk/margin/accounts/x", "{}").text("code")).isEqualTo("INVALID_ACCOUNT_ID");
        assertThat(SCENE.get("/api/v1/risk/margin/calls/987654").text("code")).isEqualTo("MARGIN_CALL_NOT_FOUND");
        assertThat(SCENE.get("/api/v1/risk/margin/calls?limit=501").text("code")).isEqualTo("LIMIT_OUT_OF_RANGE");
        assertThat(SCENE.post("/api/v1/risk/margin/accounts/987654/settlements", "{\"id\":\"%s\",\"against\":\"1\"}".formatted(UUID.randomUUID())).text("code"))
                .isEqualTo("MARGIN_ACCOUNT_NOT_FOUND");
    }
}
