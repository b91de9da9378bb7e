package io.partita.member.demo;

import io.partita.kernels.pricing.BlackScholes;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/**
 * Daily closes of what the firm of the demo holds, from {@link #FIRST} on: shares that follow a market of calm and wild times and come back to where they began, rates
 * to the euro, a bond and two options. The same seed tells the same closes of a day, whatever the last day is.
 */
final class DemoPrices {

    static final LocalDate FIRST = LocalDate.of(2022, 1, 3);
    static final String BOND = "LAGUNA-2032";
    static final String CALL = "SUMMA-C-24";
    static final String PUT = "LIRA-P-38";
    /** Of both options. */
    static final LocalDate EXPIRY = LocalDate.of(2032, 6, 18);

    private static final double CALM = 0.0075;
    private static final double MEMORY = 0.975;
    private static final double PULL = 0.008;
    private static final double WILD_DAYS = 0.004;
    private static final double YEAR = 365.25;
    private static final List<Walk> WALKS = List.of(new Walk("LIRA", 42.50, 2, 1.1, 0.010, 900_000), new Walk("VENEZIA", 128.40, 2, 0.8, 0.008, 350_000),
            new Walk("SUMMA", 21.15, 2, 1.4, 0.014, 1_600_000), new Walk("MURANO", 307.60, 2, 0.6, 0.009, 60_000), new Walk("ADRIA", 64.20, 2, 0.9, 0.011, 240_000),
            new Walk("RIALTO", 88.75, 2, 1.2, 0.012, 500_000), new Walk("THAMES", 15.30, 3, 0.7, 0.013, 700_000), new Walk(BOND, 97.80, 3, -0.08, 0.0022, 0),
            new Walk("EUR/USD", 1.08, 4, 0.05, 0.0045, 0), new Walk("EUR/CHF", 0.95, 4, 0.12, 0.0030, 0), new Walk("EUR/GBP", 0.85, 4, 0.06, 0.0035, 0));

    private final long seed;

    /** What wanders. @param beta how much of the market's move it takes @param own deviation of a day of its own @param volume of a usual day, 0 for none */
    private record Walk(String symbol, double base, int digits, double beta, double own, long volume) {
    }

    /** A close, and what was traded; null if nobody tells. */
    record Close(BigDecimal price, Long volume) {
    }

    /** The closes of a business day, by symbol, always in the same order. */
    record Day(LocalDate day, Map<String, Close> closes) {
    }

    DemoPrices(long seed) {
        this.seed = seed;
    }

    /** All business days up to one, the oldest first. */
    List<Day> until(LocalDate last) {
        RandomGenerator random = new SplittableRandom(seed);
        double[] away = new double[WALKS.size()];
        double mood = 0;
        List<Day> days = new ArrayList<>();
        for (LocalDate day = FIRST; !day.isAfter(last); day = day.plusDays(1)) {
            if (day.getDayOfWeek() == DayOfWeek.SATURDAY || day.getDayOfWeek() == DayOfWeek.SUNDAY) {
                continue;
            }
            mood = MEMORY * mood + 0.1 * random.nextGaussian();
            double wild = StrictMath.exp(mood);
            double market = CALM * wild * random.nextGaussian() - (random.nextDouble() < WILD_DAYS ? 3.5 * CALM * wild : 0);
            Map<String, Close> closes = new LinkedHashMap<>();
            for (int i = 0; i < away.length; i++) {
                Walk walk = WALKS.get(i);
                away[i] += walk.beta * market + walk.own * StrictMath.sqrt(wild) * random.nextGaussian() - PULL * away[i];
                long volume = Math.round(walk.volume * wild * (0.7 + 0.6 * random.nextDouble()));
                closes.put(walk.symbol, new Close(rounded(walk.base * StrictMath.exp(away[i]), walk.digits), walk.volume == 0 ? null : volume));
            }
            closes.put(CALL, option(true, closes.get("SUMMA"), 24, day));
            closes.put(PUT, option(false, closes.get("LIRA"), 38, day));
            days.add(new Day(day, closes));
        }
        return days;
    }

    /** At a volatility that is a little higher for puts, as markets have it. */
    private static Close option(boolean call, Close spot, double strike, LocalDate day) {
        double years = Math.max(1, ChronoUnit.DAYS.between(day, EXPIRY)) / YEAR;
        return new Close(rounded(BlackScholes.price(call, spot.price.doubleValue(), strike, years, 0, 0, call ? 0.26 : 0.30), 3), null);
    }

    private static BigDecimal rounded(double price, int digits) {
        return BigDecimal.valueOf(price).setScale(digits, RoundingMode.HALF_EVEN);
    }
}
