package io.partita.member.ledger.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.partita.ledger.Balance;
import io.partita.ledger.LedgerNames;
import io.partita.ledger.proof.InclusionProof;
import io.partita.member.cli.PartitaRun;
import io.partita.member.ledger.ShardLoader;
import io.partita.member.testing.Http;
import io.partita.member.testing.Http.Answer;
import io.partita.member.testing.TestMember;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.awaitility.Awaitility;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Evidence and retention as a client meets them, on a whole member. */
class ArchiveRestTest {

    private static final TestMember MEMBER = TestMember.start();

    @TempDir
    private static Path folder;

    @AfterAll
    static void close() {
        MEMBER.close();
    }

    private static Answer post(String path, String body) {
        return Http.post(MEMBER.uri("/api/v1" + path), body);
    }

    private static Answer get(String path) {
        return Http.get(MEMBER.uri("/api/v1" + path));
    }

    private static Path download(String path) throws IOException, InterruptedException {
        URI uri = MEMBER.uri("/api/v1" + path);
        Path file = folder.resolve(UUID.randomUUID() + ".gz");
        try (HttpClient http = HttpClient.newHttpClient()) {
            assertThat(http.send(Http.key(uri.getPort()).present(HttpRequest.newBuilder(uri)).build(), HttpResponse.BodyHandlers.ofFile(file)).statusCode()).isEqualTo(200);
        }
        return file;
    }

    private static String transfer(UUID id, String more) {
        return "{\"id\":\"" + id + "\"," + more + "}";
    }

    private static final String TEN = "\"debitAccount\":1,\"creditAccount\":2,\"amount\":\"10.00\",\"currency\":\"EUR\",\"reference\":\"a | b\"";

    private static Answer book(UUID id, String more) {
        return post("/transfers", transfer(id, more));
    }

    @Test
    void evidence_is_served_and_a_closed_period_is_archived_with_nothing_lost() throws IOException, InterruptedException {
        Awaitility.await().atMost(Duration.ofSeconds(60)).until(() ->
                post("/accounts", "{\"id\":1,\"name\":\"Cash\",\"type\":\"ASSET\",\"currency\":\"EUR\"}").status() < 300);
        assertThat(post("/accounts", "{\"id\":2,\"name\":\"Deposits\",\"type\":\"LIABILITY\",\"currency\":\"EUR\"}").status()).isLessThan(300);
        UUID first = UUID.randomUUID();
        assertThat(book(first, TEN).status()).isEqualTo(201);
        UUID pending = UUID.randomUUID();
        assertThat(book(pending, "\"kind\":\"PENDING\"," + TEN).status()).isEqualTo(201);
        for (int i = 0; i < 20; i++) {
            assertThat(book(UUID.randomUUID(), TEN).status()).isEqualTo(201);
        }
        Answer firstResult = book(first, TEN);
        assertThat(firstResult.status()).isEqualTo(200);

        Path key = Files.writeString(folder.resolve("key.pem"), get("/ledger/key").body());
        Path proof = Files.writeString(folder.resolve("proof.json"), get("/transfers/" + first + "/proof").body());
        assertThat(InclusionProof.parse(Files.readString(proof)).holds()).isTrue();
        Path head = Files.writeString(folder.resolve("head.json"), get("/ledger/tree-head").body());
        long size = Http.get(MEMBER.uri("/api/v1/ledger/tree-head")).json().get("size").asLong();
        assertThat(PartitaRun.of("verify", download("/ledger/bundle"), proof, head, "--key", key).output()).contains("Everything holds");
        assertThat(get("/transfers/" + UUID.randomUUID() + "/proof").status()).isEqualTo(404);
        assertThat(get("/ledger/consistency?first=0").status()).isEqualTo(400);

        Answer archived = post("/ledger/archives", "{\"upTo\":\"" + size + "\"}");
        assertThat(archived.status()).as(archived.toString()).isEqualTo(201);
        assertThat(archived.json().get("keptPendings").asLong()).isEqualTo(1);
        assertThat(archived.json().get("transfers").asLong()).isEqualTo(21);
        assertThat(get("/ledger/archives").json().get("archives").size()).isEqualTo(1);
        assertThat(post("/ledger/archives", "{\"upTo\":\"" + size + "\"}").status()).isEqualTo(400);
        assertThat(post("/ledger/archives", "{\"upTo\":\"soon\"}").status()).isEqualTo(400);

        Answer again = book(first, TEN);
        assertThat(again.status()).as("a purged id gets its first result: " + again).isEqualTo(200);
        assertThat(again.text("position")).isEqualTo(firstResult.text("position"));
        assertThat(again.text("debitSequence")).isEqualTo(firstResult.text("debitSequence"));
        assertThat(book(first, TEN.replace("10.00", "11.00")).status()).as("other content under a purged id").isEqualTo(409);

        Answer ended = book(UUID.randomUUID(), "\"kind\":\"POST_PENDING\",\"relatesTo\":\"" + pending + "\"");
        assertThat(ended.status()).as(ended.toString()).isEqualTo(201);
        UUID later = UUID.randomUUID();
        assertThat(book(later, TEN).status()).isEqualTo(201);
        assertThat(get("/accounts/1").body()).contains("230.00");

        assertRebased(MEMBER.database().dataSource(), 1, 23_000);

        Path laterProof = Files.writeString(folder.resolve("later.json"), get("/transfers/" + later + "/proof").body());
        Path consistency = Files.writeString(folder.resolve("consistency.json"), get("/ledger/consistency?first=" + size).body());
        Path pendingProof = Files.writeString(folder.resolve("pending.json"), get("/transfers/" + pending + "/proof").body());
        PartitaRun run = PartitaRun.of("verify", download("/ledger/archives/0"), download("/ledger/bundle?from=" + size), proof, head, laterProof,
                consistency, pendingProof, "--key", key);
        assertThat(run.output()).contains("Everything holds");
        assertThat(run.status()).isZero();
        assertThat(get("/ledger/bundle").status()).isEqualTo(410);

        assertReversedOnce(first, pending);
        for (int question = 1; question <= 3; question++) {
            assertReloadedDuringAPurge(question);
        }
    }

