package io.partita.member.risk;

import io.partita.kernels.KernelRefusal;
import io.partita.kernels.KernelRefusedException;
import io.partita.kernels.OptionBook;
import io.partita.member.positions.PriceHistories;
import io.partita.member.positions.Prices;
import io.partita.member.positions.RateHistory;
import io.partita.member.risk.RiskHoldings.Left;
import io.partita.member.risk.RiskHoldings.Line;
import io.partita.member.risk.RiskHoldings.Option;
import io.partita.money.Currency;
import io.partita.positions.fx.Conversion;
import io.partita.positions.product.Cash;
import io.partita.positions.product.Future;
import io.partita.positions.product.FxForward;
import io.partita.positions.product.Product;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
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

    private final HoldingsReader holdings;
    private final Prices prices;
    private final PriceHistories histories;

    FactorReader(HoldingsReader holdings, Prices prices, PriceHistories histories) {
        this.holdings = holdings;
        this.prices = prices;
        this.histories = histories;
    }

    /** The factors of a portfolio over some days with prices. Options are not discounted. Errors as of {@link #read(RiskHoldings, int)}. */
    RiskFactors read(String portfolio, LocalDate day, int observations) {
        return read(holdings.read(portfolio, day, 0), observations);
    }

    /**
     * The factors of what is held over some days with prices, up to the day of the holdings.
     *
     * @param observations returns wanted, fewer if there are not so many
     * @throws io.partita.positions.PositionRefused as {@link io.partita.member.positions.PositionBook#value}
     * @throws KernelRefusedException {@code TOO_FEW_OBSERVATIONS}, {@code TOO_LARGE}
     */
    RiskFactors read(RiskHoldings held, int observations) {
        Map<Product, Double> exposures = new TreeMap<>(Comparator.comparing(Product::symbol));
        for (Line line : held.lines()) {
            exposures.merge(line.product(), line.exposure(), Double::sum);
            if (line.accrued() != 0 && line.product().currency() != held.base()) {
                exposures.merge(new Cash(line.product().currency()), line.accrued(), Double::sum);
            }
        }
        for (Option option : held.options()) {
            exposures.putIfAbsent(option.underlying(), 0.0);
            if (option.product().currency() != held.base()) {
                exposures.putIfAbsent(new Cash(option.product().currency()), 0.0);
            }
        }
        if ((observations + 1L) * exposures.size() > MOST_PRICES) {
            throw new KernelRefusedException(KernelRefusal.TOO_LARGE, exposures.size() + " factors over " + observations + " days; take a shorter window");
        }
        LocalDate from = held.day().minusDays((long) CALENDAR_DAYS * observations + DAYS_BEFORE);
        return new Columns(held, history(exposures.keySet(), held.base(), from, held.day(), observations)).of(exposures);
    }

    /** One column after another, each with its amount. */
    private static final class Columns {

        private final RiskHoldings held;
        private final History history;
        private final List<String> symbols = new ArrayList<>();
        private final List<double[]> columns = new ArrayList<>();
        private final List<Double> amounts = new ArrayList<>();
        private final List<Left> left;
        private final Map<String, String> flaws = new TreeMap<>();
        private final Map<String, String> stands = new TreeMap<>();
        private final Map<String, String> digests = new TreeMap<>();

        Columns(RiskHoldings held, History history) {
            this.held = held;
            this.history = history;
            this.left = new ArrayList<>(held.left());
        }

        RiskFactors of(Map<Product, Double> exposures) {
            exposures.forEach(this::add);
            Set<String> lines = held.lines().stream().map(line -> line.product().symbol()).collect(Collectors.toSet());
            flaws.forEach((symbol, reason) -> {
                if (lines.contains(symbol)) {
                    left.add(new Left(symbol, reason));
                }
            });
            OptionLines options = options();
            double[] matrix = new double[history.days.size() * symbols.size()];
            for (int at = 0; at < matrix.length; at++) {
                matrix[at] = columns.get(at % symbols.size())[at / symbols.size()];
            }
            String inputs = digest(digests.entrySet().stream().map(entry -> entry.getKey() + ' ' + entry.getValue()).collect(Collectors.joining("\n")));
            return new RiskFactors(held.base(), symbols, amounts.stream().mapToDouble(Double::doubleValue).toArray(), matrix, history.days, options, left, stands,
                    digests, inputs);
        }

        private void add(Product product, double exposure) {
            double[] column = history.column(product, held.base());
            Optional<String> flaw = flaw(column);
            Optional<double[]> other = flaw.isEmpty() ? Optional.empty() : history.standIn(product, held.base()).filter(one -> flaw(one).isEmpty());
            if (other.isPresent()) {
                column = other.get();
                stands.put(product.symbol(), History.standsFor(product));
            } else if (flaw.isPresent()) {
                flaws.put(product.symbol(), flaw.get());
                return;
            }
            symbols.add(product.symbol());
            columns.add(column);
            amounts.add(exposure);
            digests.put(product.symbol(), digest(history.told(product, exposure, column)));
        }

        private OptionLines options() {
            List<Option> kept = new ArrayList<>();
            for (Option option : held.options()) {
                String foreign = option.product().currency() == held.base() ? null : option.product().currency().code();
                String flaw = flaws.getOrDefault(option.underlying().symbol(), foreign == null ? null : flaws.get(foreign));
                if (flaw != null) {
                    left.add(new Left(option.product().symbol(), flaw));
                } else {
                    kept.add(option);
                    // What is common to all of an underlying is told there.
                    digests.put(option.product().symbol(), digest(String.join(" ", option.product().toString(), Long.toString(option.quantity()),
                            Double.toString(option.price()), Double.toString(option.volatility()), Double.toString(option.toBase()), Double.toString(held.rate()))));
                }
            }
            Map<String, Integer> places = new HashMap<>();
            symbols.forEach(symbol -> places.put(symbol, places.size()));
            return new OptionLines(held.rate(), kept, kept.stream().mapToInt(one -> places.get(one.underlying().symbol())).toArray(),
                    kept.stream().mapToInt(one -> one.product().currency() == held.base() ? OptionBook.NONE : places.get(one.product().currency().code())).toArray());
        }
    }

    private static Optional<String> flaw(double[] column) {
        int still = 0;
        for (int day = 0; day < column.length; day++) {
            if (Double.isNaN(column[day])) {
                return Optional.of("HISTORY_TOO_SHORT");
            }
            if (column[day] <= 0) {
                return Optional.of("NOT_POSITIVE");
            }
            still = day > 0 && column[day] == column[day - 1] ? still + 1 : 0;
            if (still >= RiskFactors.STALE_AFTER) {
                return Optional.of("STALE_PRICES");
            }
        }
        return Optional.empty();
    }

    // ---- prices ------------------------------------------------------------------------------------------------------------

    /** What prices and rates were. */
    private record History(Map<String, TreeMap<LocalDate, Prices.Close>> closes, RateHistory rates, List<LocalDate> days) {

        /** In the base currency; not a number where nothing was known yet. */
        double[] column(Product product, Currency base) {
            return days.stream().mapToDouble(day -> price(product, day) * rate(product, base, day)).toArray();
        }

        /** Of whatever moves as the product does, if there is such. */
        Optional<double[]> standIn(Product product, Currency base) {
            return switch (product) {
                case FxForward forward -> Optional.of(days.stream().mapToDouble(day -> rate(day, forward.base(), forward.quoted()) * rate(product, base, day)).toArray());
                case Future future when future.underlying() != null ->
                        Optional.of(days.stream().mapToDouble(day -> close(future.underlying(), day) * rate(product, base, day)).toArray());
                default -> Optional.empty();
            };
        }

        static String standsFor(Product product) {
            return product instanceof FxForward forward ? forward.base().code() + '/' + forward.quoted().code() : ((Future) product).underlying();
        }

        /** All that a column came from, and its amount, for a digest. */
        byte[] told(Product product, double exposure, double[] column) {
            Collection<Prices.Close> own = closes.getOrDefault(product.symbol(), new TreeMap<>()).values();
            ByteBuffer bytes = ByteBuffer.allocate(Long.BYTES * (1 + 2 * column.length + 2 * own.size())).putDouble(exposure);
            for (int day = 0; day < column.length; day++) {
                bytes.putLong(days.get(day).toEpochDay()).putDouble(column[day]);
            }
            own.forEach(price -> bytes.putLong(price.day().toEpochDay()).putLong(price.version()));
            return bytes.array();
        }

        private double price(Product product, LocalDate day) {
            return product instanceof Cash ? 1 : close(product.symbol(), day);
        }

        private double close(String symbol, LocalDate day) {
            TreeMap<LocalDate, Prices.Close> own = closes.get(symbol);
            Map.Entry<LocalDate, Prices.Close> last = own == null ? null : own.floorEntry(day);
            return last == null ? Double.NaN : last.getValue().close();
        }

        /** Of what was not paid for only the gain is converted, when it is made. */
        private double rate(Product product, Currency base, LocalDate day) {
            return rate(product.paidUpFront() ? day : days.getLast(), product.currency(), base);
        }

        private double rate(LocalDate day, Currency from, Currency to) {
            // A division for each price of ten thousand would take longer than all that follows.
            return from == to ? 1 : rates.on(day, from, to).map(Conversion::rate).map(Number::doubleValue).orElse(Double.NaN);
        }
    }

    private History history(Set<Product> products, Currency base, LocalDate from, LocalDate to, int observations) {
        Set<String> symbols = products.stream().filter(product -> !(product instanceof Cash)).map(Product::symbol).collect(Collectors.toSet());
        Set<String> codes = products.stream().map(product -> product.currency().code()).collect(Collectors.toSet());
        codes.add(base.code());
        codes.forEach(code -> symbols.addAll(code.equals(base.code()) ? List.of() : List.of(code + "/" + base.code(), base.code() + "/" + code)));
        for (Product product : products) {
            switch (product) {
                case FxForward forward -> {
                    codes.add(forward.base().code());
                    symbols.add(History.standsFor(forward));
                }
                case Future future when future.underlying() != null -> symbols.add(future.underlying());
                default -> { }
            }
        }
        Map<String, TreeMap<LocalDate, Prices.Close>> closes = histories.of(symbols, from, to);
        NavigableSet<LocalDate> days = new TreeSet<>();
        closes.values().forEach(own -> days.addAll(own.keySet()));
        List<LocalDate> last = days.descendingSet().stream().limit(observations + 1L).toList().reversed();
        if (last.size() < 2 && !products.isEmpty()) {
            throw new KernelRefusedException(KernelRefusal.TOO_FEW_OBSERVATIONS, last.size() + " days with prices up to " + to);
        }
        return new History(closes, prices.rates(codes, to), last);
    }

    private static String digest(String text) {
        return digest(text.getBytes(StandardCharsets.UTF_8));
    }

    private static String digest(byte[] told) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(told));
        } catch (NoSuchAlgorithmException absent) {
            throw new IllegalStateException(absent);
        }
    }
}
