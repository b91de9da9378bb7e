package io.partita.member.risk;

import io.partita.kernels.KernelRefusal;
import io.partita.kernels.KernelRefusedException;
import io.partita.member.positions.PositionBook;
import io.partita.member.positions.Prices;
import io.partita.member.positions.RateHistory;
import io.partita.member.risk.RiskFactors.Left;
import io.partita.money.Currency;
import io.partita.positions.book.Valued;
import io.partita.positions.fx.Conversion;
import io.partita.positions.lots.Holding.Method;
import io.partita.positions.product.Cash;
import io.partita.positions.product.DailyPrice;
import io.partita.positions.product.Product;
import io.partita.positions.product.VanillaOption;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Makes risk factors of what a portfolio holds and of the daily prices that there are. Thread-safe; calls block. */
final class FactorReader {

    /** The first day may have no price: so far back the last one before it is looked for. */
    private static final int DAYS_BEFORE = 30;
    /** Days of the calendar for one with prices, weekends and holidays included; a thin market may need them. */
    private static final int CALENDAR_DAYS = 2;
    /** Some hundred megabytes while they are read. */
    private static final int MOST_PRICES = 2_000_000;

    private final PositionBook book;
    private final Prices prices;

    FactorReader(PositionBook book, Prices prices) {
        this.book = book;
        this.prices = prices;
    }

    /**
     * The factors of a portfolio over some days with prices.
     *
     * @param day          the last one that counts
     * @param observations returns wanted, fewer if there are not so many
     * @throws io.partita.positions.PositionRefused as {@link PositionBook#value}
     * @throws KernelRefusedException {@code TOO_FEW_OBSERVATIONS}, {@code TOO_LARGE}
     */
    RiskFactors read(String portfolio, LocalDate day, int observations) {
        PositionBook.Valuation valuation = book.value(portfolio, day, Method.AVERAGE);
        return read(valuation.positions(), valuation.portfolio().base(), day, observations);
    }

    /** The same of some positions. */
    RiskFactors read(List<Valued> positions, Currency base, LocalDate day, int observations) {
        List<Left> left = new ArrayList<>();
        Map<Product, Double> exposures = exposures(positions, base, left);
        if ((observations + 1L) * exposures.size() > MOST_PRICES) {
            throw new KernelRefusedException(KernelRefusal.TOO_LARGE, exposures.size() + " factors over " + observations + " days; take a shorter window");
        }
        LocalDate from = day.minusDays((long) CALENDAR_DAYS * observations + DAYS_BEFORE);
        History history = history(exposures.keySet(), base, from, day, observations);
        List<String> symbols = new ArrayList<>();
        List<double[]> columns = new ArrayList<>();
        List<Double> amounts = new ArrayList<>();
        exposures.forEach((product, exposure) -> {
            double[] column = history.column(product, base);
            Optional<String> reason = flaw(column);
            if (reason.isPresent()) {
                left.add(new Left(product.symbol(), reason.get()));
            } else {
                symbols.add(product.symbol());
                columns.add(column);
                amounts.add(exposure);
            }
        });
        double[] matrix = new double[history.days.size() * symbols.size()];
        for (int at = 0; at < matrix.length; at++) {
            matrix[at] = columns.get(at % symbols.size())[at / symbols.size()];
        }
        double[] of = amounts.stream().mapToDouble(Double::doubleValue).toArray();
        return new RiskFactors(base, symbols, of, matrix, history.days, left, digest(symbols, of, history));
    }

    /** By product, over all accounts. What is owned in the base currency itself moves nothing. */
    private static Map<Product, Double> exposures(List<Valued> positions, Currency base, List<Left> left) {
        Map<Product, Double> exposures = new TreeMap<>((a, b) -> a.symbol().compareTo(b.symbol()));
        for (Valued valued : positions) {
            Product product = valued.held().product();
            if (valued.held().holding().quantity() == 0 || product instanceof Cash && product.currency() == base) {
                continue;
            }
            if (!valued.priced()) {
                left.add(new Left(product.symbol(), valued.missing().name()));
            } else if (product instanceof VanillaOption) {
                left.add(new Left(product.symbol(), "OPTION"));
            } else {
                exposures.merge(product, base.toMajor(valued.worth().base()).doubleValue(), Double::sum);
            }
        }
        return exposures;
    }

    private static Optional<String> flaw(double[] column) {
        if (Arrays.stream(column).anyMatch(Double::isNaN)) {
            return Optional.of("HISTORY_TOO_SHORT");
        }
        int still = 0;
        for (int day = 1; day < column.length; day++) {
            still = column[day] == column[day - 1] ? still + 1 : 0;
            if (still >= RiskFactors.STALE_AFTER) {
                return Optional.of("STALE_PRICES");
            }
        }
        return Optional.empty();
    }

    // ---- prices ------------------------------------------------------------------------------------------------------------

    /** What prices and rates were. */
    private record History(Map<String, TreeMap<LocalDate, DailyPrice>> closes, RateHistory rates, List<LocalDate> days) {

        /** In the base currency; not a number where nothing was known yet. */
        double[] column(Product product, Currency base) {
            return days.stream().mapToDouble(day -> price(product, day) * rate(product, base, day)).toArray();
        }

        private double price(Product product, LocalDate day) {
            if (product instanceof Cash) {
                return 1;
            }
            TreeMap<LocalDate, DailyPrice> own = closes.get(product.symbol());
            Map.Entry<LocalDate, DailyPrice> last = own == null ? null : own.floorEntry(day);
            return last == null ? Double.NaN : last.getValue().close().toDouble();
        }

        /** Of what was not paid for only the gain is converted, when it is made. */
        private double rate(Product product, Currency base, LocalDate day) {
            LocalDate of = product.paidUpFront() ? day : days.getLast();
            return rates.on(of, product.currency(), base).map(Conversion::rate).map(Number::doubleValue).orElse(Double.NaN);
        }
    }

    private History history(Set<Product> products, Currency base, LocalDate from, LocalDate to, int observations) {
        Set<String> symbols = products.stream().filter(product -> !(product instanceof Cash)).map(Product::symbol).collect(Collectors.toSet());
        Set<String> codes = products.stream().map(product -> product.currency().code()).collect(Collectors.toSet());
        codes.add(base.code());
        codes.forEach(code -> symbols.addAll(code.equals(base.code()) ? List.of() : List.of(code + "/" + base.code(), base.code() + "/" + code)));
        Map<String, TreeMap<LocalDate, DailyPrice>> closes = prices.histories(symbols, from, to);
        NavigableSet<LocalDate> days = new TreeSet<>();
        closes.values().forEach(own -> days.addAll(own.keySet()));
        List<LocalDate> last = days.descendingSet().stream().limit(observations + 1L).toList().reversed();
        if (last.size() < 2 && !products.isEmpty()) {
            throw new KernelRefusedException(KernelRefusal.TOO_FEW_OBSERVATIONS, last.size() + " days with prices up to " + to);
        }
        return new History(closes, prices.rates(codes, to), last);
    }

    private static String digest(List<String> symbols, double[] exposures, History history) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            for (int i = 0; i < symbols.size(); i++) {
                digest.update((symbols.get(i) + ' ' + exposures[i] + '\n').getBytes(StandardCharsets.UTF_8));
            }
            new TreeMap<>(history.closes).values().forEach(own -> own.values().forEach(price -> digest.update(
                    (price.symbol() + ' ' + price.day() + ' ' + price.version() + ' ' + price.close() + '\n').getBytes(StandardCharsets.UTF_8))));
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException absent) {
            throw new IllegalStateException(absent);
        }
    }
}
