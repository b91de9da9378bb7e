package io.partita.member.risk.counterparty;

import io.partita.member.risk.counterparty.Counterparty.NettingSet;
import io.partita.money.Currency;
import io.partita.risk.LimitRefusal;
import io.partita.risk.LimitRefused;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/** Counterparties in PostgreSQL; changes come one after another. Thread-safe; calls block. */
final class CounterpartyTables {

    static final int MOST_COUNTERPARTIES = 1_000;
    static final int MOST_SETS = 100;
    static final int MOST_ACCOUNTS = 1_000;
    private static final long LOCK = 0x6e65_7474_696e_67L;

    private final Jdbi jdbi;

    CounterpartyTables(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    private interface Change<T> {
        T in(Handle handle);
    }

    private <T> T change(Change<T> change) {
        return jdbi.inTransaction(handle -> {
            handle.createQuery("select cast(pg_advisory_xact_lock(:lock) as text)").bind("lock", LOCK).mapTo(String.class).one();
            return change.in(handle);
        });
    }

    List<Counterparty> all() {
        return jdbi.inTransaction(CounterpartyTables::read);
    }

    Counterparty find(String code) {
        return jdbi.inTransaction(handle -> find(handle, code));
    }

    private static Counterparty find(Handle handle, String code) {
        return read(handle).stream().filter(one -> one.code().equals(code)).findFirst()
                .orElseThrow(() -> new LimitRefused(LimitRefusal.COUNTERPARTY_NOT_FOUND, code));
    }

    private static List<Counterparty> read(Handle handle) {
        Map<String, List<Long>> accounts = new HashMap<>();
        handle.createQuery("select netting_set, array_agg(account order by account) from netting_account group by netting_set")
                .map((row, context) -> Map.entry(row.getString(1), List.of((Long[]) row.getArray(2).getArray()))).forEach(entry -> accounts.put(entry.getKey(), entry.getValue()));
        Map<String, List<NettingSet>> sets = new HashMap<>();
        handle.createQuery("select counterparty, code, enforceable, collateral from netting_set order by code")
                .map((row, context) -> Map.entry(row.getString(1), new NettingSet(row.getString(2), row.getBoolean(3), row.getLong(4),
                        accounts.getOrDefault(row.getString(2), List.of()))))
                .forEach(entry -> sets.merge(entry.getKey(), List.of(entry.getValue()), (one, other) -> Stream.concat(one.stream(), other.stream()).toList()));
        return handle.createQuery("select code, name, currency from counterparty order by code")
                .map((row, context) -> new Counterparty(row.getString(1), row.getString(2), Currency.of(row.getString(3)), sets.getOrDefault(row.getString(1), List.of()))).list();
    }

    /** Keeps a counterparty in place of one of its code; true if there was none. */
    boolean put(String code, String name, Currency currency) {
        return change(handle -> {
            List<Counterparty> all = read(handle);
            Optional<Counterparty> before = all.stream().filter(one -> one.code().equals(code)).findFirst();
            if (before.isEmpty() && all.size() >= MOST_COUNTERPARTIES) {
                throw new LimitRefused(LimitRefusal.TOO_MANY_COUNTERPARTIES, "");
            }
            if (before.filter(one -> one.currency() != currency).isPresent()) {
                // Collateral and limits are in it.
                throw new LimitRefused(LimitRefusal.CURRENCY_DIFFERS, "It is " + before.get().currency() + ".");
            }
            handle.createUpdate("insert into counterparty (code, name, currency) values (:code, :name, :currency) on conflict (code) do update set name = excluded.name")
                    .bind("code", code).bind("name", name).bind("currency", currency.code()).execute();
            return before.isEmpty();
        });
    }

    void remove(String code) {
        change(handle -> {
            if (!find(handle, code).sets().isEmpty()) {
                throw new LimitRefused(LimitRefusal.COUNTERPARTY_NOT_EMPTY, code);
            }
            if (handle.createQuery("select exists (select 1 from risk_limit where scope = 'COUNTERPARTY' and target = :code)").bind("code", code).mapTo(boolean.class).one()) {
                throw new LimitRefused(LimitRefusal.LIMIT_IN_USE, code);
            }
            return handle.execute("delete from counterparty where code = ?", code);
        });
    }

    /** Keeps a netting set in place of one of its code; true if there was none. */
    boolean put(String counterparty, NettingSet set) {
        return change(handle -> {
            Counterparty of = find(handle, counterparty);
            boolean fresh = of.sets().stream().noneMatch(one -> one.code().equals(set.code()));
            if (fresh && of.sets().size() >= MOST_SETS || set.accounts().size() > MOST_ACCOUNTS) {
                throw new LimitRefused(LimitRefusal.TOO_MANY_COUNTERPARTIES, set.code());
            }
            if (fresh && handle.createQuery("select exists (select 1 from netting_set where code = :code)").bind("code", set.code()).mapTo(boolean.class).one()) {
                throw new LimitRefused(LimitRefusal.LIMIT_DIFFERS, set.code() + " is a netting set of another counterparty.");
            }
            handle.createQuery("select account, netting_set from netting_account where account = any(:accounts) and netting_set <> :code")
                    .bindArray("accounts", Long.class, set.accounts()).bind("code", set.code()).map((row, context) -> row.getLong(1) + " is in " + row.getString(2) + ".")
                    .findFirst().ifPresent(taken -> {
                        throw new LimitRefused(LimitRefusal.ACCOUNT_IN_OTHER_SET, taken);
                    });
            handle.createUpdate("""
                            insert into netting_set (code, counterparty, enforceable, collateral) values (:code, :counterparty, :enforceable, :collateral)
                            on conflict (code) do update set enforceable = excluded.enforceable, collateral = excluded.collateral""")
                    .bind("code", set.code()).bind("counterparty", counterparty).bind("enforceable", set.enforceable()).bind("collateral", set.collateral()).execute();
            handle.execute("delete from netting_account where netting_set = ?", set.code());
            handle.createUpdate("insert into netting_account (account, netting_set) select distinct account, :code from unnest(:accounts) as a (account)").bind("code", set.code())
                    .bindArray("accounts", Long.class, set.accounts()).execute();
            return fresh;
        });
    }

    void remove(String counterparty, String set) {
        change(handle -> {
            if (find(handle, counterparty).sets().stream().noneMatch(one -> one.code().equals(set))) {
                throw new LimitRefused(LimitRefusal.NETTING_SET_NOT_FOUND, set);
            }
            handle.execute("delete from netting_account where netting_set = ?", set);
            return handle.execute("delete from netting_set where code = ?", set);
        });
    }
}
