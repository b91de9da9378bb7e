package io.partita.trading.strategy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PriceFileTest {

    @TempDir
    private Path folder;

    private Path file(String text) throws IOException {
        return Files.writeString(folder.resolve("prices.csv"), text);
    }

    private static long nanos(String instant) {
        return Instant.parse(instant).getEpochSecond() * 1_000_000_000;
    }

    @Test
    void bars_come_in_the_order_of_time_and_end_where_the_next_begins() throws IOException {
        PriceFile read = PriceFile.read(file("Date,Open,High,Low,Close,Volume,Stock\n2026-01-06,2,3,1.5,2.25,50.0,X\n2026-01-05,1,2,1,2,40,X\n2026-01-05,9,9,9,9,9,Y\n"), "X", 2, 0);
        assertThat(read.bars()).containsExactly(
                new PriceBar(nanos("2026-01-05T00:00:00Z"), nanos("2026-01-06T00:00:00Z"), 100, 200, 100, 200, 40),
                new PriceBar(nanos("2026-01-06T00:00:00Z"), nanos("2026-01-07T00:00:00Z"), 200, 300, 150, 225, 50));
    }

    @Test
    void one_price_a_row_makes_ticks_and_rows_that_are_no_bars_are_counted() throws IOException {
        assertThat(PriceFile.read(file("time_epoch_ms,price,quantity\n1000,1.5,3\n2000,1.6,4\n"), null, 1, 0).bars())
                .containsExactly(PriceBar.tick(1_000_000_000, 15, 3), PriceBar.tick(2_000_000_000, 16, 4));
        assertThat(PriceFile.read(file("date,open,high,low,close\n2026-01-05,1,2,1,2\n2026-01-06,,,,\n2026-01-07,1,0.5,1,2\n"), null, 0, 0).skipped()).isEqualTo(2);
    }

    @Test
    void what_is_wrong_with_a_file_is_told() throws IOException {
        assertThatThrownBy(() -> PriceFile.read(file("a,b\n1,2\n"), null, 2, 0)).hasMessageContaining("no column has a time");
        assertThatThrownBy(() -> PriceFile.read(file("date,b\n1,2\n"), null, 2, 0)).hasMessageContaining("neither price nor open");
        assertThatThrownBy(() -> PriceFile.read(file("date,price\n2026-01-05,zwei\n"), null, 2, 0)).hasMessageStartingWith("line 2");
        assertThatThrownBy(() -> PriceFile.read(file("date,price\n"), null, 2, 0)).hasMessageContaining("has no prices");
        assertThatThrownBy(() -> PriceFile.read(file("date,open,high,low,close,name\n2026-01-05,1,1,1,1,A\n2026-01-05,1,1,1,1,B\n"), null, 2, 0))
                .hasMessageContaining("same time");
    }

    @Test
    void the_files_of_real_prices_are_understood_and_every_strategy_trades_on_them() throws IOException {
        Path prices = Path.of(System.getProperty("partita.data", "absent"), "prices");
        assumeThat(prices).isDirectory();
        Map<String, Integer> rows = Map.of("Binance-ETH-USD-PT5M-20230313_20230315.csv", 500, "Coinbase-BTC-USD-PT4H.csv", 15_000,
                "Coinbase-ETH-USD-PT1D-20160517_20260310.csv", 3_500, "YahooFinance-SP500-PT7D-19500103_20260310.csv", 3_900,
                "plotly_finance-charts-apple.csv", 500, "vega_sp500_daily_2000_2020.csv", 5_000);
        for (Map.Entry<String, Integer> one : rows.entrySet()) {
            PriceFile read = PriceFile.read(prices.resolve(one.getKey()), null, 2, 0);
            assertThat(read.bars()).as(one.getKey()).hasSizeGreaterThan(one.getValue());
            assertThat(read.skipped()).as(one.getKey()).isLessThan(read.bars().size() / 50 + 1);
        }
        PriceFile apple = PriceFile.read(prices.resolve("sp500_32tickers_5yr.csv"), "AAPL", 2, 0);
        PriceFile microsoft = PriceFile.read(prices.resolve("sp500_32tickers_5yr.csv"), "MSFT", 2, 0);
        assertThat(apple.bars()).hasSize(1259);
        assertThat(PriceFile.read(prices.resolve("vega_stocks_monthly.csv"), "MSFT", 2, 0).bars()).hasSize(123).allMatch(PriceBar::isTick);
        for (StrategyCatalogue strategy : StrategyCatalogue.all()) {
            BacktestResult result = new Backtest(strategy.name(), strategy.with(Map.of()), List.of(apple.bars(), microsoft.bars()).subList(0, strategy.instruments()),
                    10_000_000, new FillModel(100, 100, 10_000)).run();
            assertThat(result.fills()).as(strategy.name()).isNotEmpty();
        }
    }
}
