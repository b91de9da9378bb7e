package io.partita.member.risk.counterparty;

import io.partita.member.positions.PositionBook;
import io.partita.member.positions.Prices;
import io.partita.member.positions.RateHistory;
import io.partita.member.risk.counterparty.Counterparty.NettingSet;
import io.partita.money.Currency;
import io.partita.positions.PositionRefusal;
import io.partita.positions.PositionRefused;
import io.partita.positions.book.Totals;
import io.partita.positions.book.Valued;
import io.partita.positions.lots.Holding.Method;
import io.partita.positions.product.Future;
import io.partita.positions.product.FxForward;
import io.partita.positions.product.Product;
import io.partita.positions.product.VanillaOption;
import io.partita.risk.counterparty.AddOn;
import io.partita.risk.counterparty.Contract;
import io.partita.risk.counterparty.Exposure;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Exposure to counterparties by the positions and prices of a day. Options, futures and forwards are owed; what was paid for and delivered is not. Thread-safe; calls block. */
public final class CounterpartyBook {

    private static final String RATE = ".{3}/.{3}";

    private final CounterpartyTables tables;
    private final PositionBook book;
    private final Prices prices;

    CounterpartyBook(CounterpartyTables tables, PositionBook book, Prices prices) {
        this.tables = tables;
        this.book = book;
        this.prices = prices;
    }

    /**
     * The exposure to a counterparty.
     *
     * @param sets       of each netting set, by its code
     * @param unpricedOf each the contracts without a price or a rate, which are in no exposure
     */
    public record Exposed(Counterparty counterparty, Map<String, Exposure> sets, Map<String, Integer> unpricedOf) {

        public Exposure total() {
            return sets.values().stream().reduce(Exposure.NONE, Exposure::plus);
        }

        public int unpriced() {
            return unpricedOf.values().stream().mapToInt(Integer::intValue).sum();
        }
    }

    /** All of them, by code, without their exposures. */
    public List<Counterparty> all() {
        return tables.all();
    }

    /** One of them, if there is one of that code. */
    public Optional<Counterparty> find(String code) {
        return tables.all().stream().filter(one -> one.code().equals(code)).findFirst();
    }

    CounterpartyTables tables() {
        return tables;
    }

    /**
     * The exposure to a counterparty on a day.
     *
     * @throws io.partita.risk.LimitRefused {@code COUNTERPARTY_NOT_FOUND}
     * @throws PositionRefused as {@link PositionBook#value}
     * @throws ArithmeticException if a sum does not fit
     */
    public Exposed exposure(String code, LocalDate day) {
        return exposure(tables.find(code), day);
    }

    Exposed exposure(Counterparty counterparty, LocalDate day) {
        Map<String, Exposure> sets = new LinkedHashMap<>();
        Map<String, Integer> unpriced = new LinkedHashMap<>();
        for (NettingSet set : counterparty.sets()) {
            List<Valued> owed = book.value(set.accounts(), counterparty.currency(), day, Method.AVERAGE).stream()
                    .filter(one -> one.held().holding().quantity() != 0 && isOwed(one.held().product())).toList();
            List<Valued> priced = owed.stream().filter(Valued::priced).toList();
            RateHistory rates = rates(priced, counterparty.currency(), day);
            sets.put(set.code(), Exposure.of(priced.stream().map(one -> contract(one, counterparty.currency(), rates, day)).toList(), set.enforceable(), set.collateral()));
            unpriced.put(set.code(), owed.size() - priced.size());
        }
        return new Exposed(counterparty, sets, unpriced);
    }

    private static boolean isOwed(Product product) {
        return product instanceof VanillaOption || product instanceof Future || product instanceof FxForward;
    }

    private RateHistory rates(List<Valued> priced, Currency base, LocalDate day) {
        Set<String> codes = new TreeSet<>(Set.of(base.code()));
        priced.forEach(one -> codes.add(one.held().product().currency().code()));
        return prices.rates(codes, day);
    }

    private static Contract contract(Valued one, Currency base, RateHistory rates, LocalDate day) {
        Product product = one.held().product();
        long quantity = one.held().holding().quantity();
        long days = product.lastDay() == null ? 0 : Math.max(0, ChronoUnit.DAYS.between(day, product.lastDay()));
        long worth = Totals.of(one).worth();
        return switch (product) {
            // Whoever has written an option is owed nothing more.
            case VanillaOption option -> new Contract(worth, Math.absExact(rates.on(day, product.currency(), base)
                    .orElseThrow(() -> new PositionRefused(PositionRefusal.MISSING_RATE, product.currency() + " to " + base))
                    .of(product.worth(quantity, option.strike(), day))), quantity < 0 ? AddOn.NONE : addOn(option.underlying()), days);
            case Future future -> new Contract(worth, Math.absExact(one.worth().base()), addOn(future.underlying()), days);
            default -> new Contract(worth, Math.absExact(one.worth().base()), AddOn.CURRENCY, days);
        };
    }

    private static AddOn addOn(String underlying) {
        return underlying != null && underlying.matches(RATE) ? AddOn.CURRENCY : AddOn.EQUITY;
    }
}
