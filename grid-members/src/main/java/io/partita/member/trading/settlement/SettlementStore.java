package io.partita.member.trading.settlement;

import io.partita.member.ledger.CopyRows;
import io.partita.positions.Position;
import io.partita.positions.Position.Fill;
import io.partita.positions.PositionKey;
import io.partita.trading.settlement.Deal;
import io.partita.trading.settlement.SettlementTerms;
import io.partita.trading.settlement.TradeStatus;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import javax.sql.DataSource;

/**
 * How far settlement has come, in PostgreSQL. What a round has achieved is committed as a whole: trades, places, positions, and the mark up to
 * which the journal is done. The mark's row is locked first, so that of two members which did the same only one writes it down.
 * Thread-safe.
 */
final class SettlementStore {

    private static final String COPY_TRADES = """
            copy trade (instrument, number, traded_at, price, quantity, buyer, seller, buyer_order, seller_order, buyer_fee, seller_fee, due,
                buyer_role, seller_role, status, set_aside, reason, place) from stdin (format binary)""";
    private static final int MOST_PIECES = 64;
    private static final int MOST_PIECES_OF_A_BOOK = 8;

    private final DataSource database;

    SettlementStore(DataSource database) {
        this.database = database;
    }

    /**
     * Up to where the trades of a book are done.
     *
     * @param command pieces that begin here or before
     * @param trade   trades up to this number
     */
    record Mark(long command, long trade) {
    }

    /** What to do next for a book, and the mark that is reached when it is done. */
    record Next(long instrument, Mark from, Mark to, List<Deal> deals) {

        /** Less of it: up to this trade. */
        Next until(long trade) {
            return new Next(instrument, from, new Mark(from.command, trade), deals);
        }
    }

