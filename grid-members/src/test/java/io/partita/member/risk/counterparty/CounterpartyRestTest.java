package io.partita.member.risk.counterparty;

import static org.assertj.core.api.Assertions.assertThat;

import io.partita.member.risk.limits.RiskScene;
import io.partita.member.testing.Http.Answer;
import io.partita.member.testing.TestMember;
import java.time.LocalDate;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Counterparties over real HTTP. */
class CounterpartyRestTest {

    private static final TestMember MEMBER = TestMember.start(Map.of("partita.limits.every", "0"));
    private static final RiskScene SCENE = new RiskScene(MEMBER);
    private static final LocalDate EXPIRY = RiskScene.today().plusDays(200);

    @BeforeAll
    static void contracts_are_held() {
        MEMBER.awaitReady();
        SCENE.held(12, "CPTY", 5, RiskScene.today(), "100.00");
        product("CPTCALL", "\"kind\":\"OPTION\",\"underlying\":\"CPTY\",\"strike\":\"100\",\"right\":\"CALL\",\"exercise\":\"EUROPEAN\",\"multiplier\":10");
        product("CPTFUT", "\"kind\":\"FUTURE\",\"multiplier\":10");
        SCENE.closes("CPTCALL", "4.00");
        SCENE.closes("CPTFUT", "98.00");
        SCENE.closes("CPTY", "101.00");
        // Worth 40.00 on 1,000.00 of shares; and a loss of 20.00 on 980.00.
        SCENE.held(11, "CPTCALL", 1, RiskScene.today(), "3.00");
        SCENE.held(12, "CPTFUT", 1, RiskScene.today(), "100.00");
    }

    @AfterAll
    static void close() {
        MEMBER.close();
    }

    private static void product(String symbol, String terms) {
        Answer entered = SCENE.post("/api/v1/positions/products", "{\"symbol\":\"%s\",\"currency\":\"EUR\",\"lastDay\":\"%s\",\"actor\":\"ada\",%s}".formatted(symbol, EXPIRY, terms));
        assertThat(entered.status()).as(entered.toString()).isEqualTo(201);
    }

    private static Answer counterparty(String code) {
        return SCENE.put("/api/v1/risk/counterparties/" + code, "{\"name\":\"North Bank\",\"currency\":\"EUR\"}");
    }

    private static Answer set(String counterparty, String code, boolean enforceable, String collateral, String accounts) {
        return SCENE.put("/api/v1/risk/counterparties/%s/netting-sets/%s".formatted(counterparty, code),
                "{\"enforceable\":%s,\"collateral\":\"%s\",\"accounts\":%s}".formatted(enforceable, collateral, accounts));
    }

    private static void exposed(Answer answer, String gross, String netted, String current, String addOn, String total) {
        assertThat(answer.status()).as(answer.toString()).isIn(200, 201);
        assertThat(answer.text("gross") + ' ' + answer.text("netted") + ' ' + answer.text("current") + ' ' + answer.text("addOn") + ' ' + answer.text("total"))
                .isEqualTo(String.join(" ", gross, netted, current, addOn, total));
    }

