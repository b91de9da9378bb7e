package io.partita.member.positions;

import io.partita.marketdata.stream.EnteredAction;
import io.partita.member.positions.PositionEvents.ShareAction;
import io.partita.member.streams.CorporateActions;
import io.partita.member.trading.Listing;
import io.partita.member.trading.TradingService;
import io.partita.positions.product.Equity;
import io.partita.positions.product.Price;
import io.partita.positions.product.Product;
import io.partita.time.EpochNanos;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Splits and dividends of shares that are listed, as positions need them. Thread-safe; calls block. */
final class ShareActions {

    private final CorporateActions actions;
    private final TradingService trading;
    private final Prices prices;

    ShareActions(CorporateActions actions, TradingService trading, Prices prices) {
        this.actions = actions;
        this.trading = trading;
        this.prices = prices;
    }

    /** Those of some products up to a day, by symbol; with those that were entered for former names. */
    Map<String, List<ShareAction>> of(Collection<Product> products, SymbolChanges.Names names, LocalDate until) {
        Map<Long, String> symbols = new HashMap<>();
        products.stream().filter(Equity.class::isInstance).map(Product::symbol)
                .forEach(symbol -> Stream.concat(Stream.of(symbol), names.before(symbol).stream())
                .forEach(name -> trading.listing(name).map(Listing::instrument).ifPresent(instrument -> symbols.put(instrument, symbol))));
        Map<String, List<ShareAction>> found = new HashMap<>();
        if (!symbols.isEmpty()) {
            for (EnteredAction action : actions.of(symbols.keySet())) {
                String symbol = symbols.get(action.instrument());
                LocalDate day = LocalDate.ofInstant(EpochNanos.instant(action.from()), ZoneOffset.UTC);
                if (!day.isAfter(until)) {
                    Price close = action.amount() == null ? close(symbol, names, day) : null;
                    found.computeIfAbsent(symbol, none -> new ArrayList<>())
                            .add(new ShareAction(day, action.now(), action.old(), action.amount(), close));
                }
            }
        }
        return found;
    }

    /** The first close of any of its names from a day on; null if there is none yet. */
    private Price close(String symbol, SymbolChanges.Names names, LocalDate from) {
        return Stream.concat(names.before(symbol).reversed().stream(), Stream.of(symbol)).flatMap(name -> prices.firstClose(name, from).stream())
                .findFirst().orElse(null);
    }
}
