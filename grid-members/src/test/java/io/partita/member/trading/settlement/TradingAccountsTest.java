package io.partita.member.trading.settlement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.partita.ledger.TransferIds;
import io.partita.member.testing.Http;
import io.partita.member.testing.Http.Answer;
import io.partita.member.testing.TestMember;
import java.net.http.HttpRequest;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class TradingAccountsTest {

    private static final TestMember MEMBER = TestMember.start();

    @BeforeAll
    static void list() {
        MEMBER.awaitReady();
        for (int id = 1; id <= 2; id++) {
            Answer listed = post("/api/v1/instruments", "{\"id\":%d,\"symbol\":\"SHARE%d\",\"currency\":\"EUR\"}".formatted(id, id));
            assertThat(listed.status()).as(listed.toString()).isEqualTo(201);
        }
        await().atMost(Duration.ofSeconds(20)).until(() -> Http.get(MEMBER.uri("/api/v1/instruments")).json().size() == 2);
        for (int number : new int[] {7, 8}) {
            Answer opened = open(number, "Ada", false);
            assertThat(opened.status()).as(opened.toString()).isEqualTo(201);
        }
    }

    @AfterAll
    static void close() {
        MEMBER.close();
    }

    private static Answer post(String path, String json) {
        return Http.post(MEMBER.uri(path), json);
    }

    private static Answer put(String path) {
        return Http.send(Http.request(MEMBER.uri(path)).PUT(HttpRequest.BodyPublishers.noBody()));
    }

    private static Answer open(long number, String name, boolean margin) {
        return post("/api/v1/trading-accounts", "{\"number\":%d,\"participant\":3,\"firm\":\"NORTH\",\"name\":\"%s\",\"margin\":%b}".formatted(number, name, margin));
    }

    private static Answer transfer(String debit, String credit, String amount, String currency) {
        return post("/api/v1/transfers", "{\"id\":\"%s\",\"debitAccount\":\"%s\",\"creditAccount\":\"%s\",\"amount\":\"%s\",\"currency\":\"%s\"}"
                .formatted(TransferIds.next(), debit, credit, amount, currency));
    }

    @Test
    void a_trading_account_is_opened_once() {
        assertThat(open(7, "Ada", false).status()).isEqualTo(200);
        Answer other = open(7, "Bob", false);
        assertThat(other.status()).isEqualTo(409);
        assertThat(other.text("code")).isEqualTo("TRADING_ACCOUNT_EXISTS");
        assertThat(open(0, "Ada", false).text("code")).isEqualTo("INVALID_REQUEST");
        assertThat(open(1L << 46, "Ada", false).text("code")).isEqualTo("INVALID_REQUEST");
        assertThat(open(9, "", false).text("code")).isEqualTo("INVALID_REQUEST");
        assertThat(Http.get(MEMBER.uri("/api/v1/trading-accounts/4711")).text("code")).isEqualTo("TRADING_ACCOUNT_NOT_FOUND");
        Answer first = Http.get(MEMBER.uri("/api/v1/trading-accounts?limit=1"));
        assertThat(first.text("next")).as(first.toString()).isEqualTo("7");
        assertThat(Http.get(MEMBER.uri("/api/v1/trading-accounts?limit=1&after=7")).text("accounts.0.number")).isEqualTo("8");
    }

    @Test
    void cash_and_holdings_are_accounts_of_the_ledger_which_keeps_each_security_apart() {
        Answer cash = put("/api/v1/trading-accounts/7/cash/EUR");
        assertThat(cash.status()).as(cash.toString()).isEqualTo(200);
        assertThat(put("/api/v1/trading-accounts/7/cash/EUR").body()).isEqualTo(cash.body());
        Answer first = put("/api/v1/trading-accounts/7/holdings/SHARE1");
        Answer second = put("/api/v1/trading-accounts/7/holdings/SHARE2");
        assertThat(second.text("currency")).as(second.toString()).isEqualTo("A01");
        assertThat(transfer(first.text("depository"), first.text("account"), "120", "A00").status()).isEqualTo(201);
        assertThat(transfer(first.text("account"), first.text("depository"), "20", "A00").status()).isEqualTo(201);
        Answer tooMuch = transfer(first.text("account"), first.text("depository"), "101", "A00");
        assertThat(tooMuch.text("code")).as(tooMuch.toString()).isEqualTo("INSUFFICIENT_FUNDS");
        assertThat(transfer(first.text("account"), second.text("account"), "1", "A00").text("code")).isEqualTo("CURRENCY_MISMATCH");
        assertThat(transfer(first.text("account"), cash.text("account"), "1", "EUR").text("code")).isEqualTo("CURRENCY_MISMATCH");
        assertThat(transfer(first.text("depository"), first.text("account"), "0.5", "A00").text("code")).isEqualTo("INVALID_REQUEST");
        Answer account = Http.get(MEMBER.uri("/api/v1/trading-accounts/7"));
        assertThat(account.text("holdings.0.symbol")).as(account.toString()).isEqualTo("SHARE1");
        assertThat(account.text("holdings.0.quantity")).isEqualTo("100");
        assertThat(account.text("holdings.0.available")).isEqualTo("100");
        assertThat(account.text("holdings.1.quantity")).isEqualTo("0");
        assertThat(account.text("cash.0.available")).isEqualTo("0.00");
        Answer trial = Http.get(MEMBER.uri("/api/v1/ledger/trial-balance"));
        assertThat(trial.status()).as(trial.toString()).isEqualTo(200);
        assertThat(trial.body()).contains("A00");
        assertThat(Http.get(MEMBER.uri("/api/v1/accounts?currency=A00")).json().get("accounts").size()).isEqualTo(2);
    }

    @Test
    void a_ledger_account_needs_a_trading_account_and_an_instrument_or_a_currency() {
        assertThat(put("/api/v1/trading-accounts/4711/cash/EUR").text("code")).isEqualTo("TRADING_ACCOUNT_NOT_FOUND");
        assertThat(put("/api/v1/trading-accounts/8/cash/EUX").text("code")).isEqualTo("INVALID_PARAMETER");
        assertThat(put("/api/v1/trading-accounts/8/cash/A00").text("code")).isEqualTo("INVALID_PARAMETER");
        assertThat(put("/api/v1/trading-accounts/8/holdings/NONE").text("code")).isEqualTo("UNKNOWN_INSTRUMENT");
    }

    @Test
    void a_margin_account_may_owe() {
        assertThat(open(20, "Grace", true).status()).isEqualTo(201);
        Answer holding = put("/api/v1/trading-accounts/20/holdings/SHARE2");
        assertThat(transfer(holding.text("account"), holding.text("depository"), "5", "A01").status()).isEqualTo(201);
        Answer account = Http.get(MEMBER.uri("/api/v1/trading-accounts/20"));
        assertThat(account.text("holdings.0.quantity")).as(account.toString()).isEqualTo("-5");
        assertThat(account.json().get("holdings").get(0).has("available")).isFalse();
    }
}
