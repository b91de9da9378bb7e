package io.partita.member.trading.orders;

import io.partita.member.trading.Listing;
import io.partita.member.trading.PageEnd;
import io.partita.trading.ExecType;
import io.partita.trading.Execution;
import io.partita.trading.Liquidity;
import io.partita.trading.OrderStatus;
import io.partita.trading.Reason;
import io.partita.trading.Side;
import io.partita.trading.risk.TradedInstrument;
import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.PreparedBatch;

/** What became of orders, in PostgreSQL: each report of a trading account once, in the commit that says how far its book's reports have come. Thread-safe. */
public final class OrderHistory {

    private static final String EXECUTION = """
            insert into trading_execution (instrument, sequence, order_id, account, command_id, exec_type, status, reason, side, price, quantity,
                leaves, filled, last_price, last_quantity, trade, liquidity, fee, cash, at)
            values (:instrument, :sequence, :order, :account, :command, :execType, :status, :reason, :side, :price, :quantity,
                :leaves, :filled, :lastPrice, :lastQuantity, :trade, :liquidity, :fee, :cash, :at)""";

    /** A rejected order is there from its reject on; a rejected replacement finds its order and changes nothing. */
    private static final String ENTERED = """
            insert into trading_order (instrument, order_id, account, side, terms, command_id, original_id, price, quantity, leaves, filled, notional,
                status, reason, entered_at, changed_at, reported)
            values (:instrument, :order, :account, :side, :terms, :command, 0, :price, :quantity, :leaves, :filled, 0, :status, :reason, :at, :at, :sequence)
            on conflict (instrument, order_id) do nothing""";

    /** The order's own account, for the row may be that of a reject which only named the order. */
    private static final String CHANGED = """
            update trading_order set leaves = :leaves, filled = :filled, quantity = :quantity, price = :price, status = :status, reason = :reason,
                notional = notional + :notional, changed_at = :at, reported = :sequence,
                terms = case when :terms = 0 then terms else :terms end,
                original_id = case when :execType = 'REPLACED' then command_id else original_id end,
                command_id = case when :execType = 'REPLACED' then :command else command_id end
             where instrument = :instrument and order_id = :order and account = :account""";

    private static final String TRADED = """
            insert into trading_traded as t (account, instrument, cash, units) values (:account, :instrument, :cash, :units)
            on conflict (account, instrument) do update set cash = t.cash + excluded.cash, units = t.units + excluded.units""";

    private static final int QUERY_SECONDS = 10;

    private final Jdbi jdbi;

