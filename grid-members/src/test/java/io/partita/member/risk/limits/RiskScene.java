package io.partita.member.risk.limits;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.partita.ledger.TransferIds;
import io.partita.member.testing.Http;
import io.partita.member.testing.Http.Answer;
import io.partita.member.testing.TestMember;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;

/** A member over real HTTP with listed shares that have a history of prices, and accounts that hold and trade them. */
public final class RiskScene {

    private static final AtomicLong IDS = new AtomicLong(1_000);
    private static final int DAYS = 300;

    private final TestMember member;

    public RiskScene(TestMember member) {
        this.member = member;
    }

    public static LocalDate today() {
        return LocalDate.now(ZoneOffset.UTC);
    }

    public Answer get(String path) {
        return Http.get(member.uri(path));
    }

    public Answer post(String path, String json) {
        return Http.post(member.uri(path), json);
    }

    public Answer put(String path, String json) {
        return Http.send(Http.request(member.uri(path)).header("Content-Type", "application/json").PUT(BodyPublishers.ofString(json)));
    }

    public Answer delete(String path) {
        return Http.send(Http.request(member.uri(path)).DELETE());
    }

    /** A share in continuous trading whose closes wander around 10.00 up to today's, which is that. */
    public void share(int id, String symbol) {
        Answer listed = post("/api/v1/instruments", "{\"id\":%d,\"symbol\":\"%s\",\"currency\":\"EUR\",\"settlementDays\":0}".formatted(id, symbol));
        assertThat(listed.status()).as(listed.toString()).isEqualTo(201);
        for (String phase : new String[] {"PRE_OPEN", "CONTINUOUS"}) {
            await().atMost(Duration.ofSeconds(20)).until(() -> put("/api/v1/instruments/" + symbol + "/phase",
                    "{\"id\":%d,\"phase\":\"%s\"}".formatted(IDS.incrementAndGet(), phase)).status() == 200);
        }
        Random random = new Random(id);
        List<String> rows = new ArrayList<>();
        for (int day = 0; day <= DAYS; day++) {
            double close = day == DAYS ? 10 : 10 * Math.exp(0.02 * random.nextGaussian());
            rows.add(row(day + 1, symbol, today().minusDays(DAYS - day), String.format(Locale.ROOT, "%.2f", close)));
        }
        prices(symbol, rows);
    }

    private static String row(int row, String symbol, LocalDate day, String close) {
        return "{\"row\":%d,\"symbol\":\"%s\",\"day\":\"%s\",\"close\":\"%s\"}".formatted(row, symbol, day, close);
    }

    private void prices(String name, List<String> rows) {
        taken(post("/api/v1/prices", "{\"name\":\"%s\",\"correct\":true,\"rows\":[%s]}".formatted(name, String.join(",", rows))), rows.size());
    }

    /** Another close of today, in place of the one before. */
    public void closes(String symbol, String close) {
        prices(symbol + IDS.incrementAndGet(), List.of(row(1, symbol, today(), close)));
    }

    private static void taken(Answer answer, int rows) {
        assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
        assertThat(answer.json().get("accepted").asInt()).as(answer.toString()).isEqualTo(rows);
    }

    /** A position that was opened elsewhere. */
    public void held(long account, String symbol, long quantity, LocalDate day, String price) {
        taken(post("/api/v1/positions/imports", """
                {"name":"held %d","rows":[{"row":1,"account":"%d","symbol":"%s","currency":"EUR","day":"%s","quantity":"%d","price":"%s"}]}"""
                .formatted(IDS.incrementAndGet(), account, symbol, day, quantity, price)), 1);
    }

    public void portfolio(String code, long... accounts) {
        for (String[] level : new String[][] {{"FIRM", "-firm", ""}, {"DESK", "-desk", "-firm"}, {"BOOK", "", "-desk"}}) {
            Answer made = put("/api/v1/portfolios/" + code + level[1], "{\"name\":\"%s\",\"level\":\"%s\",\"base\":\"EUR\"%s}".formatted(code, level[0],
                    level[2].isEmpty() ? "" : ",\"parent\":\"" + code + level[2] + "\""));
            assertThat(made.status()).as(made.toString()).isEqualTo(201);
        }
        assertThat(post("/api/v1/portfolios/" + code + "/accounts", Arrays.toString(accounts)).status()).isEqualTo(200);
    }

    /** A trading account with cash, and with units of a share that it got otherwise than by trading. */
    public void account(long number, String cash, String symbol, long units) {
        Answer opened = post("/api/v1/trading-accounts", "{\"number\":%d,\"firm\":\"FIRM%d\",\"name\":\"Account %d\"}".formatted(number, number, number));
        assertThat(opened.status()).as(opened.toString()).isEqualTo(201);
        pay(number, cash);
        if (units > 0) {
            Answer holding = put("/api/v1/trading-accounts/" + number + "/holdings/" + symbol, "");
            transfer(holding.text("depository"), holding.text("account"), Long.toString(units), holding.text("currency"));
        }
    }

    /** Pays cash in. */
    public void pay(long number, String cash) {
        Answer account = put("/api/v1/trading-accounts/" + number + "/cash/EUR", "");
        String bank = Long.toString(900_000 + IDS.incrementAndGet());
        Answer opened = post("/api/v1/accounts", "{\"id\":\"%s\",\"name\":\"Bank\",\"type\":\"ASSET\",\"currency\":\"EUR\"}".formatted(bank));
        assertThat(opened.status()).as(opened.toString()).isEqualTo(201);
        transfer(bank, account.text("account"), cash, "EUR");
    }

    private void transfer(String debit, String credit, String amount, String currency) {
        Answer answer = post("/api/v1/transfers", "{\"id\":\"%s\",\"debitAccount\":\"%s\",\"creditAccount\":\"%s\",\"amount\":\"%s\",\"currency\":\"%s\"}"
                .formatted(TransferIds.next(), debit, credit, amount, currency));
        assertThat(answer.status()).as(answer.toString()).isEqualTo(201);
    }

    public Answer order(long account, String symbol, String side, String price, long quantity) {
        return post("/api/v1/orders", "{\"symbol\":\"%s\",\"id\":%d,\"account\":%d,\"side\":\"%s\",\"price\":\"%s\",\"quantity\":%d}"
                .formatted(symbol, IDS.incrementAndGet(), account, side, price, quantity));
    }

    public Answer cancel(String symbol, String order, long account) {
        return delete("/api/v1/orders/%s/%s?account=%d&id=%d".formatted(symbol, order, account, IDS.incrementAndGet()));
    }
}
