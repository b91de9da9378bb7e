package io.partita.trading;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.partita.trading.book.PriceTimeBook;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * exchange-core's own scenarios, word for word, against our book. Its risk engine, which those of risk.feature are about as well, is
 * played by {@link ScenarioWorld}: what a client may order is decided before the book is asked.
 */
class GherkinScenariosTest {

    private record Scenario(String name, List<String> steps) {
    }

    @TestFactory
    Stream<DynamicTest> exchange_cores_scenarios_pass() throws IOException {
        List<Scenario> scenarios = new ArrayList<>(read(SharedData.file("orderbook/exchange-core_basic.feature")));
        scenarios.addAll(read(SharedData.file("orderbook/exchange-core_risk.feature")));
        assertThat(scenarios).hasSize(5);
        return scenarios.stream().map(scenario -> DynamicTest.dynamicTest(scenario.name(), () -> play(scenario)));
    }

    /** The same words about generated orders, for a checkout without the data. */
    @Test
    void a_scenario_of_our_own_is_understood_and_fails_where_it_is_wrong() {
        List<String> steps = List.of("Given New client Ann has a balance:", "| XBT | 500 |", "| ETH | 300000 |",
                "When A client Ann places an ASK order 1 at 10@3 (type: GTC, symbol: ETH_XBT, reservePrice: 10)",
                "And A client Ann could not place an BID order 2 at 10@6 (type: GTC, symbol: ETH_XBT, reservePrice: 10) due to RISK_NSF",
                "And A client Ann places an BID order 3 at 12@2 (type: IOC, symbol: ETH_XBT, reservePrice: 12)",
                "Then The order 1 is partially matched. LastPx: 10, LastQty: 2", "And An ETH_XBT order book is:", "| | 10 | 1 |",
                "And A balance of a client Ann:", "| XBT | 500 |", "| ETH | 200000 |");
        play(new Scenario("ours", steps));
        List<String> wrong = new ArrayList<>(steps);
        wrong.set(8, "| | 10 | 2 |");
        assertThat(catchThrowable(() -> play(new Scenario("wrong", wrong)))).isInstanceOf(AssertionError.class);
    }

    private static void play(Scenario scenario) {
        ScenarioWorld world = new ScenarioWorld(PriceTimeBook::new);
        List<String> steps = scenario.steps();
        for (int i = 0; i < steps.size(); ) {
            int end = i + 1;
            List<List<String>> table = new ArrayList<>();
            while (end < steps.size() && steps.get(end).startsWith("|")) {
                String row = steps.get(end++);
                table.add(Stream.of(row.substring(1, row.lastIndexOf('|')).split("\\|", -1)).map(String::trim).toList());
            }
            world.step(steps.get(i).replaceFirst("^(Given|When|Then|And) ", ""), table);
            i = end;
        }
    }

    /** Scenarios with their background; an outline once for each example. */
    private static List<Scenario> read(Path file) throws IOException {
        List<Scenario> scenarios = new ArrayList<>();
        List<String> background = new ArrayList<>();
        List<String> steps = background;
        String name = "";
        List<String> examples = null;
        List<String> lines = new ArrayList<>(Files.readAllLines(file).stream().map(String::trim).filter(line -> !line.isEmpty()).toList());
        lines.add("Scenario: end");
        for (String line : lines) {
            if (line.startsWith("Scenario")) {
                if (steps != background) {
                    add(scenarios, name, background, steps, examples);
                }
                name = line.substring(line.indexOf(':') + 1).trim();
                steps = new ArrayList<>();
                examples = null;
            } else if (line.startsWith("Examples")) {
                examples = new ArrayList<>();
            } else if (examples != null && line.startsWith("|")) {
                examples.add(line.replace("|", "").trim());
            } else if (!line.startsWith("Feature") && !line.startsWith("Background") && !line.startsWith("@")) {
                steps.add(line);
            }
        }
        return scenarios;
    }

    private static void add(List<Scenario> scenarios, String name, List<String> background, List<String> steps, List<String> examples) {
        List<String> all = new ArrayList<>(background);
        all.addAll(steps);
        List<String> values = examples == null ? List.of("") : examples.subList(1, examples.size());
        for (String value : values) {
            List<String> filled = examples == null ? all : all.stream().map(step -> step.replace("<" + examples.getFirst() + ">", value)).toList();
            scenarios.add(new Scenario((name + " " + value).trim(), filled));
        }
    }
}
