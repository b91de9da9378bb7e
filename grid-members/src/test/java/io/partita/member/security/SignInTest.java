package io.partita.member.security;

import static io.partita.member.security.People.PASSWORD;
import static io.partita.member.security.People.refused;
import static io.partita.member.security.People.signedIn;
import static org.assertj.core.api.Assertions.assertThat;

import io.partita.member.testing.AdjustableClock;
import io.partita.member.testing.Http;
import io.partita.member.testing.Http.Answer;
import io.partita.member.testing.TestMember;
import io.partita.security.LockOut;
import io.partita.security.Role;
import io.partita.security.SecurityRefusal;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

@ExtendWith(OutputCaptureExtension.class)
class SignInTest {

    private static final AdjustableClock CLOCK = AdjustableClock.standing();
    private static final TestMember MEMBER = TestMember.start(Map.of(), CLOCK);
    private static final People PEOPLE = new People(MEMBER);

    @AfterAll
    static void close() {
        MEMBER.close();
    }

    private static String secret(String file) throws IOException {
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(MEMBER.data().resolve(file)))).isEqualTo("rw-------");
        return PEOPLE.file(file);
    }

    @Test
    void the_first_start_makes_an_administrator_who_must_change_the_password_before_anything_else() throws IOException {
        String password = secret("admin.password");
        Answer in = signedIn(PEOPLE.signIn("admin", password));
        assertThat(in.header("Cache-Control")).isEqualTo("no-store");
        assertThat(in.text("mustChangePassword")).isEqualTo("true");
        assertThat(in.json().at("/principal/roles").size()).isEqualTo(Role.values().length);
        assertThat(in.json().at("/principal/permissions").size()).as("until the password is changed").isZero();
        String token = in.text("accessToken");
        assertThat(PEOPLE.me(token).text("principal.name")).isEqualTo("admin");
        refused(PEOPLE.get(token, "/api/v1/auth/sessions"), 403, "PASSWORD_CHANGE_REQUIRED");
        refused(PEOPLE.post(token, "/api/v1/auth/second-factor", ""), 403, "PASSWORD_CHANGE_REQUIRED");

        String other = signedIn(PEOPLE.signIn("admin", password)).text("accessToken");
        refused(PEOPLE.post(token, "/api/v1/auth/password", "{\"current\":\"" + password + "x\",\"next\":\"" + PASSWORD + "\"}"), 403, "PASSWORD_WRONG");
        for (String unsuitable : List.of("short", "the administrator", password, "aaaaaaaaaaaaaaaa", "Password1234")) {
            refused(PEOPLE.post(token, "/api/v1/auth/password", "{\"current\":\"" + password + "\",\"next\":\"" + unsuitable + "\"}"), 422, "PASSWORD_UNSUITABLE");
        }
        assertThat(PEOPLE.post(token, "/api/v1/auth/password", "{\"current\":\"" + password + "\",\"next\":\"" + PASSWORD + "\"}").status()).isEqualTo(204);

        assertThat(PEOPLE.me(token).json().at("/principal/permissions").toString()).contains("security:write");
        refused(PEOPLE.me(other), 401, "SESSION_REVOKED");
        refused(PEOPLE.signIn("admin", password), 401, "SIGN_IN_FAILED");
        assertThat(MEMBER.data().resolve("admin.password")).doesNotExist();
    }

    @Test
    void the_tools_and_the_console_of_the_machine_have_a_key_each() throws IOException {
        assertThat(PEOPLE.me(secret("operator.key")).json().at("/principal/permissions").toString()).contains("security:write", "ledger:write");
        assertThat(PEOPLE.me(secret("console.key")).json().at("/principal/permissions").toString()).contains("ledger:read").doesNotContain("write");
        assertThat(secret("master.key")).hasSize(44);
    }

    @Test
    void who_presents_nothing_or_rubbish_is_told_so() {
        refused(Http.get(MEMBER.uri("/api/v1/auth/me"), "Authorization", "Basic YWRtaW46YWRtaW4="), 401, "UNAUTHENTICATED");
        refused(PEOPLE.me("rubbish"), 401, "TOKEN_INVALID");
        refused(PEOPLE.me("pk_rubbish"), 401, "KEY_UNKNOWN");
        refused(PEOPLE.refresh("rt_rubbish"), 401, "REFRESH_INVALID");
        assertThat(PEOPLE.me("rubbish").header("WWW-Authenticate")).startsWith("Bearer");
    }

    @Test
    void guessing_gets_slower_and_slower_whether_or_not_there_is_such_a_user() {
        String ada = PEOPLE.somebody("\"VIEWER\"");
        for (String user : List.of(ada, "nobody")) {
            for (int i = 0; i <= LockOut.FREE; i++) {
                refused(PEOPLE.signIn(user, "wrong"), 401, "SIGN_IN_FAILED");
            }
            Answer locked = PEOPLE.signIn(user, PASSWORD);
            refused(locked, 429, "SIGN_IN_LOCKED");
            assertThat(Integer.parseInt(locked.header("Retry-After"))).isBetween(1, 15);
        }
        assertThat(PEOPLE.get(PEOPLE.operator(), "/api/v1/security/users/" + ada).text("lockedUntil")).isNotEmpty();
        CLOCK.advance(LockOut.FIRST);
        refused(PEOPLE.signIn(ada, "wrong"), 401, "SIGN_IN_FAILED");
        assertThat(Integer.parseInt(PEOPLE.signIn(ada, PASSWORD).header("Retry-After"))).as("twice as long").isBetween(16, 30);
        CLOCK.advance(LockOut.FIRST.multipliedBy(2));
        signedIn(PEOPLE.signIn(ada, PASSWORD));
        refused(PEOPLE.signIn(ada, "wrong"), 401, "SIGN_IN_FAILED");
        signedIn(PEOPLE.signIn(ada, PASSWORD));
    }

    @Test
    void an_administrator_lets_somebody_in_again_who_has_locked_themselves_out() {
        String ada = PEOPLE.somebody("\"VIEWER\"");
        for (int i = 0; i <= LockOut.FREE; i++) {
            PEOPLE.signIn(ada, "wrong");
        }
        refused(PEOPLE.signIn(ada, PASSWORD), 429, "SIGN_IN_LOCKED");
        assertThat(PEOPLE.post(PEOPLE.operator(), "/api/v1/security/users/" + ada + "/unlock", "").status()).isEqualTo(204);
        signedIn(PEOPLE.signIn(ada, PASSWORD));
    }

    private static String secretOf(String token) {
        Answer begun = PEOPLE.post(token, "/api/v1/auth/second-factor", "");
        assertThat(begun.status()).as(begun.toString()).isEqualTo(200);
        assertThat(begun.text("uri")).startsWith("otpauth://totp/Partita:").contains(begun.text("secret"));
        return begun.text("secret");
    }

    private static String code(String secret) {
        return People.code(secret, CLOCK.instant());
    }

    @Test
    void a_second_factor_is_asked_for_once_it_was_confirmed_and_each_code_and_each_recovery_code_works_once() {
        String ada = PEOPLE.somebody("\"TRADER\"");
        String token = PEOPLE.token(ada);
        refused(PEOPLE.post(token, "/api/v1/auth/second-factor/confirm", "{\"code\":\"123456\"}"), 409, "SECOND_FACTOR_NOT_ENROLLED");
        String secret = secretOf(token);
        signedIn(PEOPLE.signIn(ada, PASSWORD));
        String right = code(secret);
        refused(PEOPLE.post(token, "/api/v1/auth/second-factor/confirm", "{\"code\":\"" + (right.equals("000000") ? "000001" : "000000") + "\"}"), 403, "SECOND_FACTOR_WRONG");
        Answer confirmed = PEOPLE.post(token, "/api/v1/auth/second-factor/confirm", "{\"code\":\"" + code(secret) + "\"}");
        assertThat(confirmed.json().at("/recoveryCodes").size()).as(confirmed.toString()).isEqualTo(10);
        refused(PEOPLE.post(token, "/api/v1/auth/second-factor", ""), 409, "SECOND_FACTOR_ENROLLED");

        refused(PEOPLE.signIn(ada, PASSWORD), 401, "SECOND_FACTOR_REQUIRED");
        refused(PEOPLE.signIn(ada, PASSWORD, code(secret)), 401, "SIGN_IN_FAILED");
        CLOCK.advance(Duration.ofSeconds(60));
        String code = code(secret);
        signedIn(PEOPLE.signIn(ada, PASSWORD, code));
        refused(PEOPLE.signIn(ada, PASSWORD, code), 401, "SIGN_IN_FAILED");

        String recovery = confirmed.text("recoveryCodes.3");
        signedIn(PEOPLE.signIn(ada, PASSWORD, recovery.toUpperCase().replace("-", " ")));
        refused(PEOPLE.signIn(ada, PASSWORD, recovery), 401, "SIGN_IN_FAILED");
        assertThat(PEOPLE.me(token).text("recoveryCodesLeft")).isEqualTo("9");

        refused(PEOPLE.delete(token, "/api/v1/auth/second-factor", "{\"password\":\"wrong\"}"), 403, "PASSWORD_WRONG");
        assertThat(PEOPLE.delete(token, "/api/v1/auth/second-factor", "{\"password\":\"" + PASSWORD + "\"}").status()).isEqualTo(204);
        signedIn(PEOPLE.signIn(ada, PASSWORD));
    }

    @Test
    void codes_of_the_second_factor_cannot_be_guessed_by_trying() {
        String ada = PEOPLE.somebody("\"TRADER\"");
        String token = PEOPLE.token(ada);
        String secret = secretOf(token);
        assertThat(PEOPLE.post(token, "/api/v1/auth/second-factor/confirm", "{\"code\":\"" + code(secret) + "\"}").status()).isEqualTo(200);
        for (int i = 0; i <= LockOut.FREE; i++) {
            // To ask whether a code is needed does not start the count anew.
            refused(PEOPLE.signIn(ada, PASSWORD), 401, "SECOND_FACTOR_REQUIRED");
            refused(PEOPLE.signIn(ada, PASSWORD, "not it"), 401, "SIGN_IN_FAILED");
        }
        refused(PEOPLE.signIn(ada, PASSWORD, code(secret)), 429, "SIGN_IN_LOCKED");
    }

    @Test
    void staying_signed_in_takes_a_new_refresh_token_each_time_and_an_old_one_ends_the_session() {
        String ada = PEOPLE.somebody("\"VIEWER\"");
        Answer first = signedIn(PEOPLE.signIn(ada, PASSWORD));
        Answer second = signedIn(PEOPLE.refresh(first.text("refreshToken")));
        assertThat(second.text("refreshToken")).isNotEqualTo(first.text("refreshToken"));
        assertThat(PEOPLE.me(second.text("accessToken")).status()).isEqualTo(200);
        CLOCK.advance(Duration.ofSeconds(10));
        refused(PEOPLE.refresh(first.text("refreshToken")), 401, "REFRESH_REUSED");
        refused(PEOPLE.refresh(second.text("refreshToken")), 401, "SESSION_REVOKED");
        refused(PEOPLE.me(second.text("accessToken")), 401, "SESSION_REVOKED");
        refused(PEOPLE.me(first.text("accessToken")), 401, "SESSION_REVOKED");
    }

    @Test
    void whoever_has_lost_the_answer_to_a_refresh_gets_it_again_within_seconds_and_only_while_nobody_has_used_it() {
        String ada = PEOPLE.somebody("\"VIEWER\"");
        Answer first = signedIn(PEOPLE.signIn(ada, PASSWORD));
        Answer lost = signedIn(PEOPLE.refresh(first.text("refreshToken")));
        CLOCK.advance(Duration.ofSeconds(9));
        Answer again = signedIn(PEOPLE.refresh(first.text("refreshToken")));
        assertThat(again.text("refreshToken")).isEqualTo(lost.text("refreshToken"));
        assertThat(PEOPLE.me(again.text("accessToken")).status()).isEqualTo(200);
        Answer third = signedIn(PEOPLE.refresh(again.text("refreshToken")));
        assertThat(third.text("refreshToken")).isNotEqualTo(again.text("refreshToken"));
        // What it has brought was used: now two have it.
        refused(PEOPLE.refresh(first.text("refreshToken")), 401, "REFRESH_REUSED");
        refused(PEOPLE.refresh(third.text("refreshToken")), 401, "SESSION_REVOKED");
    }

    @Test
    void a_session_is_over_after_twelve_hours_however_often_it_was_refreshed() {
        String ada = PEOPLE.somebody("\"VIEWER\"");
        Answer in = signedIn(PEOPLE.signIn(ada, PASSWORD));
        CLOCK.advance(Duration.ofHours(12).minusSeconds(60));
        Answer last = signedIn(PEOPLE.refresh(in.text("refreshToken")));
        CLOCK.advance(Duration.ofSeconds(60));
        assertThat(PEOPLE.me(last.text("accessToken")).status()).as("its token ends with it").isEqualTo(401);
        refused(PEOPLE.refresh(last.text("refreshToken")), 401, "REFRESH_INVALID");
    }

    @Test
    void people_keep_things_for_themselves_which_nobody_else_sees() {
        String name = PEOPLE.somebody("\"VIEWER\"");
        String ada = PEOPLE.token(name);
        String bob = PEOPLE.token(PEOPLE.somebody("\"VIEWER\""));
        String filters = "/api/v1/auth/preferences/filter.accounts.1";
        refused(PEOPLE.get(ada, filters), 404, "PREFERENCE_NOT_FOUND");
        assertThat(PEOPLE.put(ada, filters, "{\"name\":\"Caf\u00e9\",  \"query\":\"status=FROZEN\"}").status()).isEqualTo(204);
        assertThat(PEOPLE.put(ada, filters, "{\"name\":\"Caf\u00e9\",\"query\":\"status=OPEN\"}").status()).isEqualTo(204);
        assertThat(PEOPLE.put(ada, "/api/v1/auth/preferences/tour", "true").status()).isEqualTo(204);
        assertThat(PEOPLE.get(PEOPLE.token(name), filters).body()).as("from another session").isEqualTo("{\"name\":\"Caf\u00e9\",\"query\":\"status=OPEN\"}");
        assertThat(PEOPLE.get(ada, "/api/v1/auth/preferences?prefix=filter.").body())
                .isEqualTo("[{\"name\":\"filter.accounts.1\",\"value\":{\"name\":\"Caf\u00e9\",\"query\":\"status=OPEN\"}}]");
        assertThat(PEOPLE.get(ada, "/api/v1/auth/preferences").json().size()).isEqualTo(2);
        refused(PEOPLE.get(bob, filters), 404, "PREFERENCE_NOT_FOUND");
        assertThat(PEOPLE.delete(bob, filters).status()).isEqualTo(204);
        assertThat(PEOPLE.get(ada, filters).status()).isEqualTo(200);
        assertThat(PEOPLE.delete(ada, filters).status()).isEqualTo(204);
        refused(PEOPLE.get(ada, filters), 404, "PREFERENCE_NOT_FOUND");
        refused(PEOPLE.get(PEOPLE.operator(), "/api/v1/auth/preferences"), 403, "FORBIDDEN");
    }

    @Test
    void what_people_keep_is_neither_large_nor_much() {
        String ada = PEOPLE.token(PEOPLE.somebody("\"VIEWER\""));
        for (int i = 0; i < Preferences.MOST_OF_USER; i++) {
            assertThat(PEOPLE.put(ada, "/api/v1/auth/preferences/number-" + i, Integer.toString(i)).status()).isEqualTo(204);
        }
        refused(PEOPLE.put(ada, "/api/v1/auth/preferences/one-more", "1"), 422, "TOO_MANY_PREFERENCES");
        assertThat(PEOPLE.put(ada, "/api/v1/auth/preferences/number-7", "\"" + "x".repeat(Preferences.LONGEST - 2) + "\"").status()).isEqualTo(204);
        refused(PEOPLE.put(ada, "/api/v1/auth/preferences/number-7", "\"" + "y".repeat(Preferences.LONGEST - 1) + "\""), 422, "PREFERENCE_TOO_LARGE");
        assertThat(PEOPLE.get(ada, "/api/v1/auth/preferences/number-7").body()).startsWith("\"xxx");
        for (String name : List.of("Large", "a%20b", "-a", "x".repeat(81))) {
            refused(PEOPLE.put(ada, "/api/v1/auth/preferences/" + name, "1"), 400, "MALFORMED_PREFERENCE_NAME");
        }
        refused(PEOPLE.put(ada, "/api/v1/auth/preferences/a", "{"), 400, "MALFORMED_JSON");
        refused(PEOPLE.put(ada, "/api/v1/auth/preferences/a", ""), 400, "MALFORMED_JSON");
    }

    @Test
    void somebody_sees_where_they_are_signed_in_and_ends_sessions_of_their_own_only() {
        String ada = PEOPLE.somebody("\"VIEWER\"");
        String here = PEOPLE.token(ada);
        String there = PEOPLE.token(ada);
        String stranger = PEOPLE.token(PEOPLE.somebody("\"VIEWER\""));
        Answer sessions = PEOPLE.get(here, "/api/v1/auth/sessions");
        assertThat(sessions.json().size()).as(sessions.toString()).isEqualTo(3);
        assertThat(sessions.json().valueStream().filter(one -> one.get("current").asBoolean()).count()).isEqualTo(1);
        String other = PEOPLE.get(there, "/api/v1/auth/sessions").json().valueStream().filter(one -> one.get("current").asBoolean()).findFirst().orElseThrow().get("id").asString();
        refused(PEOPLE.delete(stranger, "/api/v1/auth/sessions/" + other), 404, "SESSION_NOT_FOUND");
        assertThat(PEOPLE.me(there).status()).isEqualTo(200);
        assertThat(PEOPLE.delete(here, "/api/v1/auth/sessions/" + other).status()).isEqualTo(204);
        refused(PEOPLE.me(there), 401, "SESSION_REVOKED");
        assertThat(PEOPLE.post(here, "/api/v1/auth/sign-out", "").status()).isEqualTo(204);
        refused(PEOPLE.me(here), 401, "SESSION_REVOKED");
    }

    @Test
    void the_keys_of_this_machine_are_replaced_every_thirty_days_and_the_old_ones_stay_good_for_a_day() {
        String before = PEOPLE.operator();
        FirstStart firstStart = MEMBER.bean(FirstStart.class);
        CLOCK.advance(Duration.ofDays(29));
        firstStart.renewKeys();
        assertThat(PEOPLE.operator()).isEqualTo(before);
        CLOCK.advance(Duration.ofDays(1).plusSeconds(1));
        firstStart.renewKeys();
        String after = PEOPLE.operator();
        assertThat(after).isNotEqualTo(before);
        firstStart.renewKeys();
        assertThat(PEOPLE.operator()).as("once").isEqualTo(after);
        assertThat(PEOPLE.get(after, "/api/v1/security/users").status()).isEqualTo(200);
        assertThat(PEOPLE.get(before, "/api/v1/security/users").status()).isEqualTo(200);
        CLOCK.advance(Duration.ofDays(1).plusSeconds(1));
        refused(PEOPLE.get(before, "/api/v1/security/users"), 401, "KEY_EXPIRED");
        assertThat(PEOPLE.get(after, "/api/v1/security/users").status()).isEqualTo(200);
    }

    @Test
    void neither_logs_nor_the_database_have_a_secret_in_clear(CapturedOutput output) {
        String ada = PEOPLE.somebody("\"VIEWER\"");
        Answer in = signedIn(PEOPLE.signIn(ada, PASSWORD));
        String token = in.text("accessToken");
        String secret = secretOf(token);
        Answer codes = PEOPLE.post(token, "/api/v1/auth/second-factor/confirm", "{\"code\":\"" + code(secret) + "\"}");
        Answer next = signedIn(PEOPLE.refresh(in.text("refreshToken")));
        PEOPLE.signIn(ada, "a mistyped sentence");
        Answer key = PEOPLE.post(PEOPLE.operator(), "/api/v1/security/keys", "{\"owner\":\"" + ada + "\",\"name\":\"mine\",\"scopes\":[\"ledger:read\"],\"expiresAt\":\""
                + CLOCK.instant().plus(Duration.ofDays(1)) + "\"}");
        assertThat(key.status()).as(key.toString()).isEqualTo(201);
        List<String> secrets = List.of(PASSWORD, "a mistyped sentence", token, in.text("refreshToken"), next.text("accessToken"), next.text("refreshToken"), secret,
                codes.text("recoveryCodes.0"), key.text("key"), key.text("key").substring(16), PEOPLE.operator(), PEOPLE.file("console.key"), PEOPLE.file("master.key"));
        assertThat(secrets).allSatisfy(one -> assertThat(one).isNotBlank());
        StringBuilder database = new StringBuilder();
        try (Handle handle = Jdbi.open(MEMBER.database().dataSource())) {
            handle.createQuery("select table_name from information_schema.tables where table_name like 'security_%'").mapTo(String.class).list().forEach(table ->
                    handle.createQuery("select cast(t as text) from " + table + " t").mapTo(String.class).forEach(database::append));
        }
        assertThat(database.toString()).contains(ada, "$argon2id$v=19$m=19456,t=2,p=1$").doesNotContain(secrets).doesNotContain("Some Body", "@bank.example");
        for (String one : secrets) {
            assertThat(database.toString()).as("in hexadecimal").doesNotContain(HexFormat.of().formatHex(one.getBytes(StandardCharsets.UTF_8)));
        }
        assertThat(output.getAll()).contains(ada + " has signed in").doesNotContain(secrets).doesNotContain("Some Body", "@bank.example");
    }

    @ParameterizedTest
    @EnumSource(SecurityRefusal.class)
    void every_code_is_explained(SecurityRefusal code) throws IOException {
        Answer page = Http.get(MEMBER.uri("/problems/" + code), "Accept", "text/html");
        assertThat(page.status()).isEqualTo(200);
        assertThat(page.body()).contains(code.meaning());
        assertThat(Files.readString(Path.of("..", "docs", "security.md"))).contains("`" + code + "`");
    }
}
