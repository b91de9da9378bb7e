package io.partita.member.positions;

import io.partita.member.trading.Listing;
import io.partita.member.trading.TradingService;
import io.partita.member.trading.settlement.TradeQueries;
import io.partita.member.trading.settlement.TradeQueries.SettledFill;
import io.partita.money.Currency;
import io.partita.positions.Position;
import io.partita.positions.PositionRefused;
import io.partita.positions.book.Held;
import io.partita.positions.fx.Conversion;
import io.partita.positions.fx.FxRates.Pair;
import io.partita.positions.live.PortfolioTruth.AccountPositions;
import io.partita.positions.live.PortfolioTruth.HeldPosition;
import io.partita.positions.lots.PositionEvent.Trade;
import io.partita.positions.product.Product;
import io.partita.trading.settlement.SettlementTerms;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jdbi.v3.core.ConnectionException;

/**
 * Brings what accounts hold further by their new trades alone, so that an account with a million trades is not folded anew for each further one. New trades are taken
 * only if they are of today and sum up to exactly what the settled position has changed by: quantity, cash and fees. A bust, a correction, a trade that was settled
 * late, or one of a product that the account did not have, does not; then the account is read whole. Used by one thread.
 */
final class TradeFollower {

    private static final int MOST_FILLS = 10_000;

    private final TradeQueries trades;
    private final TradingService trading;
    private final Prices prices;
    /** By account and instrument, of accounts of which it is certain that what is known of them has just these trades in it. */
    private final Map<Long, Map<Long, Position>> known = new HashMap<>();
    private final Map<Pair, RateHistory> rates = new HashMap<>();
    private Map<Long, Long> done = Map.of();
    private Map<Long, Long> doneNow = Map.of();

    TradeFollower(TradeQueries trades, TradingService trading, Prices prices) {
        this.trades = trades;
        this.trading = trading;
        this.prices = prices;
    }

    /** A look begins: before it reads anything else. */
    void begin() {
        try {
            doneNow = trades.done();
        } catch (SQLException away) {
            throw new ConnectionException(away);
        }
    }

    /** It has come to its end, and all changes were told. */
    void end() {
        done = doneNow;
    }

    /** Nothing is certain any more. */
    void forget() {
        known.clear();
        rates.clear();
    }

    /** The settled positions of accounts, by account and instrument. */
    Map<Long, Map<Long, Position>> settled(Collection<Long> accounts) {
        Map<Long, Map<Long, Position>> settled = new HashMap<>();
        accounts.forEach(account -> settled.put(account, new HashMap<>()));
        try {
            trades.positions(accounts).forEach(position -> settled.get(position.account()).put(position.instrument(), position));
        } catch (SQLException away) {
            throw new ConnectionException(away);
        }
        return settled;
    }

    /** Accounts were read whole after this was their state; those that have it still are followed from here on. */
    void read(Map<Long, Map<Long, Position>> before) {
        Map<Long, Map<Long, Position>> after = settled(before.keySet());
        before.forEach((account, positions) -> {
            if (positions.equals(after.get(account))) {
                known.put(account, positions);
            } else {
                known.remove(account);
            }
        });
    }

    /**
     * What accounts hold now, as far as their new trades say it.
     *
     * @param accounts what they held before, in the base currency
     * @param names    that count today
     */
    Map<Long, AccountPositions> follow(Map<Long, AccountPositions> accounts, Currency base, LocalDate today, SymbolChanges.Names names) {
        Map<Long, Map<Long, Position>> now = settled(accounts.keySet());
        Map<Long, Set<Long>> changed = new HashMap<>();
        now.forEach((account, positions) -> positions.forEach((instrument, position) -> {
            if (known.containsKey(account) && !position.equals(known.get(account).get(instrument))) {
                changed.computeIfAbsent(instrument, none -> new HashSet<>()).add(account);
            }
        }));
        Map<Long, List<SettledFill>> fills = new HashMap<>();
        changed.forEach((instrument, those) -> fills(instrument, those).ifPresent(found -> fills.put(instrument, found)));
        Map<Long, AccountPositions> followed = new LinkedHashMap<>();
        accounts.forEach((account, before) -> {
            Map<Long, Position> from = known.remove(account);
            if (from != null && !before.refused()) {
                advanced(account, before, new Step(from, now.get(account), fills, base, today, names)).ifPresent(after -> {
                    followed.put(account, after);
                    known.put(account, now.get(account));
                });
            }
        });
        return followed;
    }

