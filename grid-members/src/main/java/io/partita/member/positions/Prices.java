package io.partita.member.positions;

import io.partita.positions.PositionRefusal;
import io.partita.positions.PositionRefused;
import io.partita.positions.live.LiveMark;
import io.partita.positions.product.DailyPrice;
import io.partita.positions.product.Price;
import io.partita.time.EpochNanos;
import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.PreparedBatch;

/**
 * Daily prices in PostgreSQL, each with all its versions. Rates are the closes of pairs such as {@code EUR/USD}. Thread-safe; calls block, and
 * throw {@link org.jdbi.v3.core.JdbiException} while the database is away.
 */
public final class Prices {

    /** More days a question is not answered with: 80 years. */
    public static final int MOST_DAYS = 20_000;

    /** Whoever writes prices waits for others who do: between looking and writing nothing changes. */
    private static final long LOCK = 0x7072_6963_6573L;
    private static final String LATEST = "select distinct on (symbol, day) * from daily_price ";

    private final Jdbi jdbi;

    Prices(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    /** The prices of a row of an import. */
    public record Offer(long row, DailyPrice price) {
    }

    private record Day(String symbol, LocalDate day) {

        static Day of(DailyPrice price) {
            return new Day(price.symbol(), price.day());
        }
    }

    /** A version that is there, and which row of which import has brought it. */
    private record Kept(DailyPrice price, String from, long row) {
    }

    /** What there is of a symbol. */
    public record Series(String symbol, LocalDate first, LocalDate last, long days) {
    }

    // ---- writing -----------------------------------------------------------------------------------------------------------

    /**
     * Takes prices of an import. A row that was taken before is so again, whatever has been corrected since.
     *
     * @param name    of the import, of the client's choice
     * @param correct whether prices of other imports may be corrected; otherwise a row that tells another price is refused
     */
    RowsTaken take(String name, boolean correct, List<Offer> offers) {
        return jdbi.inTransaction(handle -> {
            handle.createQuery("select cast(pg_advisory_xact_lock(:lock) as text)").bind("lock", LOCK).mapTo(String.class).one();
            Map<Day, List<Kept>> there = versions(handle, offers);
            Writing writing = new Writing(name, correct, there);
            offers.forEach(writing::take);
            writing.write(handle);
            return writing.taken();
        });
    }

    private static final class Writing {

        private final String name;
        private final boolean correct;
        private final Map<Day, List<Kept>> there;
        private final List<Kept> fresh = new ArrayList<>();
        private final List<RowRefusal> refused = new ArrayList<>();
        private int accepted;
        private int repeated;
        private int corrected;

        Writing(String name, boolean correct, Map<Day, List<Kept>> there) {
            this.name = name;
            this.correct = correct;
            this.there = there;
        }

        void take(Offer offer) {
            List<Kept> versions = there.computeIfAbsent(Day.of(offer.price), none -> new ArrayList<>());
            Optional<PositionRefusal> refusal = versions.stream().filter(kept -> kept.from.equals(name)).filter(kept -> !kept.price.same(offer.price))
                    .findFirst()
                    .map(kept -> kept.row == offer.row ? PositionRefusal.ROW_CHANGED : PositionRefusal.DUPLICATE_DAY);
            boolean known = !versions.isEmpty() && (versions.getLast().price.same(offer.price)
                    || versions.stream().anyMatch(kept -> kept.from.equals(name)));
            if (refusal.isPresent()) {
                refuse(offer, refusal.get(), versions);
            } else if (known) {
                accepted++;
                repeated++;
            } else if (versions.isEmpty() || correct) {
                accepted++;
                corrected += versions.isEmpty() ? 0 : 1;
                Kept kept = new Kept(numbered(offer.price, versions.size()), name, offer.row);
                versions.add(kept);
                fresh.add(kept);
            } else {
                refuse(offer, PositionRefusal.PRICE_EXISTS, versions);
            }
        }

        private void refuse(Offer offer, PositionRefusal code, List<Kept> versions) {
            Kept last = versions.getLast();
            refused.add(new RowRefusal(offer.row, code, offer.price.symbol() + " of " + offer.price.day() + " is " + last.price.close() + " by row "
                    + last.row + " of " + last.from
                    + "."));
        }

        private static DailyPrice numbered(DailyPrice price, int version) {
            return new DailyPrice(price.symbol(), price.day(), version, price.open(), price.high(), price.low(), price.close(), price.volume(),
                    price.source());
        }

        void write(Handle handle) {
            if (fresh.isEmpty()) {
                return;
            }
            PreparedBatch batch = handle.prepareBatch("""
                    insert into daily_price (symbol, day, version, open, high, low, close, volume, source, import, row)
                    values (:symbol, :day, :version, :open, :high, :low, :close, :volume, :source, :import, :row)""");
            fresh.forEach(kept -> batch.bind("symbol", kept.price.symbol()).bind("day", kept.price.day()).bind("version", kept.price.version())
                    .bind("open", number(kept.price.open())).bind("high", number(kept.price.high())).bind("low", number(kept.price.low()))
                    .bind("close", number(kept.price.close())).bind("volume", kept.price.volume()).bind("source", kept.price.source())
                    .bind("import", kept.from)
                    .bind("row", kept.row).add());
            batch.execute();
        }

        RowsTaken taken() {
            return new RowsTaken(accepted, repeated, corrected, refused);
        }
    }

    private static BigDecimal number(Price price) {
        return price == null ? null : price.value();
    }

    private static Map<Day, List<Kept>> versions(Handle handle, List<Offer> offers) {
        Map<Day, List<Kept>> there = new HashMap<>();
        handle.createQuery("""
                select p.* from daily_price p join (select distinct * from unnest(:symbols, cast(:days as date[])) as wanted (symbol, day)) w using (symbol, day)
                 order by symbol, day, version""")
                .bindArray("symbols", String.class, offers.stream().map(offer -> offer.price.symbol()).toList())
                .bindArray("days", String.class, offers.stream().map(offer -> offer.price.day().toString()).toList())
                .map((row, context) -> new Kept(price(row), row.getString("import"), row.getLong("row")))
                .forEach(kept -> there.computeIfAbsent(Day.of(kept.price), none -> new ArrayList<>()).add(kept));
        return there;
    }

    // ---- reading -----------------------------------------------------------------------------------------------------------

    /** What there is, by symbol. @param after the last symbol of the page before; empty for the first */
    public List<Series> series(String after, int most) {
        return jdbi.withHandle(handle -> handle.createQuery("""
                select symbol, min(day) as first, max(day) as last, count(distinct day) as days from daily_price where symbol > :after group by symbol order by symbol limit :most""")
                .bind("after", after).bind("most", most).map((row, context) -> new Series(row.getString("symbol"), day(row, "first"),
                day(row, "last"), row.getLong("days"))).list());
    }

    /**
     * The latest versions of a symbol's prices, the oldest day first.
     *
     * @param from the first day
     * @param to   the last day
     * @param most of them, the last ones
     */
    public List<DailyPrice> history(String symbol, LocalDate from, LocalDate to, int most) {
        return jdbi.withHandle(handle -> handle.createQuery("select * from (" + LATEST + """
                where symbol = :symbol and day between :from and :to order by symbol, day desc, version desc limit :most) last order by day""")
                .bind("symbol", symbol).bind("from", from).bind("to", to).bind("most", most).map((row, context) -> price(row)).list());
    }

    /**
     * What is left of a day's prices where there are hundreds of thousands of them.
     *
     * @param volume in units; null if it is not known
     */
    public record Close(LocalDate day, int version, double close, Long volume) {
    }

    /**
     * Closes of several symbols, latest versions, by symbol and day; symbols of which there is none are left out.
     *
     * @param from the first day
     * @param to   the last day
     */
    Map<String, TreeMap<LocalDate, Close>> histories(Collection<String> symbols, LocalDate from, LocalDate to) {
        return jdbi.withHandle(handle -> handle.createQuery("select distinct on (symbol, day) symbol, day, version, close, volume from daily_price "
                        + "where symbol = any(:symbols) and day between :from and :to order by symbol, day, version desc")
                .bindArray("symbols", String.class, List.copyOf(symbols)).bind("from", from).bind("to", to).scanResultSet((rows, context) -> histories(rows.get())));
    }

    /** They come by symbol. */
    private static Map<String, TreeMap<LocalDate, Close>> histories(ResultSet rows) throws SQLException {
        Map<String, TreeMap<LocalDate, Close>> histories = new HashMap<>();
        String symbol = null;
        TreeMap<LocalDate, Close> own = null;
        while (rows.next()) {
            String next = rows.getString(1);
            if (!next.equals(symbol)) {
                symbol = next;
                own = new TreeMap<>();
                histories.put(symbol, own);
            }
            LocalDate day = rows.getObject(2, LocalDate.class);
            long volume = rows.getLong(5);
            own.put(day, new Close(day, rows.getInt(3), rows.getDouble(4), rows.wasNull() ? null : volume));
        }
        return histories;
    }

    /** All versions of one day, the first one first. */
    public List<DailyPrice> versions(String symbol, LocalDate day) {
        return jdbi.withHandle(handle -> handle.createQuery("select * from daily_price where symbol = :symbol and day = :day order by version")
                .bind("symbol", symbol).bind("day", day).map((row, context) -> price(row)).list());
    }

    /** The first close on a day or after it. */
    Optional<Price> firstClose(String symbol, LocalDate from) {
        return jdbi.withHandle(handle -> handle.createQuery("select close from daily_price where symbol = :symbol and day >= :from order by day, version desc limit 1")
                .bind("symbol", symbol).bind("from", from).mapTo(BigDecimal.class).findOne().map(Price::new));
    }

    /** Of each symbol the last price on a day or before; symbols of which there is none are left out. */
    public Map<String, DailyPrice> last(Collection<String> symbols, LocalDate day) {
        Map<String, DailyPrice> last = new HashMap<>();
        jdbi.useHandle(handle -> handle.createQuery("""
                select p.* from unnest(:symbols) as wanted (symbol) cross join lateral (
                    select * from daily_price d where d.symbol = wanted.symbol and d.day <= :day order by d.day desc, d.version desc limit 1) p""")
                .bindArray("symbols", String.class, List.copyOf(symbols)).bind("day", day).map((row, context) -> price(row))
                .forEach(price -> last.put(price.symbol(), price)));
        return last;
    }

    /** The last closes of some symbols on a day or before, and of all pairs of currencies. */
    List<LiveMark> closes(Collection<String> symbols, LocalDate day) {
        return jdbi.withHandle(handle -> handle.createQuery("""
                select p.* from (select unnest(:symbols) as symbol union select distinct symbol from daily_price where symbol like '___/___') wanted
                  cross join lateral (select * from daily_price d where d.symbol = wanted.symbol and d.day <= :day order by d.day desc, d.version desc limit 1) p""")
                .bindArray("symbols", String.class, List.copyOf(symbols)).bind("day", day).map((row, context) -> close(row)).list());
    }

    /** A row as what it is to marking. */
    static LiveMark close(ResultSet row) throws SQLException {
        return LiveMark.close(row.getString("symbol"), new Price(row.getBigDecimal("close")), day(row, "day"), row.getInt("version"),
                EpochNanos.of(row.getObject("entered_at", OffsetDateTime.class).toInstant()));
    }

    /** The rates of all days up to one, as far as they have to do with some currencies. @param codes of the currencies */
    public RateHistory rates(Collection<String> codes, LocalDate until) {
        Map<String, TreeMap<LocalDate, Price>> rates = new TreeMap<>();
        jdbi.useHandle(handle -> handle.createQuery("select distinct on (symbol, day) symbol, day, close from daily_price " + """
                where symbol like '___/___' and (left(symbol, 3) = any(:codes) or right(symbol, 3) = any(:codes)) and day <= :until order by symbol, day, version desc""")
                .bindArray("codes", String.class, List.copyOf(codes)).bind("until", until)
                .map((row, context) -> Map.entry(row.getString("symbol"), Map.entry(day(row, "day"), new Price(row.getBigDecimal("close")))))
                .forEach(rate -> rates.computeIfAbsent(rate.getKey(), none -> new TreeMap<>())
                .put(rate.getValue().getKey(), rate.getValue().getValue())));
        return new RateHistory(rates);
    }

    private static DailyPrice price(ResultSet row) throws SQLException {
        long volume = row.getLong("volume");
        return new DailyPrice(row.getString("symbol"), day(row, "day"), row.getInt("version"), price(row, "open"), price(row, "high"),
                price(row, "low"),
                price(row, "close"), row.getObject("volume") == null ? null : volume, row.getString("source"));
    }

    private static Price price(ResultSet row, String column) throws SQLException {
        BigDecimal number = row.getBigDecimal(column);
        return number == null ? null : new Price(number);
    }

    private static LocalDate day(ResultSet row, String column) throws SQLException {
        return row.getObject(column, LocalDate.class);
    }

    /** The name of an import; throws {@link PositionRefused} if it is none. */
    static String name(String name) {
        if (name == null || name.isBlank() || name.length() > 200) {
            throw new PositionRefused(PositionRefusal.MISSING_FIELD, "import: a name of 1 to 200 characters, of your choice.");
        }
        return name;
    }
}
