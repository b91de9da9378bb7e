package io.partita.member.trading;

import io.partita.money.Currency;
import io.partita.trading.Command;
import io.partita.trading.ExecutionSink;
import io.partita.trading.Instrument;
import io.partita.trading.book.PriceTimeBook;
import io.partita.trading.settlement.BusinessDays;
import io.partita.trading.venue.HostedBook;
import io.partita.trading.venue.Piece;
import java.nio.ByteBuffer;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BooleanSupplier;
import javax.sql.DataSource;

/** Instruments, the commands of their books, and who may write them, in PostgreSQL. Thread-safe. */
final class OrderJournal {

    /** One statement, so that a group is one round trip. What an earlier attempt has committed counts as written. */
    private static final String APPEND = """
            with piece as (
                select * from unnest(?::bigint[], ?::int[], ?::bigint[], ?::bigint[], ?::bigint[], ?::bytea[], ?::bytea[])
                    as p (instrument, epoch, first, last, hash, commands, deals)),
            moved as (
                update trading_book b set sequence = p.last, hash = p.hash from piece p
                 where b.instrument = p.instrument and b.epoch = p.epoch and b.sequence = p.first - 1 returning b.instrument),
            written as (
                insert into trading_command (instrument, first, last, hash, commands, deals)
                select p.instrument, p.first, p.last, p.hash, p.commands, nullif(p.deals, '') from piece p join moved using (instrument))
            select instrument from moved
             union all
            select p.instrument from piece p join trading_book b using (instrument) where b.epoch = p.epoch and b.sequence >= p.last""";

    private static final String UNIQUE_VIOLATION = "23505";
    private static final int LIST_ATTEMPTS = 20;
    /** A row may have a megabyte of commands. */
    private static final int FETCH = 32;

    private final DataSource database;

    /** @param database whose connections time out: a server that falls silent must not hold the one thread that writes for good */
    OrderJournal(DataSource database) {
        this.database = database;
    }

    /** Where the journal of a book is, and the epoch under which it may be written. */
    record Head(int epoch, long sequence, long hash) {
    }

    /** What goes into the journal of one book. */
    record Entry(long instrument, int epoch, Piece piece) {
    }

    /** Lists an instrument; false if it, or its symbol, is listed already. */
    boolean list(Listing listing) throws SQLException {
        for (int attempt = 1; ; attempt++) {
            try {
                return listOnce(listing);
            } catch (SQLException failure) {
                // Another listing took the same unit, or was the same, a moment ago: which of both, the next attempt knows.
                if (!UNIQUE_VIOLATION.equals(failure.getSQLState()) || attempt == LIST_ATTEMPTS) {
                    throw failure;
                }
            }
        }
    }

    private boolean listOnce(Listing listing) throws SQLException {
        ByteBuffer rules = ByteBuffer.allocate(Instrument.MAX_BYTES);
        listing.rules().encode(rules);
        try (Connection connection = database.getConnection();
             PreparedStatement insert = connection.prepareStatement("""
                     with listed as (
                         insert into trading_instrument (instrument, symbol, currency, price_scale, rules, settlement_days, calendar, lit, short_margin, security, unit, line)
                         select n.instrument, n.symbol, ?, ?, ?, ?, ?, ?, ?, nullif(n.security, n.instrument),
                                case when n.security = n.instrument then (select coalesce(max(unit) + 1, 0) from trading_instrument)
                                     else (select unit from trading_instrument where instrument = n.security) end,
                                (select coalesce(max(line) + 1, 0) from trading_instrument where coalesce(security, instrument) = n.security)
                           from (values (?::bigint, ?::text, ?::bigint)) as n (instrument, symbol, security)
                          where not exists (select 1 from trading_instrument i where i.instrument = n.instrument or i.symbol = n.symbol)
                         returning instrument),
                     settled as (insert into trading_settlement (instrument) select instrument from listed)
                     insert into trading_book (instrument, hash) select instrument, ? from listed""")) {
            insert.setString(1, listing.currency());
            insert.setInt(2, listing.priceScale());
            insert.setBytes(3, Arrays.copyOf(rules.array(), rules.position()));
            insert.setInt(4, listing.settlementDays());
            insert.setString(5, listing.calendar().equals(listing.currency()) ? null : listing.calendar());
            insert.setArray(6, listing.lit().isEmpty() ? null : connection.createArrayOf("bigint", listing.lit().toArray()));
            insert.setInt(7, listing.shortMargin());
            insert.setLong(8, listing.instrument());
            insert.setString(9, listing.symbol());
            insert.setLong(10, listing.security());
            insert.setLong(11, new PriceTimeBook(listing.rules()).hash());
            return insert.executeUpdate() == 1;
        }
    }

