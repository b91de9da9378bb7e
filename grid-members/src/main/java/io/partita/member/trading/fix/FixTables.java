package io.partita.member.trading.fix;

import io.partita.trading.Execution;
import java.nio.ByteBuffer;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/** Requests, orders and reports of sessions in PostgreSQL. Thread-safe. */
final class FixTables {

    /** Of what is over so much is swept in one commit. */
    private static final int SWEPT_AT_ONCE = 10_000;

    /** Of a ClOrdID that nobody needs: its order has ended, its session knows, and it has been told all else of that book. */
    private static final String OVER = """
            not exists (select 1 from fix_order o where o.session = q.session and o.instrument = q.instrument and o.order_id = q.order_id
                and o.status in ('0', '1'))
            and not exists (select 1 from fix_report r where r.session = q.session and r.instrument = q.instrument)""";

    private static final String NOTED = """
            insert into fix_request as q (session, cl_ord_id, command, kind, origin, instrument, order_id, account, terms)
            values (?, ?, ?, ?, ?, ?, nullif(?, 0), ?, ?) on conflict (session, cl_ord_id) do nothing""";

    private static final String NOTED_ANEW = NOTED.replace("do nothing", """
            do update set command = excluded.command, kind = excluded.kind, origin = excluded.origin, instrument = excluded.instrument,
                order_id = excluded.order_id, account = excluded.account, terms = excluded.terms, noted_at = excluded.noted_at
             where q.noted_at < date_trunc('day', now(), 'UTC') and""" + ' ') + OVER;

    private final Jdbi jdbi;
    private final HeldDatabase held;

