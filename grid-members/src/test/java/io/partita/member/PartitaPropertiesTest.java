package io.partita.member;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.partita.member.testing.TestDatabase;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

@ExtendWith(OutputCaptureExtension.class)
class PartitaPropertiesTest {

    @TempDir
    private Path data;

    @Test
    void every_setting_has_a_default_that_suits_one_machine() {
        PartitaProperties settings = PartitaProperties.of(Map.of());
        assertThat(settings.bind()).as("nothing listens to the world").isEqualTo("127.0.0.1");
        assertThat(settings.http().port()).isEqualTo(8080);
        assertThat(settings.grid().port()).isEqualTo(5701);
        assertThat(settings.grid().addresses()).containsExactly("127.0.0.1");
        assertThat(settings.grid().majority()).isEqualTo(1);
        assertThat(settings.database().embedded()).isTrue();
        assertThat(settings.database().port()).isEqualTo(15432);
        assertThat(settings.ledger().lanes()).isEqualTo(3);
        assertThat(settings.ledger().deadline()).isEqualTo(Duration.ofSeconds(10));
        assertThat(settings.demo()).isTrue();
    }

    @Test
    void a_majority_is_more_than_half() {
        assertThat(PartitaProperties.of(Map.of("partita.grid.expected-members", "3")).grid().majority()).isEqualTo(2);
        assertThat(PartitaProperties.of(Map.of("partita.grid.expected-members", "4", "partita.grid.backups", "2")).grid().majority())
                .isEqualTo(3);
    }

    @Test
    void a_password_is_never_shown() {
        assertThat(PartitaProperties.of(Map.of("partita.database.url", "jdbc:postgresql://h/d", "partita.database.password", "s3cret"))
                .toString()).doesNotContain("s3cret");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "partita.grid.port=70000 | partita.grid.port | is a port, 1 to 65535",
        "partita.http.port=abc | partita.http.port | : is a whole number",
        "partita.ledger.lanes=0 | partita.ledger.lanes | is 1 to 32",
        "partita.grid.name= | partita.grid.name | is not empty",
        "partita.database.url=mysql://x | partita.database.url | jdbc:postgresql://host:5432/partita",
        "partita.grid.expected-members=5 | partita.grid.backups | set it to 2 or more",
        "partita.grid.heartbeat-timeout=1s | partita.grid.heartbeat-timeout | garbage collection",
        "partita.logs=xml | partita.logs | [TEXT, JSON]",
        "partita.demo=perhaps | partita.demo | is true or false",
        "partita.ledger.deadline=soon | partita.ledger.deadline | 10s",
        "partita.bind=192.0.2.1 | 192.0.2.1 | partita.bind",
    })
    void a_wrong_setting_stops_the_start_and_is_named(String setting, String name, String message, CapturedOutput output) {
        assertThatThrownBy(() -> PartitaMember.application().run("--partita.data=" + data, "--" + setting).close()).isNotNull();
        assertThat(output.getAll()).contains(name).contains(message).contains("APPLICATION FAILED TO START").doesNotContain("\tat ");
    }

    @Test
    void a_taken_port_is_named_with_the_setting_that_changes_it(CapturedOutput output) throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            String port = Integer.toString(taken.getLocalPort());
            String free = Integer.toString(TestDatabase.freePort());
            assertThatThrownBy(() -> PartitaMember.application().run("--partita.data=" + data, "--partita.http.port=" + port)).isNotNull();
            assertThat(output.getAll()).contains("Port " + port + " (REST) is taken", "--partita.http.port=PORT");
            assertThatThrownBy(() -> PartitaMember.application().run("--partita.data=" + data, "--partita.http.port=0",
                    "--partita.grid.port=" + port)).isNotNull();
            assertThat(output.getAll()).contains("Port " + port + " (grid) is taken", "--partita.grid.port=PORT");
            assertThatThrownBy(() -> PartitaMember.application().run("--partita.data=" + data, "--partita.http.port=0",
                    "--partita.grid.port=" + free, "--partita.database.port=" + port)).isNotNull();
            assertThat(output.getAll()).contains("Port " + port + " (embedded database) is taken", "--partita.database.port=PORT")
                    .doesNotContain("\tat ");
        }
    }

    @Test
    void a_member_is_sabotaged_in_a_drill_only() {
        assertThatThrownBy(() -> PartitaProperties.of(Map.of("partita.drill.sabotage", "fencing")))
                .hasStackTraceContaining("it is refused unless partita.grid.name begins with 'drill-', and that is 'partita'");
        assertThat(PartitaProperties.of(Map.of("partita.drill.sabotage", "fencing", "partita.grid.name", "drill-1")).drill().sabotage())
                .isEqualTo(PartitaProperties.Sabotage.FENCING);
    }
}
