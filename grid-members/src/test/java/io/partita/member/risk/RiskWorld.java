package io.partita.member.risk;

import static org.assertj.core.api.Assertions.assertThat;

import io.partita.member.rest.ClientKey;
import io.partita.member.testing.Http;
import io.partita.member.testing.Http.Answer;
import io.partita.member.testing.TestMember;
import java.net.URI;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import tools.jackson.databind.JsonNode;

/** A member with prices and portfolios, over real HTTP. */
final class RiskWorld implements AutoCloseable {

    static final LocalDate FIRST = LocalDate.parse("2025-01-01");
    static final int DAYS = 301;
    static final LocalDate LAST = FIRST.plusDays(DAYS - 1);
    private static final int MOST_ROWS = 5_000;

    private final TestMember member = TestMember.start();
    private final AtomicInteger imports = new AtomicInteger();

    /** Daily closes that move by so much a day, the same for the same seed; four decimals. */
    static double[] walk(long seed, double start, double deviation) {
        Random random = new Random(seed);
        double[] closes = new double[DAYS];
        closes[0] = start;
        for (int day = 1; day < DAYS; day++) {
            closes[day] = Math.round(closes[day - 1] * (1 + deviation * random.nextGaussian()) * 1e4) / 1e4;
        }
        return closes;
    }

    ClientKey key() {
        return member.key();
    }

    URI uri(String path) {
        return member.uri(path);
    }

    TestMember member() {
        return member;
    }

    Answer get(String path) {
        return Http.get(member.uri(path));
    }

    Answer post(String path, String body) {
        return Http.post(member.uri(path), body);
    }

    Answer put(String path, String body) {
        return Http.send(Http.request(member.uri(path)).header("Content-Type", "application/json").PUT(BodyPublishers.ofString(body)));
    }

    Answer delete(String path) {
        return Http.send(Http.request(member.uri(path)).DELETE());
    }

    /** An answer about a portfolio on the last day. @param more such as {@code /greeks} and {@code &rate=0.02} */
    Answer risk(String portfolio, String part, String more) {
        return get("/api/v1/risk/portfolios/" + portfolio + part + "?day=" + LAST + more);
    }

    JsonNode told(String portfolio, String part, String more) {
        Answer answer = risk(portfolio, part, more);
        assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
        return answer.json();
    }

    static double number(JsonNode json, String name) {
        return Double.parseDouble(json.get(name).asString());
    }

    /** The amounts of a list by symbol. */
    static TreeMap<String, Double> amounts(JsonNode list, String key, String value) {
        TreeMap<String, Double> amounts = new TreeMap<>();
        list.forEach(one -> amounts.put(one.get(key).asString(), number(one, value)));
        return amounts;
    }

    static List<String> left(JsonNode answer) {
        return answer.get("left").valueStream().map(one -> one.get("symbol").asString() + " " + one.get("reason").asString()).sorted().toList();
    }

    /** Closes of a symbol, the last of them on the last day. */
    void closes(String symbol, double... closes) {
        List<String> rows = new ArrayList<>();
        for (int i = 0; i < closes.length; i++) {
            rows.add(price(rows.size() + 1, symbol, LAST.minusDays(closes.length - 1L - i), closes[i], null));
        }
        take("closes of " + symbol, rows, false);
    }

    static String price(int row, String symbol, LocalDate day, double close, Long volume) {
        return "{\"row\":%d,\"symbol\":\"%s\",\"day\":\"%s\",\"close\":\"%s\"%s}".formatted(row, symbol, day, String.format(Locale.ROOT, "%.6f", close),
                volume == null ? "" : ",\"volume\":\"" + volume + "\"");
    }

    void take(String name, List<String> rows, boolean correct) {
        for (int from = 0; from < rows.size(); from += MOST_ROWS) {
            List<String> part = rows.subList(from, Math.min(from + MOST_ROWS, rows.size()));
            taken(post("/api/v1/prices", "{\"name\":\"" + name + " " + from + "\",\"correct\":" + correct + ",\"rows\":[" + String.join(",", part) + "]}"), part.size());
        }
    }

    private static void taken(Answer answer, int rows) {
        assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
        assertThat(answer.json().get("accepted").asInt()).as(answer.toString()).isEqualTo(rows);
    }

    /** A product in currency terms. @param terms further fields of its JSON */
    void product(String symbol, String kind, String currency, String terms) {
        Answer entered = post("/api/v1/positions/products", "{\"symbol\":\"%s\",\"kind\":\"%s\",\"currency\":\"%s\",%s,\"actor\":\"tests\"}".formatted(symbol, kind, currency, terms));
        assertThat(entered.status()).as(entered.toString()).isEqualTo(201);
    }

    void share(String symbol, String currency) {
        product(symbol, "EQUITY", currency, "\"multiplier\":1");
    }

    void option(String symbol, String currency, String underlying, String right, String exercise, int strike, int multiplier, LocalDate expiry) {
        product(symbol, "OPTION", currency, "\"underlying\":\"%s\",\"right\":\"%s\",\"exercise\":\"%s\",\"strike\":\"%d\",\"multiplier\":%d,\"lastDay\":\"%s\""
                .formatted(underlying, right, exercise, strike, multiplier, expiry));
    }

    void held(long account, String symbol, String currency, String quantity) {
        taken(post("/api/v1/positions/imports", """
                {"name":"held %d","rows":[{"row":1,"account":"%d","symbol":"%s","currency":"%s","day":"%s","quantity":"%s","price":"1"}]}"""
                .formatted(imports.incrementAndGet(), account, symbol, currency, FIRST, quantity)), 1);
    }

    /** A book with some accounts, its desk and its firm, in euros. */
    void portfolio(String code, long... accounts) {
        for (String[] level : new String[][] {{"FIRM", "-firm", ""}, {"DESK", "-desk", "-firm"}, {"BOOK", "", "-desk"}}) {
            Answer made = put("/api/v1/portfolios/" + code + level[1], "{\"name\":\"%s\",\"level\":\"%s\",\"base\":\"EUR\"%s}".formatted(code, level[0],
                    level[2].isEmpty() ? "" : ",\"parent\":\"" + code + level[2] + "\""));
            assertThat(made.status()).as(made.toString()).isEqualTo(201);
        }
        assertThat(post("/api/v1/portfolios/" + code + "/accounts", Arrays.toString(accounts)).status()).isEqualTo(200);
    }

    @Override
    public void close() {
        member.close();
    }
}
