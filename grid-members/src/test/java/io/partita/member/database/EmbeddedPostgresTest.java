package io.partita.member.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.partita.member.StartupProblem;
import io.partita.member.testing.TestDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedPostgresTest {

    private static final Map<String, String> SMALL = Map.of("shared_buffers", "32MB");

    @TempDir
    private Path folder;
    private final int port = TestDatabase.freePort();

    private EmbeddedPostgres start() {
        return EmbeddedPostgres.start(folder, TestDatabase.binaries(), port, SMALL);
    }

    private static String query(EmbeddedPostgres server, String sql) throws SQLException {
        try (Connection connection = DriverManager.getConnection(server.url(), server.user(), server.password());
             Statement statement = connection.createStatement()) {
            if (!statement.execute(sql)) {
                return "";
            }
            try (ResultSet result = statement.getResultSet()) {
                return result.next() ? result.getString(1) : "";
            }
        }
    }

    private long pid() throws IOException {
        return Long.parseLong(Files.readAllLines(folder.resolve("files/postmaster.pid")).getFirst().strip());
    }

    @Test
    void it_writes_to_the_disk_before_it_says_so_and_keeps_data_over_a_restart() throws Exception {
        try (EmbeddedPostgres server = start()) {
            assertThat(query(server, "show fsync")).isEqualTo("on");
            assertThat(query(server, "show synchronous_commit")).isEqualTo("on");
            assertThat(query(server, "show full_page_writes")).isEqualTo("on");
            assertThat(query(server, "show data_checksums")).isEqualTo("on");
            assertThat(query(server, "show listen_addresses")).isEqualTo("127.0.0.1");
            query(server, "create table kept (a int)");
            query(server, "insert into kept values (7)");
        }
        assertThat(RunningServer.of(folder.resolve("files"))).isEmpty();
        try (EmbeddedPostgres server = start()) {
            assertThat(query(server, "select a from kept")).isEqualTo("7");
        }
    }

    @Test
    void a_server_that_is_killed_comes_back_while_the_member_lives() throws Exception {
        try (EmbeddedPostgres server = start()) {
            query(server, "create table kept (a int)");
            query(server, "insert into kept values (7)");
            long killed = pid();
            ProcessHandle.of(killed).orElseThrow().destroyForcibly();
            Awaitility.await().atMost(Duration.ofSeconds(30)).ignoreExceptions()
                    .untilAsserted(() -> assertThat(query(server, "select a from kept")).isEqualTo("7"));
            assertThat(pid()).isNotEqualTo(killed);
        }
    }

    @Test
    void a_server_that_outlived_its_member_is_taken_over() throws Exception {
        try (EmbeddedPostgres first = start()) {
            query(first, "create table kept (a int)");
            long pid = pid();
            try (EmbeddedPostgres second = start()) {
                assertThat(pid()).isEqualTo(pid);
                assertThat(query(second, "select count(*) from kept")).isEqualTo("0");
            }
        }
    }

    @Test
    void a_server_that_outlived_its_member_moves_to_another_port_if_told_so() throws Exception {
        int other = TestDatabase.freePort();
        EmbeddedPostgres first = start();
        try (EmbeddedPostgres second = EmbeddedPostgres.start(folder, TestDatabase.binaries(), other, SMALL)) {
            assertThat(second.url()).contains(":" + other + "/");
            assertThat(query(second, "show port")).isEqualTo(Integer.toString(other));
        } finally {
            first.close();
        }
    }

    @Test
    void a_port_that_another_server_holds_is_told_and_not_used() {
        try (EmbeddedPostgres server = start()) {
            assertThat(server.url()).contains(Integer.toString(port));
            assertThatThrownBy(() -> EmbeddedPostgres.start(folder.resolve("other"), TestDatabase.binaries(), port, SMALL))
                    .isInstanceOf(StartupProblem.class).hasMessage("Port " + port + " (embedded database) is taken by another process.");
        }
    }

    @Test
    void a_setting_that_the_server_does_not_know_is_told_with_the_server_s_words() {
        assertThatThrownBy(() -> EmbeddedPostgres.start(folder, TestDatabase.binaries(), port, Map.of("no_such_setting", "1")))
                .isInstanceOf(StartupProblem.class).hasMessageContaining("no_such_setting");
    }

    @Test
    void a_data_folder_serves_one_member_at_a_time() throws Exception {
        try (DataFolder taken = DataFolder.take(folder)) {
            assertThatThrownBy(() -> DataFolder.take(taken.path())).isInstanceOf(StartupProblem.class)
                    .hasMessageContaining("in use by another member");
        }
        DataFolder.take(folder).close();
    }
}
