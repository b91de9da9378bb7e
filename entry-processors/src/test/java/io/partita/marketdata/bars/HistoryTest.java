package io.partita.marketdata.bars;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.partita.indicators.Candle;
import io.partita.marketdata.ticks.Fault;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Years of daily bars, where there is data. */
class HistoryTest {

    private static List<String[]> rows(String file) throws IOException {
        Path path = Path.of(System.getProperty("partita.data", "absent"), "prices", file);
        assumeThat(path).exists();
        return Files.readAllLines(path).stream().skip(1).map(line -> line.split(",")).toList();
    }

    private static Candle candle(String[] row, int from) {
        return Candle.of(Double.parseDouble(row[from]), Double.parseDouble(row[from + 1]), Double.parseDouble(row[from + 2]), Double.parseDouble(row[from + 3]),
                Double.parseDouble(row[from + 4]));
    }

    private static Map<String, NavigableMap<Long, Candle>> tickers() throws IOException {
        Map<String, NavigableMap<Long, Candle>> series = new HashMap<>();
        for (String[] row : rows("sp500_32tickers_5yr.csv")) {
            series.computeIfAbsent(row[6], _ -> new TreeMap<>()).put(LocalDate.parse(row[0]).toEpochDay(), candle(row, 1));
        }
        return series;
    }

    @Test
    void the_bad_print_and_the_two_missing_days_are_found_and_nothing_else() throws IOException {
        List<SeriesAudit.Finding> found = new SeriesAudit(4, 0.5).audit(tickers());
        assertThat(found).extracting(one -> one.series() + " " + LocalDate.ofEpochDay(one.start()) + " " + one.fault())
                .containsExactly("ORCL 2013-07-15 GAP", "ORCL 2013-07-16 GAP", "MRK 2017-09-14 SPIKE");
    }

    @Test
    void bad_prints_and_missing_days_that_are_put_into_real_prices_are_found() throws IOException {
        Map<String, NavigableMap<Long, Candle>> series = tickers();
        int expected = 3;
        int day = 100;
        for (NavigableMap<Long, Candle> bars : series.values()) {
            List<Long> days = List.copyOf(bars.keySet());
            bars.computeIfPresent(days.get(day), (_, bar) -> Candle.of(bar.open() * 1.2, bar.high() * 1.2, bar.low() * 1.2, bar.close() * 1.2, bar.volume()));
            bars.remove(days.get(day + 400));
            expected += 2;
            day += 7;
        }
        List<SeriesAudit.Finding> found = new SeriesAudit(4, 0.5).audit(series);
        assertThat(found.stream().filter(one -> one.fault() == Fault.GAP)).hasSize(34);
        assertThat(found).hasSizeBetween(expected - 3, expected);
    }

    @Test
    void the_adjusted_prices_that_others_have_published_are_ours() throws IOException {
        Map<String, NavigableMap<Long, Candle>> raw = new HashMap<>();
        Map<String, NavigableMap<Long, Candle>> theirs = new HashMap<>();
        Map<String, List<CorporateAction>> actions = new HashMap<>();
        for (String[] row : rows("plotly_wiki_eod_with_splits_dividends.csv")) {
            long start = LocalDate.parse(row[1]).toEpochDay();
            raw.computeIfAbsent(row[14], _ -> new TreeMap<>()).put(start, candle(row, 2));
            theirs.computeIfAbsent(row[14], _ -> new TreeMap<>()).put(start, candle(row, 9));
            actions.computeIfAbsent(row[14], _ -> new ArrayList<>());
            if (Double.parseDouble(row[7]) > 0) {
                actions.get(row[14]).add(new CorporateAction.Dividend(start, new BigDecimal(row[7])));
            }
        }
        assertThat(actions.get("COKE")).hasSize(12);
        raw.forEach((name, bars) -> AdjustedSeries.of(closes(bars), actions.get(name)).forEach((start, factors) -> {
            assertThat(adjusted(factors.price(), bars.get(start).close())).as("%s %d", name, start).isCloseTo(theirs.get(name).get(start).close(), within(1e-9));
            assertThat(adjusted(factors.price(), bars.get(start).high())).isCloseTo(theirs.get(name).get(start).high(), within(1e-9));
            assertThat(adjusted(factors.shares(), bars.get(start).volume())).isEqualTo(theirs.get(name).get(start).volume());
        }));
    }

    private static NavigableMap<Long, BigDecimal> closes(NavigableMap<Long, Candle> bars) {
        NavigableMap<Long, BigDecimal> closes = new TreeMap<>();
        bars.forEach((start, bar) -> closes.put(start, BigDecimal.valueOf(bar.close())));
        return closes;
    }

    private static double adjusted(Ratio factor, double number) {
        return factor.of(BigDecimal.valueOf(number), 12).doubleValue();
    }

    @Test
    void a_split_changes_prices_and_shares_before_it_and_nothing_after() {
        NavigableMap<Long, BigDecimal> closes = new TreeMap<>(Map.of(1L, new BigDecimal(100), 2L, new BigDecimal(102), 4L, new BigDecimal(51)));
        List<CorporateAction> actions = List.of(new CorporateAction.Split(3, 2, 1), new CorporateAction.Dividend(2, BigDecimal.TWO), new CorporateAction.Split(9, 10, 1));
        NavigableMap<Long, AdjustedSeries.Factors> factors = AdjustedSeries.of(closes, actions);
        assertThat(factors.get(4L)).isEqualTo(new AdjustedSeries.Factors(Ratio.ONE, Ratio.ONE));
        assertThat(factors.get(2L)).isEqualTo(new AdjustedSeries.Factors(ratio(1, 2), ratio(2, 1)));
        assertThat(factors.get(1L)).isEqualTo(new AdjustedSeries.Factors(ratio(102, 208), ratio(2, 1)));
    }

    @Test
    void a_price_is_rounded_once_and_half_to_even() {
        Ratio third = Ratio.ONE.times(BigDecimal.ONE, new BigDecimal("3"));
        assertThat(third.of(new BigDecimal("0.00045"), 4)).as("0.00015").isEqualTo("0.0002");
        assertThat(third.of(new BigDecimal("0.00075"), 4)).as("0.00025").isEqualTo("0.0002");
        assertThat(third.times(new BigDecimal("3.0"), BigDecimal.ONE)).isEqualTo(Ratio.ONE);
    }

    private static Ratio ratio(long over, long under) {
        return new Ratio(BigInteger.valueOf(over), BigInteger.valueOf(under));
    }
}
