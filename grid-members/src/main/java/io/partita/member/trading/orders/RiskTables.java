package io.partita.member.trading.orders;

import io.partita.money.Currency;
import io.partita.trading.risk.Locate;
import io.partita.trading.risk.RiskLimits;
import io.partita.trading.risk.Switches;
import io.partita.trading.settlement.LedgerAccounts;
import io.partita.trading.settlement.TradeStatus;
import io.partita.trading.settlement.TradingAccount;
import java.math.BigDecimal;
import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.StatementContext;
import org.jdbi.v3.core.transaction.TransactionIsolationLevel;

/** What PostgreSQL knows of an account: limits, switches, what the ledger brought it, what it has traded. Thread-safe. */
final class RiskTables {

    /** What came and went on the ledger accounts otherwise than by the trades as they were made, also in periods that were archived. */
    private static final String EXTERNAL = """
            select currency, sum(amount)::bigint from trading_funds
             where account = any(:accounts) and position >= :from
               and batch >= (select coalesce(min(batch), 9223372036854775807) from (select batch from ledger_batch where position >= :from offset 0) later)
             group by currency""";
    /** A further sum is kept when so much has come to the ledger, whoever's it is. */
    private static final long KEPT_AGAIN = 1_000;

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

    /**
     * What an account has traded in one instrument, as far as history has come there.
     *
     * @param fits false if that is out of range; then it is not said here
     */
    record Traded(long cash, long units, boolean fits) {

        static final Traded NOTHING = new Traded(0, 0);

        Traded(long cash, long units) {
            this(cash, units, true);
        }

        static Traded of(BigDecimal cash, BigDecimal units) {
            try {
                return cash == null ? new Traded(0, 0, false) : new Traded(cash.longValueExact(), units.longValueExact());
            } catch (ArithmeticException outOfRange) {
                return new Traded(0, 0, false);
            }
        }
    }

    /**
     * What came and went otherwise than by trading, by currency, up to a position in the ledger.
     *
     * @param there whether a sum is kept that is not much older
     */
    private record Kept(long position, Map<String, Long> amounts, boolean there) {
    }

    /** What an account has traded in one instrument, and the ledger never had. */
    private record Undone(String currency, Currency unit, Traded traded) {
    }

    /**
     * All of it, as of one moment.
     *
     * @param open instruments in which history knows of open orders
     */
    record Known(RiskLimits limits, Switches switches, Funded funded, Map<Long, Traded> traded, Map<Long, Long> reported, Set<Long> open,
                 List<Locate> locates) {
    }

    Known read(TradingAccount account) {
        Kept[] kept = new Kept[1];
        Known known = jdbi.inTransaction(TransactionIsolationLevel.REPEATABLE_READ, handle -> {
            kept[0] = external(handle, account.number());
            return new Known(limits(handle, account.number()), switches(handle, account), funded(handle, account.number(), kept[0]),
                    traded(handle, account.number()), reported(handle), open(handle, account.number()),
                    LocateTables.of(handle, account.number()));
        });
        keep(account.number(), kept[0]);
        return known;
    }

    Funded funded(long account) {
        return jdbi.inTransaction(TransactionIsolationLevel.REPEATABLE_READ, handle -> funded(handle, account, external(handle, account)));
    }

