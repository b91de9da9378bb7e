package io.partita.member.demo;

import io.partita.member.positions.PortfolioTables;
import io.partita.member.positions.RowImports;
import io.partita.member.positions.RowJson.PriceRow;
import io.partita.member.positions.RowJson.PriceRows;
import io.partita.money.Currency;
import io.partita.positions.book.Portfolio;
import io.partita.positions.book.Portfolio.Level;
import java.math.BigDecimal;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.LongStream;

/**
 * The demo traders' accounts as a house of portfolios, and a year of made-up closes of what they trade, so that there is something to mark and a history to measure
 * risk by. Where there are portfolios already, it leaves them as they are. The same day has the same close whenever it is told. Thread-safe.
 */
final class DemoHouse {

    /** The firm, for whoever looks for it. */
    static final String FIRM = "demo-house";
    private static final Currency EUR = Currency.of("EUR");
    private static final List<Portfolio> PORTFOLIOS = List.of(new Portfolio(FIRM, "Demo house", Level.FIRM, null, EUR),
            new Portfolio("demo-making", "Market making", Level.DESK, FIRM, EUR), new Portfolio("demo-investing", "Investing", Level.DESK, FIRM, EUR),
            new Portfolio("demo-flow", "Flow", Level.BOOK, "demo-making", EUR), new Portfolio("demo-spread", "Spread", Level.BOOK, "demo-making", EUR),
            new Portfolio("demo-trend", "Trend", Level.BOOK, "demo-investing", EUR), new Portfolio("demo-you", "You", Level.BOOK, "demo-investing", EUR));
    private static final String RATE = "EUR/CHF";
    private static final double RATE_BASE = 0.94;
    /** Closes are a walk from here on, whatever day they are asked for. */
    private static final LocalDate BEGIN = LocalDate.of(2024, 1, 1);
    private static final int DAYS = 365;
    private static final double DAILY = 0.012;
    private static final double PULL = 0.02;
    private static final int SYMBOLS_A_DAY = 100;

    private final PortfolioTables portfolios;
    private final RowImports imports;

    DemoHouse(PortfolioTables portfolios, RowImports imports) {
        this.portfolios = portfolios;
        this.imports = imports;
    }

    /** Something that has closes. @param base about which its price wanders, in major units */
    record Quoted(String symbol, double base) {
    }

    /** Makes it, unless there are portfolios, and tells closes up to the day before. */
    void open(Collection<Quoted> quoted, LocalDate today) {
        if (portfolios.hierarchy().all().isEmpty()) {
            PORTFOLIOS.forEach(portfolios::put);
            portfolios.addAccounts("demo-you", List.of((long) DemoMarket.FIRST_ACCOUNT));
            portfolios.addAccounts("demo-flow", traders(1, 4));
            portfolios.addAccounts("demo-spread", traders(5, 8));
            portfolios.addAccounts("demo-trend", traders(9, DemoMarket.TRADERS));
        }
        List<PriceRow> rows = new ArrayList<>();
        int number = 0;
        for (Quoted one : quoted) {
            closes(one, number++, 2, today, rows);
        }
        closes(new Quoted(RATE, RATE_BASE), number, 4, today, rows);
        imports.prices(new PriceRows("demo history", "demo", false, rows));
    }

    private static List<Long> traders(int from, int to) {
        return LongStream.rangeClosed(from, to).map(trader -> DemoMarket.FIRST_ACCOUNT + trader).boxed().toList();
    }

    /** A walk that comes back; rows are numbered by day and symbol, so that a day is told under the same number again. */
    private static void closes(Quoted quoted, int number, int scale, LocalDate today, List<PriceRow> into) {
        SplittableRandom random = new SplittableRandom(number);
        double away = 0;
        for (LocalDate day = BEGIN; day.isBefore(today); day = day.plusDays(1)) {
            away += (share(quoted) ? DAILY : DAILY / 4) * random.nextGaussian() - PULL * away;
            if (day.plusDays(DAYS).isAfter(today) && day.getDayOfWeek() != DayOfWeek.SATURDAY && day.getDayOfWeek() != DayOfWeek.SUNDAY) {
                into.add(new PriceRow(day.toEpochDay() * SYMBOLS_A_DAY + number, quoted.symbol, day.toString(), null, null, null,
                        BigDecimal.valueOf(Math.round(quoted.base * Math.exp(away) * Math.pow(10, scale)), scale).toPlainString(), null));
            }
        }
    }

    /** Rates move less than shares. */
    private static boolean share(Quoted quoted) {
        return !quoted.symbol.equals(RATE);
    }
}
