package io.partita.member.trading.settlement;

import io.partita.member.trading.PageEnd;
import io.partita.positions.Position;
import io.partita.positions.Position.Fill;
import io.partita.positions.PositionKey;
import io.partita.trading.Liquidity;
import io.partita.trading.settlement.SettlementTerms;
import io.partita.trading.settlement.SettlementTerms.Values;
import io.partita.trading.settlement.TradeBookings.Correction;
import io.partita.trading.settlement.TradeStatus;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import javax.sql.DataSource;

/** Trades, what has become of them, and positions, as PostgreSQL has them. Thread-safe. */
public final class TradeQueries {

    /** Most trades of a page. */
    public static final int MAX_PAGE = 200;

    private static final int QUERY_SECONDS = 10;
    private static final int FETCH = 1_000;
    /** Times end in 2262. */
    private static final LocalDate LAST_DAY = LocalDate.of(2262, 1, 1);
    private static final Liquidity[] ROLES = Liquidity.values();
    private static final TradeStatus[] STATUSES = TradeStatus.values();
    private static final String COLUMNS = "select t.*, r.price as new_price, r.quantity as new_quantity, r.buyer_fee as new_buyer_fee, r.seller_fee as new_seller_fee ";
    private static final String REVISED = " left join trade_revision r on r.instrument = t.instrument and r.number = t.number and r.revision = t.revision ";
    private static final String SELECT = COLUMNS + "from trade t" + REVISED;
    /** Each book's first ones from the index, whatever their number: the statuses stand in the text, so that it is found whatever the parameters. */
    private static final String WAITING = COLUMNS + """
            from unnest(?::bigint[]) book (instrument) cross join lateral (
                (select * from trade q where q.instrument = book.instrument and q.status = 1 order by q.due, q.number limit ?)
                 union all
                (select * from trade p where p.instrument = book.instrument and p.status = 2 and p.due <= ? and not exists (
                        select 1 from trade_revision o where o.instrument = p.instrument and o.number = p.number and o.done_at is null)
                  order by p.due, p.number limit ?)) t""" + REVISED + "limit ?";

    private final DataSource database;

    TradeQueries(DataSource database) {
        this.database = database;
    }

    private interface Parameters {
        void set(PreparedStatement statement) throws SQLException;
    }

    private interface Row<T> {
        T read(ResultSet row) throws SQLException;
    }

    private <T> List<T> list(String sql, Parameters parameters, Row<T> row) throws SQLException {
        try (Connection connection = database.getConnection()) {
            return list(connection, sql, parameters, row);
        }
    }

