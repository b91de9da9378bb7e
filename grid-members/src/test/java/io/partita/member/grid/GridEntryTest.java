package io.partita.member.grid;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.hazelcast.client.HazelcastClient;
import com.hazelcast.client.config.ClientConfig;
import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.map.IMap;
import com.hazelcast.nio.serialization.HazelcastSerializationException;
import io.partita.PartitaClients;
import io.partita.member.testing.Http;
import io.partita.member.testing.TestMember;
import java.beans.PropertyChangeSupport;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/** Whoever does not know the secret is not let in; whoever is, is not believed everything. */
@ExtendWith(OutputCaptureExtension.class)
class GridEntryTest {

    private static final String SECRET = "correct horse battery staple";
    private static TestMember member;
    private static String said;

    @BeforeAll
    static void start(@TempDir Path folder, CapturedOutput output) throws Exception {
        Path file = Files.writeString(folder.resolve("grid.secret"), SECRET + "\n");
        member = TestMember.start(Map.of("partita.grid.secret-file", file.toString()));
        member.awaitReady();
        said = output.getAll();
    }

    @AfterAll
    static void close() {
        member.close();
    }

    private static ClientConfig config(String cluster) {
        ClientConfig config = PartitaClients.config(cluster, List.of(member.gridAddress()));
        config.getConnectionStrategyConfig().getConnectionRetryConfig().setClusterConnectTimeoutMillis(1_000);
        return config;
    }

    private static HazelcastInstance client() {
        return HazelcastClient.newHazelcastClient(config(PartitaClients.cluster(member.cluster(), SECRET)));
    }

    @Test
    void a_client_without_the_secret_does_not_find_the_cluster() {
        for (String cluster : List.of(member.cluster(), PartitaClients.cluster(member.cluster(), "another secret of many"), PartitaClients.cluster("partita", SECRET))) {
            assertThatThrownBy(() -> HazelcastClient.newHazelcastClient(config(cluster))).as(cluster).isInstanceOf(IllegalStateException.class);
        }
        HazelcastInstance client = client();
        try {
            assertThat(client.getCluster().getMembers()).hasSize(1);
        } finally {
            client.shutdown();
        }
    }

    @Test
    void neither_log_nor_rest_tells_the_secret_or_what_is_made_of_it() {
        String made = PartitaClients.cluster(member.cluster(), SECRET).substring(member.cluster().length());
        String grid = Http.get(member.uri("/api/v1/grid")).body();
        assertThat(said).contains("Ready in").doesNotContain(SECRET).doesNotContain(made);
        assertThat(grid).contains(member.cluster()).doesNotContain(made);
    }

    @Test
    void objects_of_classes_that_are_not_trusted_are_not_made() {
        IMap<Object, Object> map = member.hazelcast().getMap("anything");
        map.set(1, new PropertyChangeSupport("a class of the JDK that nothing here needs"));
        assertThatThrownBy(() -> map.get(1)).isInstanceOf(HazelcastSerializationException.class).hasMessageContaining("java.beans.PropertyChangeSupport");
    }
}
