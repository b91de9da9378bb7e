package io.partita.security;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class CredentialsTest {

    @Test
    void a_key_is_read_as_it_was_handed_out_and_shows_its_secret_nowhere_else() {
        ApiKey key = ApiKey.random(new Random(7));
        assertThat(key.text()).startsWith("pk_").hasSize(3 + 12 + 1 + 40);
        assertThat(ApiKey.parse(key.text())).hasValue(key);
        assertThat(key.toString()).contains(key.id()).doesNotContain(key.secret());
    }

    @Test
    void what_is_no_key_is_not_taken_for_one() {
        String good = ApiKey.random(new Random(8)).text();
        for (String wrong : List.of("", "pk_", good.substring(1), good + "a", good.substring(0, good.length() - 1), good.toUpperCase(), good.replace('_', '-'), " " + good)) {
            assertThat(ApiKey.parse(wrong)).as(wrong).isEmpty();
        }
    }

    @Test
    void a_secret_is_known_by_its_hash() {
        byte[] hash = Secrets.hash("one");
        assertThat(Secrets.isOf(hash, "one")).isTrue();
        assertThat(Secrets.isOf(hash, "onf")).isFalse();
        assertThat(Secrets.same("one", "one")).isTrue();
        assertThat(Secrets.same("one", "on")).isFalse();
    }

    @Test
    void recovery_codes_are_ten_different_ones_and_may_be_typed_carelessly() {
        List<String> codes = RecoveryCodes.random(new Random(9));
        assertThat(new HashSet<>(codes)).hasSize(RecoveryCodes.COUNT);
        String code = codes.getFirst();
        assertThat(code).matches("[a-z2-9]{4}(-[a-z2-9]{4}){3}");
        for (String typed : List.of(code, code.toUpperCase(), code.replace("-", ""), " " + code.replace('-', ' ') + "\n")) {
            assertThat(RecoveryCodes.canonical(typed)).isEqualTo(code);
            assertThat(RecoveryCodes.looksLike(typed)).isTrue();
        }
        assertThat(RecoveryCodes.looksLike("123456")).isFalse();
    }

    @Test
    void passwords_are_long_and_not_those_that_are_tried_first() {
        for (String wrong : List.of("short", "elevenchars", "aaaaaaaaaaaaaaaa", "abababababababab", "ada-and-the-engine", "Password123!", "Qwerty1234567", "welcome12345", "x".repeat(129))) {
            assertThat(PasswordRules.problem("ada", wrong)).as(wrong).isPresent();
        }
        for (String good : List.of("correct horse battery staple", "twelve-chars", "Tr0ub4dor&3-x", "passwords are not enough", "żółty kaczor płynie")) {
            assertThat(PasswordRules.problem("ada", good)).as(good).isEmpty();
        }
    }

    @Test
    void permissions_are_found_by_their_scopes_and_roles_add_up() {
        for (Permission permission : Permission.values()) {
            assertThat(Permission.of(permission.scope())).hasValue(permission);
        }
        assertThat(Permission.of("ledger:steal")).isEmpty();
        assertThat(Principal.permissions(Set.of(Role.TRADER, Role.ADMIN))).contains(Permission.TRADING_WRITE, Permission.SECURITY_WRITE).doesNotContain(Permission.LEDGER_WRITE);
        assertThat(Principal.permissions(Set.of(Role.values()))).as("somebody may do anything there is").containsExactlyInAnyOrder(Permission.values());
    }
}
