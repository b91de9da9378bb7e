package io.partita.member.trading.algo;

import io.partita.trading.Side;
import io.partita.trading.algo.Algorithm;
import io.partita.trading.algo.ParentOrder;
import java.math.BigDecimal;
import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.SqlStatement;

/** Parent orders and their children in PostgreSQL. Thread-safe. */
public final class AlgorithmTables {

    private static final String PARENT = """
            select account, id, instrument, side, quantity, price_limit, algorithm, starts, ends, slices, weights, participation, urgency, lot,
                status, reason, filled, notional, arrival, volume_seen, volume
              from trading_algorithm
            """;

    /** A lock of the database: the letters algo. */
    private static final long ADDING = 0x616c676fL;

    private final Jdbi jdbi;

    AlgorithmTables(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    /** How a parent is doing. */
    public enum Status {
        RUNNING, DONE,
        /** Its time was over before all of it was done. */
        EXPIRED,
        CANCELED
    }

    /**
     * A parent order as it stands.
     *
     * @param notional   of what is filled, ticks times units
     * @param arrival    the price when it began, in ticks; 0 for none
     * @param volumeSeen the session's volume when it was last looked at; null before that
     * @param volume     of the market since the start
     */
    public record Parent(ParentOrder order, Status status, String reason, long filled, BigDecimal notional, long arrival, Long volumeSeen, long volume) {
    }

    /** @param orderId null until the book has answered, 0 if it never had it */
    public record Child(int slice, long commandId, long quantity, Long orderId, long filled, String reason) {
    }

    /** What became of a parent that was to be added. */
    enum Added {
        NEW,
        /** The account has a parent with this id. */
        THERE, TOO_MANY
    }

    /** Adds a parent unless so many run already, of the account or in all. */
    Added add(ParentOrder order, int mostOfAccount, int most) {
        return jdbi.inTransaction(handle -> {
            // One after another, so that two do not both take the last place.
            handle.execute("select pg_advisory_xact_lock(?)", ADDING);
            if (find(handle, order.account(), order.id()).isPresent()) {
                return Added.THERE;
            }
            boolean room = handle.createQuery("""
                            select count(*) filter (where account = :account) < :mostOfAccount and count(*) < :most from trading_algorithm where status = 'RUNNING'""")
                    .bind("account", order.account()).bind("mostOfAccount", mostOfAccount).bind("most", most).mapTo(Boolean.class).one();
            if (!room) {
                return Added.TOO_MANY;
            }
            bind(handle.createUpdate("""
                    insert into trading_algorithm (account, id, instrument, side, quantity, price_limit, algorithm, starts, ends, slices, weights,
                        participation, urgency, lot, status)
                    values (:account, :id, :instrument, :side, :quantity, :limit, :algorithm, :starts, :ends, :slices, :weights, :participation, :urgency,
                        :lot, 'RUNNING')"""), order).execute();
            return Added.NEW;
        });
    }

    private static <T extends SqlStatement<T>> T bind(T statement, ParentOrder order) {
        return statement.bind("account", order.account()).bind("id", order.id()).bind("instrument", order.instrument())
                .bind("side", order.side().ordinal()).bind("quantity", order.quantity()).bind("limit", order.limit())
                .bind("algorithm", order.algorithm().ordinal()).bind("starts", order.start()).bind("ends", order.end()).bind("slices", order.slices())
                .bindArray("weights", Integer.class, order.weights()).bind("participation", order.participation()).bind("urgency", order.urgency())
                .bind("lot", order.lot());
    }

    /** Those that run, and those that were ended while the answer to a child was lost. */
    List<Parent> underWay() {
        return jdbi.withHandle(handle -> handle.createQuery(PARENT + """
                        where (account, id) in (select account, id from trading_algorithm where status = 'RUNNING'
                                          union select account, id from trading_algorithm_child where order_id is null)
                        order by account, id""")
                .map((row, context) -> parent(row)).list());
    }

    Optional<Parent> find(long account, long id) {
        return jdbi.withHandle(handle -> find(handle, account, id));
    }

    private static Optional<Parent> find(Handle handle, long account, long id) {
        return handle.createQuery(PARENT + "where account = :account and id = :id").bind("account", account).bind("id", id)
                .map((row, context) -> parent(row)).findOne();
    }

    /** Parents of an account, the latest id first. */
    List<Parent> of(long account, long before, int limit) {
        return jdbi.withHandle(handle -> handle.createQuery(PARENT + "where account = :account and id < :before order by id desc limit :limit")
                .bind("account", account).bind("before", before).bind("limit", limit).map((row, context) -> parent(row)).list());
    }

    private static Parent parent(ResultSet row) throws SQLException {
        ParentOrder order = new ParentOrder(row.getLong(2), row.getLong(1), row.getLong(3), Side.values()[row.getInt(4)], row.getLong(5), row.getLong(6),
                Algorithm.values()[row.getInt(7)], row.getLong(8), row.getLong(9), row.getInt(10), numbers(row.getArray(11)), row.getInt(12),
                row.getInt(13), row.getLong(14));
        return new Parent(order, Status.valueOf(row.getString(15)), row.getString(16), row.getLong(17), row.getBigDecimal(18), row.getLong(19),
                row.getObject(20, Long.class), row.getLong(21));
    }

    private static List<Integer> numbers(Array array) throws SQLException {
        return List.of((Integer[]) array.getArray());
    }

    /** What the market has traded by now. */
    void volume(ParentOrder order, long seen, long volume, long arrival) {
        jdbi.useHandle(handle -> handle.execute("""
                update trading_algorithm set volume_seen = ?, volume = ?, arrival = case when arrival = 0 then ? else arrival end
                 where account = ? and id = ?""", seen, volume, arrival, order.account(), order.id()));
    }

    /** Children by ascending slice. */
    List<Child> children(ParentOrder order) {
        return jdbi.withHandle(handle -> handle.createQuery("""
                        select slice, command_id, quantity, order_id, filled, reason from trading_algorithm_child
                         where account = :account and id = :id order by slice""")
                .bind("account", order.account()).bind("id", order.id()).map((row, context) -> new Child(row.getInt(1), row.getLong(2),
                        row.getLong(3), row.getObject(4, Long.class), row.getLong(5), row.getString(6))).list());
    }

    /** The child that has been sent last; empty before the first. */
    Optional<Child> last(ParentOrder order) {
        return jdbi.withHandle(handle -> handle.createQuery("""
                        select slice, command_id, quantity, order_id, filled, reason from trading_algorithm_child
                         where account = :account and id = :id order by slice desc limit 1""")
                .bind("account", order.account()).bind("id", order.id()).map((row, context) -> new Child(row.getInt(1), row.getLong(2),
                        row.getLong(3), row.getObject(4, Long.class), row.getLong(5), row.getString(6))).findOne());
    }

    /** Keeps a child before it is sent; false if its slice has one, or the parent is not running any more. */
    boolean send(ParentOrder order, int slice, long quantity) {
        return jdbi.withHandle(handle -> handle.execute("""
                insert into trading_algorithm_child (account, id, slice, command_id, quantity)
                select account, id, ?, ?, ? from trading_algorithm where account = ? and id = ? and status = 'RUNNING'
                on conflict do nothing""", slice, order.childId(slice), quantity, order.account(), order.id())) == 1;
    }

    /** What came of a child, once. */
    void answered(ParentOrder order, int slice, long orderId, long filled, BigDecimal notional, String reason) {
        jdbi.useTransaction(handle -> {
            int first = handle.execute("""
                    update trading_algorithm_child set order_id = ?, filled = ?, reason = ? where account = ? and id = ? and slice = ? and order_id is null""",
                    orderId, filled, reason, order.account(), order.id(), slice);
            if (first == 1) {
                handle.execute("update trading_algorithm set filled = filled + ?, notional = notional + ?, reason = ? where account = ? and id = ?",
                        filled, notional, reason, order.account(), order.id());
            }
        });
    }

    /** What came of a child that was sent long ago, as soon as the history of orders has it; false until then. */
    boolean fromHistory(ParentOrder order, int slice) {
        Optional<Child> past = jdbi.withHandle(handle -> handle.createQuery("""
                        select order_id, filled, notional, reason from trading_order
                         where account = :account and instrument = :instrument and command_id = :command and leaves = 0""")
                .bind("account", order.account()).bind("instrument", order.instrument()).bind("command", order.childId(slice))
                .map((row, context) -> new Child(slice, order.childId(slice), row.getBigDecimal(3).longValueExact(), row.getLong(1), row.getLong(2),
                        row.getString(4))).findOne());
        past.ifPresent(found -> answered(order, slice, found.orderId(), found.filled(), BigDecimal.valueOf(found.quantity()), found.reason()));
        return past.isPresent();
    }

    /** Ends a parent that is running. */
    boolean end(ParentOrder order, Status status) {
        return jdbi.withHandle(handle -> handle.execute("update trading_algorithm set status = ? where account = ? and id = ? and status = 'RUNNING'",
                status.name(), order.account(), order.id())) == 1;
    }
}