    List<Listing> listings() throws SQLException {
        List<Listing> listings = new ArrayList<>();
        try (Connection connection = database.getConnection();
             PreparedStatement select = connection.prepareStatement("""
                     select symbol, currency, price_scale, rules, settlement_days, unit, coalesce(calendar, currency), coalesce(lit, '{}'), short_margin,
                            coalesce(security, instrument), line
                       from trading_instrument order by symbol""");
             ResultSet row = select.executeQuery()) {
            Map<String, BusinessDays> calendars = calendars(connection);
            while (row.next()) {
                listings.add(new Listing(row.getString(1), row.getString(2), row.getInt(3), Instrument.decode(ByteBuffer.wrap(row.getBytes(4))),
                        row.getInt(5), row.getString(7), calendars.getOrDefault(row.getString(7), BusinessDays.WEEKDAYS), Currency.unit(row.getInt(6)),
                        row.getLong(10), row.getInt(11), List.of((Long[]) row.getArray(8).getArray()), row.getInt(9)));
            }
        }
        return listings;
    }

    private static Map<String, BusinessDays> calendars(Connection connection) throws SQLException {
        Map<String, Set<LocalDate>> holidays = new HashMap<>();
        try (PreparedStatement select = connection.prepareStatement("select calendar, day from trading_holiday"); ResultSet row = select.executeQuery()) {
            while (row.next()) {
                holidays.computeIfAbsent(row.getString(1), name -> new HashSet<>()).add(row.getObject(2, LocalDate.class));
            }
        }
        Map<String, BusinessDays> calendars = new HashMap<>();
        holidays.forEach((name, days) -> calendars.put(name, new BusinessDays(days)));
        return calendars;
    }

    /** The heads of all books. */
    Map<Long, Head> heads() throws SQLException {
        try (Connection connection = database.getConnection();
             PreparedStatement select = connection.prepareStatement("select instrument, epoch, sequence, hash from trading_book")) {
            return heads(select);
        }
    }

    /** Raises the epochs of books for a member; of none if the member is not in the view. */
    Map<Long, Head> raise(Collection<Long> instruments, String member) throws SQLException {
        try (Connection connection = database.getConnection();
             PreparedStatement update = connection.prepareStatement("""
                     update trading_book set epoch = epoch + 1, owner = ?
                      where instrument = any(?) and exists (select 1 from ledger_view where ? = any(members))
                     returning instrument, epoch, sequence, hash""")) {
            update.setString(1, member);
            update.setArray(2, connection.createArrayOf("bigint", instruments.toArray()));
            update.setString(3, member);
            return heads(update);
        }
    }

    private static Map<Long, Head> heads(PreparedStatement statement) throws SQLException {
        Map<Long, Head> heads = new HashMap<>();
        try (ResultSet row = statement.executeQuery()) {
            while (row.next()) {
                heads.put(row.getLong(1), new Head(row.getInt(2), row.getLong(3), row.getLong(4)));
            }
        }
        return heads;
    }