    /** An archived transfer is reversed by reference; what reversed or ended it may be archived, too. */
    private static void assertReversedOnce(UUID original, UUID pending) {
        String reversal = "\"kind\":\"REVERSAL\",\"relatesTo\":\"" + original + "\"";
        UUID id = UUID.randomUUID();
        Answer reversed = book(id, reversal);
        assertThat(reversed.status()).as(reversed.toString()).isEqualTo(201);
        assertThat(get("/accounts/1").body()).contains("220.00");
        assertThat(book(id, reversal).status()).as("the same once more").isEqualTo(200);
        assertThat(book(UUID.randomUUID(), reversal).text("code")).isEqualTo("ALREADY_REVERSED");
        Answer adjusted = book(UUID.randomUUID(), "\"kind\":\"ADJUSTMENT\",\"relatesTo\":\"" + original + "\"," + TEN);
        assertThat(adjusted.status()).as(adjusted.toString()).isEqualTo(201);

        assertThat(post("/ledger/archives", "{\"upTo\":\"" + size() + "\"}").status()).isEqualTo(201);
        assertThat(book(id, reversal).status()).as("a purged reversal gets its first result").isEqualTo(200);
        assertThat(book(UUID.randomUUID(), reversal).text("code")).as("its row is gone, what it did is not").isEqualTo("ALREADY_REVERSED");
        assertThat(book(UUID.randomUUID(), "\"kind\":\"VOID_PENDING\",\"relatesTo\":\"" + pending + "\"").text("code"))
                .isEqualTo("PENDING_ALREADY_POSTED");
        assertThat(book(UUID.randomUUID(), "\"kind\":\"REVERSAL\",\"relatesTo\":\"" + UUID.randomUUID() + "\"").text("code"))
                .isEqualTo("ORIGINAL_NOT_FOUND");
        assertThat(get("/accounts/1").body()).contains("230.00");
        assertRefusedByTheDatabase(original);
    }

    private static long size() {
        return get("/ledger/tree-head").json().get("size").asLong();
    }

    /** A member that asked before the purge and commits after it. */
    private static void assertRefusedByTheDatabase(UUID original) {
        assertThatThrownBy(() -> Jdbi.create(MEMBER.database().dataSource()).useHandle(handle -> handle.execute("""
                insert into ledger_transfer (id, batch, debit_account, credit_account, amount, released, relates_to, index, linked_to, code,
                       debit_ordinal, credit_ordinal, debit_shard, credit_shard, kind, currency)
                values (gen_random_uuid(), 1, 2, 1, 1000, 0, ?, 0, 0, 0, 0, 0, 0, 0, 5, 'EUR')""", original)))
                .hasMessageContaining("an archived transfer has reversed or ended");
    }

    /** The loader has read a checkpoint, and some of the journal after it; then that is purged; then it asks on. */
    private static void assertReloadedDuringAPurge(int question) throws IOException {
        for (int i = 0; i < 5; i++) {
            assertThat(book(UUID.randomUUID(), TEN).status()).isEqualTo(201);
        }
        AtomicInteger left = new AtomicInteger(question);
        DataSource purging = interrupted(MEMBER.database().dataSource(), () -> {
            if (left.decrementAndGet() == 0) {
                assertThat(MEMBER.bean(LedgerArchive.class).archiveBefore(Long.MAX_VALUE)).isPresent();
            }
        });
        assertRebased(purging, 1, 24_000 + 5_000L * question);
        assertThat(left).as("the purge was in between").hasNonPositiveValue();
        assertRebased(MEMBER.database().dataSource(), 1, 24_000 + 5_000L * question);
    }

    /** Does something before each COPY out of the database. */
    private static DataSource interrupted(DataSource database, Runnable before) {
        return proxy(DataSource.class, database, (method, result) -> result instanceof Connection connection
                ? proxy(Connection.class, connection, (called, value) -> {
                    if (called.equals("unwrap")) {
                        before.run();
                    }
                    return value;
                }) : result);
    }

    private interface After {
        Object called(String method, Object result);
    }

    private static <T> T proxy(Class<T> type, T real, After after) {
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, (_, method, arguments) -> {
            try {
                return after.called(method.getName(), method.invoke(real, arguments));
            } catch (InvocationTargetException failure) {
                throw failure.getCause();
            }
        }));
    }

    /** What a member that starts now would load: retained checkpoints and the journal after them. */
    private static void assertRebased(DataSource database, long account, long debits) throws IOException {
        int shard = LedgerNames.shardOf(account);
        long sequence = Jdbi.create(MEMBER.database().dataSource()).withHandle(handle ->
                handle.createQuery("select sequences[:shard + 1] from ledger_head").bind("shard", shard).mapTo(long.class).one());
        try {
            Balance balance = new ShardLoader(database).load(Map.of(shard, sequence)).get(shard).balance(account);
            assertThat(balance.debitsPosted()).isEqualTo(debits);
            assertThat(balance.debitsPending()).isZero();
            assertThat(balance.sequence()).isEqualTo(sequence);
        } catch (SQLException e) {
            throw new IOException(e);
        }
    }
}
