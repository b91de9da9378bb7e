package io.partita.member.risk.limits;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.partita.member.testing.Http.Answer;
import io.partita.member.testing.TestMember;
import io.partita.risk.BreachEvent;
import io.partita.risk.RiskNames;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Limits over real HTTP, and the orders that they stop. */
class LimitsRestTest {

    private static final TestMember MEMBER = TestMember.start(Map.of("partita.limits.every", "0"));
    private static final RiskScene SCENE = new RiskScene(MEMBER);

    @BeforeAll
    static void shares_are_listed() {
        MEMBER.awaitReady();
        SCENE.share(1, "LIMA");
        SCENE.share(2, "LIMB");
    }

    @AfterAll
    static void close() {
        MEMBER.close();
    }

    private static Answer limit(String code, String target, String measure, String soft, String hard, String more) {
        return SCENE.put("/api/v1/risk/limits/" + code, "{\"scope\":\"PORTFOLIO\",\"target\":\"%s\",\"measure\":\"%s\",\"soft\":\"%s\",\"hard\":\"%s\",\"actor\":\"ada\"%s}"
                .formatted(target, measure, soft, hard, more));
    }

    private static Answer evaluated(String code) {
        return SCENE.post("/api/v1/risk/limits/" + code + "/evaluations", "");
    }

    private static List<String> happened(String breach) {
        return SCENE.get("/api/v1/risk/breaches/" + breach + "/events").json().valueStream().map(event -> event.get("kind").asString()).toList();
    }

    @Test
    void a_hard_limit_on_value_at_risk_lets_positions_get_smaller_only_until_it_holds_again() {
        SCENE.account(10, "100000.00", "LIMA", 100);
        SCENE.account(11, "100000.00", "LIMA", 0);
        SCENE.held(10, "LIMA", 100, RiskScene.today().minusDays(5), "10.00");
        SCENE.portfolio("var", 10);
        String resting = SCENE.order(10, "LIMA", "BUY", "8.00", 5).text("orderId");
        Answer wide = limit("var-1d", "var-firm", "VALUE_AT_RISK", "900.00", "1000.00", ",\"window\":250");
        assertThat(wide.status()).as(wide.toString()).isEqualTo(201);
        assertThat(wide.text("state")).isEqualTo("OK");
        BigDecimal risk = new BigDecimal(wide.text("value"));
        assertThat(risk).as("of 1,000.00 whose days are a few percent").isBetween(new BigDecimal("10"), new BigDecimal("300"));

        Answer narrow = limit("var-1d", "var-firm", "VALUE_AT_RISK", "1.00", "2.00", ",\"window\":250");
        assertThat(narrow.status()).isEqualTo(200);
        assertThat(narrow.text("state")).as(narrow.toString()).isEqualTo("HARD");
        assertThat(new BigDecimal(narrow.text("value"))).isEqualByComparingTo(risk);
        assertThat(SCENE.get("/api/v1/risk/held-accounts").json().valueStream().map(one -> one.asString())).contains("10").doesNotContain("11");
        Answer refused = SCENE.order(10, "LIMA", "BUY", "9.00", 1);
        assertThat(refused.status()).as(refused.toString()).isEqualTo(422);
        assertThat(refused.text("code")).isEqualTo("RISK_LIMIT");
        assertThat(SCENE.order(10, "LIMB", "BUY", "9.00", 1).text("code")).as("another share").isEqualTo("RISK_LIMIT");
        assertThat(SCENE.order(11, "LIMA", "BUY", "7.00", 1).status()).as("somebody else").isEqualTo(201);
        Answer selling = SCENE.order(10, "LIMA", "SELL", "11.00", 60);
        assertThat(selling.status()).as("what makes it smaller: " + selling).isEqualTo(201);
        assertThat(SCENE.order(10, "LIMA", "SELL", "11.00", 41).text("code")).as("together they would turn it over").isEqualTo("RISK_LIMIT");
        assertThat(SCENE.cancel("LIMA", resting, 10).status()).as("what is open may be taken back").isEqualTo(200);

        String breach = narrow.text("breach");
        assertThat(SCENE.get("/api/v1/risk/breaches/" + breach).text("holds")).isEqualTo("true");
        assertThat(limit("var-1d", "var-firm", "VALUE_AT_RISK", "900.00", "1000.00", ",\"window\":250").text("state")).isEqualTo("OK");
        assertThat(happened(breach)).containsExactly("RAISED", "CLEARED");
        assertThat(SCENE.get("/api/v1/risk/held-accounts").json().valueStream().map(one -> one.asString())).doesNotContain("10");
        assertThat(SCENE.order(10, "LIMA", "BUY", "9.00", 1).status()).isEqualTo(201);
    }
}
