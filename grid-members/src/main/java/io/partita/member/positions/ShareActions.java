package io.partita.member.positions;

import io.partita.marketdata.stream.EnteredAction;
import io.partita.member.positions.PositionEvents.ShareAction;
import io.partita.member.streams.CorporateActions;
import io.partita.member.trading.Listing;
import io.partita.member.trading.TradingService;
import io.partita.positions.product.Equity;
import io.partita.positions.product.Price;
import io.partita.positions.product.Product;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

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

    /** Those of some products up to a day, by symbol. */
    Map<String, List<ShareAction>> of(Collection<Product> products, LocalDate until) {
        Map<Long, String> symbols = new HashMap<>();
        products.stream().filter(Equity.class::isInstance).forEach(product -> trading.listing(product.symbol()).map(Listing::instrument)
                .ifPresent(instrument -> symbols.put(instrument, product.symbol())));
        Map<String, List<ShareAction>> found = new HashMap<>();
        if (!symbols.isEmpty()) {
            for (EnteredAction action : actions.of(symbols.keySet())) {
                String symbol = symbols.get(action.instrument());
                LocalDate day = LocalDate.ofInstant(Instant.ofEpochSecond(0, action.from()), ZoneOffset.UTC);
                if (!day.isAfter(until)) {
                    Price close = action.amount() == null ? prices.firstClose(symbol, day).orElse(null) : null;
                    found.computeIfAbsent(symbol, none -> new ArrayList<>()).add(new ShareAction(day, action.now(), action.old(), action.amount(), close));
                }
            }
        }
        return found;
    }
}
