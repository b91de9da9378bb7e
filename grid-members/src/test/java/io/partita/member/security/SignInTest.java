package io.partita.member.security;

import static org.assertj.core.api.Assertions.assertThat;

import io.partita.member.testing.Http;
import io.partita.member.testing.Http.Answer;
import io.partita.member.testing.TestMember;
import io.partita.security.Role;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

class SignInTest {

    private static final TestMember MEMBER = TestMember.start();

    @AfterAll
    static void close() {
        MEMBER.close();
    }

    private static String secret(String file) throws IOException {
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(MEMBER.data().resolve(file)))).isEqualTo("rw-------");
        return Files.readString(MEMBER.data().resolve(file)).strip();
    }

    private static Answer signIn(String user, String password) {
        return Http.post(MEMBER.uri("/api/v1/auth/sign-in"), "{\"user\":\"" + user + "\",\"password\":\"" + password + "\"}");
    }

    private static Answer me(String bearer) {
        return Http.get(MEMBER.uri("/api/v1/auth/me"), "Authorization", "Bearer " + bearer);
    }

    @Test
    void the_first_start_makes_an_administrator_whose_password_is_in_a_file_of_the_owner_s_alone() throws IOException {
        Answer in = signIn("admin", secret("admin.password"));
        assertThat(in.status()).as(in.toString()).isEqualTo(200);
        assertThat(in.header("Cache-Control")).isEqualTo("no-store");
        assertThat(in.text("mustChangePassword")).isEqualTo("true");
        assertThat(in.json().at("/principal/roles").size()).isEqualTo(Role.values().length);
        assertThat(in.json().at("/principal/permissions").size()).as("until the password is changed").isZero();
        Answer me = me(in.text("accessToken"));
        assertThat(me.status()).as(me.toString()).isEqualTo(200);
        assertThat(me.text("principal.name")).isEqualTo("admin");
    }

    @Test
    void the_tools_and_the_console_of_the_machine_have_a_key_each() throws IOException {
        assertThat(me(secret("operator.key")).json().at("/principal/permissions").toString()).contains("security:write", "ledger:write");
        assertThat(me(secret("console.key")).json().at("/principal/permissions").toString()).contains("ledger:read").doesNotContain("write");
    }

    @Test
    void who_presents_nothing_or_rubbish_is_told_so() {
        assertThat(Http.get(MEMBER.uri("/api/v1/auth/me"), Http.NOBODY).text("code")).isEqualTo("UNAUTHENTICATED");
        assertThat(me("rubbish").text("code")).isEqualTo("TOKEN_INVALID");
        assertThat(me("pk_rubbish").text("code")).isEqualTo("KEY_UNKNOWN");
        assertThat(me("rubbish").header("WWW-Authenticate")).isEqualTo("Bearer");
    }

    @Test
    void the_keys_that_verify_tokens_are_public() {
        Answer keys = Http.get(MEMBER.uri("/.well-known/jwks.json"));
        assertThat(keys.text("keys.0.crv")).isEqualTo("Ed25519");
        assertThat(keys.text("keys.0.x")).hasSize(43);
    }
}
