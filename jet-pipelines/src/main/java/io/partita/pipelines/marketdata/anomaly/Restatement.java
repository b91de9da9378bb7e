package io.partita.pipelines.marketdata.anomaly;

import io.partita.marketdata.anomaly.Observation;
import io.partita.marketdata.bars.CorporateAction;
import java.io.Serial;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongPredicate;

/**
 * Bars in the shares of the first one of an instrument that was seen, as if nothing had been split or paid out since: so what is usual goes on over a corporate
 * action, and none is taken for a jump. The other way round than {@link io.partita.marketdata.bars.AdjustedSeries}, by the same factors. An action counts if
 * it is known when the first bar comes that it counts for. Not thread-safe.
 */
final class Restatement implements Serializable {

    @Serial
    private static final long serialVersionUID = 1;

    private final Map<Long, Basis> bases = new HashMap<>();

    /** @param told actions up to here have been seen @param price of now, by that of then @param shares likewise */
    private record Basis(long told, double price, double shares) implements Serializable {

        @Serial
        private static final long serialVersionUID = 1;

        Basis after(CorporateAction action, Observation bar) {
            return switch (action) {
                case CorporateAction.Split split -> new Basis(told, price * split.now() / split.old(), shares * split.old() / split.now());
                case CorporateAction.Dividend dividend -> new Basis(told, price * (bar.close() + dividend.amount().doubleValue()) / bar.close(), shares);
            };
        }

        Observation of(Observation bar) {
            if (price == 1 && shares == 1) {
                return bar;
            }
            return new Observation(bar.instrument(), bar.time(), price(bar.open()), price(bar.high()), price(bar.low()), price(bar.close()), units(bar.volume()),
                    quote(bar.bid()), quote(bar.ask()), units(bar.bought()), units(bar.sold()));
        }

        private long price(long ticks) {
            return Math.max(1, Math.round(ticks * price));
        }

        private long quote(long ticks) {
            return ticks == 0 ? 0 : price(ticks);
        }

        private long units(long units) {
            return Math.round(units * shares);
        }
    }

    List<Observation> restated(Moment moment) {
        List<Observation> restated = new ArrayList<>(moment.bars().size());
        for (Observation bar : moment.bars()) {
            Basis before = bases.get(bar.instrument());
            Basis basis = before == null ? new Basis(moment.start(), 1, 1) : new Basis(moment.start(), before.price, before.shares);
            for (CorporateAction action : moment.actions().getOrDefault(bar.instrument(), List.of())) {
                if (before != null && action.from() > before.told) {
                    basis = basis.after(action, bar);
                }
            }
            bases.put(bar.instrument(), basis);
            restated.add(basis.of(bar));
        }
        return restated;
    }

    /** Forgets instruments that nobody knows any more. */
    void keep(LongPredicate known) {
        bases.keySet().removeIf(instrument -> !known.test(instrument));
    }
}
