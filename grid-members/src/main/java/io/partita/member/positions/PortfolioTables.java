package io.partita.member.positions;

import io.partita.money.Currency;
import io.partita.positions.PositionRefusal;
import io.partita.positions.PositionRefused;
import io.partita.positions.book.Hierarchy;
import io.partita.positions.book.Portfolio;
import io.partita.positions.book.Portfolio.Level;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/** The hierarchy in PostgreSQL; every change leaves one, or changes nothing. Thread-safe; calls block. */
public final class PortfolioTables {

    /** Changes come one after another, so that what each leaves was checked as a whole. */
    private static final long LOCK = 0x706f_7274_666fL;

    private final Jdbi jdbi;

    PortfolioTables(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    /** All portfolios and their accounts, as they are now. */
    public Hierarchy hierarchy() {
        return jdbi.inTransaction(PortfolioTables::read);
    }

    private static Hierarchy read(Handle handle) {
        return new Hierarchy(portfolios(handle), accounts(handle));
    }

    private static List<Portfolio> portfolios(Handle handle) {
        return handle.createQuery("select * from portfolio").map((row, context) -> new Portfolio(row.getString("code"), row.getString("name"),
                Level.valueOf(row.getString("level")), row.getString("parent"), Currency.of(row.getString("base")))).list();
    }

    private static Map<Long, String> accounts(Handle handle) {
        Map<Long, String> accounts = new HashMap<>();
        handle.createQuery("select account, book from portfolio_account").map((row, context) -> Map.entry(row.getLong("account"),
                row.getString("book")))
                .forEach(entry -> accounts.put(entry.getKey(), entry.getValue()));
        return accounts;
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

    /** Keeps a portfolio, in place of one of its code; true if there was none. Throws {@link PositionRefused} if what results is no hierarchy. */
    public boolean put(Portfolio portfolio) {
        return change(handle -> {
            List<Portfolio> all = new ArrayList<>(portfolios(handle));
            boolean fresh = !all.removeIf(other -> other.code().equals(portfolio.code()));
            all.add(portfolio);
            new Hierarchy(all, accounts(handle));
            handle.createUpdate("""
                    insert into portfolio (code, name, level, parent, base) values (:code, :name, :level, :parent, :base)
                    on conflict (code) do update set name = excluded.name, level = excluded.level, parent = excluded.parent, base = excluded.base""")
                    .bind("code", portfolio.code()).bind("name", portfolio.name()).bind("level", portfolio.level().name())
                    .bind("parent", portfolio.parent())
                    .bind("base", portfolio.base().code()).execute();
            return fresh;
        });
    }

    /** Takes an empty portfolio away. */
    void remove(String code) {
        change(handle -> {
            Hierarchy hierarchy = read(handle);
            if (!hierarchy.below(code).isEmpty() || !hierarchy.accountsOf(code).isEmpty()) {
                throw new PositionRefused(PositionRefusal.PORTFOLIO_NOT_EMPTY, code);
            }
            return handle.createUpdate("delete from portfolio where code = :code").bind("code", code).execute();
        });
    }

    /** Puts accounts into a book; those that are there stay. Throws {@code ACCOUNT_TAKEN} and does nothing if one is in another book. */
    public void addAccounts(String book, Collection<Long> accounts) {
        change(handle -> {
            Map<Long, String> all = new HashMap<>(accounts(handle));
            accounts.forEach(account -> {
                String there = all.put(account, book);
                if (there != null && !there.equals(book)) {
                    throw new PositionRefused(PositionRefusal.ACCOUNT_TAKEN, account + " is in " + there + ".");
                }
            });
            new Hierarchy(portfolios(handle), all);
            return handle.createUpdate("insert into portfolio_account (account, book) select account, :book from unnest(:accounts) as a (account) on conflict do nothing")
                    .bind("book", book).bindArray("accounts", Long.class, List.copyOf(accounts)).execute();
        });
    }

    /** Takes an account out of a book; false if it is not in it. */
    boolean removeAccount(String book, long account) {
        return change(handle -> {
            read(handle).find(book);
            return handle.createUpdate("delete from portfolio_account where account = :account and book = :book").bind("account", account)
                    .bind("book", book).execute() == 1;
        });
    }
}
