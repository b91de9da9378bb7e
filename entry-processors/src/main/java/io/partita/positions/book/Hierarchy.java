package io.partita.positions.book;

import io.partita.positions.PositionRefusal;
import io.partita.positions.PositionRefused;
import io.partita.positions.book.Portfolio.Level;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;

/**
 * Firms, their desks, their books, and the accounts of those. A parent is one level higher, so that there can be no circle; an account is in one
 * book. Immutable.
 */
public final class Hierarchy {

    public static final int MOST_PORTFOLIOS = 10_000;
    public static final int MOST_ACCOUNTS = 100_000;

    private final Map<String, Portfolio> portfolios = new TreeMap<>();
    private final Map<String, List<String>> below = new HashMap<>();
    private final Map<Long, String> books;
    private final Map<String, NavigableSet<Long>> accounts = new HashMap<>();

    /**
     * @param books of each account the code of its book
     * @throws PositionRefused if they are no hierarchy
     */
    public Hierarchy(Collection<Portfolio> portfolios, Map<Long, String> books) {
        if (portfolios.size() > MOST_PORTFOLIOS) {
            throw new PositionRefused(PositionRefusal.TOO_MANY_PORTFOLIOS, "");
        }
        if (books.size() > MOST_ACCOUNTS) {
            throw new PositionRefused(PositionRefusal.TOO_MANY_ACCOUNTS, "");
        }
        portfolios.forEach(portfolio -> this.portfolios.put(portfolio.code(), portfolio));
        this.books = Map.copyOf(books);
        this.portfolios.values().forEach(this::hang);
        books.forEach(this::place);
    }

    private void hang(Portfolio portfolio) {
        if (portfolio.level() != Level.FIRM) {
            Portfolio parent = find(portfolio.parent());
            if (parent.level().ordinal() != portfolio.level().ordinal() + 1) {
                throw new PositionRefused(PositionRefusal.PARENT_NOT_ABOVE, portfolio.code() + " is a " + portfolio.level() + ", " + parent.code()
                        + " a " + parent.level() + ".");
            }
            if (parent.base() != portfolio.base()) {
                throw new PositionRefused(PositionRefusal.BASE_DIFFERS, portfolio.code() + " has " + portfolio.base() + ", " + parent.code() + " has "
                        + parent.base() + ".");
            }
            below.computeIfAbsent(parent.code(), none -> new ArrayList<>()).add(portfolio.code());
        }
    }

    private void place(long account, String book) {
        if (account <= 0) {
            throw new PositionRefused(PositionRefusal.MALFORMED_ACCOUNT, Long.toString(account));
        }
        if (find(book).level() != Level.BOOK) {
            throw new PositionRefused(PositionRefusal.NOT_A_BOOK, book + " is a " + find(book).level() + ".");
        }
        accounts.computeIfAbsent(book, none -> new TreeSet<>()).add(account);
    }

    /** A portfolio; throws {@code PORTFOLIO_NOT_FOUND}. */
    public Portfolio find(String code) {
        Portfolio found = portfolios.get(code);
        if (found == null) {
            throw new PositionRefused(PositionRefusal.PORTFOLIO_NOT_FOUND, code + " is no portfolio.");
        }
        return found;
    }

    /** All, by code. */
    public Collection<Portfolio> all() {
        return List.copyOf(portfolios.values());
    }

    /** Those right below one, by code. */
    public List<Portfolio> below(String code) {
        return below.getOrDefault(find(code).code(), List.of()).stream().map(portfolios::get).toList();
    }

    /** The accounts right in a book, ascending. */
    public List<Long> accountsOf(String book) {
        return List.copyOf(accounts.getOrDefault(find(book).code(), new TreeSet<>()));
    }

    /** All accounts in a portfolio or below it, ascending. */
    public List<Long> accountsUnder(String code) {
        TreeSet<Long> all = new TreeSet<>();
        collect(find(code), all);
        return List.copyOf(all);
    }

    private void collect(Portfolio portfolio, TreeSet<Long> into) {
        into.addAll(accounts.getOrDefault(portfolio.code(), new TreeSet<>()));
        below(portfolio.code()).forEach(child -> collect(child, into));
    }

    /** The portfolios of an account: its book, the desk of that, the firm; none for an account that is in no book. */
    public List<Portfolio> path(long account) {
        List<Portfolio> path = new ArrayList<>();
        for (String code = books.get(account); code != null; code = path.getLast().parent()) {
            path.add(portfolios.get(code));
        }
        return path;
    }

    /**
     * Figures of a portfolio and of all below it, the highest first: each the sum of those right below it, and of its accounts. Since each is a sum
     * of whole minor units of one currency, it equals the sum over its accounts whatever the way.
     *
     * @param ofAccount the figures of an account; asked once for each
     */
    public Map<String, Totals> rollUp(String code, Function<Long, Totals> ofAccount) {
        Map<String, Totals> sums = new LinkedHashMap<>();
        sum(find(code), ofAccount, sums);
        return sums;
    }

    private Totals sum(Portfolio portfolio, Function<Long, Totals> ofAccount, Map<String, Totals> sums) {
        sums.put(portfolio.code(), Totals.ZERO);
        Totals total = Totals.ZERO;
        for (Portfolio child : below(portfolio.code())) {
            total = total.plus(sum(child, ofAccount, sums));
        }
        for (long account : accounts.getOrDefault(portfolio.code(), new TreeSet<>())) {
            total = total.plus(ofAccount.apply(account));
        }
        sums.put(portfolio.code(), total);
        return total;
    }
}
