package io.partita.member.positions;

import io.partita.member.trading.Listing;
import io.partita.member.trading.TradingService;
import io.partita.money.Currency;
import io.partita.positions.PositionRefusal;
import io.partita.positions.PositionRefused;
import io.partita.positions.product.Cash;
import io.partita.positions.product.CurrencyPair;
import io.partita.positions.product.DayCount;
import io.partita.positions.product.Equity;
import io.partita.positions.product.FixedCouponBond;
import io.partita.positions.product.Future;
import io.partita.positions.product.FxForward;
import io.partita.positions.product.Price;
import io.partita.positions.product.Product;
import io.partita.positions.product.VanillaOption;
import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.PreparedBatch;

/**
 * Products by their symbols: those that somebody entered, in PostgreSQL; listed instruments, which are equities unless somebody entered more of
 * them; currencies by their code, and pairs of them such as {@code EUR/USD}. What was entered never changes. Thread-safe; calls block.
 */
public final class Products {

    static final int MOST = 100_000;

    private final Jdbi jdbi;
    private final TradingService trading;

    Products(Jdbi jdbi, TradingService trading) {
        this.jdbi = jdbi;
        this.trading = trading;
    }

    /** The product of a symbol. */
    public Optional<Product> find(String symbol) {
        return Optional.ofNullable(find(List.of(symbol)).get(symbol));
    }

    /** The product of a symbol; throws {@code MALFORMED_SYMBOL} or {@code UNKNOWN_PRODUCT}. */
    public Product need(String symbol) {
        return find(RowText.symbol(symbol)).orElseThrow(() -> new PositionRefused(PositionRefusal.UNKNOWN_PRODUCT, symbol + " is no product."));
    }

    /** A quantity as files of positions have it, in the units of a product; throws {@code MALFORMED_QUANTITY} and others that name what is wrong. */
    public static long quantity(Product product, String text) {
        return RowText.quantity(product, text);
    }

    /** Products by symbol; symbols that are unknown are left out. */
    public Map<String, Product> find(Collection<String> symbols) {
        Map<String, Product> found = new HashMap<>();
        jdbi.useHandle(handle -> handle.createQuery("select * from product where symbol = any(:symbols)")
                .bindArray("symbols", String.class, List.copyOf(symbols))
                .map((row, context) -> product(row)).forEach(product -> found.put(product.symbol(), product)));
        symbols.forEach(symbol -> {
            if (!found.containsKey(symbol)) {
                self(symbol).ifPresent(product -> found.put(symbol, product));
            }
        });
        return found;
    }

    /** Those that need no entry. */
    private Optional<Product> self(String symbol) {
        Optional<Listing> listed = trading.listing(symbol);
        if (listed.isPresent()) {
            // Codes that are no currency can be listed, but are not settled.
            return Currency.find(listed.get().currency()).map(currency -> new Equity(symbol, currency));
        }
        if (symbol.length() == 3) {
            return Currency.find(symbol).filter(currency -> !currency.isUnit() && currency.code().equals(symbol)).map(Cash::new);
        }
        if (symbol.length() == 7 && symbol.charAt(3) == '/') {
            Optional<Currency> base = Currency.find(symbol.substring(0, 3)).filter(one -> !one.isUnit());
            Optional<Currency> quoted = Currency.find(symbol.substring(4)).filter(one -> !one.isUnit());
            return base.isPresent() && quoted.isPresent() && base.get() != quoted.get() ? Optional.of(CurrencyPair.of(base.get(), quoted.get()))
                    : Optional.empty();
        }
        return Optional.empty();
    }

    /** Those that were entered, by symbol. @param after the last symbol of the page before; empty for the first */
    public List<Product> entered(String after, int most) {
        return jdbi.withHandle(handle -> handle.createQuery("select * from product where symbol > :after order by symbol limit :most")
                .bind("after", after)
                .bind("most", most).map((row, context) -> product(row)).list());
    }

    /** Keeps a product; false if the same was there. Throws {@link PositionRefused} if another one has its symbol, or its underlying is unknown. */
    public boolean add(Product product, String actor) {
        Map<String, PositionRefused> refused = new HashMap<>();
        int added = add(List.of(product), actor, refused);
        if (!refused.isEmpty()) {
            throw refused.get(product.symbol());
        }
        return added == 1;
    }

    /** Keeps products of different symbols in one transaction, each taken or refused alone. @param refused gets the reasons by symbol @return how many were not there before */
    int add(Collection<Product> products, String actor, Map<String, PositionRefused> refused) {
        Map<String, ProductRow> rows = new LinkedHashMap<>();
        for (Product product : products) {
            try {
                check(product);
                rows.put(product.symbol(), ProductRow.of(product, actor));
            } catch (PositionRefused wrong) {
                refused.put(product.symbol(), wrong);
            }
        }
        return rows.isEmpty() ? 0 : jdbi.inTransaction(handle -> insert(handle, rows, actor, refused));
    }

