package io.partita.member.diagnostics;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RedactionTest {

    @Test
    void known_secrets_are_taken_out_wherever_they_stand() {
        Redaction redaction = Redaction.of(Set.of("correct horse", "correct horse battery", "abc"));
        assertThat(redaction.text("said correct horse battery, then correct horse: abc")).isEqualTo("said ***, then ***: abc");
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "Authorization: Bearer SESAME-OPEN-1234", "bearer.SESAME-OPEN-1234", "Authorization: Basic U0VTQU1FLU9QRU4=", "key pk_7f3a_SESAME-OPEN-1234 was used",
        "eyJhbGciOiJFZERTQSJ9.SESAME.OPEN", "jdbc:postgresql://db/partita?user=x&password=SESAME-OPEN", "postgresql://partita:SESAME@db:5432/partita",
        "{\"user\":\"ann\",\"password\":\"SESAME OPEN\"}", "8=FIX.4.4\u000135=A\u0001553=ann\u0001554=SESAME\u0001", "PARTITA_TOKEN=SESAME", "refresh rt_SESAME-OPEN-1234", "Sign in as admin with the one-time password SESAME-1",
        "-----BEGIN PRIVATE KEY-----\nSESAME\n-----END PRIVATE KEY-----"})
    void what_looks_like_a_credential_is_masked(String text) {
        assertThat(Redaction.of(Set.of()).text(text)).contains("***").doesNotContain("SESAME").doesNotContain("U0VTQU1F");
    }

    @ParameterizedTest
    @ValueSource(strings = {"Serving 256 more shards after 412 ms", "GET http://127.0.0.1:8080/api/v1/accounts/7000", "key of the map: 7", "signs in with the one-time password in data/admin.password", "java.lang.IllegalStateException: token 5"})
    void what_is_no_secret_stays(String text) {
        assertThat(Redaction.of(Set.of()).text(text)).isEqualTo(text);
    }

    @ParameterizedTest
    @ValueSource(strings = {"partita.database.password", "PARTITA_DATABASE_PASSWORD", "partita.fix.sessions.alpha.password", "partita.security.pepper", "server.ssl.key-store-password",
        "partita.encryption.key", "PARTITA_KEY"})
    void settings_are_secret_by_their_names(String name) {
        assertThat(Redaction.secret(name)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"partita.database.user", "partita.grid.name", "partita.keyboard", "server.port"})
    void other_settings_are_told(String name) {
        assertThat(Redaction.secret(name)).isFalse();
    }
}