    OrderHistory(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    /** How far a book's reports have been taken; 0 if it is new. */
    long reported(long instrument) {
        return jdbi.withHandle(handle -> {
            handle.execute("insert into trading_history (instrument, reported) values (?, 0) on conflict do nothing", instrument);
            return handle.createQuery("select reported from trading_history where instrument = :instrument").bind("instrument", instrument)
                    .mapTo(Long.class).one();
        });
    }

    /**
     * Takes reports that follow on what is there.
     *
     * @param from    the reports up to here are there
     * @param to      and then up to here
     * @param reports those in between that are about trading accounts
     * @return false if somebody else has taken them
     */
    boolean take(Listing listing, long from, long to, List<Execution> reports) {
        return jdbi.inTransaction(handle -> {
            if (handle.execute("update trading_history set reported = ? where instrument = ? and reported = ?", to, listing.instrument(), from) == 0) {
                return false;
            }
            if (!reports.isEmpty()) {
                write(handle, EXECUTION, listing, reports);
                orders(handle, listing, reports);
                traded(handle, listing, reports);
            }
            return true;
        });
    }

    /** In their order, in as few batches as that allows: an order is entered before it is changed. */
    private static void orders(Handle handle, Listing listing, List<Execution> reports) {
        int from = 0;
        for (int to = 1; to <= reports.size(); to++) {
            if (to == reports.size() || enters(reports.get(to)) != enters(reports.get(from))) {
                boolean entering = enters(reports.get(from));
                write(handle, entering ? ENTERED : CHANGED, listing, reports.subList(from, to).stream()
                        .filter(report -> entering ? known(report) : true).toList());
                from = to;
            }
        }
    }

    /** One row for each account: rows that go together may not be about the same. */
    private static void traded(Handle handle, Listing listing, List<Execution> reports) {
        Map<Long, Traded> byAccount = new TreeMap<>();
        reports.stream().filter(report -> report.execType() == ExecType.TRADE)
                .forEach(report -> byAccount.merge(report.account(), Traded.of(listing.traded(), report), Traded::plus));
        PreparedBatch batch = handle.prepareBatch(TRADED);
        byAccount.forEach((account, traded) -> batch.bind("account", account).bind("instrument", listing.instrument()).bind("cash", traded.cash)
                .bind("units", traded.units).add());
        if (batch.size() > 0) {
            batch.execute();
        }
    }

    /** @param cash null if some of it is out of range */
    private record Traded(BigDecimal cash, BigDecimal units) {

        static Traded of(TradedInstrument instrument, Execution report) {
            Long cash = OrderHistory.cash(instrument, report);
            return new Traded(cash == null ? null : BigDecimal.valueOf(cash),
                    BigDecimal.valueOf(report.side() == Side.BUY ? report.lastQuantity() : -report.lastQuantity()));
        }

        Traded plus(Traded other) {
            return new Traded(cash == null || other.cash == null ? null : cash.add(other.cash), units.add(other.units));
        }
    }

    /** Null if it is out of range. Such an order came past risk; whose it is trades no more, but what is reported has to be kept, or nothing after it would be. */
    private static Long cash(TradedInstrument instrument, Execution report) {
        if (report.execType() != ExecType.TRADE || !instrument.settles()) {
            return 0L;
        }
        try {
            return instrument.proceeds(report.side(), report.lastPrice(), report.lastQuantity(), report.fee());
        } catch (ArithmeticException outOfRange) {
            return null;
        }
    }

    private static boolean enters(Execution report) {
        return report.execType() == ExecType.NEW || report.execType() == ExecType.REJECTED;
    }

    /** False for rejects of what was about no order at all. */
    private static boolean known(Execution report) {
        return report.orderId() > 0 && report.reason() != Reason.UNKNOWN_ORDER && report.reason() != Reason.NOT_OWNER;
    }

    private static void write(Handle handle, String sql, Listing listing, List<Execution> reports) {
        if (reports.isEmpty()) {
            return;
        }
        TradedInstrument instrument = listing.traded();
        PreparedBatch batch = handle.prepareBatch(sql);
        for (Execution report : reports) {
            boolean trade = report.execType() == ExecType.TRADE;
            batch.bind("instrument", listing.instrument()).bind("sequence", report.sequence()).bind("order", report.orderId())
                    .bind("account", report.account()).bind("command", report.commandId()).bind("execType", report.execType().name())
                    .bind("status", OrderStatus.after(report).name()).bind("reason", report.reason() == Reason.NONE ? null : report.reason().name())
                    .bind("side", report.side().ordinal()).bind("price", report.price()).bind("quantity", report.quantity())
                    .bind("leaves", report.leaves()).bind("filled", report.filled()).bind("lastPrice", report.lastPrice())
                    .bind("lastQuantity", report.lastQuantity()).bind("trade", report.tradeId())
                    .bind("liquidity", report.liquidity() == Liquidity.NONE ? null : report.liquidity().name()).bind("fee", report.fee())
                    .bind("cash", cash(instrument, report)).bind("notional", trade ? report.lastPrice() * report.lastQuantity() : 0)
                    .bind("terms", report.terms()).bind("at", report.time()).add();
        }
        batch.execute();
    }

    // ---- questions -------------------------------------------------------------------------------------------------------

    /** An order; prices in ticks, times in nanoseconds since 1970. */
    public record OrderRow(long instrument, long orderId, long account, int side, int terms, long commandId, long originalId, long price, long quantity,
                    long leaves, long filled, BigDecimal notional, String status, String reason, long enteredAt, long changedAt) {
    }

    /** One report about an order. */
    public record ExecutionRow(long sequence, long commandId, String execType, String status, String reason, long price, long quantity, long leaves,
                        long filled, long lastPrice, long lastQuantity, long trade, String liquidity, long fee, long at) {
    }

    private static final String ORDERS = """
            select instrument, order_id, account, side, terms, command_id, original_id, price, quantity, leaves, filled, notional, status, reason,
                entered_at, changed_at from trading_order
            """;

    /** Orders of an account, the newest first, after the end of a page; with one status or all. */
    List<OrderRow> orders(long account, OrderStatus status, Long instrument, PageEnd end, int limit) {
        return jdbi.withHandle(handle -> handle.createQuery(ORDERS + """
                         where account = :account and entered_at <= :time and (entered_at < :time or (instrument, order_id) > (:after, :order))
                           and (cast(:status as text) is null or status = :status)
                           and (cast(:instrument as bigint) is null or instrument = :instrument)
                         order by entered_at desc, instrument, order_id limit :limit""")
                .bind("account", account).bind("status", status == null ? null : status.name()).bind("instrument", instrument)
                .bind("time", end.time()).bind("after", end.instrument()).bind("order", end.number()).bind("limit", limit)
                .map((row, context) -> order(row)).list());
    }

    /**
     * Orders by a number that their book gave to them, or that a command had which entered or replaced them, the newest first. Both are looked up in the index of each book and each account.
     *
     * @param accounts the only ones whose orders are looked for; empty for all
     */
    List<OrderRow> lookup(long id, Optional<Set<Long>> accounts, int limit) {
        String own = accounts.map(some -> some.stream().map(String::valueOf).collect(Collectors.joining(",", "{", "}"))).orElse(null);
        return jdbi.withHandle(handle -> handle.createQuery("select * from (" + ORDERS + """
                         where instrument in (select instrument from trading_instrument) and order_id = :id
                         union
                        """ + ORDERS + """
                         where account in (select number from trading_account) and command_id = :id) found
                         where cast(:own as bigint[]) is null or account = any(cast(:own as bigint[]))
                         order by entered_at desc, instrument, order_id limit :limit""")
                .setQueryTimeout(QUERY_SECONDS).bind("id", id).bind("own", own).bind("limit", limit).map((row, context) -> order(row)).list());
    }

    Optional<OrderRow> order(long instrument, long orderId) {
        return jdbi.withHandle(handle -> handle.createQuery(ORDERS + " where instrument = :instrument and order_id = :order")
                .bind("instrument", instrument).bind("order", orderId).map((row, context) -> order(row)).findOne());
    }

    private static OrderRow order(ResultSet row) throws SQLException {
        return new OrderRow(row.getLong(1), row.getLong(2), row.getLong(3), row.getInt(4), row.getInt(5), row.getLong(6), row.getLong(7),
                row.getLong(8), row.getLong(9), row.getLong(10), row.getLong(11), row.getBigDecimal(12), row.getString(13), row.getString(14),
                row.getLong(15), row.getLong(16));
    }

    /** Everything that was reported about an order, in order. */
    List<ExecutionRow> executions(long instrument, long orderId, int limit) {
        return jdbi.withHandle(handle -> handle.createQuery("""
                        select sequence, command_id, exec_type, status, reason, price, quantity, leaves, filled, last_price, last_quantity, trade,
                            liquidity, fee, at
                          from trading_execution where instrument = :instrument and order_id = :order order by sequence limit :limit""")
                .bind("instrument", instrument).bind("order", orderId).bind("limit", limit)
                .map((row, context) -> new ExecutionRow(row.getLong(1), row.getLong(2), row.getString(3), row.getString(4), row.getString(5),
                        row.getLong(6), row.getLong(7), row.getLong(8), row.getLong(9), row.getLong(10), row.getLong(11), row.getLong(12),
                        row.getString(13), row.getLong(14), row.getLong(15))).list());
    }
}
