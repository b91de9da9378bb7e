package io.partita.member.trading.orders;

import io.partita.money.Currency;
import io.partita.trading.risk.RiskLimits;
import io.partita.trading.risk.Switches;
import io.partita.trading.settlement.LedgerAccounts;
import io.partita.trading.settlement.TradeStatus;
import io.partita.trading.settlement.TradingAccount;
import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.StatementContext;
import org.jdbi.v3.core.transaction.TransactionIsolationLevel;

/** What PostgreSQL knows of an account: limits, switches, what the ledger brought it, what it has traded. Thread-safe. */
final class RiskTables {

    /** What came and went on the ledger accounts otherwise than by the trades as they were made, also in periods that were archived. */
    private static final String EXTERNAL = "select currency, sum(amount)::bigint from trading_funds where account = any(:accounts) group by currency";

    /** What executions brought whose trades were undone before the ledger had them: of any other the ledger has the bust. */
    private static final String NEVER_BOOKED = """
            select i.currency, i.unit, sum(e.cash)::bigint, sum(case when e.side = 0 then e.last_quantity else -e.last_quantity end)::bigint
              from trade t join trading_instrument i using (instrument)
              join trading_execution e on e.instrument = t.instrument and e.order_id in (t.buyer_order, t.seller_order) and e.trade = t.number
             where (t.buyer = :account or t.seller = :account) and t.status = %d and t.place is null and not t.set_aside
               and e.account = :account and e.exec_type = 'TRADE'
             group by i.currency, i.unit""".formatted(TradeStatus.BUSTED.ordinal());

    private final Jdbi jdbi;

