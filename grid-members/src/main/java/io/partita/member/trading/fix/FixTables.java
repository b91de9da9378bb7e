package io.partita.member.trading.fix;

import io.partita.trading.Execution;
import java.nio.ByteBuffer;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/** Requests, orders and reports of sessions in PostgreSQL. Thread-safe. */
final class FixTables {

    private final Jdbi jdbi;

    FixTables(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    /**
     * A ClOrdID and what was asked for under it.
     *
     * @param kind    MsgType
     * @param origin  OrigClOrdID, null for none
     * @param orderId in its book; 0 until it is known
     * @param terms   side, type and time in force
     */
    record Request(String clOrdId, long command, char kind, String origin, long instrument, long orderId, long account, int terms) {

        Request ordered(long order) {
            return new Request(clOrdId, command, kind, origin, instrument, order, account, terms);
        }
    }

    /** An untold report. */
    record Untold(long instrument, Execution report) {
    }

    // ---- requests --------------------------------------------------------------------------------------------------------

    /** Notes a request before its command goes anywhere; false if the ClOrdID has been used. */
    boolean note(int session, Request request) {
        return jdbi.withHandle(handle -> handle.execute("""
                insert into fix_request (session, cl_ord_id, command, kind, origin, instrument, order_id, account, terms)
                values (?, ?, ?, ?, ?, ?, nullif(?, 0), ?, ?) on conflict do nothing""", session, request.clOrdId, request.command,
                String.valueOf(request.kind), request.origin, request.instrument, request.orderId, request.account, request.terms)) == 1;
    }

    /** The command never reached its book, so its ClOrdID is free again. */
    static void forget(Handle handle, int session, String clOrdId) {
        handle.execute("delete from fix_request where session = ? and cl_ord_id = ?", session, clOrdId);
    }

    /** The book has given the order a number. */
    void numbered(int session, String clOrdId, long order) {
        jdbi.useHandle(handle -> handle.execute("update fix_request set order_id = ? where session = ? and cl_ord_id = ?", order, session, clOrdId));
    }

    Optional<Request> request(int session, String clOrdId) {
        return jdbi.withHandle(handle -> handle.select("select * from fix_request where session = ? and cl_ord_id = ?", session, clOrdId)
                .map((row, context) -> request(row)).findOne());
    }

    Optional<Request> request(int session, long command) {
        return jdbi.withHandle(handle -> handle.select("select * from fix_request where session = ? and command = ?", session, command)
                .map((row, context) -> request(row)).findOne());
    }

    private static Request request(ResultSet row) throws SQLException {
        return new Request(row.getString("cl_ord_id"), row.getLong("command"), row.getString("kind").charAt(0), row.getString("origin"),
                row.getLong("instrument"), row.getLong("order_id"), row.getLong("account"), row.getInt("terms"));
    }

    /** All instruments that a session has ever had an order in. */
    List<Long> instruments(int session) {
        return jdbi.withHandle(handle -> handle.select("select distinct instrument from fix_request where session = ? and kind = 'D'", session)
                .mapTo(Long.class).list());
    }

    boolean ordered(long instrument) {
        return jdbi.withHandle(handle -> handle.select("select exists (select 1 from fix_request where instrument = ?)", instrument)
                .mapTo(Boolean.class).one());
    }

    // ---- orders ----------------------------------------------------------------------------------------------------------

    Optional<FixOrder> order(int session, long instrument, long order) {
        return jdbi.withHandle(handle -> handle.select("select * from fix_order where session = ? and instrument = ? and order_id = ?",
                session, instrument, order).map((row, context) -> new FixOrder(row.getLong("instrument"), row.getLong("order_id"),
                row.getString("cl_ord_id"), row.getLong("account"), row.getInt("terms"), row.getLong("price"), row.getLong("quantity"),
                row.getLong("filled"), row.getLong("notional"), row.getString("status").charAt(0))).findOne());
    }

    static void keep(Handle handle, int session, FixOrder order) {
        handle.execute("""
                insert into fix_order (session, instrument, order_id, cl_ord_id, account, terms, price, quantity, filled, notional, status)
                values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                on conflict (session, instrument, order_id) do update set cl_ord_id = excluded.cl_ord_id, terms = excluded.terms,
                    price = excluded.price, quantity = excluded.quantity, filled = excluded.filled, notional = excluded.notional,
                    status = excluded.status""", session, order.instrument(), order.orderId(), order.clOrdId(), order.account(), order.terms(),
                order.price(), order.quantity(), order.filled(), order.notional(), String.valueOf(order.status()));
    }

    // ---- reports ---------------------------------------------------------------------------------------------------------

    /** What a session has not been told yet: of each book in its order. */
    List<Untold> untold(int session, int most) {
        return jdbi.withHandle(handle -> handle.select("""
                select r.instrument, r.report from fix_report r left join fix_told t using (session, instrument)
                 where r.session = ? and r.sequence > coalesce(t.reported, 0) order by r.instrument, r.sequence limit ?""", session, most)
                .map((row, context) -> new Untold(row.getLong(1), Execution.decode(ByteBuffer.wrap(row.getBytes(2))))).list());
    }

    /** A session has been told what a book reported, up to here. */
    static void told(Handle handle, int session, long instrument, long reported) {
        handle.execute("""
                insert into fix_told (session, instrument, reported) values (?, ?, ?)
                on conflict (session, instrument) do update set reported = excluded.reported""", session, instrument, reported);
        handle.execute("delete from fix_report where session = ? and instrument = ? and sequence <= ?", session, instrument, reported);
    }

    /** Up to where the reports of a book have been looked through. */
    Optional<Long> reported(long instrument) {
        return jdbi.withHandle(handle -> handle.select("select reported from fix_book where instrument = ?", instrument).mapTo(Long.class).findOne());
    }

    /** Keeps reports for their sessions, and that a book's have been looked through up to one of them. */
    void collected(long instrument, long reported, List<Execution> reports) {
        jdbi.useTransaction(handle -> {
            if (!reports.isEmpty()) {
                var batch = handle.prepareBatch("""
                        insert into fix_report (instrument, sequence, session, report) values (?, ?, ?, ?) on conflict do nothing""");
                ByteBuffer bytes = ByteBuffer.allocate(Execution.MAX_BYTES);
                for (Execution report : reports) {
                    bytes.clear();
                    Execution.encode(report, bytes);
                    byte[] encoded = new byte[bytes.flip().remaining()];
                    bytes.get(encoded);
                    batch.add(instrument, report.sequence(), report.session(), encoded);
                }
                batch.execute();
            }
            handle.execute("""
                    insert into fix_book (instrument, reported) values (?, ?)
                    on conflict (instrument) do update set reported = greatest(fix_book.reported, excluded.reported)""", instrument, reported);
        });
    }
}