    /** The marks of books. */
    Map<Long, Mark> marks(Collection<Long> instruments) throws SQLException {
        Map<Long, Mark> marks = new HashMap<>();
        try (Connection connection = database.getConnection();
             PreparedStatement select = connection.prepareStatement("select instrument, command, trade from trading_settlement where instrument = any(?)")) {
            select.setArray(1, connection.createArrayOf("bigint", instruments.toArray()));
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    marks.put(row.getLong(1), new Mark(row.getLong(2), row.getLong(3)));
                }
            }
        }
        return marks;
    }

    /** Trades that come after the marks, the oldest of each book first: about so many, and of the books that stand first in the map before others. */
    List<Next> next(Map<Long, Mark> marks, int most) throws SQLException {
        Map<Long, Next> next = new LinkedHashMap<>();
        int count = 0;
        try (Connection connection = database.getConnection();
             PreparedStatement select = connection.prepareStatement("""
                     select w.instrument, c.first, c.deals
                       from unnest(?::bigint[], ?::bigint[]) with ordinality as w (instrument, command, place)
                      cross join lateral (
                            select first, deals from trading_command c
                             where c.instrument = w.instrument and c.first > w.command and c.deals is not null order by c.first limit ?) c
                      order by w.place, c.first limit ?""")) {
            select.setArray(1, connection.createArrayOf("bigint", marks.keySet().toArray()));
            select.setArray(2, connection.createArrayOf("bigint", marks.values().stream().map(Mark::command).toArray()));
            select.setInt(3, MOST_PIECES_OF_A_BOOK);
            select.setInt(4, MOST_PIECES);
            try (ResultSet row = select.executeQuery()) {
                while (count < most && row.next()) {
                    long instrument = row.getLong(1);
                    Next before = next.computeIfAbsent(instrument, key -> new Next(key, marks.get(key), marks.get(key), new ArrayList<>()));
                    long done = before.to.trade;
                    List<Deal> all = Deal.decodeAll(row.getBytes(3)).stream().filter(deal -> deal.number() > done).toList();
                    List<Deal> taken = all.size() <= most - count ? all : all.subList(0, most - count);
                    before.deals.addAll(taken);
                    count += taken.size();
                    next.put(instrument, new Next(instrument, before.from, new Mark(taken.size() == all.size() ? row.getLong(2) : before.to.command,
                            taken.isEmpty() ? done : taken.getLast().number()), before.deals));
                }
            }
        }
        return List.copyOf(next.values());
    }

    // ---- a round ---------------------------------------------------------------------------------------------------------

    /** What a round has achieved for a book. */
    record Done(Next next, SettlementTerms terms, List<TradeRecord> trades) {
    }

    /** What was written down: the books in question, and positions that it changed. */
    record Recorded(Set<Long> books, List<Position> changed) {
    }

    /** Writes down what became of new trades, of each book unless another member has. */
    Recorded recordNew(List<Done> round) throws SQLException {
        return transaction(connection -> {
            Map<Long, Places> books = lock(connection, round.stream().map(done -> done.next.instrument).toList());
            Set<Long> recorded = new HashSet<>();
            List<TradeRecord> trades = new ArrayList<>();
            PositionChanges changes = new PositionChanges();
            for (Done done : round) {
                Places book = books.get(done.next.instrument);
                if (book == null || book.mark.trade != done.next.from.trade) {
                    continue;
                }
                for (TradeRecord trade : done.trades) {
                    TradeRecord placed = trade.status() == TradeStatus.SETTLED ? trade.at(book.take()) : trade;
                    trades.add(placed);
                    changes.add(placed, done.terms);
                }
                book.mark = done.next.to;
                recorded.add(done.next.instrument);
            }
            insert(connection, trades);
            List<Position> changed = changes.apply(connection);
            unlock(connection, books);
            return new Recorded(recorded, changed);
        });
    }

    /** A trade that has come further: as it was, and as it is. */
    record Moved(TradeRecord before, TradeRecord after, SettlementTerms terms) {
    }

    /** Writes down what became of trades that had been there, of each unless it has changed since; positions that it changed. */
    List<Position> recordMoved(List<Moved> round) throws SQLException {
        return transaction(connection -> {
            Map<Long, Places> books = lock(connection, round.stream().map(moved -> moved.before.instrument()).distinct().toList());
            PositionChanges changes = new PositionChanges();
            for (Moved moved : round) {
                Places book = books.get(moved.before.instrument());
                TradeRecord after = moved.after.status() == TradeStatus.SETTLED ? moved.after.at(book.places + 1) : moved.after;
                if (update(connection, moved.before, after)) {
                    book.places = Math.max(book.places, after.place());
                    changes.add(after, moved.terms);
                }
            }
            List<Position> changed = changes.apply(connection);
            unlock(connection, books);
            return changed;
        });
    }

    /** Writes down that a revision is done, with what the trade is after it; positions that it changed. */
    List<Position> recordRevised(TradeRevision revision, TradeRecord before, TradeRecord after, SettlementTerms terms) throws SQLException {
        return transaction(connection -> {
            Map<Long, Places> books = lock(connection, List.of(before.instrument()));
            if (!finish(connection, revision, null) || !update(connection, before, after)) {
                connection.rollback();
                return List.of();
            }
            if (before.status() != TradeStatus.SETTLED) {
                return List.of();
            }
            long place = books.get(before.instrument()).take();
            List<Position> changed = new ArrayList<>();
            for (PositionKey key : before.fills(terms).keySet()) {
                changed.add(TradeQueries.fold(connection, key, terms).at(place));
            }
            PositionChanges.write(connection, changed);
            unlock(connection, books);
            return changed;
        });
    }

    /** Writes down that a revision was refused. */
    void recordRefused(TradeRevision revision, String refusal) throws SQLException {
        transaction(connection -> finish(connection, revision, refusal));
    }

    private static boolean finish(Connection connection, TradeRevision revision, String refusal) throws SQLException {
        try (PreparedStatement update = connection.prepareStatement("""
                update trade_revision set done_at = now(), refusal = ?
                 where instrument = ? and number = ? and revision = ? and done_at is null""")) {
            update.setString(1, refusal);
            update.setLong(2, revision.instrument());
            update.setLong(3, revision.number());
            update.setInt(4, revision.revision());
            return update.executeUpdate() == 1;
        }
    }

    // ---- parts of a round ------------------------------------------------------------------------------------------------

    private static final class Places {
        private Mark mark;
        private long places;

        Places(Mark mark, long places) {
            this.mark = mark;
            this.places = places;
        }

        long take() {
            return ++places;
        }
    }

    private static Map<Long, Places> lock(Connection connection, List<Long> instruments) throws SQLException {
        Map<Long, Places> books = new LinkedHashMap<>();
        // In one order, so that no two rounds wait for each other.
        try (PreparedStatement select = connection.prepareStatement(
                "select instrument, command, trade, places from trading_settlement where instrument = any(?) order by instrument for update")) {
            select.setArray(1, connection.createArrayOf("bigint", instruments.toArray()));
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    books.put(row.getLong(1), new Places(new Mark(row.getLong(2), row.getLong(3)), row.getLong(4)));
                }
            }
        }
        return books;
    }

    private static void unlock(Connection connection, Map<Long, Places> books) throws SQLException {
        try (PreparedStatement update = connection.prepareStatement("""
                update trading_settlement s set command = b.command, trade = b.trade, places = b.places
                  from unnest(?::bigint[], ?::bigint[], ?::bigint[], ?::bigint[]) as b (instrument, command, trade, places)
                 where s.instrument = b.instrument""")) {
            Columns columns = new Columns(connection, update);
            columns.add("bigint", books.keySet(), key -> key);
            columns.add("bigint", books.values(), book -> book.mark.command);
            columns.add("bigint", books.values(), book -> book.mark.trade);
            columns.add("bigint", books.values(), book -> book.places);
            update.executeUpdate();
        }
    }

    private static void insert(Connection connection, List<TradeRecord> trades) throws SQLException {
        if (trades.isEmpty()) {
            return;
        }
        CopyRows.write(connection, COPY_TRADES, rows -> {
            for (TradeRecord trade : trades) {
                write(trade, rows);
            }
        });
    }

    private static void write(TradeRecord trade, CopyRows rows) throws SQLException {
        rows.row(18);
        rows.int8(trade.instrument());
        rows.int8(trade.number());
        rows.int8(trade.time());
        rows.int8(trade.made().price());
        rows.int8(trade.made().quantity());
        rows.int8(trade.buyer());
        rows.int8(trade.seller());
        rows.int8(trade.buyerOrder());
        rows.int8(trade.sellerOrder());
        rows.int8(trade.made().buyerFee());
        rows.int8(trade.made().sellerFee());
        rows.date((int) trade.due().toEpochDay());
        rows.int2(trade.buyerRole().ordinal());
        rows.int2(trade.sellerRole().ordinal());
        rows.int2(trade.status().ordinal());
        rows.bool(trade.setAside());
        if (trade.reason() == null) {
            rows.nothing();
        } else {
            rows.text(trade.reason());
        }
        if (trade.place() == 0) {
            rows.nothing();
        } else {
            rows.int8(trade.place());
        }
    }

    private static boolean update(Connection connection, TradeRecord before, TradeRecord after) throws SQLException {
        try (PreparedStatement update = connection.prepareStatement("""
                update trade set status = ?, set_aside = ?, reason = ?, revision = ?, posted_revision = ?, place = ?
                 where instrument = ? and number = ? and status = ? and revision = ?""")) {
            update.setInt(1, after.status().ordinal());
            update.setBoolean(2, after.setAside());
            update.setString(3, after.reason());
            update.setInt(4, after.revision());
            update.setInt(5, after.postedRevision());
            update.setObject(6, after.place() == 0 ? null : after.place());
            update.setLong(7, before.instrument());
            update.setLong(8, before.number());
            update.setInt(9, before.status().ordinal());
            update.setInt(10, before.revision());
            return update.executeUpdate() == 1;
        }
    }

    /** Fills by position, to be added to what is there. */
    private static final class PositionChanges {

        private final Map<PositionKey, List<Fill>> fills = new LinkedHashMap<>();

        void add(TradeRecord trade, SettlementTerms terms) {
            if (trade.status() == TradeStatus.SETTLED) {
                trade.fills(terms).forEach((key, fill) -> fills.computeIfAbsent(key, none -> new ArrayList<>()).add(fill));
            }
        }

        List<Position> apply(Connection connection) throws SQLException {
            Map<PositionKey, Position> there = read(connection);
            List<Position> changed = new ArrayList<>();
            fills.forEach((key, added) -> {
                Position position = there.getOrDefault(key, Position.none(key.account(), key.instrument()));
                for (Fill fill : added) {
                    position = position.apply(fill);
                }
                changed.add(position);
            });
            write(connection, changed);
            return changed;
        }

        private Map<PositionKey, Position> read(Connection connection) throws SQLException {
            Map<PositionKey, Position> there = new HashMap<>();
            if (fills.isEmpty()) {
                return there;
            }
            try (PreparedStatement select = connection.prepareStatement("""
                    select p.* from position p join unnest(?::bigint[], ?::bigint[]) as k (instrument, account) using (instrument, account)""")) {
                Columns columns = new Columns(connection, select);
                columns.add("bigint", fills.keySet(), PositionKey::instrument);
                columns.add("bigint", fills.keySet(), PositionKey::account);
                try (ResultSet row = select.executeQuery()) {
                    while (row.next()) {
                        Position position = TradeQueries.position(row);
                        there.put(position.key(), position);
                    }
                }
            }
            return there;
        }

        static void write(Connection connection, List<Position> positions) throws SQLException {
            if (positions.isEmpty()) {
                return;
            }
            try (PreparedStatement upsert = connection.prepareStatement("""
                    insert into position (instrument, account, quantity, cost, realized, fees, place)
                    select * from unnest(?::bigint[], ?::bigint[], ?::bigint[], ?::bigint[], ?::bigint[], ?::bigint[], ?::bigint[])
                    on conflict (instrument, account) do update set quantity = excluded.quantity, cost = excluded.cost,
                        realized = excluded.realized, fees = excluded.fees, place = excluded.place""")) {
                Columns columns = new Columns(connection, upsert);
                columns.add("bigint", positions, Position::instrument);
                columns.add("bigint", positions, Position::account);
                columns.add("bigint", positions, Position::quantity);
                columns.add("bigint", positions, Position::cost);
                columns.add("bigint", positions, Position::realized);
                columns.add("bigint", positions, Position::fees);
                columns.add("bigint", positions, Position::place);
                upsert.executeUpdate();
            }
        }
    }

    /** Parameters of a statement that takes its rows as an array for each column. */
    private static final class Columns {

        private final Connection connection;
        private final PreparedStatement statement;
        private int count;

        Columns(Connection connection, PreparedStatement statement) {
            this.connection = connection;
            this.statement = statement;
        }

        <T> void add(String type, Collection<T> rows, Function<T, Object> value) throws SQLException {
            statement.setArray(++count, connection.createArrayOf(type, rows.stream().map(value).toArray()));
        }
    }

    private interface Work<T> {
        T run(Connection connection) throws SQLException;
    }

    private <T> T transaction(Work<T> work) throws SQLException {
        try (Connection connection = database.getConnection()) {
            connection.setAutoCommit(false);
            boolean done = false;
            try {
                T result = work.run(connection);
                connection.commit();
                done = true;
                return result;
            } finally {
                if (!done) {
                    connection.rollback();
                }
                connection.setAutoCommit(true);
            }
        }
    }
}