    private record Step(Map<Long, Position> from, Map<Long, Position> to, Map<Long, List<SettledFill>> fills, Currency base, LocalDate today, SymbolChanges.Names names) {
    }

    private Optional<List<SettledFill>> fills(long instrument, Set<Long> accounts) {
        SettlementTerms terms = PositionBook.terms(trading.byNumber().get(instrument));
        try {
            return terms == null ? Optional.empty() : trades.settledAfter(instrument, done.getOrDefault(instrument, 0L), accounts, terms, MOST_FILLS);
        } catch (SQLException away) {
            throw new ConnectionException(away);
        }
    }

    private Optional<AccountPositions> advanced(long account, AccountPositions before, Step step) {
        Map<String, HeldPosition> held = new LinkedHashMap<>();
        before.held().forEach(one -> held.put(one.held().product().symbol(), one));
        for (Map.Entry<Long, Position> each : step.to.entrySet()) {
            Position from = step.from.getOrDefault(each.getKey(), Position.none(account, each.getKey()));
            if (!each.getValue().equals(from)) {
                Listing listing = trading.byNumber().get(each.getKey());
                String symbol = listing == null ? "" : listing.symbol();
                HeldPosition one = held.get(symbol);
                boolean plain = one != null && alone(listing) && one.rated() && step.names.of(symbol).equals(symbol) && step.names.before(symbol).isEmpty();
                Optional<HeldPosition> after = plain ? tried(one, from, each.getValue(), step) : Optional.empty();
                if (after.isEmpty()) {
                    return Optional.empty();
                }
                held.put(symbol, after.get());
            }
        }
        return step.to.keySet().containsAll(step.from.keySet()) ? Optional.of(new AccountPositions(List.copyOf(held.values()), before.opening(), false)) : Optional.empty();
    }

    /** Trades of several books of a security are told in an order that each book alone does not know. */
    private boolean alone(Listing listing) {
        return trading.byNumber().values().stream().filter(other -> other.security() == listing.security()).count() == 1;
    }

    private Optional<HeldPosition> tried(HeldPosition one, Position from, Position to, Step step) {
        try {
            return advanced(one, from, to, step);
        } catch (PositionRefused tooLarge) {
            return Optional.empty();
        }
    }

    private Optional<HeldPosition> advanced(HeldPosition one, Position from, Position to, Step step) {
        List<SettledFill> fills = step.fills.getOrDefault(to.instrument(), List.of()).stream().filter(fill -> fill.account() == to.account()
                && fill.fill().place() > from.place() && fill.fill().place() <= to.place()).toList();
        long quantity = 0;
        long cash = 0;
        long fees = 0;
        for (SettledFill fill : fills) {
            quantity += fill.fill().quantity();
            cash += fill.fill().cash();
            fees += fill.fill().fee();
        }
        // Whatever was rounded, cost less profit is what was paid.
        boolean whole = quantity == to.quantity() - from.quantity() && cash == to.cost() - to.realized() - (from.cost() - from.realized()) && fees == to.fees() - from.fees()
                && fills.stream().allMatch(fill -> fill.day().equals(step.today));
        Product product = one.held().product();
        Optional<Conversion> rate = whole ? rate(product.currency(), step) : Optional.empty();
        return rate.map(toBase -> {
            List<Trade> told = new ArrayList<>();
            fills.forEach(fill -> told.add(new Trade(fill.number(), fill.day(), fill.fill().quantity(), fill.fill().cash(), fill.fill().fee(), toBase)));
            return new HeldPosition(new Held(to.account(), product, one.held().holding().apply(told)), true);
        });
    }

    /** Of today; rates that come later are read with all else. */
    private Optional<Conversion> rate(Currency currency, Step step) {
        if (currency == step.base) {
            return Optional.of(Conversion.none(currency));
        }
        // Pairs of the one or the other say all about the way between them.
        return rates.computeIfAbsent(new Pair(currency, step.base), none -> prices.rates(Set.of(currency.code(), step.base.code()), step.today)).on(step.today, currency, step.base);
    }
}
