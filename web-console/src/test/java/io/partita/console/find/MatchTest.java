package io.partita.console.find;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MatchTest {

    @ParameterizedTest
    @CsvSource({"Risk,risk,WHOLE", "ris,Risk history,BEGINS", "hist,Risk history,WORD_BEGINS", "isk,Risk,WITHIN", "xyz,Risk,NONE", "7,AC-7,WORD_BEGINS", "p&l,P&L explain,BEGINS"})
    void a_name_fits_the_better_the_earlier_it_holds_what_was_typed(String typed, String name, Match match) {
        assertThat(Match.of(typed, name)).isEqualTo(match);
    }

    @Test
    void a_later_word_counts_more_than_an_earlier_middle() {
        assertThat(Match.of("ark", "Clark and Ark")).isEqualTo(Match.WORD_BEGINS);
    }

    @Test
    void the_best_come_first_and_equals_stay_in_their_order() {
        assertThat(Match.best(List.of("Stress", "My risk", "Risky", "Asterisk", "Risk", "Risks"), "risk", List::of)).containsExactly("Risk", "Risky", "Risks", "My risk", "Asterisk");
    }

    @Test
    void what_has_no_name_is_not_found_by_it() {
        assertThat(Match.of("a", Arrays.asList(null, "bcd"))).isEqualTo(Match.NONE);
    }
}
