package io.partita.indicators;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class IndicatorDocsTest {

    @Test
    void the_table_in_the_documentation_is_the_table_of_the_code() throws IOException {
        List<String> rows = IndicatorTable.all().stream().map(kind -> "| `" + IndicatorSpec.parse(kind.name()) + "` | " + arguments(kind) + " | "
                + (kind.outputs().size() == 1 ? "" : String.join(", ", kind.outputs())) + " | " + kind.summary() + " |").toList();
        List<String> lines = Files.readAllLines(Path.of("..", "docs", "market-data.md"));
        int first = lines.indexOf("| written | made with | outputs | is |") + 2;
        assertThat(lines.subList(first, first + rows.size())).isEqualTo(rows);
        assertThat(lines.get(first + rows.size())).isEmpty();
    }

    private static String arguments(IndicatorKind kind) {
        return Stream.concat(kind.parameters().stream().map(Parameter::toString), kind.takesSource() ? Stream.of("source") : Stream.empty())
                .collect(Collectors.joining(" "));
    }
}
