package io.partita.member.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.partita.trading.strategy.StrategyCatalogue;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class BacktestCommandTest {

    @TempDir
    private Path folder;
    private Path prices;

    @BeforeEach
    void write() throws IOException {
        Random random = new Random(1);
        StringBuilder text = new StringBuilder("date,open,high,low,close,volume,symbol\n");
        for (String symbol : new String[] {"<b>", "B"}) {
            int price = 10_000;
            for (int day = 0; day < 400; day++) {
                int close = Math.max(1_000, price + random.nextInt(601) - 300);
                text.append(LocalDate.of(2025, 1, 1).plusDays(day)).append(",%d.00,%d.00,%d.00,%d.00,50000,%s%n".formatted(price, Math.max(price, close) + 5,
                        Math.min(price, close) - 5, close, symbol));
                price = close;
            }
        }
        prices = Files.writeString(folder.resolve("a<b>.csv"), text);
    }

    @Test
    void all_strategies_run_over_a_file_and_leave_a_table_a_page_and_json() throws IOException {
        PartitaRun run = PartitaRun.of("backtest", "all", "--bars", prices, "--symbol", "<b>", "--symbol", "B", "--cash", "10000000", "--report", folder.resolve("out"));
        assertThat(run.output()).contains("a<b>.csv: 400 bars", "Sharpe", "Sortino", "drawdown", "backtest.html");
        StrategyCatalogue.all().forEach(one -> assertThat(run.output()).contains(one.name()));
        assertThat(run.status()).isZero();
        String page = Files.readString(folder.resolve("out/backtest.html"));
        assertThat(page).contains("a&lt;b&gt;.csv", "<polyline").doesNotContain("a<b>", "<script", "http:", "https:");
        JsonNode json = JsonMapper.builder().build().readTree(Files.readString(folder.resolve("out/backtest.json")));
        assertThat(json.get("runs").size()).isEqualTo(5);
        assertThat(json.get("runs").get(0).get("curve").size()).isEqualTo(400);
        assertThat(json.get("runs").get(0).get("metrics").get("fills").asInt()).isPositive();
        assertThat(json.get("runs").get(0).get("cash").asString()).isEqualTo("10000000.00");
    }

    @Test
    void the_list_has_every_strategy_with_its_parameters() {
        PartitaRun run = PartitaRun.of("backtest", "--list");
        StrategyCatalogue.all().forEach(one -> assertThat(run.output()).contains(one.name(), one.summary(), one.parameters()));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "backtest | Name a strategy, or all",
        "backtest crossover | Say where the prices are",
        "backtest crossover --bars nowhere.csv | There is no file nowhere.csv",
        "backtest cross --bars FILE --symbol B | There is no strategy cross; ./partita backtest --list has them",
        "backtest pairs --bars FILE --symbol B | pairs trades 2 instruments",
        "backtest crossover --bars FILE --symbol C | has no prices of C",
        "backtest crossover --bars FILE | two rows have the same time",
        "backtest crossover --bars FILE --symbol B --set fats=3 | there is no fats; there are fast, quantity, slow",
        "backtest crossover --bars FILE --symbol B --share 2 | --share is 0 to 1, not 2",
        "backtest crossover --bars FILE --symbol B --cash 0.001 | crossover:"})
    void words_that_make_no_sense_are_named(String line, String answer) {
        PartitaRun run = PartitaRun.of((Object[]) line.replace("FILE", prices.toString()).split(" "));
        assertThat(run.status()).isEqualTo(2);
        assertThat(run.output()).contains(answer);
    }
}
