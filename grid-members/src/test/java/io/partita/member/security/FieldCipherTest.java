package io.partita.member.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.partita.member.PartitaProperties;
import io.partita.member.StartupProblem;
import io.partita.member.testing.TestDatabase;
import io.partita.security.SecurityRefusal;
import io.partita.security.SecurityRefused;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FieldCipherTest {

    private static final String CONTEXT = "people.email:ada";

    private final TestDatabase database = TestDatabase.fresh();
    private final Jdbi jdbi = Jdbi.create(database.dataSource());

    @AfterEach
    void close() {
        database.close();
    }

    private static MasterKey master(int fill) {
        byte[] key = new byte[32];
        Arrays.fill(key, (byte) fill);
        return MasterKey.parse(Base64.getEncoder().encodeToString(key), "the test");
    }

    private FieldCipher open(MasterKey master, MasterKey previous) {
        return FieldCipher.open(jdbi, master, Optional.ofNullable(previous), InstantSource.system());
    }

    @Test
    void what_is_sealed_is_opened_again_by_every_member_with_the_master_key() {
        byte[] sealed = open(master(1), null).sealText(CONTEXT, "ada@bank.example");
        assertThat(new String(sealed, StandardCharsets.ISO_8859_1)).doesNotContain("ada");
        assertThat(open(master(1), null).openText(CONTEXT, sealed)).isEqualTo("ada@bank.example");
        assertThat(open(master(1), null).sealText(CONTEXT, "ada@bank.example")).as("never the same twice").isNotEqualTo(sealed);
        assertThat(open(master(1), null).openText(CONTEXT, null)).isNull();
    }

    @Test
    void a_value_that_was_moved_changed_or_cut_is_not_opened() {
        FieldCipher cipher = open(master(1), null);
        byte[] sealed = cipher.sealText(CONTEXT, "ada@bank.example");
        assertThatThrownBy(() -> cipher.open("people.email:bob", sealed)).isInstanceOf(IllegalStateException.class);
        for (int i = 0; i < sealed.length; i++) {
            byte[] changed = sealed.clone();
            changed[i] ^= 1;
            assertThatThrownBy(() -> cipher.open(CONTEXT, changed)).as("byte %d", i).isInstanceOfAny(IllegalStateException.class, SecurityRefused.class);
        }
        assertThatThrownBy(() -> cipher.open(CONTEXT, Arrays.copyOf(sealed, sealed.length - 1))).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> cipher.open(CONTEXT, new byte[3])).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void a_member_with_another_master_key_says_so_and_goes_on_with_a_key_of_its_own() {
        byte[] sealed = open(master(1), null).sealText(CONTEXT, "ada@bank.example");
        FieldCipher other = open(master(2), null);
        assertThatThrownBy(() -> other.open(CONTEXT, sealed)).isInstanceOfSatisfying(SecurityRefused.class,
                refused -> assertThat(refused.code()).isEqualTo(SecurityRefusal.SECRETS_UNREADABLE));
        assertThat(other.openText(CONTEXT, other.sealText(CONTEXT, "bob"))).isEqualTo("bob");
        assertThat(other.dataKeys()).extracting(EncryptionKeys.DataKey::readable).containsExactly(false, true);
    }

    @Test
    void data_keys_are_rotated_and_old_values_stay_readable() {
        FieldCipher cipher = open(master(1), null);
        FieldCipher another = open(master(1), null);
        byte[] before = cipher.sealText(CONTEXT, "before");
        int next = cipher.rotate();
        byte[] after = cipher.sealText(CONTEXT, "after");
        assertThat(FieldCipher.keyOf(after)).isEqualTo(next).isNotEqualTo(FieldCipher.keyOf(before));
        assertThat(cipher.openText(CONTEXT, before)).isEqualTo("before");
        assertThat(another.openText(CONTEXT, after)).as("on a member that did not know the new key").isEqualTo("after");
    }

    @Test
    void a_new_master_key_takes_over_from_the_one_before() {
        byte[] sealed = open(master(1), null).sealText(CONTEXT, "ada@bank.example");
        assertThat(open(master(2), master(1)).openText(CONTEXT, sealed)).isEqualTo("ada@bank.example");
        assertThat(open(master(2), null).openText(CONTEXT, sealed)).as("from then on by itself").isEqualTo("ada@bank.example");
        assertThatThrownBy(() -> open(master(1), null).open(CONTEXT, sealed)).isInstanceOf(SecurityRefused.class);
    }

    @Test
    void a_master_key_comes_from_the_settings_or_a_file_and_is_made_in_the_data_folder_once(@TempDir Path data) throws IOException {
        MasterKey made = MasterKey.of(PartitaProperties.of(Map.of()).security(), data);
        assertThat(MasterKey.of(PartitaProperties.of(Map.of()).security(), data).id()).isEqualTo(made.id());
        String text = Files.readString(data.resolve("master.key")).strip();
        assertThat(MasterKey.of(PartitaProperties.of(Map.of("partita.security.master-key", text)).security(), data.resolve("nowhere")).id()).isEqualTo(made.id());
        Path file = Files.writeString(data.resolve("other"), "not a key\n");
        assertThatThrownBy(() -> MasterKey.of(PartitaProperties.of(Map.of("partita.security.master-key-file", file.toString())).security(), data)).isInstanceOf(StartupProblem.class)
                .hasMessageContaining("other").hasMessageNotContaining("not a key");
        assertThat(made.toString()).doesNotContain(text);
    }
}
