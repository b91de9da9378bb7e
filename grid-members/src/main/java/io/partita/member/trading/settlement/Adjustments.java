package io.partita.member.trading.settlement;

import io.partita.trading.settlement.SettlementTerms.Values;
import io.partita.trading.settlement.TradeStatus;
import io.partita.trading.settlement.TradeTransferIds;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import javax.sql.DataSource;

/**
 * Where busts, corrections and further attempts are asked for. What is asked for is written down before anything is done about it; whoever
 * serves the book then does it, and does it again if it is interrupted. Thread-safe.
 */
final class Adjustments {

    private final DataSource database;

    Adjustments(DataSource database) {
        this.database = database;
    }

    /** Asks for a bust or a correction. The same id again gets the first one. */
    Asked ask(long instrument, long number, UUID id, Change change, String note) throws SQLException {
        return locked(instrument, number, connection -> {
            Optional<TradeRecord> trade = TradeQueries.find(connection, instrument, number);
            return trade.isEmpty() ? new Asked.Refused(AdjustmentRefusal.TRADE_NOT_FOUND) : ask(connection, trade.get(), id, change, note);
        });
    }

    private interface Work<T> {
        T run(Connection connection) throws SQLException;
    }

    /** Nobody else asks anything of the trade until this is over. */
    private <T> T locked(long instrument, long number, Work<T> work) throws SQLException {
        try (Connection connection = database.getConnection()) {
            connection.setAutoCommit(false);
            try (PreparedStatement lock = connection.prepareStatement("select 1 from trade where instrument = ? and number = ? for update")) {
                lock.setLong(1, instrument);
                lock.setLong(2, number);
                lock.execute();
                T result = work.run(connection);
                connection.commit();
                return result;
            } finally {
                connection.rollback();
                connection.setAutoCommit(true);
            }
        }
    }

    private static Asked ask(Connection connection, TradeRecord trade, UUID id, Change change, String note) throws SQLException {
        List<TradeRevision> before = TradeQueries.revisions(connection, trade.instrument(), trade.number());
        for (TradeRevision revision : before) {
            if (revision.id().equals(id)) {
                return change.is(revision) ? new Asked.Taken(revision) : new Asked.Refused(AdjustmentRefusal.ID_REUSED);
            }
        }
        AdjustmentRefusal refusal = refusal(trade, before, change.busts());
        if (refusal == null && used(connection, id)) {
            refusal = AdjustmentRefusal.ID_REUSED;
        }
        if (refusal != null) {
            return new Asked.Refused(refusal);
        }
        int next = before.isEmpty() ? 1 : before.getLast().revision() + 1;
        insert(connection, trade, next, id, change.busts(), note, change.of(trade));
        return new Asked.Taken(TradeQueries.revisions(connection, trade.instrument(), trade.number()).getLast());
    }

    private static AdjustmentRefusal refusal(TradeRecord trade, List<TradeRevision> before, boolean busts) {
        if (trade.status() == TradeStatus.BUSTED) {
            return AdjustmentRefusal.TRADE_BUSTED;
        }
        if (trade.status() == TradeStatus.QUEUED || before.stream().anyMatch(revision -> revision.doneAt() == null)) {
            return AdjustmentRefusal.TRADE_BUSY;
        }
        if (!busts && trade.status() != TradeStatus.SETTLED && trade.status() != TradeStatus.PENDING) {
            return AdjustmentRefusal.TRADE_NOT_BOOKED;
        }
        // The last number is left to busts, which are taken however many there were.
        return !busts && before.size() + 1 >= TradeTransferIds.MAX_REVISION ? AdjustmentRefusal.TOO_MANY_CORRECTIONS : null;
    }

    private static boolean used(Connection connection, UUID id) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement("select 1 from trade_revision where id = ?")) {
            select.setObject(1, id);
            try (ResultSet row = select.executeQuery()) {
                return row.next();
            }
        }
    }

    private static void insert(Connection connection, TradeRecord trade, int revision, UUID id, boolean busts, String note, Values values)
            throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement("""
                insert into trade_revision (instrument, number, revision, id, busts, price, quantity, buyer_fee, seller_fee, note)
                values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)""")) {
            insert.setLong(1, trade.instrument());
            insert.setLong(2, trade.number());
            insert.setInt(3, revision);
            insert.setObject(4, id);
            insert.setBoolean(5, busts);
            insert.setLong(6, values.price());
            insert.setLong(7, values.quantity());
            insert.setLong(8, values.buyerFee());
            insert.setLong(9, values.sellerFee());
            insert.setString(10, note);
            insert.executeUpdate();
        }
    }

    /** Has the ledger asked once more about a trade that it refused, or that could not be settled; null if it will be, or need not be. */
    AdjustmentRefusal retry(long instrument, long number) throws SQLException {
        return locked(instrument, number, connection -> {
            Optional<TradeRecord> trade = TradeQueries.find(connection, instrument, number);
            return trade.isEmpty() ? AdjustmentRefusal.TRADE_NOT_FOUND : switch (trade.get().status()) {
                case BUSTED -> AdjustmentRefusal.TRADE_BUSTED;
                case QUEUED, PENDING, SETTLED -> null;
                case FAILED, NOT_SETTLED -> {
                    boolean busy = TradeQueries.revisions(connection, instrument, number).stream().anyMatch(revision -> revision.doneAt() == null);
                    if (!busy) {
                        queue(connection, instrument, number);
                    }
                    yield busy ? AdjustmentRefusal.TRADE_BUSY : null;
                }
            };
        });
    }

    private static void queue(Connection connection, long instrument, long number) throws SQLException {
        try (PreparedStatement update = connection.prepareStatement("update trade set status = ? where instrument = ? and number = ?")) {
            update.setInt(1, TradeStatus.QUEUED.ordinal());
            update.setLong(2, instrument);
            update.setLong(3, number);
            update.executeUpdate();
        }
    }
}
