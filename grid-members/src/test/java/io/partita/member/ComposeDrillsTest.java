package io.partita.member;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.partita.member.testing.TestMember;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the drills for docker share, run against a member that is no container: everything but the faults. */
class ComposeDrillsTest {

    private static final TestMember MEMBER = TestMember.start();

    @TempDir
    private Path folder;

    record Outcome(int status, String text) {
    }

    @BeforeAll
    static void begin() {
        assumeTrue(Stream.of(System.getenv("PATH").split(File.pathSeparator)).anyMatch(path -> Files.isExecutable(Path.of(path, "curl"))), "The package curl is not installed");
        MEMBER.awaitReady();
    }

    @AfterAll
    static void close() {
        MEMBER.close();
    }

    private Outcome bash(String key, String script) throws IOException, InterruptedException {
        Path file = Files.writeString(folder.resolve("drill.sh"), """
                . %s
                MEMBERS=member-1
                url() { echo %s; }
                %s
                """.formatted(Path.of("../compose/drills/lib.sh").toAbsolutePath().normalize(), MEMBER.uri(""), script));
        ProcessBuilder shell = new ProcessBuilder("bash", file.toString()).redirectErrorStream(true);
        shell.environment().put("PARTITA_KEY", key);
        shell.environment().putAll(Map.of("BEFORE", "1", "BROKEN", "1", "AFTER", "1", "PATIENCE", "20"));
        Process running = shell.start();
        String text = new String(running.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Outcome(running.waitFor(), text);
    }

    private static String key() throws IOException {
        return Files.readString(MEMBER.data().resolve("operator.key")).strip();
    }

    @Test
    void a_drill_pays_asks_and_checks_over_rest_with_the_operators_key() throws Exception {
        Outcome outcome = bash(key(), "drill nothing \"nothing is broken\"\nbroken\nmended\nverdict");

        assertThat(outcome.text()).contains("PASSED").containsPattern("before  *member-1: [1-9][0-9]* acknowledged, 0 turned away, 0 unknown, 0 refused").doesNotContain("BROKEN");
        assertThat(outcome.text().lines().filter(line -> line.contains(" held "))).as("each of the checks").hasSize(6);
        assertThat(outcome.status()).isZero();
    }

    @Test
    void a_payment_that_nobody_was_told_of_is_found() throws Exception {
        Outcome outcome = bash(key(), """
                PATIENCE=3
                drill nothing "one payment is in nobody's history"
                (WORK=$(mktemp -d) && introduce && book member-1 "unheard-$RUN")
                broken
                mended
                verdict
                """);
        assertThat(outcome.status()).isEqualTo(1);
        assertThat(outcome.text()).contains("were acknowledged, but the members say", "the journal says something else", "VIOLATED: 2 checks");
    }

    @Test
    void without_a_key_that_the_members_know_it_says_so_and_pays_nothing() throws Exception {
        Outcome outcome = bash("pk_nobody", "drill nothing \"nothing is broken\"\nverdict");
        assertThat(outcome.status()).isEqualTo(1);
        assertThat(outcome.text()).contains("FAILED: account").doesNotContain("acknowledged");
    }
}
