package io.partita.member.ledger.rest;

import static org.assertj.core.api.Assertions.assertThat;

import io.partita.ledger.TransferIds;
import io.partita.member.testing.Http;
import io.partita.member.testing.Http.Answer;
import io.partita.member.testing.TestMember;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class LedgerRestTest {

    private static final TestMember MEMBER = TestMember.start();
    private static final AtomicLong IDS = new AtomicLong(9_007_199_254_740_993L);

    @BeforeAll
    static void await() {
        MEMBER.awaitReady();
    }

    @AfterAll
    static void close() {
        MEMBER.close();
    }

    private static Answer post(String path, String body, String... headers) {
        return Http.post(MEMBER.uri("/api/v1" + path), body, headers);
    }

    private static String open(String type, String more) {
        String id = Long.toString(IDS.incrementAndGet());
        Answer answer = post("/accounts", account(id, type, more));
        assertThat(answer.status()).as(answer.toString()).isEqualTo(201);
        return id;
    }

    private static String account(String id, String type, String more) {
        return "{\"id\":\"%s\",\"name\":\"Account %s\",\"type\":\"%s\",\"currency\":\"EUR\"%s}".formatted(id, id, type, more);
    }

    private static String transfer(UUID id, String debit, String credit, String amount) {
        return "{\"id\":\"%s\",\"debitAccount\":\"%s\",\"creditAccount\":\"%s\",\"amount\":\"%s\",\"currency\":\"EUR\"}"
                .formatted(id, debit, credit, amount);
    }

    private static void assertPosted(String account, String expected) {
        assertThat(Http.get(MEMBER.uri("/api/v1/accounts/" + account)).text("balance.posted")).isEqualTo(expected);
    }

    @Test
    void an_account_is_opened_once_and_shown_as_it_was_opened() {
        String id = Long.toString(IDS.incrementAndGet());
        String body = account(id, "LIABILITY", ",\"limits\":{\"maxNetDebit\":\"500.00\"},\"reference\":\"DE02\",\"metadata\":{\"branch\":\"Köln\"}");
        Answer first = post("/accounts", body);
        assertThat(first.status()).as(first.toString()).isEqualTo(201);
        assertThat(first.header("Location")).isEqualTo("/api/v1/accounts/" + id);
        assertThat(first.json().at("/result/repeated").asBoolean()).isFalse();
        Answer again = post("/accounts", body);
        assertThat(again.status()).as(again.toString()).isEqualTo(200);
        assertThat(again.text("result.position")).isEqualTo(first.text("result.position"));

        Answer shown = Http.get(MEMBER.uri("/api/v1/accounts/" + id));
        assertThat(shown.status()).as(shown.toString()).isEqualTo(200);
        assertThat(shown.json().get("id").isString()).isTrue();
        assertThat(shown.text("id")).isEqualTo(id);
        assertThat(shown.text("limits.maxNetDebit")).isEqualTo("500.00");
        assertThat(shown.json().get("limits").has("maxNetCredit")).isFalse();
        assertThat(shown.text("metadata.branch")).isEqualTo("Köln");
        assertThat(shown.text("balance.posted")).isEqualTo("0.00");
        assertThat(shown.text("balance.available")).isEqualTo("500.00");
        assertThat(shown.text("openedAt")).endsWith("Z");

        Answer other = post("/accounts", account(id, "ASSET", ""));
        assertThat(other.text("code")).as(other.toString()).isIn("ACCOUNT_EXISTS", "ID_REUSED");
    }

    @Test
    void a_transfer_is_booked_once_however_often_it_is_sent() {
        String cash = open("ASSET", "");
        String deposit = open("LIABILITY", "");
        UUID id = TransferIds.next();
        Answer first = post("/transfers", transfer(id, cash, deposit, "12.34"));
        assertThat(first.status()).as(first.toString()).isEqualTo(201);
        assertThat(first.header("Location")).isEqualTo("/api/v1/transfers/" + id);
        Answer again = post("/transfers", transfer(id, cash, deposit, "12.34"));
        assertThat(again.status()).as(again.toString()).isEqualTo(200);
        assertThat(again.json().get("repeated").asBoolean()).isTrue();
        assertThat(again.text("position")).isEqualTo(first.text("position"));
        assertThat(again.text("bookedAt")).isEqualTo(first.text("bookedAt")).endsWith("Z");
        Answer reused = post("/transfers", transfer(id, cash, deposit, "12.35"));
        assertThat(reused.status()).as(reused.toString()).isEqualTo(409);
        assertThat(reused.text("code")).isEqualTo("ID_REUSED");
        assertPosted(cash, "12.34");
        assertPosted(deposit, "12.34");
    }

    @Test
    void the_id_may_come_as_an_idempotency_key() {
        String cash = open("ASSET", "");
        String deposit = open("LIABILITY", "");
        String body = "{\"debitAccount\":\"%s\",\"creditAccount\":%s,\"amount\":5,\"currency\":\"eur\"}".formatted(cash, deposit);
        UUID id = TransferIds.next();
        Answer byUuid = post("/transfers", body, "Idempotency-Key", id.toString());
        assertThat(byUuid.status()).as(byUuid.toString()).isEqualTo(201);
        assertThat(byUuid.text("id")).isEqualTo(id.toString());
        String key = "\"order " + cash + "\"";
        assertThat(post("/transfers", body, "Idempotency-Key", key).status()).isEqualTo(201);
        assertThat(post("/transfers", body, "Idempotency-Key", key).status()).isEqualTo(200);
        Answer both = post("/transfers", transfer(TransferIds.next(), cash, deposit, "5"), "Idempotency-Key", id.toString());
        assertThat(both.text("code")).isEqualTo("INVALID_PARAMETER");
        assertPosted(cash, "10.00");
    }

    @Test
    void the_ledger_s_refusals_keep_their_codes_and_change_nothing() {
        String cash = open("ASSET", "");
        String deposit = open("LIABILITY", ",\"limits\":{\"maxNetDebit\":\"0\"}");
        Answer short1 = post("/transfers", transfer(TransferIds.next(), deposit, cash, "0.01"));
        assertThat(short1.status()).as(short1.toString()).isEqualTo(422);
        assertThat(short1.text("code")).isEqualTo("INSUFFICIENT_FUNDS");
        assertThat(post("/transfers", transfer(TransferIds.next(), cash, "4711", "1")).text("code")).isEqualTo("ACCOUNT_NOT_FOUND");
        assertThat(post("/transfers", transfer(TransferIds.next(), cash, cash, "1")).text("code")).isEqualTo("SAME_ACCOUNT");
        assertThat(post("/transfers", transfer(TransferIds.next(), cash, deposit, "1").replace("EUR", "USD")).text("code"))
                .isEqualTo("CURRENCY_MISMATCH");
        Answer pending = post("/transfers", "{\"id\":\"%s\",\"kind\":\"VOID_PENDING\",\"relatesTo\":\"%s\"}"
                .formatted(TransferIds.next(), TransferIds.next()));
        assertThat(pending.text("code")).as(pending.toString()).isEqualTo("PENDING_NOT_FOUND");
        assertPosted(cash, "0.00");
        assertPosted(deposit, "0.00");
    }

    @Test
    void linked_transfers_are_booked_together_or_the_refused_leg_is_named() {
        String cash = open("ASSET", "");
        String first = open("LIABILITY", "");
        String second = open("LIABILITY", ",\"limits\":{\"maxNetDebit\":\"0\"}");
        Answer booked = post("/transfers/linked", "{\"legs\":[" + transfer(TransferIds.next(), cash, first, "10") + ","
                + transfer(TransferIds.next(), first, second, "4") + "]}");
        assertThat(booked.status()).as(booked.toString()).isEqualTo(201);
        assertThat(booked.json().get("results").size()).isEqualTo(2);
        Answer refused = post("/transfers/linked", "{\"legs\":[" + transfer(TransferIds.next(), cash, first, "1") + ","
                + transfer(TransferIds.next(), second, first, "5") + "]}");
        assertThat(refused.status()).as(refused.toString()).isEqualTo(422);
        assertThat(refused.text("code")).isEqualTo("INSUFFICIENT_FUNDS");
        assertThat(refused.json().get("leg").asInt()).isEqualTo(1);
        assertThat(refused.text("results.0.code")).isEqualTo("LINKED_FAILED");
        assertPosted(first, "6.00");
        assertPosted(second, "4.00");
    }

    @Test
    void a_batch_books_what_can_be_booked_and_says_which() {
        String cash = open("ASSET", "");
        String deposit = open("LIABILITY", "");
        List<String> transfers = new ArrayList<>(IntStream.range(0, 1_000)
                .mapToObj(i -> transfer(TransferIds.next(), cash, deposit, "0.01")).toList());
        transfers.set(500, transfer(TransferIds.next(), cash, "4711", "1"));
        transfers.set(501, "{\"id\":\"%s\"}".formatted(TransferIds.next()));
        Answer answer = post("/transfers/batch", "{\"transfers\":[" + String.join(",", transfers) + "]}");
        assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
        assertThat(answer.json().get("results").size()).isEqualTo(1_000);
        assertThat(answer.text("results.500.code")).isEqualTo("ACCOUNT_NOT_FOUND");
        assertThat(answer.text("results.501.code")).isEqualTo("INVALID_REQUEST");
        assertThat(answer.json().at("/results/999/booked").asBoolean()).isTrue();
        assertPosted(cash, "9.98");
    }

    @Test
    void an_account_is_frozen_re_opened_limited_and_closed() {
        String cash = open("ASSET", "");
        String deposit = open("LIABILITY", "");
        String frozen = "{\"commandId\":\"%s\",\"status\":\"FROZEN\"}".formatted(UUID.randomUUID());
        Answer freeze = Http.patch(MEMBER.uri("/api/v1/accounts/" + deposit), frozen);
        assertThat(freeze.status()).as(freeze.toString()).isEqualTo(200);
        assertThat(freeze.text("account.status")).isEqualTo("FROZEN");
        assertThat(Http.patch(MEMBER.uri("/api/v1/accounts/" + deposit), frozen).json().at("/result/repeated").asBoolean()).isTrue();
        assertThat(post("/transfers", transfer(TransferIds.next(), cash, deposit, "1")).text("code")).isEqualTo("ACCOUNT_FROZEN");
        assertThat(change(deposit, "\"status\":\"OPEN\"").status()).isEqualTo(200);
        assertThat(post("/transfers", transfer(TransferIds.next(), cash, deposit, "1")).status()).isEqualTo(201);
        Answer limits = change(deposit, "\"limits\":{\"maxNetDebit\":\"0\",\"maxNetCredit\":\"100\"}");
        assertThat(limits.text("account.limits.maxNetCredit")).as(limits.toString()).isEqualTo("100.00");
        assertThat(change(deposit, "\"status\":\"CLOSED\"").text("code")).isEqualTo("ACCOUNT_NOT_EMPTY");
        assertThat(change(deposit, "\"status\":\"OPEN\",\"limits\":{}").text("code")).isEqualTo("INVALID_REQUEST");
        assertThat(change(deposit, "\"status\":null").text("code")).isEqualTo("INVALID_REQUEST");
    }

    private static Answer change(String account, String fields) {
        return Http.patch(MEMBER.uri("/api/v1/accounts/" + account), "{\"commandId\":\"%s\",%s}".formatted(UUID.randomUUID(), fields));
    }

    @Test
    void the_grid_counts_what_was_booked_and_refused() {
        String cash = open("ASSET", "");
        String deposit = open("LIABILITY", "");
        post("/transfers", transfer(TransferIds.next(), cash, deposit, "1"));
        post("/transfers", transfer(TransferIds.next(), cash, "4711", "1"));
        Awaitility.await().atMost(Duration.ofSeconds(10)).untilAsserted(() -> {
            Answer grid = Http.get(MEMBER.uri("/api/v1/grid"));
            assertThat(grid.json().at("/ledger/acceptedTotal").asLong()).as(grid.toString()).isPositive();
            assertThat(grid.json().at("/ledger/refusedByCode/ACCOUNT_NOT_FOUND").asLong()).isPositive();
            assertThat(grid.json().at("/ledger/size").asLong()).isPositive();
            assertThat(grid.json().at("/shards/serving").asInt()).isEqualTo(256);
            assertThat(grid.json().at("/view/serving").asBoolean()).isTrue();
            assertThat(grid.json().at("/view/members").size()).isEqualTo(1);
        });
    }
}
