package io.partita.member.marketdata;

import io.partita.marketdata.MarketDataClient;
import io.partita.member.rest.Fields;
import io.partita.member.trading.Listing;
import io.partita.member.trading.rest.TradingCalls;
import io.partita.trading.feed.MarketView;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Many books at a time. */
@Tag(name = "Market data")
@RestController
@RequestMapping(path = "/api/v1/market-data")
final class MarketsController {

    private static final int MOST = 1_000;

    private final TradingCalls trading;
    private final MarketDataClient client;

    MarketsController(TradingCalls trading, MarketDataClient client) {
        this.trading = trading;
        this.client = client;
    }

    @Schema(name = "Markets")
    record Markets(List<MarketDataJson.Top> markets, @Schema(description = "symbols of books that nobody serves at the moment") List<String> unavailable,
                   @Schema(description = "the last symbol of this page, if there are more") String next) {
    }

    @Operation(summary = "The best bid and offer of all books", description = "In the order of their symbols, those that come after one, at most 1,000 a page.")
    @GetMapping
    Markets markets(@RequestParam(defaultValue = "") String after, @RequestParam(defaultValue = "200") int limit) {
        Fields.within("limit", limit, MOST);
        List<Listing> further = trading.listings().stream().filter(listing -> listing.symbol().compareTo(after) > 0)
                .sorted(Comparator.comparing(Listing::symbol)).limit(limit + 1L).toList();
        List<Listing> page = further.subList(0, Math.min(limit, further.size()));
        Map<Long, MarketView> views = client.views(page.stream().map(Listing::instrument).toList(), 1);
        return new Markets(
                page.stream().filter(listing -> views.containsKey(listing.instrument()))
                        .map(listing -> MarketDataJson.Top.of(listing, views.get(listing.instrument()))).toList(),
                page.stream().filter(listing -> !views.containsKey(listing.instrument())).map(Listing::symbol).toList(),
                further.size() > limit ? page.getLast().symbol() : null);
    }
}