    private static int insert(Handle handle, Map<String, ProductRow> rows, String actor, Map<String, PositionRefused> refused) {
        // One after another, so that all of them count.
        handle.createQuery("select cast(pg_advisory_xact_lock(hashtextextended('product', 0)) as text)").mapTo(String.class).one();
        int room = Math.max(0, MOST - handle.createQuery("select count(*) from product").mapTo(Integer.class).one());
        Set<String> there = handle.createQuery("select symbol from product where symbol = any(:symbols)").bindArray("symbols", String.class, List.copyOf(rows.keySet()))
                .mapTo(String.class).set();
        List<ProductRow> fresh = rows.values().stream().filter(row -> !there.contains(row.symbol())).toList();
        fresh.stream().skip(room).forEach(row -> refused.put(row.symbol(), new PositionRefused(PositionRefusal.TOO_MANY_PRODUCTS, "")));
        PreparedBatch batch = handle.prepareBatch("""
                insert into product (symbol, kind, currency, base, underlying, multiplier, last_day, strike, put_call, exercise, face, issued, percent, frequency, day_count, actor)
                values (:symbol, :kind, :currency, :base, :underlying, :multiplier, :lastDay, :strike, :right, :exercise, :face, :issued, :percent, :frequency, :dayCount, :actor)""");
        fresh.stream().limit(room).forEach(row -> row.bind(batch).add());
        if (batch.size() > 0) {
            batch.execute();
        }
        if (!there.isEmpty()) {
            handle.createQuery("select * from product where symbol = any(:symbols)").bindArray("symbols", String.class, List.copyOf(there)).map((row, context) -> product(row))
                    .filter(known -> !ProductRow.of(known, actor).equals(rows.get(known.symbol())))
                    .forEach(known -> refused.put(known.symbol(), new PositionRefused(PositionRefusal.PRODUCT_EXISTS, known.symbol() + " is there with other terms.")));
        }
        return Math.min(room, fresh.size());
    }

    private void check(Product product) {
        if (product instanceof Cash) {
            throw new PositionRefused(PositionRefusal.PRODUCT_EXISTS, product.symbol() + " is a currency.");
        }
        trading.listing(product.symbol()).ifPresent(listing -> fits(product, listing));
        underlying(product).ifPresent(symbol -> {
            Product underlying = find(symbol).orElseThrow(() -> new PositionRefused(PositionRefusal.UNKNOWN_PRODUCT,
                    "The underlying " + symbol + " is unknown."));
            if (underlying.currency() != product.currency()) {
                throw new PositionRefused(PositionRefusal.INVALID_UNDERLYING,
                        symbol + " is priced in " + underlying.currency() + ", not " + product.currency() + ".");
            }
        });
    }

    /** Trades of what is listed are paid price times quantity: a product with another multiplier would not be worth what it has cost. */
    private static void fits(Product product, Listing listing) {
        if (!listing.currency().equals(product.currency().code())) {
            throw new PositionRefused(PositionRefusal.PRODUCT_EXISTS, product.symbol() + " is listed in " + listing.currency() + ".");
        }
        if (product.pointValue().compareTo(BigDecimal.ONE.movePointRight(product.currency().minorDigits())) != 0) {
            throw new PositionRefused(PositionRefusal.INVALID_MULTIPLIER, product.symbol()
                    + " is listed: its trades are paid price times quantity, so its multiplier is 1, and the"
                    + " face of a bond 100.");
        }
    }

    /** The symbol that a product is on; nothing for what is on none. */
    public static Optional<String> underlying(Product product) {
        return switch (product) {
            case VanillaOption option -> Optional.of(option.underlying());
            case Future future -> Optional.ofNullable(future.underlying());
            case Cash _, CurrencyPair _, Equity _, FixedCouponBond _, FxForward _ -> Optional.empty();
        };
    }

    private static Product product(ResultSet row) throws SQLException {
        String symbol = row.getString("symbol");
        Currency currency = Currency.of(row.getString("currency"));
        LocalDate last = row.getObject("last_day", LocalDate.class);
        return switch (ProductRow.Kind.valueOf(row.getString("kind"))) {
            case EQUITY -> new Equity(symbol, currency);
            case CURRENCY_PAIR -> new CurrencyPair(symbol, Currency.of(row.getString("base")), currency);
            case FX_FORWARD -> new FxForward(symbol, Currency.of(row.getString("base")), currency, last);
            case FUTURE -> new Future(symbol, currency, row.getString("underlying"), row.getLong("multiplier"), last);
            case OPTION -> new VanillaOption(symbol, currency, row.getString("underlying"), VanillaOption.Right.valueOf(row.getString("put_call")),
                    VanillaOption.Exercise.valueOf(row.getString("exercise")), new Price(row.getBigDecimal("strike")), row.getLong("multiplier"),
                    last);
            case BOND -> new FixedCouponBond(symbol, currency, row.getLong("face"), row.getObject("issued", LocalDate.class), last,
                    stripped(row.getBigDecimal("percent")),
                    row.getInt("frequency"), DayCount.valueOf(row.getString("day_count")));
            case CASH -> new Cash(currency);
        };
    }

    private static BigDecimal stripped(BigDecimal percent) {
        return percent.signum() == 0 ? BigDecimal.ZERO : percent.stripTrailingZeros();
    }
}
