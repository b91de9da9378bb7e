package io.partita.member.streams;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.partita.marketdata.bars.BarSize;
import io.partita.marketdata.bars.TradeBar;
import io.partita.marketdata.stream.BarArchive;
import io.partita.time.EpochNanos;
import java.io.Serial;
import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;
import org.jdbi.v3.core.statement.Update;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Bars for good, and days in figures, in PostgreSQL. Thread-safe. */
final class ArchiveTables implements BarArchive, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(ArchiveTables.class);

    /** A server that falls silent holds nobody for longer. */
    private static final int PATIENCE_MILLIS = 15_000;
    /** What PostgreSQL says when there is no partition for a row. */
    private static final String NO_PARTITION = "23514";
    private static final Comparator<TradeBar> IN_ORDER = Comparator.comparingLong(TradeBar::instrument).thenComparing(TradeBar::size).thenComparingLong(TradeBar::start);

    private static final String KEEP = """
            insert into bar_archive as there (instrument, bar_size, start_time, open, high, low, close, volume, turnover, trades, bought, sold, revision)
            select * from unnest(cast(:instruments as bigint[]), cast(:sizes as text[]), cast(:starts as timestamptz[]), cast(:opens as bigint[]),
                cast(:highs as bigint[]), cast(:lows as bigint[]), cast(:closes as bigint[]), cast(:volumes as bigint[]), cast(:turnovers as numeric[]),
                cast(:trades as bigint[]), cast(:boughts as bigint[]), cast(:solds as bigint[]), cast(:revisions as integer[]))
            on conflict (instrument, bar_size, start_time) do update set (open, high, low, close, volume, turnover, trades, bought, sold, revision)
                = (excluded.open, excluded.high, excluded.low, excluded.close, excluded.volume, excluded.turnover, excluded.trades, excluded.bought,
                   excluded.sold, excluded.revision)
            where there.trades < excluded.trades""";

    private static final String SUM_UP = """
            insert into market_day (instrument, day, open, high, low, close, volume, turnover, trades, bought, sold, minutes, variance, busiest)
            select d.instrument, t.day, d.open, d.high, d.low, d.close, d.volume, d.turnover, d.trades, d.bought, d.sold, m.minutes, m.variance, m.busiest
            from unnest(cast(:instruments as bigint[]), cast(:days as date[])) t(instrument, day)
            join bar_archive d on d.instrument = t.instrument and d.bar_size = '1d' and d.start_time = cast(t.day as timestamp) at time zone 'UTC'
            cross join lateral (
                select count(*) minutes, sum(move * move) variance, (array_agg(start_time order by volume desc, start_time))[1] busiest
                from (select start_time, volume, ln(cast(close as float8) / lag(close) over (order by start_time)) move from bar_archive
                      where instrument = d.instrument and bar_size = '1m' and start_time >= d.start_time
                          and start_time < d.start_time + interval '24 hours') minute) m
            on conflict (instrument, day) do update set (open, high, low, close, volume, turnover, trades, bought, sold, minutes, variance, busiest)
                = (excluded.open, excluded.high, excluded.low, excluded.close, excluded.volume, excluded.turnover, excluded.trades, excluded.bought,
                   excluded.sold, excluded.minutes, excluded.variance, excluded.busiest)""";

    private static final String BAR = "select instrument, bar_size, start_time, open, high, low, close, volume, turnover, trades, bought, sold, revision from bar_archive ";

    private final Jdbi jdbi;
    private final MonthPartitions months = new MonthPartitions();
    private final Counter kept;
    private final Counter failed;
    private volatile boolean ended;

    /** A day of UTC; prices are ticks. See the table {@code market_day}. */
    record Day(LocalDate day, long open, long high, long low, long close, long volume, BigDecimal turnover, long trades, long bought, long sold, int minutes,
               Double variance, Instant busiest) {
    }

    private record DayKey(long instrument, LocalDate day) {
    }

    ArchiveTables(Jdbi jdbi, MeterRegistry meters) {
        this.jdbi = jdbi;
        kept = Counter.builder("partita.archive.bars").description("bars that the archive took, new or changed").register(meters);
        failed = Counter.builder("partita.archive.failures").description("writes that the archive's database did not take").register(meters);
    }

    @Override
    public int keep(List<TradeBar> bars) throws Unavailable {
        if (bars.size() > MOST) {
            throw new IllegalArgumentException(bars.size() + " bars at once");
        }
        // Members that keep the same bars take their rows in the same order.
        List<TradeBar> inOrder = bars.stream().sorted(IN_ORDER).toList();
        try {
            int changed = jdbi.withHandle(handle -> patient(handle, () -> keep(handle, inOrder)));
            kept.increment(changed);
            return changed;
        } catch (JdbiException | SQLException away) {
            if (away.getCause() instanceof SQLException said && NO_PARTITION.equals(said.getSQLState())) {
                months.forget();
            }
            failed.increment();
            throw new Unavailable(away);
        }
    }

    @Override
    public boolean ended() {
        return ended;
    }

    /** Before the grid ends, which waits for its jobs. */
    @Override
    public void close() {
        ended = true;
    }

    private int keep(Handle handle, List<TradeBar> bars) {
        Set<YearMonth> noRoom = months.ensure(handle, bars.stream().map(ArchiveTables::month).collect(Collectors.toSet()));
        List<TradeBar> welcome = noRoom.isEmpty() ? bars : bars.stream().filter(bar -> !noRoom.contains(month(bar))).toList();
        if (!noRoom.isEmpty()) {
            LOG.warn("There are {} months in the archive, and no more; bars of {} are not kept", MonthPartitions.MOST, noRoom);
        }
        return handle.inTransaction(within -> {
            int changed = bound(within.createUpdate(KEEP), welcome).execute();
            if (changed > 0) {
                sumUp(within, welcome);
            }
            return changed;
        });
    }

    private static Update bound(Update update, List<TradeBar> bars) {
        return update.bindArray("instruments", Long.class, bars.stream().map(TradeBar::instrument).toList())
                .bindArray("sizes", String.class, bars.stream().map(bar -> bar.size().toString()).toList())
                .bindArray("starts", String.class, bars.stream().map(bar -> time(bar.start()).toString()).toList())
                .bindArray("opens", Long.class, bars.stream().map(TradeBar::open).toList())
                .bindArray("highs", Long.class, bars.stream().map(TradeBar::high).toList())
                .bindArray("lows", Long.class, bars.stream().map(TradeBar::low).toList())
                .bindArray("closes", Long.class, bars.stream().map(TradeBar::close).toList())
                .bindArray("volumes", Long.class, bars.stream().map(TradeBar::volume).toList())
                .bindArray("turnovers", String.class, bars.stream().map(bar -> bar.turnover().toString()).toList())
                .bindArray("trades", Long.class, bars.stream().map(TradeBar::trades).toList())
                .bindArray("boughts", Long.class, bars.stream().map(TradeBar::bought).toList())
                .bindArray("solds", Long.class, bars.stream().map(TradeBar::sold).toList())
                .bindArray("revisions", Integer.class, bars.stream().map(TradeBar::revision).toList());
    }

    /** Days that are over: those with a bar of theirs. */
    private static void sumUp(Handle handle, List<TradeBar> bars) {
        Set<DayKey> days = bars.stream().filter(bar -> bar.size() == BarSize.DAY || bar.size() == BarSize.MINUTE)
                .map(bar -> new DayKey(bar.instrument(), time(bar.start()).toLocalDate())).collect(Collectors.toCollection(LinkedHashSet::new));
        if (!days.isEmpty()) {
            handle.createUpdate(SUM_UP).bindArray("instruments", Long.class, days.stream().map(DayKey::instrument).toList())
                    .bindArray("days", String.class, days.stream().map(key -> key.day().toString()).toList()).execute();
        }
    }

    /**
     * The last bars of a size that begin within a time, the newest last.
     *
     * @throws JdbiException if the database is away
     */
    List<TradeBar> bars(long instrument, BarSize size, long from, long to, int most) {
        return asked(handle -> handle.createQuery(BAR + "where instrument = :instrument and bar_size = :size and start_time >= :from and start_time < :to "
                + "order by start_time desc limit :most").bind("instrument", instrument).bind("size", size.toString()).bind("from", time(from))
                .bind("to", time(to)).bind("most", most).map((row, context) -> bar(row)).list()).reversed();
    }

    /** The first bars of a size at or after some times, in nanoseconds since 1970. @throws JdbiException if the database is away */
    List<TradeBar> after(long instrument, BarSize size, List<Long> times) {
        return asked(handle -> handle.createQuery("select bar.* from unnest(cast(:times as timestamptz[])) t(time) cross join lateral (" + BAR
                + "where instrument = :instrument and bar_size = :size and start_time >= t.time order by start_time limit 1) bar")
                .bindArray("times", String.class, times.stream().map(time -> time(time).toString()).toList()).bind("instrument", instrument)
                .bind("size", size.toString()).map((row, context) -> bar(row)).list());
    }

    /** The last days within some, the newest last. @throws JdbiException if the database is away */
    List<Day> days(long instrument, LocalDate from, LocalDate to, int most) {
        return asked(handle -> handle.createQuery("""
                select day, open, high, low, close, volume, turnover, trades, bought, sold, minutes, variance, busiest from market_day
                where instrument = :instrument and day >= :from and day <= :to order by day desc limit :most""")
                .bind("instrument", instrument).bind("from", from).bind("to", to).bind("most", most).map((row, context) -> day(row)).list()).reversed();
    }

    private interface Question<T> {
        T ask(Handle handle) throws SQLException;
    }

    private <T> T asked(Question<T> question) {
        try {
            return jdbi.withHandle(handle -> patient(handle, () -> question.ask(handle)));
        } catch (SQLException lost) {
            throw new Lost(lost);
        }
    }

    /** The connection was gone when it was handed back. */
    private static final class Lost extends JdbiException {

        @Serial
        private static final long serialVersionUID = 1;

        Lost(SQLException cause) {
            super(cause);
        }
    }

    private interface Work<T> {
        T run() throws SQLException;
    }

    /** The pool takes the connection back with its own patience. */
    private static <T> T patient(Handle handle, Work<T> work) throws SQLException {
        handle.getConnection().setNetworkTimeout(Runnable::run, PATIENCE_MILLIS);
        return work.run();
    }

    private static TradeBar bar(ResultSet row) throws SQLException {
        Instant start = row.getObject("start_time", OffsetDateTime.class).toInstant();
        return new TradeBar(row.getLong("instrument"), BarSize.parse(row.getString("bar_size")).orElseThrow(), EpochNanos.of(start), row.getLong("open"),
                row.getLong("high"), row.getLong("low"), row.getLong("close"), row.getLong("volume"), row.getBigDecimal("turnover").toBigIntegerExact(),
                row.getLong("trades"), row.getLong("bought"), row.getLong("sold"), row.getInt("revision"));
    }

    private static Day day(ResultSet row) throws SQLException {
        OffsetDateTime busiest = row.getObject("busiest", OffsetDateTime.class);
        return new Day(row.getObject("day", LocalDate.class), row.getLong("open"), row.getLong("high"), row.getLong("low"), row.getLong("close"),
                row.getLong("volume"), row.getBigDecimal("turnover"), row.getLong("trades"), row.getLong("bought"), row.getLong("sold"), row.getInt("minutes"),
                row.getObject("variance", Double.class), busiest == null ? null : busiest.toInstant());
    }

    private static YearMonth month(TradeBar bar) {
        return YearMonth.from(time(bar.start()));
    }

    private static OffsetDateTime time(long nanos) {
        return EpochNanos.instant(nanos).atOffset(ZoneOffset.UTC);
    }
}
