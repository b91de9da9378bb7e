package io.partita.pipelines.marketdata.anomaly;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.partita.marketdata.anomaly.Observation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Five years of daily bars of 32 shares, in ticks of a hundredth of a cent; tests that need them are skipped, and say so, where they are absent. */
final class RealBars {

    private static final Path FILE = Path.of(System.getProperty("partita.data", "../shared/data"), "prices/sp500_32tickers_5yr.csv");

    private RealBars() {
    }

    /** By symbol; the instrument's number is the symbol's place in the alphabet, from 1. */
    static Map<String, List<Observation>> read() throws IOException {
        assumeTrue(Files.exists(FILE), () -> "no " + FILE + ": this test reads real data that is not part of the checkout");
        Map<String, List<String[]>> rows = new TreeMap<>();
        Files.readAllLines(FILE).stream().skip(1).map(line -> line.split(","))
                .forEach(row -> rows.computeIfAbsent(row[6], _ -> new ArrayList<>()).add(row));
        Map<String, List<Observation>> series = new TreeMap<>();
        rows.forEach((symbol, all) -> {
            long instrument = series.size() + 1;
            series.put(symbol, all.stream().map(row -> Observation.bar(instrument, close(row[0]), ticks(row[1]), ticks(row[2]), ticks(row[3]),
                    ticks(row[4]), Long.parseLong(row[5]))).toList());
        });
        return series;
    }

    /** The close of a day: 21:00 UTC. */
    static long close(String day) {
        return LocalDate.parse(day).atTime(21, 0).toEpochSecond(ZoneOffset.UTC) * 1_000_000_000L;
    }

    private static long ticks(String price) {
        return Math.round(Double.parseDouble(price) * 10_000);
    }
}
