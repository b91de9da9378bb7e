package io.partita.kernels.backtest;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;

/**
 * Five years of daily closes of 32 shares; tests that need them are skipped, and say so, where they are absent.
 *
 * @param prices at {@code day * symbols + symbol}, not a number where a share lacks the day
 */
record RealPrices(List<String> days, List<String> symbols, double[] prices) {

    private static final Path FILE = Path.of(System.getProperty("partita.data", "../../shared/data"), "prices/sp500_32tickers_5yr.csv");

    static RealPrices read() throws IOException {
        assumeTrue(Files.exists(FILE), () -> "no " + FILE + ": this test reads real data that is not part of the checkout");
        List<String[]> rows = Files.readAllLines(FILE).stream().skip(1).map(line -> line.split(",")).toList();
        TreeSet<String> days = new TreeSet<>();
        TreeSet<String> symbols = new TreeSet<>();
        rows.forEach(row -> {
            days.add(row[0]);
            symbols.add(row[6]);
        });
        RealPrices table = new RealPrices(new ArrayList<>(days), new ArrayList<>(symbols), new double[days.size() * symbols.size()]);
        Arrays.fill(table.prices, Double.NaN);
        rows.forEach(row -> table.prices[table.days.indexOf(row[0]) * symbols.size() + table.symbols.indexOf(row[6])] = Double.parseDouble(row[4]));
        return table;
    }
}
