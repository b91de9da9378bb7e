package io.partita.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

class TotpTest {

    private static final byte[] SECRET = "12345678901234567890".getBytes(StandardCharsets.US_ASCII);
    private static final Instant NOW = Instant.parse("2026-03-02T09:00:15Z");

    private static List<String[]> vectors(String name) throws IOException {
        Path file = Path.of(System.getProperty("partita.data", "../shared/data"), "vectors", name);
        assumeTrue(Files.isReadable(file), () -> "no " + file.toAbsolutePath());
        return Files.readAllLines(file).stream().skip(1).filter(line -> !line.isBlank()).map(line -> line.split(",")).toList();
    }

    @Test
    void codes_of_counters_are_those_of_rfc_4226() throws IOException {
        List<String[]> vectors = vectors("rfc4226_hotp.csv");
        assertThat(vectors).hasSize(10);
        for (String[] one : vectors) {
            assertThat(Totp.code(Totp.Hash.SHA1, HexFormat.of().parseHex(one[1]), Long.parseLong(one[0]), Integer.parseInt(one[2]))).as("counter %s", one[0]).isEqualTo(one[3]);
        }
    }

    @Test
    void codes_of_times_are_those_of_rfc_6238() throws IOException {
        List<String[]> vectors = vectors("rfc6238_totp.csv");
        assertThat(vectors).hasSize(18);
        for (String[] one : vectors) {
            assertThat(one[4]).isEqualTo(Integer.toString(Totp.STEP_SECONDS));
            long counter = Totp.counter(Instant.ofEpochSecond(Long.parseLong(one[0])));
            assertThat(Totp.code(Totp.Hash.valueOf(one[1]), HexFormat.of().parseHex(one[2]), counter, Integer.parseInt(one[3]))).as("%s at %s", one[1], one[0]).isEqualTo(one[5]);
        }
    }

    @Test
    void a_clock_may_be_wrong_by_one_step_and_no_more() {
        for (int steps = -3; steps <= 3; steps++) {
            String code = Totp.code(SECRET, NOW.plusSeconds(steps * 30L));
            assertThat(Totp.accept(SECRET, code, NOW, 0).isPresent()).as("%d steps", steps).isEqualTo(Math.abs(steps) <= 1);
        }
    }

    @Test
    void a_code_that_was_taken_is_spent_and_so_are_those_before_it() {
        long used = Totp.accept(SECRET, Totp.code(SECRET, NOW), NOW, 0).orElseThrow();
        assertThat(Totp.accept(SECRET, Totp.code(SECRET, NOW), NOW, used)).isEmpty();
        assertThat(Totp.accept(SECRET, Totp.code(SECRET, NOW.minusSeconds(30)), NOW, used)).isEmpty();
        assertThat(Totp.accept(SECRET, Totp.code(SECRET, NOW.plusSeconds(30)), NOW, used)).hasValue(used + 1);
    }

    @Test
    void what_is_no_code_is_not_taken() {
        for (String wrong : List.of("", "0", "12345", "1234567", "abcdef", "-12345")) {
            assertThat(Totp.accept(SECRET, wrong, NOW, 0)).as(wrong).isEmpty();
        }
    }

    @Test
    void an_app_reads_the_secret_in_base_32() {
        assertThat(Totp.uri("Partita", "ada", SECRET)).startsWith("otpauth://totp/Partita:ada?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&issuer=Partita&");
        // RFC 4648, section 10.
        String[][] pairs = {{"", ""}, {"f", "MY"}, {"fo", "MZXQ"}, {"foo", "MZXW6"}, {"foob", "MZXW6YQ"}, {"fooba", "MZXW6YTB"}, {"foobar", "MZXW6YTBOI"}};
        for (String[] pair : pairs) {
            assertThat(Secrets.base32(pair[0].getBytes(StandardCharsets.US_ASCII))).isEqualTo(pair[1]);
        }
    }
}