    /**
     * Commits pieces, at most one for each book, each only if its epoch still holds and it follows on what is there.
     *
     * @return the instruments whose piece is in the journal now
     */
    Set<Long> append(List<Entry> entries) throws SQLException {
        try (Connection connection = database.getConnection(); PreparedStatement append = connection.prepareStatement(APPEND)) {
            append.setArray(1, connection.createArrayOf("bigint", entries.stream().map(Entry::instrument).toArray()));
            append.setArray(2, connection.createArrayOf("int", entries.stream().map(Entry::epoch).toArray()));
            append.setArray(3, connection.createArrayOf("bigint", entries.stream().map(entry -> entry.piece().first()).toArray()));
            append.setArray(4, connection.createArrayOf("bigint", entries.stream().map(entry -> entry.piece().last()).toArray()));
            append.setArray(5, connection.createArrayOf("bigint", entries.stream().map(entry -> entry.piece().hash()).toArray()));
            append.setArray(6, connection.createArrayOf("bytea", entries.stream().map(entry -> entry.piece().commands()).toArray(byte[][]::new)));
            append.setArray(7, connection.createArrayOf("bytea", entries.stream().map(entry -> entry.piece().deals()).toArray(byte[][]::new)));
            Set<Long> written = new HashSet<>();
            try (ResultSet row = append.executeQuery()) {
                while (row.next()) {
                    written.add(row.getLong(1));
                }
            }
            return written;
        }
    }

    /** The book as the journal tells it: the newest snapshot, and the commands since. */
    HostedBook load(Listing listing) throws SQLException {
        try (Connection connection = database.getConnection()) {
            HostedBook book = snapshot(connection, listing);
            try (PreparedStatement select = connection.prepareStatement(
                    "select first, last, hash, commands from trading_command where instrument = ? and first > ? order by first")) {
                connection.setAutoCommit(false);
                select.setFetchSize(FETCH);
                select.setLong(1, listing.instrument());
                select.setLong(2, book.sequence());
                try (ResultSet row = select.executeQuery()) {
                    while (row.next()) {
                        book.recover(new Piece(row.getLong(1), (int) (row.getLong(2) - row.getLong(1) + 1), row.getBytes(4), row.getLong(3)));
                    }
                }
                return book;
            } finally {
                connection.rollback();
                connection.setAutoCommit(true);
            }
        }
    }

    /**
     * The reports of a book after one of them, and maybe some before it, as its commands lead to them once more.
     *
     * @param enough ends it; asked between pieces of the journal
     */
    void replay(Listing listing, long after, ExecutionSink sink, BooleanSupplier enough) throws SQLException {
        try (Connection connection = database.getConnection();
             PreparedStatement select = connection.prepareStatement(
                     "select commands from trading_command where instrument = ? and first > ? order by first")) {
            connection.setAutoCommit(false);
            HostedBook kept = snapshot(connection, listing);
            HostedBook begin = kept.reported() <= after ? kept : new HostedBook(listing.rules());
            PriceTimeBook book = begin.book();
            select.setFetchSize(FETCH);
            select.setLong(1, listing.instrument());
            select.setLong(2, begin.sequence());
            Command command = new Command();
            try (ResultSet row = select.executeQuery()) {
                while (!enough.getAsBoolean() && row.next()) {
                    ByteBuffer commands = ByteBuffer.wrap(row.getBytes(1));
                    while (commands.hasRemaining()) {
                        book.apply(command.decode(commands), sink);
                    }
                }
            } finally {
                connection.rollback();
                connection.setAutoCommit(true);
            }
        }
    }

    private static HostedBook snapshot(Connection connection, Listing listing) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(
                "select state from trading_snapshot where instrument = ? order by sequence desc limit 1")) {
            select.setLong(1, listing.instrument());
            try (ResultSet row = select.executeQuery()) {
                return row.next() ? HostedBook.decode(row.getBytes(1)) : new HostedBook(listing.rules());
            }
        }
    }

    /** Keeps a book's state after so many commands, which are in the journal, in place of all but the one before it. */
    void snapshot(long instrument, long sequence, byte[] state) throws SQLException {
        try (Connection connection = database.getConnection();
             PreparedStatement insert = connection.prepareStatement("""
                     with kept as (select max(sequence) as sequence from trading_snapshot where instrument = ?),
                     dropped as (delete from trading_snapshot s using kept where s.instrument = ? and s.sequence < kept.sequence)
                     insert into trading_snapshot (instrument, sequence, state) values (?, ?, ?) on conflict do nothing""")) {
            insert.setLong(1, instrument);
            insert.setLong(2, instrument);
            insert.setLong(3, instrument);
            insert.setLong(4, sequence);
            insert.setBytes(5, state);
            insert.executeUpdate();
        }
    }
}