    RiskTables(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    /** Amounts by currency of the ledger; holdings have units for currencies. */
    record Funded(Map<String, Long> cash, Map<Currency, Long> units) {
    }

    /** What an account has traded in one instrument, as far as history has come there. */
    record Traded(long cash, long units) {

        static final Traded NOTHING = new Traded(0, 0);
    }

    /** What an account has traded in one instrument, and the ledger never had. */
    private record Undone(String currency, Currency unit, Traded traded) {
    }

    /** All of it, as of one moment. */
    record Known(RiskLimits limits, Switches switches, Funded funded, Map<Long, Traded> traded, Map<Long, Long> reported) {
    }

    Known read(TradingAccount account) {
        return jdbi.inTransaction(TransactionIsolationLevel.REPEATABLE_READ, handle -> new Known(limits(handle, account.number()),
                switches(handle, account), funded(handle, account.number()), traded(handle, account.number()), reported(handle)));
    }

    Funded funded(long account) {
        return jdbi.withHandle(handle -> funded(handle, account));
    }

    private static Funded funded(Handle handle, long account) {
        Funded funded = new Funded(new HashMap<>(), new HashMap<>());
        external(handle, account, funded);
        handle.createQuery(NEVER_BOOKED).bind("account", account)
                .map((row, context) -> new Undone(row.getString(1), Currency.unit(row.getInt(2)), new Traded(row.getLong(3), row.getLong(4))))
                .forEach(undone -> {
                    if (undone.traded.cash != 0) {
                        funded.cash.merge(undone.currency, -undone.traded.cash, Math::addExact);
                    }
                    funded.units.merge(undone.unit, -undone.traded.units, Math::addExact);
                });
        return funded;
    }

    private static void external(Handle handle, long account, Funded funded) {
        List<Long> ledger = handle.createQuery("select account from ledger_account where account between :first and :last")
                .bind("first", LedgerAccounts.first(account)).bind("last", LedgerAccounts.last(account)).mapTo(Long.class).list();
        if (!ledger.isEmpty()) {
            handle.createQuery(EXTERNAL).bindArray("accounts", Long.class, ledger).map((row, context) -> Map.entry(row.getString(1), row.getLong(2)))
                    .forEach(sum -> {
                        Currency currency = Currency.of(sum.getKey());
                        if (currency.isUnit()) {
                            funded.units.put(currency, sum.getValue());
                        } else {
                            funded.cash.put(currency.code(), sum.getValue());
                        }
                    });
        }
    }

    private static Map<Long, Traded> traded(Handle handle, long account) {
        Map<Long, Traded> traded = new HashMap<>();
        handle.createQuery("""
                        select instrument, sum(cash)::bigint, sum(case when side = 0 then last_quantity else -last_quantity end)::bigint
                          from trading_execution where account = :account and exec_type = 'TRADE' group by instrument""")
                .bind("account", account).map((row, context) -> Map.entry(row.getLong(1), new Traded(row.getLong(2), row.getLong(3))))
                .forEach(entry -> traded.put(entry.getKey(), entry.getValue()));
        return traded;
    }

    private static Map<Long, Long> reported(Handle handle) {
        Map<Long, Long> reported = new HashMap<>();
        handle.createQuery("select instrument, reported from trading_history").map((row, context) -> Map.entry(row.getLong(1), row.getLong(2)))
                .forEach(entry -> reported.put(entry.getKey(), entry.getValue()));
        return reported;
    }

    // ---- limits ----------------------------------------------------------------------------------------------------------

    RiskLimits limits(long account) {
        return jdbi.withHandle(handle -> limits(handle, account));
    }

    private static RiskLimits limits(Handle handle, long account) {
        return handle.createQuery("""
                        select credit, max_position, max_short, concentration, price_deviation, max_quantity, max_notional, orders_per_second,
                            market_margin, restricted
                          from trading_limits where account = :account""")
                .bind("account", account).map((row, context) -> new RiskLimits(row.getLong(1), row.getLong(2), row.getLong(3), row.getInt(4),
                        row.getInt(5), row.getLong(6), row.getLong(7), row.getInt(8), row.getInt(9), numbers(row.getArray(10))))
                .findOne().orElseGet(() -> handle.createQuery("select margin from trading_account where number = :account")
                        .bind("account", account).mapTo(Boolean.class).findOne().orElse(false) ? RiskLimits.MARGIN : RiskLimits.NONE);
    }

    private static SortedSet<Long> numbers(Array array) throws SQLException {
        return new TreeSet<>(List.of((Long[]) array.getArray()));
    }

    void limits(long account, RiskLimits limits) {
        jdbi.useHandle(handle -> handle.createUpdate("""
                        insert into trading_limits values (:account, :credit, :maxPosition, :maxShort, :concentration, :priceDeviation, :maxQuantity,
                            :maxNotional, :ordersPerSecond, :marketMargin, :instruments)
                        on conflict (account) do update set credit = excluded.credit, max_position = excluded.max_position,
                            max_short = excluded.max_short, concentration = excluded.concentration, price_deviation = excluded.price_deviation,
                            max_quantity = excluded.max_quantity, max_notional = excluded.max_notional,
                            orders_per_second = excluded.orders_per_second, market_margin = excluded.market_margin, restricted = excluded.restricted""")
                .bind("account", account).bind("credit", limits.credit()).bind("maxPosition", limits.maxPosition()).bind("maxShort", limits.maxShort())
                .bind("concentration", limits.concentration()).bind("priceDeviation", limits.priceDeviation()).bind("maxQuantity", limits.maxQuantity())
                .bind("maxNotional", limits.maxNotional()).bind("ordersPerSecond", limits.ordersPerSecond()).bind("marketMargin", limits.marketMargin())
                .bindArray("instruments", Long.class, List.copyOf(limits.restricted())).execute());
    }

    // ---- switches --------------------------------------------------------------------------------------------------------

    Switches switches(TradingAccount account) {
        return jdbi.withHandle(handle -> switches(handle, account));
    }

    private static Switches switches(Handle handle, TradingAccount account) {
        boolean own = false;
        boolean firm = false;
        TreeSet<Long> instruments = new TreeSet<>();
        for (Map.Entry<String, String> on : handle.createQuery("""
                        select kind, target from trading_switch
                         where kind = 'INSTRUMENT' or kind = 'ACCOUNT' and target = :account or kind = 'FIRM' and target = :firm""")
                .bind("account", Long.toString(account.number())).bind("firm", account.firm())
                .map((row, context) -> Map.entry(row.getString(1), row.getString(2))).list()) {
            switch (KillSwitches.Kind.valueOf(on.getKey())) {
                case ACCOUNT -> own = true;
                case FIRM -> firm = true;
                case INSTRUMENT -> instruments.add(Long.parseLong(on.getValue()));
            }
        }
        return new Switches(own, firm, instruments);
    }

    /** Puts a switch on or off, and keeps who did it, and why, in the same commit. */
    KillSwitches.Event engage(KillSwitches.Kind kind, String target, boolean on, boolean flatten, String actor, String reason) {
        return jdbi.inTransaction(handle -> {
            if (on) {
                handle.execute("insert into trading_switch values (?, ?) on conflict do nothing", kind.name(), target);
            } else {
                handle.execute("delete from trading_switch where kind = ? and target = ?", kind.name(), target);
            }
            return handle.createQuery("""
                            insert into trading_switch_event (kind, target, engaged, flatten, actor, reason)
                            values (:kind, :target, :on, :flatten, :actor, :reason) returning event, at""")
                    .bind("kind", kind.name()).bind("target", target).bind("on", on).bind("flatten", flatten).bind("actor", actor).bind("reason", reason)
                    .map((row, context) -> new KillSwitches.Event(row.getLong(1), kind, target, on, flatten, actor, reason,
                            row.getTimestamp(2).toInstant())).one();
        });
    }

    /** Whether a switch is on. */
    boolean engaged(KillSwitches.Kind kind, String target) {
        return jdbi.withHandle(handle -> handle.createQuery("select exists (select 1 from trading_switch where kind = :kind and target = :target)")
                .bind("kind", kind.name()).bind("target", target).mapTo(Boolean.class).one());
    }

    /** What was done with switches, the newest first. */
    List<KillSwitches.Event> events(long before, int limit) {
        return jdbi.withHandle(handle -> handle.createQuery("""
                        select event, kind, target, engaged, flatten, actor, reason, at from trading_switch_event where event < :before
                         order by event desc limit :limit""")
                .bind("before", before).bind("limit", limit).map(RiskTables::event).list());
    }

    /** The switches that are on, each as it was engaged last; the newest first. */
    List<KillSwitches.Event> engaged(int limit) {
        return jdbi.withHandle(handle -> handle.createQuery("""
                        select event, kind, target, engaged, flatten, actor, reason, at from trading_switch_event where event in
                               (select max(event) from trading_switch join trading_switch_event using (kind, target) group by kind, target)
                         order by event desc limit :limit""")
                .bind("limit", limit).map(RiskTables::event).list());
    }

    private static KillSwitches.Event event(ResultSet row, StatementContext context) throws SQLException {
        return new KillSwitches.Event(row.getLong(1), KillSwitches.Kind.valueOf(row.getString(2)), row.getString(3), row.getBoolean(4), row.getBoolean(5),
                row.getString(6), row.getString(7), row.getTimestamp(8).toInstant());
    }

    /** The accounts of a firm. */
    List<Long> ofFirm(String firm) {
        return jdbi.withHandle(handle -> handle.createQuery("select number from trading_account where firm = :firm order by number")
                .bind("firm", firm).mapTo(Long.class).list());
    }

    /** The accounts that have traded an instrument: a look into an index for each account, however much they have traded. */
    List<Long> tradersOf(long instrument) {
        return jdbi.withHandle(handle -> handle.createQuery("""
                        select a.number from trading_account a where exists (
                            select 1 from trading_execution e where e.account = a.number and e.instrument = :instrument and e.exec_type = 'TRADE')
                         order by a.number""")
                .bind("instrument", instrument).mapTo(Long.class).list());
    }
}
