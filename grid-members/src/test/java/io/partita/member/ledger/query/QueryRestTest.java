package io.partita.member.ledger.query;

import static org.assertj.core.api.Assertions.assertThat;

import io.partita.member.testing.Http;
import io.partita.member.testing.Http.Answer;
import io.partita.member.testing.TestMember;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.UUID;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** The queries of docs/queries.md over real HTTP, on a real member; the answers are kept in target/queries.md. */
@Tag("slow")
class QueryRestTest {

    private static final TestMember MEMBER = TestMember.start();
    private static final StringBuilder RUN = new StringBuilder();
    private static final UUID LUNCH = UUID.fromString("01930b2e-0000-7000-8000-000000000001");
    private static final UUID HOTEL = UUID.fromString("01930b2e-0000-7000-8000-000000000002");

    @BeforeAll
    static void book() {
        Awaitility.await().atMost(Duration.ofSeconds(90)).until(() -> post("/accounts", """
                {"id":"1000","name":"Customers","type":"LIABILITY","currency":"EUR"}""").status() == 201);
        for (String account : new String[] {
            "{\"id\":1001,\"name\":\"Ada Lovelace\",\"type\":\"LIABILITY\",\"currency\":\"EUR\",\"parent\":1000,\"reference\":\"DE0001\"}",
            "{\"id\":1002,\"name\":\"Grace Hopper\",\"type\":\"LIABILITY\",\"currency\":\"EUR\",\"parent\":1000}",
            "{\"id\":2000,\"name\":\"Nostro\",\"type\":\"ASSET\",\"currency\":\"EUR\"}",
            "{\"id\":3000,\"name\":\"Another bank\",\"type\":\"ASSET\",\"currency\":\"EUR\"}",
            "{\"id\":3001,\"name\":\"Alan Turing\",\"type\":\"LIABILITY\",\"currency\":\"EUR\"}"}) {
            assertThat(post("/accounts", account).status()).isEqualTo(201);
        }
        transfer(UUID.randomUUID(), 2000, 1001, "100.00", "\"reference\":\"SALARY\"");
        transfer(LUNCH, 1001, 1002, "12.34", "\"reference\":\"LUNCH\",\"code\":7");
        transfer(HOTEL, 1001, 2000, "30.00", "\"kind\":\"PENDING\",\"reference\":\"HOTEL\"");
        transfer(UUID.randomUUID(), 2000, 1002, "50.00", "\"reference\":\"GIFT\",\"valueDate\":\"2026-01-31\"");
        transfer(UUID.randomUUID(), 3000, 3001, "100.00", "\"reference\":\"WAGES\"");
        transfer(UUID.randomUUID(), 3001, 3000, "12.34", "\"reference\":\"RENT\"");
    }

    private static void transfer(UUID id, long debit, long credit, String amount, String more) {
        Answer answer = post("/transfers", "{\"id\":\"%s\",\"debitAccount\":%d,\"creditAccount\":%d,\"amount\":\"%s\",\"currency\":\"EUR\",%s%s}"
                .formatted(id, debit, credit, amount, more.contains("kind") ? "" : "\"kind\":\"POSTED\",", more));
        assertThat(answer.status()).as(answer.toString()).isEqualTo(201);
    }

    @AfterAll
    static void close() throws IOException {
        Files.createDirectories(Path.of("target"));
        Files.writeString(Path.of("target", "queries.md"), RUN);
        MEMBER.close();
    }

    @Test
    void every_query_answers_as_documented() {
        JsonNode accounts = ask("Accounts by part of the name", "/accounts?search=love");
        assertThat(accounts.at("/accounts/0/balance/posted").asString()).isEqualTo("87.66");
        assertThat(ask("A page of accounts", "/accounts?limit=2").at("/next").asString()).isEqualTo("1001");
        assertThat(ask("A balance now, from the grid", "/accounts/1001/balance").at("/posted").asString()).isEqualTo("87.66");
        assertThat(ask("A balance from the journal", "/accounts/1001/balance?consistency=strong").at("/pending").asString()).isEqualTo("-30.00");
        assertThat(ask("A balance as of a time", "/accounts/1001/balance?at=2100-01-01").at("/posted").asString()).isEqualTo("87.66");
        assertThat(ask("A balance by effective date", "/accounts/1002/balance?effective=2026-01-31").at("/posted").asString()).isEqualTo("50.00");

        JsonNode first = ask("A statement, newest first", "/accounts/1001/statement?limit=1");
        assertThat(first.at("/entries/0/balance").asString()).isEqualTo("87.66");
        assertThat(first.at("/entries/0/counterpartyName").asString()).isEqualTo("Grace Hopper");
        assertThat(first.at("/pending/0/amount").asString()).isEqualTo("30.00");
        JsonNode second = ask("Its next page", "/accounts/1001/statement?limit=1&cursor=" + first.at("/next").asString());
        assertThat(second.at("/entries/0/balance").asString()).isEqualTo("100.00");
        assertThat(second.at("/previous").isMissingNode()).isFalse();

        assertThat(ask("Transfers by reference", "/transfers?reference=LUNCH").at("/transfers/0/id").asString()).isEqualTo(LUNCH.toString());
        assertThat(ask("Transfers of an account, of a kind", "/transfers?account=1001&kind=PENDING").at("/transfers").size()).isEqualTo(1);
        assertThat(ask("One transfer", "/transfers/" + LUNCH).at("/code").asInt()).isEqualTo(7);
        JsonNode trial = ask("The trial balance", "/ledger/trial-balance");
        assertThat(trial.at("/balanced").asBoolean()).isTrue();
        assertThat(trial.at("/currencies/0/difference").asString()).isEqualTo("0.00");
        assertThat(ask("The top of the chart", "/ledger/chart").at("/accounts/0/total").asString()).isEqualTo("150.00");
        assertThat(ask("A level of the chart", "/ledger/chart?parent=1000").at("/accounts").size()).isEqualTo(2);
        assertThat(ask("One account with everything below it", "/accounts/1000/rollup").at("/descendants").asInt()).isEqualTo(2);
        Answer csv = Http.get(uri("/ledger/export.csv"));
        document("The general ledger as CSV", "curl -s 'http://localhost:8080/api/v1/ledger/export.csv' -H \"$KEY\"", csv.body());
        assertThat(csv.body().lines()).hasSizeGreaterThanOrEqualTo(11);
    }