    FixTables(Jdbi jdbi, HeldDatabase held) {
        this.jdbi = jdbi;
        this.held = held;
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

    /** A request as it was noted, and whether by this very message. */
    record Noted(Request request, boolean first) {
    }

    /**
     * Notes a request before its command goes anywhere. A ClOrdID is free on the next day, if its order has ended.
     *
     * @param again the sender says that this may be a repeat
     * @return what is noted under the ClOrdID: this, or what it repeats; empty if the ClOrdID is taken
     */
    Optional<Noted> note(int session, Request request, boolean again) {
        return held.ask(handle -> {
            boolean free = handle.execute(again ? NOTED : NOTED_ANEW, session, request.clOrdId, request.command, String.valueOf(request.kind),
                    request.origin, request.instrument, request.orderId, request.account, request.terms) == 1;
            Request noted = free ? request : find(handle, session, request.clOrdId).orElseThrow();
            // Of one message the command's id is always the same: then it was noted, and the answer was lost.
            boolean first = noted.command == request.command;
            return first || again ? Optional.of(new Noted(noted, first)) : Optional.empty();
        });
    }

    /** The command never reached its book, so its ClOrdID is free again. */
    static void forget(Handle handle, int session, String clOrdId) {
        handle.execute("delete from fix_request where session = ? and cl_ord_id = ?", session, clOrdId);
    }

    /** The book has given the order a number. */
    void numbered(int session, String clOrdId, long order) {
        held.ask(handle -> {
            numbered(handle, session, clOrdId, order);
            return null;
        });
    }

    static void numbered(Handle handle, int session, String clOrdId, long order) {
        handle.execute("update fix_request set order_id = ? where session = ? and cl_ord_id = ?", order, session, clOrdId);
    }

    Optional<Request> request(int session, String clOrdId) {
        return held.ask(handle -> find(handle, session, clOrdId));
    }

    private static Optional<Request> find(Handle handle, int session, String clOrdId) {
        return handle.select("select * from fix_request where session = ? and cl_ord_id = ?", session, clOrdId).map((row, context) -> request(row)).findOne();
    }

    Optional<Request> request(int session, long command) {
        return held.ask(handle -> handle.select("select * from fix_request where session = ? and command = ?", session, command)
                .map((row, context) -> request(row)).findOne());
    }

    private static Request request(ResultSet row) throws SQLException {
        return new Request(row.getString("cl_ord_id"), row.getLong("command"), row.getString("kind").charAt(0), row.getString("origin"),
                row.getLong("instrument"), row.getLong("order_id"), row.getLong("account"), row.getInt("terms"));
    }

    /** All instruments in which a session may have an order. */
    List<Long> instruments(int session) {
        // A look into an index for each instrument: a session may have used millions of ClOrdIDs.
        return held.ask(handle -> handle.select("""
                        select i.instrument from trading_instrument i where exists (
                            select 1 from fix_request q where q.instrument = i.instrument and q.session = ? and q.kind in ('D', 'i'))""", session)
                .mapTo(Long.class).list());
    }

    /**
     * The two orders that an account of a session has as its quote in a book; 0 for none, and they may have ended.
     *
     * @param bid   number of the one that buys
     * @param offer of the one that sells
     */
    record Standing(long account, long instrument, long bid, long offer) {

        static final Standing NONE = new Standing(0, 0, 0, 0);
    }

    Optional<Standing> standing(int session, long account, long instrument) {
        return held.ask(handle -> handle.select("select bid, offer from fix_quote where session = ? and account = ? and instrument = ?", session, account,
                instrument).map((row, context) -> new Standing(account, instrument, row.getLong(1), row.getLong(2))).findOne());
    }

    static void stands(Handle handle, int session, Standing quote) {
        handle.execute("""
                insert into fix_quote (session, account, instrument, bid, offer) values (?, ?, ?, ?, ?)
                on conflict (session, account, instrument) do update set bid = excluded.bid, offer = excluded.offer""", session, quote.account(),
                quote.instrument(), quote.bid(), quote.offer());
    }

    /** Does what is to be noted about quotes, in one commit. */
    void quoted(Consumer<Handle> noted) {
        held.ask(handle -> {
            noted.accept(handle);
            return null;
        });
    }

    boolean ordered(long instrument) {
        return jdbi.withHandle(handle -> handle.select("select exists (select 1 from fix_request where instrument = ?)", instrument)
                .mapTo(Boolean.class).one());
    }

    // ---- orders ----------------------------------------------------------------------------------------------------------

    Optional<FixOrder> order(int session, long instrument, long order) {
        return held.ask(handle -> handle.select("select * from fix_order where session = ? and instrument = ? and order_id = ?",
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
                    status = excluded.status, changed_at = now()""", session, order.instrument(), order.orderId(), order.clOrdId(), order.account(), order.terms(),
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

    /** The same of a report that needs no word: another answer has said it. */
    void passedOver(int session, long instrument, long reported) {
        held.ask(handle -> {
            told(handle, session, instrument, reported);
            return null;
        });
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

    // ---- what is over ----------------------------------------------------------------------------------------------------

    /**
     * Forgets what has been over since before a moment: ClOrdIDs and orders that have ended, and messages, which a session that asks for them
     * is told to skip. Orders that are open, and what is still to be told, stay. In commits of bounded size.
     *
     * @return how many rows
     */
    int sweep(Instant before) {
        int all = 0;
        for (String of : List.of("select q.ctid from fix_request q where q.noted_at < :before and " + OVER,
                "select q.ctid from fix_order q where q.changed_at < :before and q.status not in ('0', '1') "
                        + "and not exists (select 1 from fix_report r where r.session = q.session and r.instrument = q.instrument)",
                "select q.ctid from fix_message q where q.sent_at < :before")) {
            String table = of.substring(of.indexOf("from ") + 5, of.indexOf(" q "));
            int swept;
            do {
                swept = jdbi.inTransaction(handle -> handle.createUpdate("delete from " + table + " where ctid = any(array(" + of + " limit :most))")
                        .bind("before", before).bind("most", SWEPT_AT_ONCE).execute());
                all += swept;
            } while (swept == SWEPT_AT_ONCE);
        }
        return all;
    }
}
