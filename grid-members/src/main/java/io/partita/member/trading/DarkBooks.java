package io.partita.member.trading;

import io.partita.trading.Command;
import io.partita.trading.TradingPhase;
import io.partita.trading.TradingResult;
import io.partita.trading.feed.MarketView;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.BiFunction;
import java.util.function.LongFunction;
import java.util.function.LongSupplier;

/**
 * Tells the dark books of this member what their lit books show best, by a command like any other: so backups, and whoever makes the book from
 * its journal, trade at the same middle. Told again while it does not change, so that it does not get too old; not told while a lit book
 * does not answer, so that it does. One thread looks.
 */
final class DarkBooks {

    private final LongFunction<MarketView> market;
    private final BiFunction<Long, Command, CompletableFuture<List<TradingResult>>> tell;
    private final LongSupplier nanos;
    private final Map<Long, Told> told = new HashMap<>();

    /**
     * @param market best prices of a book, wherever it is; null if it is not loaded, a {@link CompletionException} if it does not answer
     * @param tell   sends a book a command
     * @param nanos  a clock that only runs forward
     */
    DarkBooks(LongFunction<MarketView> market, BiFunction<Long, Command, CompletableFuture<List<TradingResult>>> tell, LongSupplier nanos) {
        this.market = market;
        this.tell = tell;
        this.nanos = nanos;
    }

    /** The best prices of all lit books, in the dark one's ticks; 0 and 0 for none, or if books cross each other. */
    record Best(long bid, long offer) {

        static final Best NONE = new Best(0, 0);
    }

    private record Told(Best best, long at, CompletableFuture<List<TradingResult>> answer) {

        boolean underWay() {
            return !answer.isDone();
        }

        boolean heard() {
            return answer.isDone() && !answer.isCompletedExceptionally() && answer.join().getFirst() instanceof TradingResult.Executed;
        }
    }

    /**
     * One round.
     *
     * @param dark   the dark books of this member
     * @param listed an instrument by its number
     */
    void look(List<Listing> dark, LongFunction<Listing> listed) {
        told.keySet().retainAll(dark.stream().map(Listing::instrument).toList());
        dark.forEach(book -> look(book, listed));
    }

    private void look(Listing dark, LongFunction<Listing> listed) {
        Told last = told.get(dark.instrument());
        if (last != null && last.underWay()) {
            return;
        }
        Best best;
        try {
            best = best(dark, listed);
        } catch (CompletionException unanswered) {
            return;
        }
        long now = nanos.getAsLong();
        boolean known = last != null && last.heard() && last.best.equals(best) && (best.equals(Best.NONE) || now - last.at < dark.rules().midLife() / 2);
        if (!known) {
            told.put(dark.instrument(), new Told(best, now, tell.apply(dark.instrument(), new Command().lit(best.bid, best.offer))));
        }
    }

    /** Of the lit books that are served and trade continuously. */
    private Best best(Listing dark, LongFunction<Listing> listed) {
        long bid = 0;
        long offer = Long.MAX_VALUE;
        for (long instrument : dark.lit()) {
            MarketView view = market.apply(instrument);
            if (view == null || view.stale() || view.phase() != TradingPhase.CONTINUOUS) {
                continue;
            }
            int decimals = dark.priceScale() - listed.apply(instrument).priceScale();
            bid = view.bids().length == 0 ? bid : Math.max(bid, ticks(view.bids()[0], decimals));
            offer = view.offers().length == 0 ? offer : Math.min(offer, ticks(view.offers()[0], decimals));
        }
        return bid == 0 || bid > offer || offer > dark.rules().maxPrice() ? Best.NONE : new Best(bid, offer);
    }

    /** A price with more decimals; of one that no book can have, the largest number. */
    private static long ticks(long price, int decimals) {
        long ticks = price;
        for (int i = 0; i < decimals; i++) {
            ticks = ticks > Long.MAX_VALUE / 10 ? Long.MAX_VALUE : ticks * 10;
        }
        return ticks;
    }
}
