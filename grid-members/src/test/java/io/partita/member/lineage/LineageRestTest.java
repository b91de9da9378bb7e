package io.partita.member.lineage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.partita.ledger.TransferIds;
import io.partita.marketdata.MarketDataNames;
import io.partita.marketdata.anomaly.Anomaly;
import io.partita.marketdata.anomaly.AnomalyAlert;
import io.partita.marketdata.anomaly.AnomalyKind;
import io.partita.marketdata.anomaly.Severity;
import io.partita.marketdata.bars.BarSize;
import io.partita.member.security.access.Callers;
import io.partita.member.testing.Http;
import io.partita.member.testing.Http.Answer;
import io.partita.member.testing.TestMember;
import io.partita.security.Role;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Where things came from; and drills over REST, which need no more than a member that allows them. */
class LineageRestTest {

    private static final TestMember MEMBER = TestMember.start(Map.of("partita.drills.enabled", "true"));
    private static final UUID DEPOSIT = UUID.fromString("0197f3a0-7c1e-7d3b-9f00-000000000001");
    private static final UUID PENDING = UUID.fromString("0197f3a0-7c1e-7d3b-9f00-000000000002");
    private static final AtomicLong IDS = new AtomicLong(100);
    private static final UUID POSTED = UUID.fromString("0197f3a0-7c1e-7d3b-9f00-000000000003");

    @BeforeAll
    static void world() {
        MEMBER.awaitReady();
        account("1001", "ASSET");
        account("1002", "LIABILITY");
        done(Http.post(MEMBER.uri("/api/v1/transfers"), transfer(DEPOSIT, "POSTED")));
        done(Http.post(MEMBER.uri("/api/v1/transfers"), transfer(PENDING, "PENDING")));
        done(Http.post(MEMBER.uri("/api/v1/transfers"), "{\"id\":\"%s\",\"kind\":\"POST_PENDING\",\"relatesTo\":\"%s\"}".formatted(POSTED, PENDING)));
        done(Http.post(MEMBER.uri("/api/v1/instruments"), "{\"id\":1,\"symbol\":\"ACME\",\"currency\":\"EUR\",\"settlementDays\":0}"));
        for (String phase : List.of("PRE_OPEN", "CONTINUOUS")) {
            await().atMost(Duration.ofSeconds(20)).until(() -> put("/api/v1/instruments/ACME/phase", "{\"id\":%d,\"phase\":\"%s\"}".formatted(IDS.incrementAndGet(), phase)).status() == 200);
        }
    }

    private static Answer put(String path, String json) {
        return Http.send(Http.request(MEMBER.uri(path)).header("Content-Type", "application/json").PUT(HttpRequest.BodyPublishers.ofString(json)));
    }

    @AfterAll
    static void close() {
        MEMBER.close();
    }

    private static void account(String id, String type) {
        done(Http.post(MEMBER.uri("/api/v1/accounts"), "{\"id\":\"%s\",\"name\":\"%s\",\"type\":\"%s\",\"currency\":\"EUR\"}".formatted(id, id, type)));
    }

    private static String transfer(UUID id, String kind) {
        return "{\"id\":\"%s\",\"kind\":\"%s\",\"debitAccount\":\"1001\",\"creditAccount\":\"1002\",\"amount\":\"25.00\",\"currency\":\"EUR\",\"reference\":\"rent\"}".formatted(id, kind);
    }

    private static Answer done(Answer answer) {
        assertThat(answer.status()).as(answer.toString()).isBetween(200, 299);
        return answer;
    }

    private static JsonNode lineage(String id) {
        return done(Http.get(MEMBER.uri("/api/v1/lineage/" + id))).json();
    }

    private static List<String> kinds(JsonNode lineage) {
        return lineage.get("nodes").valueStream().map(node -> node.get("kind").asString()).toList();
    }

    private static List<String> edges(JsonNode lineage) {
        return lineage.get("edges").valueStream().map(edge -> edge.get("from").asString() + " > " + edge.get("to").asString()).toList();
    }