    @Test
    void the_ledger_reconciles_with_itself_while_it_is_in_use() {
        Answer begun = post("/ledger/reconciliations", "");
        assertThat(begun.status()).as(begun.toString()).isEqualTo(202);
        String id = begun.text("id");
        JsonNode done = Awaitility.await().atMost(Duration.ofSeconds(120)).until(() -> Http.get(uri("/ledger/reconciliations/" + id)).json(),
                answer -> !answer.at("/reconciliation/status").asString().equals("RUNNING"));
        document("A reconciliation, begun with POST /ledger/reconciliations",
                "curl -s 'http://localhost:8080/api/v1/ledger/reconciliations/" + id + "' -H \"$KEY\"", done.toPrettyString());
        assertThat(done.at("/reconciliation/status").asString()).as(done.toString()).isEqualTo("CLEAN");
        assertThat(done.at("/reconciliation/accounts").asInt()).isEqualTo(6);
    }

    @Test
    void a_statement_from_outside_is_matched_once_and_again_on_demand() {
        String today = LocalDate.now(ZoneOffset.UTC).toString();
        String csv = "Date,Amount,Currency,Reference,Description\n%s,100.00,EUR,WAGES,wages\n%s,-12.34,EUR,BANK-1,rent\n%s,9.99,EUR,?,unknown\n"
                .formatted(today, today, today);
        Answer loaded = Http.send(Http.request(uri("/ledger/statements?account=3001"), "Content-Type", "text/csv").POST(BodyPublishers.ofString(csv)));
        assertThat(loaded.status()).as(loaded.toString()).isEqualTo(201);
        assertThat(Http.send(Http.request(uri("/ledger/statements?account=3001"), "Content-Type", "text/csv").POST(BodyPublishers.ofString(csv))).status())
                .isEqualTo(200);
        JsonNode items = ask("A statement from outside, loaded with POST /ledger/statements?account=3001", "/ledger/statements/" + loaded.text("id"));
        assertThat(items.at("/items").valueStream().map(item -> item.at("/result").asString() + " " + item.at("/reason").asString()))
                .containsExactly("MATCHED REFERENCE_AND_AMOUNT", "MATCHED AMOUNT_AND_DATE", "UNMATCHED NOT_IN_LEDGER");
        assertThat(items.at("/statement/counts").valueStream().map(count -> count.at("/age").asString(""))).contains("0-1");
        transfer(UUID.randomUUID(), 3000, 3001, "9.99", "\"reference\":\"?\"");
        Answer again = post("/ledger/statements/" + loaded.text("id") + "/match", "");
        assertThat(again.json().at("/counts").valueStream().map(count -> count.at("/result").asString())).containsOnly("MATCHED");
    }

    @Test
    void questions_that_cannot_be_answered_are_told_why() {
        assertProblem("/accounts/1001/statement?cursor=AAAA", 400, "BAD_CURSOR");
        assertProblem("/accounts/1001/statement?limit=0", 400, "LIMIT_OUT_OF_RANGE");
        assertProblem("/accounts/1001/statement?from=2026-02-01&to=2026-01-01", 400, "RANGE_REVERSED");
        assertProblem("/accounts/1001/statement?from=yesterday", 400, "INVALID_PARAMETER");
        assertProblem("/accounts/4711/statement", 404, "ACCOUNT_NOT_FOUND");
        assertProblem("/accounts/1001/balance?sequence=999999", 404, "SEQUENCE_NOT_REACHED");
        assertProblem("/accounts/1001/balance?at=2020-01-01", 404, "ACCOUNT_NOT_FOUND");
        assertProblem("/accounts/abc/statement", 400, "INVALID_ACCOUNT_ID");
        assertProblem("/transfers/" + UUID.randomUUID(), 404, "TRANSFER_NOT_FOUND");
        assertProblem("/ledger/reconciliations/" + UUID.randomUUID(), 404, "RECONCILIATION_NOT_FOUND");
        assertProblem("/accounts?currency=XXQ", 400, "INVALID_PARAMETER");
    }

    private static void assertProblem(String path, int status, String code) {
        Answer answer = Http.get(uri(path));
        assertThat(answer.status()).as(path + " " + answer).isEqualTo(status);
        assertThat(answer.text("code")).isEqualTo(code);
    }

    private static JsonNode ask(String title, String path) {
        Answer answer = Http.get(uri(path));
        assertThat(answer.status()).as(path + " " + answer).isEqualTo(200);
        document(title, "curl -s 'http://localhost:8080/api/v1" + path + "' -H \"$KEY\"", answer.json().toPrettyString());
        return answer.json();
    }

    private static synchronized void document(String title, String command, String answer) {
        RUN.append("### ").append(title).append("\n\n```sh\n").append(command).append("\n```\n```\n").append(answer.strip()).append("\n```\n\n");
    }

    private static Answer post(String path, String json) {
        return Http.post(uri(path), json);
    }

    private static URI uri(String path) {
        return MEMBER.uri("/api/v1" + path);
    }
}
