package io.partita.member.grid;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.hazelcast.client.HazelcastClient;
import com.hazelcast.client.config.ClientConfig;
import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.map.IMap;
import com.hazelcast.sql.SqlResult;
import io.partita.PartitaClients;
import io.partita.ledger.AccountStatus;
import io.partita.ledger.AccountType;
import io.partita.ledger.Balance;
import io.partita.ledger.LedgerNames;
import io.partita.member.testing.Http;
import io.partita.member.testing.Http.Answer;
import io.partita.member.testing.TestMember;
import io.partita.money.Currency;
import java.net.ConnectException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class GridTest {

    private static final TestMember MEMBER = TestMember.start();
    private static final Balance BALANCE = new Balance(42, Currency.of("EUR"), AccountType.LIABILITY, AccountStatus.FROZEN, 7,
            100, 350, 5, 6, 0, Long.MAX_VALUE, 9);

    @AfterAll
    static void close() {
        MEMBER.close();
    }

    private static HazelcastInstance client() {
        ClientConfig config = PartitaClients.config(MEMBER.cluster(), List.of(MEMBER.gridAddress()));
        return HazelcastClient.newHazelcastClient(config);
    }

    @Test
    void the_grid_describes_its_members_partitions_and_ledger() {
        Answer answer = Http.get(MEMBER.uri("/api/v1/grid"));
        assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
        assertThat(answer.text("cluster")).isEqualTo(MEMBER.cluster());
        assertThat(answer.text("version")).matches("\\d+\\.\\d+\\.\\d+.*");
        assertThat(answer.text("startedAt")).endsWith("Z");
        assertThat(answer.text("members.0.address")).isEqualTo(MEMBER.gridAddress());
        assertThat(answer.json().at("/members/0/local").asBoolean()).isTrue();
        assertThat(answer.json().at("/members/0/ownedPartitions").asInt()).isEqualTo(271);
        assertThat(answer.json().at("/members/0/heapUsed").asLong()).isPositive();
        assertThat(answer.json().at("/partitions/count").asInt()).isEqualTo(271);
        assertThat(answer.json().at("/shards/total").asInt()).isEqualTo(256);
        assertThat(answer.json().get("view").propertyNames()).contains("term", "members", "serving");
        assertThat(answer.json().get("ledger").propertyNames()).contains("size", "accounts", "transfersPerSecond", "commitsPerSecond",
                "batchSizeMean", "commitMillisP50", "commitMillisP99", "acceptedTotal", "refusedByCode", "queued", "storeAvailable");
    }

    @Test
    void the_cluster_is_told_in_detail() {
        MEMBER.awaitReady();
        Answer answer = told("/api/v1/cluster", "/members/0/id");
        assertThat(answer.text("members.0.address")).isEqualTo(MEMBER.gridAddress());
        assertThat(answer.json().at("/members/0/oldest").asBoolean()).isTrue();
        assertThat(answer.json().at("/members/0/inView").asBoolean()).isTrue();
        assertThat(answer.json().at("/members/0/memory/heapMax").asLong()).isPositive();
        assertThat(answer.json().at("/members/0/memory/nonHeap").asLong()).isPositive();
        assertThat(answer.json().at("/members/0/partitions/owned").asInt()).isEqualTo(271);
        assertThat(answer.json().at("/partitions/owned").asInt()).isEqualTo(271);
        assertThat(answer.json().at("/partitions/safe").asBoolean()).isTrue();
        assertThat(answer.json().at("/view/epoch").asLong()).isPositive();
        assertThat(answer.text("view.since")).endsWith("Z");
        assertThat(answer.text("view.members.0")).isEqualTo(MEMBER.gridAddress());
        assertThat(answer.json().at("/view/majority").asBoolean()).isTrue();
        assertThat(answer.json().at("/store/reachableFrom").asInt()).isEqualTo(1);
        assertThat(answer.json().get("silent")).isEmpty();
    }

    @Test
    void every_map_is_told_with_its_domain_and_what_is_not_counted_is_left_out() {
        MEMBER.awaitReady();
        MEMBER.hazelcast().getMap("of-a-client").set("one", "entry");
        Awaitility.await().atMost(Duration.ofSeconds(20)).ignoreExceptions().untilAsserted(() -> assertThat(map("of-a-client").at("/entries").asLong()).isEqualTo(1));
        assertThat(map("of-a-client").at("/domain").asString()).isEqualTo("other");
        assertThat(map("of-a-client").at("/cost").asLong()).isPositive();
        assertThat(map(LedgerNames.SHARDS).at("/domain").asString()).isEqualTo("ledger");
        assertThat(map(LedgerNames.SHARDS).at("/entries").asLong()).isEqualTo(LedgerNames.SHARD_COUNT / 8);
        assertThat(map(LedgerNames.SHARDS).has("cost")).isFalse();
    }

    private static JsonNode map(String name) {
        return told("/api/v1/cluster/maps", "/0/name").json().valueStream().filter(each -> each.get("name").asString().equals(name)).findFirst().orElseThrow();
    }

    @Test
    void each_shard_has_an_owner_and_the_epoch_that_the_journal_takes() {
        MEMBER.awaitReady();
        Awaitility.await().atMost(Duration.ofSeconds(20)).untilAsserted(() -> {
            JsonNode shards = told("/api/v1/cluster/shards", "/0/shard").json();
            assertThat(shards).hasSize(LedgerNames.SHARD_COUNT);
            assertThat(shards).allSatisfy(shard -> {
                assertThat(shard.at("/state").asString()).isEqualTo("SERVING");
                assertThat(shard.at("/owner").asString()).isEqualTo(MEMBER.gridAddress());
                assertThat(shard.at("/epoch").asInt()).isPositive().isEqualTo(shard.at("/journalEpoch").asInt());
            });
        });
    }

    @Test
    void a_shard_under_an_epoch_that_the_journal_does_not_take_is_fenced() {
        assertThat(ClusterController.state(new LedgerStatistics.Shard(1, 3, 4, true, false, 0, 0, null))).isEqualTo(ClusterStatus.ShardState.FENCED);
        assertThat(ClusterController.state(new LedgerStatistics.Shard(1, 3, -1, true, false, 0, 0, null))).isEqualTo(ClusterStatus.ShardState.SERVING);
        assertThat(ClusterController.state(new LedgerStatistics.Shard(1, 3, 4, false, false, 0, 0, null))).isEqualTo(ClusterStatus.ShardState.IDLE);
        assertThat(ClusterController.state(new LedgerStatistics.Shard(1, 3, 3, true, true, 0, 0, null))).isEqualTo(ClusterStatus.ShardState.GAP);
    }

    /** Members tell every few seconds; the first time is waited for. */
    private static Answer told(String path, String field) {
        return Awaitility.await().atMost(Duration.ofSeconds(20)).until(() -> Http.get(MEMBER.uri(path)),
                answer -> answer.status() == 200 && !answer.json().at(field).isMissingNode());
    }

    @Test
    void a_client_reads_balances_as_values_and_by_sql() {
        HazelcastInstance client = client();
        try {
            IMap<Long, Balance> balances = client.getMap(LedgerNames.BALANCES);
            balances.set(BALANCE.account(), BALANCE);
            assertThat(balances.get(BALANCE.account())).isEqualTo(BALANCE);
            Awaitility.await().atMost(Duration.ofSeconds(20)).ignoreExceptions().untilAsserted(() -> {
                try (SqlResult rows = client.getSql().execute(
                        "select account, currency, type, \"creditsPosted\" - \"debitsPosted\" from balances where status = 'FROZEN'")) {
                    assertThat(rows.stream().map(row -> List.<Object>of(row.getObject(0), row.getObject(1), row.getObject(2),
                            row.getObject(3)))).containsExactly(List.of(42L, "EUR", "LIABILITY", 250L));
                }
            });
        } finally {
            client.shutdown();
        }
    }

    @Test
    void nothing_listens_to_the_world() throws Exception {
        Optional<InetAddress> outer = NetworkInterface.networkInterfaces().flatMap(NetworkInterface::inetAddresses)
                .filter(address -> address instanceof Inet4Address && !address.isLoopbackAddress()).findFirst();
        Assumptions.assumeTrue(outer.isPresent(), "this machine has no other address");
        int grid = Integer.parseInt(MEMBER.gridAddress().split(":")[1]);
        for (int port : new int[] {grid, MEMBER.port()}) {
            assertThatThrownBy(() -> new Socket().connect(new InetSocketAddress(outer.get(), port), 2_000))
                    .isInstanceOf(ConnectException.class);
        }
    }
}
