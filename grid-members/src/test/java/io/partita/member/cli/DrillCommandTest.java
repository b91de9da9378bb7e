package io.partita.member.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.partita.member.drill.Drill;
import io.partita.member.drill.DrillCatalogue;
import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

class DrillCommandTest {

    private record Outcome(int status, String text) {
    }

    @Test
    void the_list_has_every_drill_with_what_it_breaks() {
        Outcome outcome = partita("drill", "--list");
        assertThat(outcome.status()).isZero();
        assertThat(outcome.text()).contains(DrillCatalogue.all().stream().map(Drill::name).toList()).contains("what is broken", "what must hold");
        assertThat(outcome.text().lines()).allSatisfy(line -> assertThat(line.length()).isLessThanOrEqualTo(130));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "drill splitt | There is no drill splitt; ./partita drill --list has them",
        "drill | Name a drill, or all",
        "drill split --members 1 | --members is 2 to 9, not 1",
        "drill split --seconds 1 | --seconds is 5 to 3600, not 1",
        "drill split --rate 0 | --rate is 1 to 100000, not 0",
        "drill split --transport pigeons | --transport"})
    void words_that_make_no_sense_are_named(String line, String answer) {
        Outcome outcome = partita(line.split(" "));
        assertThat(outcome.status()).isEqualTo(2);
        assertThat(outcome.text()).contains(answer);
    }

    private static Outcome partita(String... words) {
        StringWriter text = new StringWriter();
        CommandLine line = Partita.commandLine();
        line.setOut(new PrintWriter(text));
        line.setErr(new PrintWriter(text));
        int status = line.execute(words);
        return new Outcome(status, text.toString());
    }
}