    private static Funded funded(Handle handle, long account, Kept external) {
        Funded funded = new Funded(new HashMap<>(), new HashMap<>());
        external.amounts.forEach((code, amount) -> {
            Currency currency = Currency.of(code);
            if (currency.isUnit()) {
                funded.units.put(currency, amount);
            } else {
                funded.cash.put(code, amount);
            }
        });
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

    /** What was summed up when the account was made before, and what came since. */
    private static Kept external(Handle handle, long account) {
        Kept kept = handle.createQuery("select position, currencies, amounts from trading_funds_kept where account = :account").bind("account", account)
                .map((row, context) -> new Kept(row.getLong(1), amounts((String[]) row.getArray(2).getArray(), (Long[]) row.getArray(3).getArray()), true))
                .findOne().orElseGet(() -> new Kept(0, new TreeMap<>(), false));
        long size = handle.createQuery("select size from ledger_head where one").mapTo(Long.class).one();
        List<Long> ledger = handle.createQuery("select account from ledger_account where account between :first and :last")
                .bind("first", LedgerAccounts.first(account)).bind("last", LedgerAccounts.last(account)).mapTo(Long.class).list();
        if (!ledger.isEmpty() && size > kept.position) {
            handle.createQuery(EXTERNAL).bindArray("accounts", Long.class, ledger).bind("from", kept.position)
                    .map((row, context) -> Map.entry(row.getString(1), row.getLong(2)))
                    .forEach(sum -> kept.amounts.merge(sum.getKey(), sum.getValue(), Math::addExact));
        }
        return new Kept(size, kept.amounts, kept.there && size - kept.position < KEPT_AGAIN);
    }

    private static Map<String, Long> amounts(String[] currencies, Long[] amounts) {
        Map<String, Long> all = new TreeMap<>();
        for (int i = 0; i < currencies.length; i++) {
            all.put(currencies[i], amounts[i]);
        }
        return all;
    }

    /** Sums of the journal never change; so whoever keeps them last keeps no less than the one before. */
    private void keep(long account, Kept kept) {
        if (!kept.there) {
            jdbi.useHandle(handle -> handle.createUpdate("""
                            insert into trading_funds_kept as k (account, position, currencies, amounts) values (:account, :position, :currencies, :amounts)
                            on conflict (account) do update set position = excluded.position, currencies = excluded.currencies, amounts = excluded.amounts
                             where k.position < excluded.position""")
                    .bind("account", account).bind("position", kept.position).bindArray("currencies", String.class, List.copyOf(kept.amounts.keySet()))
                    .bindArray("amounts", Long.class, List.copyOf(kept.amounts.values())).execute());
        }
    }

    private static Set<Long> open(Handle handle, long account) {
        return handle.createQuery("select distinct instrument from trading_order where account = :account and leaves > 0").bind("account", account)
                .mapTo(Long.class).set();
    }

    private static Map<Long, Traded> traded(Handle handle, long account) {
        Map<Long, Traded> traded = new HashMap<>();
        handle.createQuery("select instrument, cash, units from trading_traded where account = :account").bind("account", account)
                .map((row, context) -> Map.entry(row.getLong(1), Traded.of(row.getBigDecimal(2), row.getBigDecimal(3))))
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
        boolean limited = false;
        TreeSet<Long> instruments = new TreeSet<>();
        for (Map.Entry<String, String> on : handle.createQuery("""
                        select kind, target from trading_switch
                         where kind = 'INSTRUMENT' or kind = 'ACCOUNT' and target = :account or kind = 'FIRM' and target = :firm
                        union all select 'LIMIT', '' from risk_hold where account = :number and held""")
                .bind("account", Long.toString(account.number())).bind("number", account.number()).bind("firm", account.firm())
                .map((row, context) -> Map.entry(row.getString(1), row.getString(2))).list()) {
            switch (on.getKey()) {
                case "ACCOUNT" -> own = true;
                case "FIRM" -> firm = true;
                case "LIMIT" -> limited = true;
                default -> instruments.add(Long.parseLong(on.getValue()));
            }
        }
        return new Switches(own, firm, limited, instruments);
    }

    /** Turns a switch, and keeps who did it, and why, in the same commit; one that was turned under the same id before is not turned again. */
    KillSwitches.Event turn(KillSwitches.Turn turn) {
        return jdbi.inTransaction(handle -> {
            Optional<KillSwitches.Event> event = handle.createQuery("""
                            insert into trading_switch_event (kind, target, engaged, flatten, actor, reason, command)
                            values (:kind, :target, :on, :flatten, :actor, :reason, :command)
                            on conflict (command) where command is not null do nothing returning event, kind, target, engaged, flatten, actor, reason, at""")
                    .bind("kind", turn.kind().name()).bind("target", turn.target()).bind("on", turn.engaged()).bind("flatten", turn.flatten())
                    .bind("actor", turn.actor()).bind("reason", turn.reason()).bind("command", turn.id()).map(RiskTables::event).findOne();
            if (event.isEmpty()) {
                return handle.createQuery("select event, kind, target, engaged, flatten, actor, reason, at from trading_switch_event where command = :command")
                        .bind("command", turn.id()).map(RiskTables::event).one();
            }
            handle.execute(turn.engaged() ? "insert into trading_switch values (?, ?) on conflict do nothing"
                    : "delete from trading_switch where kind = ? and target = ?", turn.kind().name(), turn.target());
            return event.get();
        });
    }

    /** Keeps what came of a switch, once. */
    void came(KillSwitches.Outcome outcome) {
        List<KillSwitches.Left> left = outcome.left();
        jdbi.useHandle(handle -> handle.createUpdate("""
                        update trading_switch_event set cancelled = :cancelled, open = :open, closed = :closed, left_accounts = :accounts,
                            left_instruments = :instruments, left_units = :units where event = :event and cancelled is null""")
                .bind("cancelled", outcome.cancelled()).bind("open", outcome.open()).bind("closed", outcome.closed()).bind("event", outcome.event().event())
                .bindArray("accounts", Long.class, left.stream().map(KillSwitches.Left::account).toList())
                .bindArray("instruments", Long.class, left.stream().map(KillSwitches.Left::instrument).toList())
                .bindArray("units", Long.class, left.stream().map(KillSwitches.Left::units).toList()).execute());
    }

    /** What came of a switch; empty until it is known. */
    Optional<KillSwitches.Outcome> outcome(KillSwitches.Event event) {
        return jdbi.withHandle(handle -> handle.createQuery("""
                        select cancelled, open, closed, left_accounts, left_instruments, left_units from trading_switch_event
                         where event = :event and cancelled is not null""")
                .bind("event", event.event()).map((row, context) -> new KillSwitches.Outcome(event, row.getLong(1), row.getLong(2), row.getInt(3),
                        left((Long[]) row.getArray(4).getArray(), (Long[]) row.getArray(5).getArray(), (Long[]) row.getArray(6).getArray()))).findOne());
    }

    private static List<KillSwitches.Left> left(Long[] accounts, Long[] instruments, Long[] units) {
        return IntStream.range(0, accounts.length).mapToObj(i -> new KillSwitches.Left(accounts[i], instruments[i], units[i])).toList();
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

    /** The accounts that have traded an instrument. */
    List<Long> tradersOf(long instrument) {
        return jdbi.withHandle(handle -> handle.createQuery("select account from trading_traded where instrument = :instrument order by account")
                .bind("instrument", instrument).mapTo(Long.class).list());
    }
}
