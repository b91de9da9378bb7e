package io.partita.member.marketdata;

import io.partita.marketdata.MarketDataClient;
import io.partita.member.rest.Fields;
import io.partita.member.rest.RequestCode;
import io.partita.member.rest.RequestProblem;
import io.partita.member.trading.Listing;
import io.partita.member.trading.rest.TradingCalls;
import io.partita.trading.TradingRefusal;
import io.partita.trading.feed.BookSnapshot;
import io.partita.trading.feed.TradeHistory;
import io.partita.trading.feed.UpdateBatch;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.function.Supplier;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

@Tag(name = "Market data")
@RestController
@RequestMapping(path = "/api/v1/market-data/{symbol}")
final class MarketDataController {

    private static final int MOST_LEVELS = 1_000;
    /** Of updates in one answer. */
    private static final int MOST_UPDATES = 1_000;

    private final TradingCalls trading;
    private final MarketDataClient client;

    MarketDataController(TradingCalls trading, MarketDataClient client) {
        this.trading = trading;
        this.client = client;
    }

    @Operation(summary = "The best bid and offer, and the session's figures", description = "Level 1.")
    @GetMapping
    MarketDataJson.Top top(@PathVariable String symbol) {
        Listing listing = trading.listing(symbol);
        return MarketDataJson.Top.of(listing, asked(listing, () -> client.view(listing.instrument(), 1)));
    }

    @Operation(summary = "The displayed levels, the best first", description = "Level 2. A level without a price is of orders at any price.")
    @GetMapping("/depth")
    MarketDataJson.Depth depth(@PathVariable String symbol, @RequestParam(defaultValue = "10") int levels) {
        Fields.within("levels", levels, MOST_LEVELS);
        Listing listing = trading.listing(symbol);
        return MarketDataJson.Depth.of(listing, asked(listing, () -> client.view(listing.instrument(), levels)));
    }

    @Operation(summary = "The displayed orders, the first to trade first", description = "Level 3.")
    @GetMapping("/orders")
    MarketDataJson.ShownOrders orders(@PathVariable String symbol) {
        Listing listing = trading.listing(symbol);
        BookSnapshot snapshot = asked(listing, () -> client.snapshot(listing.instrument()));
        List<MarketDataJson.ShownOrder> orders = new ArrayList<>();
        snapshot.orders((id, side, price, quantity) -> orders.add(new MarketDataJson.ShownOrder(Long.toString(id), side, MarketDataJson.decimal(listing, price), quantity)));
        return new MarketDataJson.ShownOrders(symbol, snapshot.view().sequence(), MarketDataJson.iso(snapshot.view().time()), snapshot.view().phase(), orders);
    }

    @Operation(summary = "The last trades, the newest last", description = "A book keeps 1,000 of them; their numbers have no gaps.")
    @GetMapping("/trades")
    List<MarketDataJson.Trade> trades(@PathVariable String symbol, @RequestParam(defaultValue = "0") long after, @RequestParam(defaultValue = "100") int limit) {
        Fields.within("limit", limit, TradeHistory.MAX_TRADES);
        Listing listing = trading.listing(symbol);
        return asked(listing, () -> client.trades(listing.instrument(), after, limit)).stream()
                .map(trade -> MarketDataJson.Trade.of(listing, trade)).toList();
    }

    @Operation(summary = "Bars of a minute, the newest last", description = "A book keeps those of its last 1,440 minutes with trades.")
    @GetMapping("/bars")
    List<MarketDataJson.BarRow> bars(@PathVariable String symbol, @RequestParam(defaultValue = "240") int limit) {
        Fields.within("limit", limit, TradeHistory.MAX_BARS);
        Listing listing = trading.listing(symbol);
        return asked(listing, () -> client.bars(listing.instrument(), limit)).stream().map(bar -> MarketDataJson.BarRow.of(listing, bar)).toList();
    }

    @Operation(summary = "Updates once more", description = "Those numbered from..to, at most 1,000; 410 when the book, which keeps its last 8,192, "
            + "does not have the first of them any more: begin with a snapshot.")
    @GetMapping("/replay")
    MarketDataJson.Replay replay(@PathVariable String symbol, @RequestParam long from, @RequestParam(defaultValue = "9223372036854775807") long to) {
        if (from < 1) {
            throw RequestProblem.parameter("from", "is the number of an update, from 1 on");
        }
        if (to < from) {
            throw RequestProblem.of(RequestCode.RANGE_REVERSED, "from is " + from + " and to is " + to);
        }
        Listing listing = trading.listing(symbol);
        UpdateBatch found = asked(listing, () -> client.after(listing.instrument(), from - 1));
        if (found.after() != from - 1) {
            throw RequestProblem.of(found.after() < from ? RequestCode.UPDATE_NOT_REACHED : RequestCode.UPDATE_GONE,
                    "The newest update of " + symbol + " is " + found.after() + ".");
        }
        List<MarketDataJson.Update> updates = found.updates().stream().map(UpdateBatch.Linked::update).filter(update -> update.sequence() <= to)
                .limit(MOST_UPDATES).map(update -> MarketDataJson.Update.of(listing, update)).toList();
        return new MarketDataJson.Replay(symbol, from, from - 1 + updates.size(), updates);
    }

    private static <T> T asked(Listing listing, Supplier<Optional<T>> question) {
        try {
            return question.get().orElseThrow(() -> RequestProblem.of(TradingRefusal.BOOK_UNAVAILABLE, listing.symbol()));
        } catch (CompletionException unanswered) {
            throw RequestProblem.of(TradingRefusal.BOOK_UNAVAILABLE, listing.symbol());
        }
    }
}
