package io.partita.console.find;

import static org.assertj.core.api.Assertions.assertThat;

import io.partita.console.find.Wanted.Listed;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WantedTest {

    @Test
    void an_id_a_number_and_a_thing_of_an_instrument_are_known_by_their_form() {
        UUID id = UUID.fromString("0199c3a4-7f00-7000-8000-00000000000a");
        assertThat(Wanted.of("  0199C3A4-7F00-7000-8000-00000000000A ").id()).contains(id);
        assertThat(Wanted.of("5001").number()).hasValue(5001);
        assertThat(Wanted.of("acme/7").listed()).contains(new Listed("ACME", 7));
        assertThat(Wanted.of("ACME 7").listed()).contains(new Listed("ACME", 7));
        assertThat(Wanted.of("Ada Lovelace")).isEqualTo(new Wanted("Ada Lovelace", OptionalLong.empty(), Optional.empty(), Optional.empty()));
    }

    @Test
    void what_is_too_long_for_a_number_is_none_and_nothing_is_longer_than_it_may_be() {
        assertThat(Wanted.of("9".repeat(19)).number()).isEmpty();
        assertThat(Wanted.of("x".repeat(5_000)).text()).hasSize(Wanted.LONGEST);
    }

    @Test
    void one_letter_asks_nobody_but_one_digit_does() {
        assertThat(Wanted.of("a").worthAsking()).isFalse();
        assertThat(Wanted.of("").worthAsking()).isFalse();
        assertThat(Wanted.of("7").worthAsking()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"0199c3a4-7f00-7000-8000-0000000000", "0199c3a4-7f00-7"})
    void an_id_that_lacks_something_is_called_that(String broken) {
        assertThat(Wanted.of(broken).nothing()).startsWith("That is not a whole id");
    }

    @Test
    void nothing_found_says_what_was_looked_for() {
        assertThat(Wanted.of("00000000-0000-7000-8000-000000000000").nothing()).contains("the id 00000000-0000-7000-8000-000000000000");
        assertThat(Wanted.of("424242").nothing()).contains("the number 424242");
        assertThat(Wanted.of("ACME/9").nothing()).contains("ACME has no order or trade 9");
        assertThat(Wanted.of("decade").nothing()).contains("called \u201Cdecade\u201D");
    }
}