    @Test
    void contracts_are_set_off_where_that_can_be_enforced_and_collateral_covers_the_rest() {
        assertThat(counterparty("north").status()).isEqualTo(201);
        assertThat(counterparty("north").status()).as("again").isEqualTo(200);
        // 6 % of 1,000.00 and of 980.00; with a net-to-gross ratio of one half 0.4 and 0.3 of that.
        exposed(set("north", "north-isda", true, "0.00", "[11,12]"), "40.00", "20.00", "20.00", "83.16", "103.16");
        exposed(set("north", "north-isda", false, "0.00", "[11,12]"), "40.00", "40.00", "40.00", "118.80", "158.80");
        exposed(set("north", "north-isda", true, "15.00", "[\"11\",\"12\"]"), "40.00", "20.00", "5.00", "83.16", "88.16");
        exposed(set("north", "north-isda", true, "-15.00", "[11,12]"), "40.00", "20.00", "35.00", "83.16", "118.16");
        exposed(set("north", "north-two", true, "0.00", "[13]"), "40.00", "20.00", "35.00", "83.16", "118.16");
        assertThat(set("north", "north-two", true, "0.00", "[11]").text("code")).isEqualTo("ACCOUNT_IN_OTHER_SET");
        assertThat(SCENE.get("/api/v1/risk/counterparties").text("0.nettingSets.0.accounts.1")).isEqualTo("12");

        Answer limit = SCENE.put("/api/v1/risk/limits/north-all",
                "{\"scope\":\"COUNTERPARTY\",\"target\":\"north\",\"measure\":\"COUNTERPARTY_EXPOSURE\",\"soft\":\"100.00\",\"hard\":\"118.00\",\"actor\":\"ada\"}");
        assertThat(limit.text("state") + ' ' + limit.text("value")).as(limit.toString()).isEqualTo("HARD 118.16");
        assertThat(SCENE.get("/api/v1/risk/held-accounts").body()).contains("\"11\"", "\"12\"", "\"13\"");
        assertThat(SCENE.delete("/api/v1/risk/counterparties/north").text("code")).isEqualTo("COUNTERPARTY_NOT_EMPTY");
        assertThat(SCENE.delete("/api/v1/risk/counterparties/north/netting-sets/north-isda").status()).isEqualTo(204);
        assertThat(SCENE.delete("/api/v1/risk/counterparties/north/netting-sets/north-two").status()).isEqualTo(204);
        assertThat(SCENE.delete("/api/v1/risk/counterparties/north").text("code")).isEqualTo("LIMIT_IN_USE");
        assertThat(SCENE.post("/api/v1/risk/limits/north-all/evaluations", "").text("state")).isEqualTo("OK");
        assertThat(SCENE.get("/api/v1/risk/held-accounts").json().size()).isZero();
        assertThat(SCENE.delete("/api/v1/risk/limits/north-all").status()).isEqualTo(204);
        assertThat(SCENE.delete("/api/v1/risk/counterparties/north").status()).isEqualTo(204);
        assertThat(SCENE.get("/api/v1/risk/counterparties/north").text("code")).isEqualTo("COUNTERPARTY_NOT_FOUND");
    }

    @Test
    void a_contract_without_a_price_is_in_no_figure_and_is_counted() {
        product("CPTDARK", "\"kind\":\"FUTURE\",\"multiplier\":10");
        SCENE.held(14, "CPTDARK", 1, RiskScene.today(), "100.00");
        counterparty("dark");
        assertThat(set("dark", "dark-set", true, "0", "[14]").text("unpriced")).isEqualTo("1");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "/api/v1/risk/counterparties/NORTH                   | {\"name\":\"N\",\"currency\":\"EUR\"}                              | MALFORMED_LIMIT_CODE",
        "/api/v1/risk/counterparties/south                   | {\"currency\":\"EUR\"}                                             | INVALID_REQUEST",
        "/api/v1/risk/counterparties/south                   | {\"name\":\"N\"}                                                   | INVALID_REQUEST",
        "/api/v1/risk/counterparties/south                   | {\"name\":\"N\",\"currency\":\"XXQ\"}                              | CURRENCY_DIFFERS",
        "/api/v1/risk/counterparties/east                    | {\"name\":\"N\",\"currency\":\"USD\"}                              | CURRENCY_DIFFERS",
        "/api/v1/risk/counterparties/nobody/netting-sets/s   | {\"enforceable\":true,\"accounts\":[1]}                            | COUNTERPARTY_NOT_FOUND",
        "/api/v1/risk/counterparties/east/netting-sets/S     | {\"enforceable\":true,\"accounts\":[1]}                            | MALFORMED_LIMIT_CODE",
        "/api/v1/risk/counterparties/east/netting-sets/s     | {\"accounts\":[1]}                                                 | INVALID_REQUEST",
        "/api/v1/risk/counterparties/east/netting-sets/s     | {\"enforceable\":true}                                             | INVALID_REQUEST",
        "/api/v1/risk/counterparties/east/netting-sets/s     | {\"enforceable\":true,\"accounts\":[0]}                            | INVALID_ACCOUNT_ID",
        "/api/v1/risk/counterparties/east/netting-sets/s     | {\"enforceable\":true,\"accounts\":[null]}                         | INVALID_REQUEST",
        "/api/v1/risk/counterparties/east/netting-sets/s     | {\"enforceable\":true,\"accounts\":[1],\"collateral\":\"1.001\"}   | MALFORMED_LEVEL"})
    void what_is_no_counterparty_is_refused_and_changes_nothing(String path, String body, String code) {
        counterparty("east");
        String before = SCENE.get("/api/v1/risk/counterparties").body();
        Answer answer = SCENE.put(path, body);
        assertThat(answer.text("code")).as(answer.toString()).isEqualTo(code);
        assertThat(SCENE.get("/api/v1/risk/counterparties").body()).isEqualTo(before);
        assertThat(SCENE.delete("/api/v1/risk/counterparties/east/netting-sets/s").text("code")).isEqualTo("NETTING_SET_NOT_FOUND");
    }
}