    @Test
    void a_transfer_leads_from_the_clients_id_to_block_shards_and_accounts() {
        JsonNode lineage = lineage(DEPOSIT.toString());
        assertThat(lineage.get("root").asString()).isEqualTo("TRANSFER:" + DEPOSIT);
        assertThat(kinds(lineage)).contains("COMMAND", "TRANSFER", "BLOCK", "SHARD", "ACCOUNT");
        assertThat(edges(lineage)).contains("COMMAND:" + DEPOSIT + " > TRANSFER:" + DEPOSIT);
        assertThat(lineage.get("nodes").valueStream().filter(node -> node.get("kind").asString().equals("ACCOUNT")).map(node -> node.get("ref").asString())).containsExactlyInAnyOrder("1001", "1002");
        assertThat(lineage.toString()).contains("epoch", "Merkle root", "rent");
        assertThat(lineage.get("withheld")).isEmpty();
    }

    @Test
    void who_asked_shows_as_soon_as_the_audit_trail_has_it() {
        await().atMost(Duration.ofSeconds(20)).untilAsserted(() -> {
            JsonNode lineage = lineage(DEPOSIT.toString());
            assertThat(kinds(lineage)).contains("AUDIT");
            assertThat(lineage.toString()).contains("operator", "POST /api/v1/transfers", "correlation id");
        });
    }

    @Test
    void what_is_pending_and_what_posted_it_lead_to_each_other() {
        assertThat(edges(lineage(PENDING.toString()))).contains("TRANSFER:" + PENDING + " > TRANSFER:" + POSTED);
        assertThat(edges(lineage(POSTED.toString()))).contains("TRANSFER:" + PENDING + " > TRANSFER:" + POSTED);
    }

    /** A trading account that has something to trade with: cash, or units. */
    private static void trader(int number, String kind, String amount) {
        done(Http.post(MEMBER.uri("/api/v1/trading-accounts"), "{\"number\":%d,\"firm\":\"NORTH\",\"name\":\"Trader %d\"}".formatted(number, number)));
        Answer account = done(put("/api/v1/trading-accounts/" + number + kind, ""));
        String source = account.text("depository");
        if (source.isEmpty()) {
            source = "1001";
        }
        done(Http.post(MEMBER.uri("/api/v1/transfers"), "{\"id\":\"%s\",\"debitAccount\":\"%s\",\"creditAccount\":\"%s\",\"amount\":\"%s\",\"currency\":\"%s\"}"
                .formatted(TransferIds.next(), source, account.text("account"), amount, account.text("currency"))));
    }

    private static Answer order(int account, String side, String price, int quantity, long id) {
        String order = "{\"symbol\":\"ACME\",\"id\":%d,\"account\":%d,\"side\":\"%s\",\"price\":\"%s\",\"quantity\":%d}".formatted(id, account, side, price, quantity);
        Answer[] answer = new Answer[1];
        // What was paid in a moment ago may not be known to the account yet.
        await().atMost(Duration.ofSeconds(20)).until(() -> (answer[0] = Http.post(MEMBER.uri("/api/v1/orders"), order)).status() == 201);
        return answer[0];
    }