    private static <T> List<T> list(Connection connection, String sql, Parameters parameters, Row<T> read) throws SQLException {
        List<T> rows = new ArrayList<>();
        try (PreparedStatement select = connection.prepareStatement(sql)) {
            select.setQueryTimeout(QUERY_SECONDS);
            parameters.set(select);
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    rows.add(read.read(row));
                }
            }
        }
        return rows;
    }

    // ---- trades ----------------------------------------------------------------------------------------------------------

    /** A trade; nothing if settlement has not come to it yet, or the book has not. */
    public Optional<TradeRecord> find(long instrument, long number) throws SQLException {
        try (Connection connection = database.getConnection()) {
            return find(connection, instrument, number);
        }
    }

    static Optional<TradeRecord> find(Connection connection, long instrument, long number) throws SQLException {
        return list(connection, SELECT + "where t.instrument = ? and t.number = ?", select -> {
            select.setLong(1, instrument);
            select.setLong(2, number);
        }, TradeQueries::trade).stream().findFirst();
    }

    /**
     * Trades of any book with that number, the latest first.
     *
     * @param accounts the only ones a party of which has to be; empty for all
     */
    public List<TradeRecord> lookup(long number, Optional<Set<Long>> accounts, int limit) throws SQLException {
        return list(SELECT + """
                where t.instrument in (select instrument from trading_instrument) and t.number = ?
                  and (cast(? as bigint[]) is null or t.buyer = any(?) or t.seller = any(?)) order by t.traded_at desc limit ?""", select -> {
            Array own = accounts.isEmpty() ? null : select.getConnection().createArrayOf("bigint", accounts.get().toArray());
            select.setLong(1, number);
            for (int i = 2; i <= 4; i++) {
                select.setArray(i, own);
            }
            select.setInt(5, limit);
        }, TradeQueries::trade);
    }

    /**
     * What to look for; nulls do not restrict.
     *
     * @param account a party of the trade
     */
    public record Filter(Long instrument, Long account, TradeStatus status) {
    }

    /** Trades, the latest first. */
    public List<TradeRecord> page(Filter filter, PageEnd before, int limit) throws SQLException {
        StringBuilder sql = new StringBuilder(SELECT).append("where true");
        List<Object> values = new ArrayList<>();
        add(sql, values, " and t.instrument = ?", filter.instrument);
        if (filter.account != null) {
            sql.append(" and (t.buyer = ? or t.seller = ?)");
            values.addAll(List.of(filter.account, filter.account));
        }
        if (filter.status != null) {
            sql.append(" and t.status = ").append(filter.status.ordinal());
        }
        if (before != null) {
            sql.append(filter.instrument != null ? " and t.number < ?" : " and (t.traded_at, t.instrument, t.number) < (?, ?, ?)");
            values.addAll(filter.instrument != null ? List.of(before.number()) : List.of(before.time(), before.instrument(), before.number()));
        }
        // In one book the numbers are in the order of the times.
        sql.append(filter.instrument != null ? " order by t.number desc" : " order by t.traded_at desc, t.instrument desc, t.number desc").append(" limit ?");
        values.add(limit);
        return list(sql.toString(), select -> {
            for (int i = 0; i < values.size(); i++) {
                select.setObject(i + 1, values.get(i));
            }
        }, TradeQueries::trade);
    }

    private static void add(StringBuilder sql, List<Object> values, String condition, Object value) {
        if (value != null) {
            sql.append(condition);
            values.add(value);
        }
    }

    /** Trades that want to be brought further: those that are queued, and those that are due. Corrections that are under way come before that. */
    List<TradeRecord> waiting(Collection<Long> instruments, LocalDate day, int most) throws SQLException {
        List<TradeRecord> waiting = list(WAITING, select -> {
            select.setArray(1, select.getConnection().createArrayOf("bigint", instruments.toArray()));
            select.setInt(2, most);
            select.setObject(3, day);
            select.setInt(4, most);
            select.setInt(5, most);
        }, TradeQueries::trade);
        waiting.sort(Comparator.comparingLong(TradeRecord::instrument).thenComparingLong(TradeRecord::number));
        return waiting;
    }

    /**
     * A position as all its settled trades lead to it, in the order of their places. There may be millions, so they are read one after another, and for
     * as long as it takes: a correction that is given up because of that would never be done.
     *
     * @param connection with a transaction under way, or all of them are read at once
     */
    static Position fold(Connection connection, PositionKey key, SettlementTerms terms) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(
                SELECT + "where t.instrument = ? and t.status = ? and (t.buyer = ? or t.seller = ?) order by t.place")) {
            select.setFetchSize(FETCH);
            select.setLong(1, key.instrument());
            select.setInt(2, TradeStatus.SETTLED.ordinal());
            select.setLong(3, key.account());
            select.setLong(4, key.account());
            Position position = Position.none(key.account(), key.instrument());
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    position = position.apply(trade(row).fills(terms).get(key));
                }
            }
            return position;
        }
    }

    private static TradeRecord trade(ResultSet row) throws SQLException {
        Values made = new Values(row.getLong("price"), row.getLong("quantity"), row.getLong("buyer_fee"), row.getLong("seller_fee"));
        long newPrice = row.getLong("new_price");
        Values now = row.wasNull() ? made
                : new Values(newPrice, row.getLong("new_quantity"), row.getLong("new_buyer_fee"), row.getLong("new_seller_fee"));
        return new TradeRecord(row.getLong("instrument"), row.getLong("number"), row.getLong("traded_at"), row.getLong("buyer"), row.getLong("seller"),
                row.getLong("buyer_order"), row.getLong("seller_order"), ROLES[row.getInt("buyer_role")], ROLES[row.getInt("seller_role")], made, now,
                row.getObject("due", LocalDate.class), STATUSES[row.getInt("status")], row.getBoolean("set_aside"), row.getString("reason"),
                row.getInt("revision"), row.getInt("posted_revision"), row.getLong("place"));
    }

    // ---- revisions -------------------------------------------------------------------------------------------------------

    /** Busts and corrections of a trade, the oldest first, with those that were refused. */
    public List<TradeRevision> revisions(long instrument, long number) throws SQLException {
        try (Connection connection = database.getConnection()) {
            return revisions(connection, instrument, number);
        }
    }

    static List<TradeRevision> revisions(Connection connection, long instrument, long number) throws SQLException {
        return list(connection, "select * from trade_revision where instrument = ? and number = ? order by revision", select -> {
            select.setLong(1, instrument);
            select.setLong(2, number);
        }, TradeQueries::revision);
    }

    /** The corrections that are in force. */
    List<Correction> corrections(TradeRecord trade) throws SQLException {
        return trade.revision() == 0 ? List.of() : revisions(trade.instrument(), trade.number()).stream()
                .filter(revision -> revision.done() && !revision.busts())
                .map(revision -> new Correction(revision.revision(), revision.values())).toList();
    }

    /** Revisions that are not done. */
    List<TradeRevision> openRevisions(Collection<Long> instruments, int most) throws SQLException {
        return list("select * from trade_revision where done_at is null and instrument = any(?) order by asked_at limit ?", select -> {
            select.setArray(1, select.getConnection().createArrayOf("bigint", instruments.toArray()));
            select.setInt(2, most);
        }, TradeQueries::revision);
    }

    private static TradeRevision revision(ResultSet row) throws SQLException {
        return new TradeRevision(row.getLong("instrument"), row.getLong("number"), row.getInt("revision"), row.getObject("id", UUID.class),
                row.getBoolean("busts"), new Values(row.getLong("price"), row.getLong("quantity"), row.getLong("buyer_fee"), row.getLong("seller_fee")),
                row.getString("note"), instant(row, "asked_at"), instant(row, "done_at"), row.getString("refusal"));
    }

    private static Instant instant(ResultSet row, String column) throws SQLException {
        OffsetDateTime time = row.getObject(column, OffsetDateTime.class);
        return time == null ? null : time.toInstant();
    }

    // ---- settlement ------------------------------------------------------------------------------------------------------

    /** The settlement day that was set; nothing if none was. */
    Optional<LocalDate> day() throws SQLException {
        return list("select day from settlement_day", select -> { }, row -> row.getObject(1, LocalDate.class)).stream().findFirst();
    }

    /** Makes a day the settlement day, unless a later one is. */
    void advance(LocalDate day) throws SQLException {
        try (Connection connection = database.getConnection(); PreparedStatement upsert = connection.prepareStatement("""
                insert into settlement_day (day) values (?) on conflict (one) do update set day = greatest(settlement_day.day, excluded.day)""")) {
            upsert.setObject(1, day);
            upsert.executeUpdate();
        }
    }

    /**
     * How far settlement has come for a book.
     *
     * @param trades  up to this number they have been dealt with
     * @param pending set aside for a later day
     * @param failed  refused by the ledger
     * @param queued  on their way once more
     */
    public record Progress(long instrument, long trades, long pending, long failed, long queued) {
    }

    /** How far settlement has come for each book. */
    public List<Progress> progress() throws SQLException {
        return list("""
                select s.instrument, s.trade, coalesce(o.pending, 0), coalesce(o.failed, 0), coalesce(o.queued, 0) from trading_settlement s
                  left join (select instrument, count(*) filter (where status = 2) as pending, count(*) filter (where status = 4) as failed,
                                    count(*) filter (where status = 1) as queued
                               from trade where status in (1, 2, 4) group by instrument) o using (instrument)
                 order by s.instrument""", select -> { },
                row -> new Progress(row.getLong(1), row.getLong(2), row.getLong(3), row.getLong(4), row.getLong(5)));
    }

    // ---- positions -------------------------------------------------------------------------------------------------------

    /** The positions of an account. */
    public List<Position> positions(long account) throws SQLException {
        return list("select * from position where account = ? order by instrument", select -> select.setLong(1, account), TradeQueries::position);
    }

    /**
     * One party's side of a trade that is settled, as it stands now.
     *
     * @param number of the book's trades
     * @param day    on which it was made, in UTC
     * @param time   when, in nanoseconds since 1970
     */
    public record SettledFill(long account, long instrument, long number, LocalDate day, long time, Fill fill) {
    }

    /** How trades of an instrument become money; null for one that is unknown here, whose trades are passed over. */
    public interface TermsOf {
        SettlementTerms of(long instrument);
    }

    /**
     * The settled trades of some accounts that were made on a day or before, each instrument's in the order of its places; nothing if there are more than so many.
     *
     * @param instruments null for all
     */
    public Optional<List<SettledFill>> settled(Collection<Long> accounts, Collection<Long> instruments, LocalDate until, TermsOf terms, int most) throws SQLException {
        List<SettledFill> fills = new ArrayList<>();
        try (Connection connection = database.getConnection();
             PreparedStatement select = connection.prepareStatement(SELECT + """
                     where t.status = ? and (t.buyer = any(?) or t.seller = any(?)) and t.traded_at < ? and (cast(? as bigint[]) is null or t.instrument = any(?))
                      order by t.instrument, t.place limit ?""")) {
            Set<Long> wanted = Set.copyOf(accounts);
            select.setQueryTimeout(QUERY_SECONDS);
            select.setInt(1, TradeStatus.SETTLED.ordinal());
            select.setArray(2, connection.createArrayOf("bigint", wanted.toArray()));
            select.setArray(3, connection.createArrayOf("bigint", wanted.toArray()));
            select.setLong(4, until.isBefore(LAST_DAY) ? until.plusDays(1).toEpochDay() * 86_400 * 1_000_000_000 : Long.MAX_VALUE);
            Array chosen = instruments == null ? null : connection.createArrayOf("bigint", instruments.toArray());
            select.setArray(5, chosen);
            select.setArray(6, chosen);
            select.setInt(7, most + 1);
            try (ResultSet row = select.executeQuery()) {
                int trades = 0;
                while (row.next()) {
                    if (++trades > most) {
                        return Optional.empty();
                    }
                    TradeRecord trade = trade(row);
                    SettlementTerms of = terms.of(trade.instrument());
                    if (of != null) {
                        trade.fills(of).forEach((key, fill) -> {
                            if (wanted.contains(key.account())) {
                                fills.add(new SettledFill(key.account(), trade.instrument(), trade.number(), trade.day(), trade.time(), fill));
                            }
                        });
                    }
                }
            }
        }
        return Optional.of(fills);
    }

    /** Of each book up to which trade settlement has come; trades that wait may be settled later than those after them. */
    public Map<Long, Long> done() throws SQLException {
        Map<Long, Long> done = new HashMap<>();
        list("select instrument, trade from trading_settlement", select -> { }, row -> Map.entry(row.getLong("instrument"), row.getLong("trade")))
                .forEach(mark -> done.put(mark.getKey(), mark.getValue()));
        return done;
    }

    /** The positions of some accounts. */
    public List<Position> positions(Collection<Long> accounts) throws SQLException {
        return list("select * from position where account = any(?)", select -> select.setArray(1, select.getConnection().createArrayOf("bigint", accounts.toArray())),
                TradeQueries::position);
    }

    /** The settled trades of an instrument after one of them, as far as some accounts have a part in them, in the order of their places; nothing if there are more than so many. */
    public Optional<List<SettledFill>> settledAfter(long instrument, long number, Collection<Long> accounts, SettlementTerms terms, int most) throws SQLException {
        Set<Long> wanted = Set.copyOf(accounts);
        List<TradeRecord> trades = list(SELECT + "where t.instrument = ? and t.number > ? and t.status = ? and (t.buyer = any(?) or t.seller = any(?)) order by t.place limit ?", select -> {
            select.setLong(1, instrument);
            select.setLong(2, number);
            select.setInt(3, TradeStatus.SETTLED.ordinal());
            select.setArray(4, select.getConnection().createArrayOf("bigint", wanted.toArray()));
            select.setArray(5, select.getConnection().createArrayOf("bigint", wanted.toArray()));
            select.setInt(6, most + 1);
        }, TradeQueries::trade);
        if (trades.size() > most) {
            return Optional.empty();
        }
        List<SettledFill> fills = new ArrayList<>();
        trades.forEach(trade -> trade.fills(terms).forEach((key, fill) -> {
            if (wanted.contains(key.account())) {
                fills.add(new SettledFill(key.account(), instrument, trade.number(), trade.day(), trade.time(), fill));
            }
        }));
        return Optional.of(fills);
    }

    /** All positions in an instrument, one after another; whoever takes them may wait for the grid, so no connection is held meanwhile. */
    void positions(long instrument, Consumer<Position> to) throws SQLException {
        List<Position> page;
        long after = 0;
        do {
            long last = after;
            page = list("select * from position where instrument = ? and account > ? order by account limit ?", select -> {
                select.setLong(1, instrument);
                select.setLong(2, last);
                select.setInt(3, FETCH);
            }, TradeQueries::position);
            page.forEach(to);
            after = page.isEmpty() ? after : page.getLast().account();
        } while (page.size() == FETCH);
    }

    static Position position(ResultSet row) throws SQLException {
        return new Position(row.getLong("account"), row.getLong("instrument"), row.getLong("quantity"), row.getLong("cost"), row.getLong("realized"),
                row.getLong("fees"), row.getLong("place"));
    }
}
