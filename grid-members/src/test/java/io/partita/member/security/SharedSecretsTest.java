package io.partita.member.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.partita.member.StartupProblem;
import io.partita.member.cli.PartitaRun;
import io.partita.member.testing.Http;
import io.partita.member.testing.TestMember;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SharedSecretsTest {

    @TempDir
    private Path folder;

    private Map<String, String> texts() throws IOException {
        Map<String, String> texts = new TreeMap<>();
        for (SharedSecrets secret : SharedSecrets.values()) {
            texts.put(secret.file(), Files.readString(folder.resolve(secret.file())));
        }
        return texts;
    }

    private Map<String, String> settings() {
        Map<String, String> settings = new HashMap<>();
        for (SharedSecrets secret : SharedSecrets.values()) {
            settings.put(secret.setting(), folder.resolve(secret.file()).toString());
        }
        return settings;
    }

    @Test
    void the_command_makes_what_is_missing_says_what_it_is_for_and_leaves_what_is_there() throws IOException {
        PartitaRun first = PartitaRun.of("keys", folder);
        Map<String, String> made = texts();
        Files.delete(folder.resolve(SharedSecrets.OPERATOR_KEY.file()));
        PartitaRun again = PartitaRun.of("keys", folder);

        assertThat(first.status()).isZero();
        assertThat(first.output().lines().filter(line -> line.contains(" made "))).hasSize(SharedSecrets.values().length);
        for (SharedSecrets secret : SharedSecrets.values()) {
            assertThat(first.output()).contains(secret.file(), secret.purpose(), "--" + secret.setting()).doesNotContain(made.get(secret.file()).strip());
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve(secret.file())))).isEqualTo("rw-------");
        }
        assertThat(again.output().lines().filter(line -> line.contains(" made "))).singleElement().asString().contains(SharedSecrets.OPERATOR_KEY.file());
        Map<String, String> now = texts();
        assertThat(now.remove(SharedSecrets.OPERATOR_KEY.file())).isNotEqualTo(made.remove(SharedSecrets.OPERATOR_KEY.file()));
        assertThat(now).isEqualTo(made);
        try (var left = Files.walk(folder)) {
            assertThat(left.filter(Files::isRegularFile)).as("nothing half done is left").hasSize(SharedSecrets.values().length);
        }
    }

    @Test
    void a_folder_that_cannot_be_written_is_named() throws IOException {
        Path file = Files.writeString(folder.resolve("file"), "");
        PartitaRun run = PartitaRun.of("keys", file.resolve("below"));
        assertThat(run.status()).isEqualTo(1);
        assertThat(run.output()).contains(file.resolve("below") + " cannot be written");
    }

    @Test
    void members_that_make_them_at_once_end_with_the_same() throws Exception {
        int members = 6;
        CyclicBarrier together = new CyclicBarrier(members);
        List<Future<Map<SharedSecrets, Boolean>>> makers = new ArrayList<>();
        try (ExecutorService threads = Executors.newFixedThreadPool(members)) {
            for (int i = 0; i < members; i++) {
                makers.add(threads.submit(() -> {
                    together.await();
                    return SharedSecrets.make(folder);
                }));
            }
        }
        for (SharedSecrets secret : SharedSecrets.values()) {
            int made = 0;
            for (Future<Map<SharedSecrets, Boolean>> maker : makers) {
                made += maker.get().get(secret) ? 1 : 0;
            }
            assertThat(made).as(secret.file()).isEqualTo(1);
        }
    }

    @Test
    void members_that_are_told_of_them_take_them_and_write_none_of_their_own() throws IOException {
        SharedSecrets.make(folder);
        Map<String, String> given = texts();
        try (TestMember member = TestMember.start(settings())) {
            People people = new People(member);
            for (SharedSecrets secret : SharedSecrets.values()) {
                assertThat(member.data().resolve(Path.of(secret.file()).getFileName())).doesNotExist();
            }
            assertThat(people.me(given.get(SharedSecrets.OPERATOR_KEY.file()).strip()).json().at("/principal/permissions").toString()).contains("security:write", "ledger:write");
            assertThat(people.me(given.get(SharedSecrets.CONSOLE_KEY.file()).strip()).json().at("/principal/permissions").toString()).contains("ledger:read").doesNotContain("write");
            Http.Answer in = people.signIn("admin", given.get(SharedSecrets.ADMIN_PASSWORD.file()).strip());
            assertThat(in.status()).as(in.toString()).isEqualTo(200);
            assertThat(in.text("mustChangePassword")).isEqualTo("true");
        }
        assertThat(texts()).isEqualTo(given);
    }

    @Test
    void a_password_that_nobody_would_be_let_choose_begins_nothing() throws IOException {
        SharedSecrets.make(folder);
        Files.writeString(folder.resolve(SharedSecrets.ADMIN_PASSWORD.file()), "partita\n");
        assertThatThrownBy(() -> TestMember.start(settings())).hasRootCauseInstanceOf(StartupProblem.class).rootCause().hasMessageContaining("one-time password in " + folder);
    }

    @Test
    void a_file_that_is_not_there_is_named_with_what_to_do() throws IOException {
        SharedSecrets.make(folder);
        Files.delete(folder.resolve(SharedSecrets.CONSOLE_KEY.file()));
        assertThatThrownBy(() -> TestMember.start(settings())).isInstanceOfSatisfying(Exception.class, failure -> assertThat(chain(failure)).anySatisfy(cause ->
                assertThat(cause).isInstanceOf(StartupProblem.class).hasMessageContaining("The API key in " + folder)));
    }

    private static List<Throwable> chain(Throwable failure) {
        List<Throwable> chain = new ArrayList<>();
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            chain.add(cause);
        }
        return chain;
    }
}