    @Test
    void an_order_and_its_trade_lead_from_the_command_to_what_moved_in_the_ledger() {
        trader(21, "/cash/EUR", "1000.00");
        trader(22, "/holdings/ACME", "50");
        String bought = order(21, "BUY", "10.00", 30, 7_001).text("orderId");
        String sold = order(22, "SELL", "10.00", 20, 7_002).text("orderId");
        await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> assertThat(kinds(lineage("orders/ACME/" + bought))).contains("TRADE", "TRANSFER", "AUDIT"));
        JsonNode order = lineage("orders/ACME/" + bought);
        assertThat(order.get("root").asString()).isEqualTo("ORDER:ACME/" + bought);
        assertThat(edges(order)).contains("COMMAND:ACME/7001 > ORDER:ACME/" + bought);
        assertThat(order.toString()).contains("Buy 30 at 10.00 for account 21, 20 filled");
        String trade = order.get("nodes").valueStream().filter(node -> node.get("kind").asString().equals("TRADE")).map(node -> node.get("ref").asString()).findFirst().orElseThrow();
        JsonNode whole = lineage("trades/" + trade);
        assertThat(whole.get("root").asString()).isEqualTo("TRADE:" + trade);
        assertThat(edges(whole)).contains("ORDER:ACME/" + bought + " > TRADE:" + trade, "ORDER:ACME/" + sold + " > TRADE:" + trade);
        assertThat(kinds(whole)).contains("BLOCK", "SHARD", "ACCOUNT");
        String transfer = whole.get("nodes").valueStream().filter(node -> node.get("kind").asString().equals("TRANSFER")).map(node -> node.get("ref").asString()).findFirst().orElseThrow();
        assertThat(edges(whole)).contains("TRADE:" + trade + " > TRANSFER:" + transfer);
        assertThat(edges(lineage(transfer))).as("the other way").contains("TRADE:" + trade + " > TRANSFER:" + transfer);
    }

    @Test
    void an_order_of_others_is_not_told() {
        trader(23, "/cash/EUR", "100.00");
        String number = order(23, "BUY", "9.00", 1, 7_003).text("orderId");
        await().atMost(Duration.ofSeconds(30)).until(() -> Http.get(MEMBER.uri("/api/v1/lineage/orders/ACME/" + number)).status() == 200);
        String[] other = {"Authorization", "Bearer " + Callers.key(MEMBER, "other", Set.of(Role.TRADER), Set.of(22L)).text()};
        assertThat(Http.get(MEMBER.uri("/api/v1/lineage/orders/ACME/" + number), other).text("code")).isEqualTo("LINEAGE_NOT_FOUND");
    }

    @Test
    void a_job_leads_to_its_stages_and_an_alert_back_to_the_job_that_finds_such_things() {
        String job = done(Http.post(MEMBER.uri("/api/v1/jobs"), "{\"name\":\"anomalies\",\"options\":{\"sizes\":\"1d\"}}")).text("id");
        await().atMost(Duration.ofSeconds(60)).untilAsserted(() -> assertThat(kinds(lineage("anomalies"))).contains("JOB", "STAGE", "AUDIT"));
        JsonNode stages = lineage("anomalies");
        assertThat(stages.get("root").asString()).isEqualTo("JOB:" + job);
        assertThat(edges(stages)).anyMatch(edge -> edge.startsWith("JOB:" + job + " > STAGE:")).anyMatch(edge -> edge.matches("STAGE:.* > STAGE:.*"));
        for (long instrument : new long[] {1, 0}) {
            AnomalyAlert alert = new AnomalyAlert(BarSize.DAY, new Anomaly(instrument, AnomalyKind.BAD_PRINT, Severity.WARNING, 1, 2, 3, 7.5, List.of(), "A price that was never paid.", 1), List.of());
            MEMBER.hazelcast().<String, AnomalyAlert>getMap(MarketDataNames.ANOMALIES).set(alert.id(), alert);
            JsonNode lineage = lineage(alert.id());
            assertThat(lineage.get("root").asString()).isEqualTo("ALERT:" + alert.id());
            assertThat(edges(lineage)).contains("JOB:" + job + " > ALERT:" + alert.id());
            assertThat(kinds(lineage).contains("INSTRUMENT")).as("instrument %d", instrument).isEqualTo(instrument == 1);
            assertThat(lineage.at("/nodes/0/ref").asString()).as("by which its page knows it").isEqualTo(alert.id());
            assertThat(Http.get(MEMBER.uri("/api/v1/marketdata/anomalies/" + alert.id())).status()).isEqualTo(200);
        }
    }

    @Test
    void what_nobody_knows_is_said_to_be_so() {
        for (String id : List.of("0197f3a0-7c1e-7d3b-9f00-00000000dead", "nothing")) {
            Answer answer = Http.get(MEMBER.uri("/api/v1/lineage/" + id));
            assertThat(answer.status()).as(answer.toString()).isEqualTo(404);
            assertThat(answer.text("code")).isEqualTo("LINEAGE_NOT_FOUND");
            assertThat(answer.text("detail")).contains(id);
        }
        assertThat(Http.get(MEMBER.uri("/api/v1/lineage/orders/NONE/7")).text("code")).isEqualTo("UNKNOWN_INSTRUMENT");
    }

    @Test
    void each_part_is_for_whoever_may_see_it() {
        String[] trader = key("trader", Role.TRADER);
        Answer hidden = Http.get(MEMBER.uri("/api/v1/lineage/" + DEPOSIT), trader);
        assertThat(hidden.status()).as(hidden.toString()).isEqualTo(404);
        assertThat(hidden.text("detail")).contains("ledger:read");
        JsonNode seen = done(Http.get(MEMBER.uri("/api/v1/lineage/" + DEPOSIT), key("viewer", Role.VIEWER))).json();
        assertThat(kinds(seen)).contains("TRANSFER").doesNotContain("AUDIT");
        assertThat(seen.get("withheld").valueStream().map(JsonNode::asString)).contains("audit:read");
        assertThat(Http.get(MEMBER.uri("/api/v1/lineage/trades/NONE/7"), key("admin2", Role.ADMIN)).text("code")).isEqualTo("FORBIDDEN");
    }

    /** The header of somebody who has a role. */
    private static String[] key(String name, Role role) {
        return new String[] {"Authorization", "Bearer " + Callers.key(MEMBER, name, Set.of(role), null).text()};
    }

    @Test
    void drills_are_listed_with_what_this_machine_lacks_for_them() {
        Answer answer = done(Http.get(MEMBER.uri("/api/v1/drills")));
        assertThat(answer.json().get("enabled").asBoolean()).isTrue();
        assertThat(answer.json().get("drills").valueStream().map(drill -> drill.get("name").asString())).contains("split", "kill", "store-down");
        assertThat(answer.json().get("transports").valueStream().map(way -> way.get("transport").asString())).containsExactly("namespaces", "loopback");
    }

    @Test
    void a_drill_that_there_is_not_or_that_is_told_too_much_is_refused_and_nothing_starts() {
        assertThat(Http.post(MEMBER.uri("/api/v1/drills/nonsense"), "{}").text("code")).isEqualTo("DRILL_UNKNOWN");
        Answer answer = Http.post(MEMBER.uri("/api/v1/drills/split"), "{\"members\":99}");
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.text("detail")).contains("members: is 2 to 5");
        assertThat(Http.get(MEMBER.uri("/api/v1/drills/runs/" + UUID.randomUUID())).text("code")).isEqualTo("DRILL_RUN_NOT_FOUND");
        assertThat(Http.post(MEMBER.uri("/api/v1/drills/split"), "{}", key("watcher", Role.VIEWER)).text("code")).isEqualTo("FORBIDDEN");
    }

    @Test
    void a_drill_runs_in_a_process_of_its_own_one_at_a_time_and_ends_when_it_is_told_to() {
        UUID id = UUID.randomUUID();
        String request = "{\"id\":\"%s\",\"transport\":\"loopback\",\"seconds\":5,\"rate\":5}".formatted(id);
        Answer started = Http.post(MEMBER.uri("/api/v1/drills/kill"), request);
        assertThat(started.status()).as(started.toString()).isEqualTo(201);
        assertThat(started.text("state")).isEqualTo("RUNNING");
        assertThat(Http.post(MEMBER.uri("/api/v1/drills/kill"), request).status()).as("the same again").isEqualTo(200);
        Answer second = Http.post(MEMBER.uri("/api/v1/drills/split"), "{}");
        assertThat(second.text("code")).isEqualTo("DRILL_RUNNING");
        await().atMost(Duration.ofMinutes(2)).untilAsserted(() -> assertThat(run(id).at("/lines").toString()).contains("BEGINS"));
        assertThat(Http.get(MEMBER.uri("/api/v1/drills/runs/" + id + "/report")).text("code")).isEqualTo("DRILL_REPORT_NOT_FOUND");
        assertThat(cancel(id).status()).isEqualTo(202);
        await().atMost(Duration.ofMinutes(2)).untilAsserted(() -> assertThat(run(id).at("/state").asString()).isEqualTo("CANCELLED"));
        assertThat(run(id).at("/cancelledBy").asString()).isEqualTo("operator");
        assertThat(cancel(id).text("code")).isEqualTo("DRILL_OVER");
        assertThat(done(Http.get(MEMBER.uri("/api/v1/drills/runs"))).json().get(0).get("id").asString()).isEqualTo(id.toString());
    }

    private static JsonNode run(UUID id) {
        return done(Http.get(MEMBER.uri("/api/v1/drills/runs/" + id))).json();
    }

    private static Answer cancel(UUID id) {
        return Http.send(Http.request(MEMBER.uri("/api/v1/drills/runs/" + id)).DELETE());
    }
}
