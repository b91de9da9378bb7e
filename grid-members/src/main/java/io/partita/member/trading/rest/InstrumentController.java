package io.partita.member.trading.rest;

import io.partita.member.rest.Fields;
import io.partita.member.rest.RequestCode;
import io.partita.member.rest.RequestProblem;
import io.partita.member.trading.Listing;
import io.partita.trading.Acknowledgement;
import io.partita.trading.Command;
import io.partita.trading.Instrument;
import io.partita.trading.StepTable;
import io.partita.trading.TradingPhase;
import io.partita.trading.TradingRefusal;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.math.BigDecimal;
import java.net.URI;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

@Tag(name = "Instruments")
@RestController
@RequestMapping(path = "/api/v1/instruments")
final class InstrumentController {

    private static final long NANOS = 1_000_000_000;
    private static final int AUCTION_SECONDS = 30;
    private static final int MOST_AUCTION_SECONDS = 86_400;
    private static final int LIT_SECONDS = 2;
    private static final int MOST_LIT_SECONDS = 60;

    private final TradingCalls trading;

    InstrumentController(TradingCalls trading) {
        this.trading = trading;
    }

    /** What is to be listed. */
    @Schema(name = "NewInstrument")
    record NewInstrument(@Schema(requiredMode = Schema.RequiredMode.REQUIRED, description = "a positive number of your choice") Long id,
                         @Schema(requiredMode = Schema.RequiredMode.REQUIRED, example = "ACME") String symbol,
                         @Schema(requiredMode = Schema.RequiredMode.REQUIRED, example = "EUR") String currency,
                         @Schema(description = "decimals of a price, 0 to 9; 2 unless said") Integer priceScale,
                         @Schema(description = "prices are multiples of this; one unit of the last decimal unless said", example = "0.05") String tick,
                         @Schema(description = "quantities are multiples of this; 1 unless said") Long lot,
                         @Schema(description = "business days from trade to settlement; 0, at once, unless said") Integer settlementDays,
                         @Schema(description = "has its holidays; the one that is called as the currency unless said") String calendar,
                         @Schema(description = "how far a limit may go through the reference price, in ten-thousandths; no bound unless said") Integer collar,
                         @Schema(description = "how far a trade may be from the last price before a volatility auction begins, in ten-thousandths") Integer band,
                         @Schema(description = "how long that, and an auction after a halt, lasts; 30 unless said") Integer auctionSeconds,
                         @Schema(description = "makes its book dark: it shows nothing, and trades at the middle of the best prices of the books of these symbols",
                                 example = "[\"ACME\"]") List<String> lit,
                         @Schema(description = "of a dark book: after so long without hearing of them it does not trade; 2 unless said") Integer litSeconds,
                         @Schema(description = "the symbol of an instrument of which it is a further book: what accounts bought in one they can sell in the other; of its own security unless said",
                                 example = "ACME") String security,
                         @Schema(description = "margin of short positions, in ten-thousandths of what it costs to end them; they need no collateral unless said")
                         Integer shortMargin) {

        Listing listing(Function<String, Listing> listed) {
            if (id == null || id < 1) {
                throw RequestProblem.field("id", "is a positive number");
            }
            if (symbol != null && symbol.contains("/")) {
                throw RequestProblem.field("symbol", "has no /, or no address could name the instrument");
            }
            int seconds = auctionSeconds == null ? AUCTION_SECONDS : auctionSeconds;
            if (seconds < 0 || seconds > MOST_AUCTION_SECONDS) {
                throw RequestProblem.field("auctionSeconds", "is 0 to " + MOST_AUCTION_SECONDS);
            }
            int scale = priceScale == null ? 2 : priceScale;
            try {
                Instrument rules = Instrument.simple(id).withCollar(collar == null ? 0 : collar)
                        .withBand(band == null ? 0 : band, NANOS * seconds);
                Listing listing = new Listing(String.valueOf(symbol), String.valueOf(currency), scale, rules.withSteps(
                        tick == null ? rules.ticks() : StepTable.of(inLastDecimals(scale)), lot == null ? rules.lots() : StepTable.of(lot)))
                        .withSettlementDays(settlementDays == null ? 0 : settlementDays)
                        .withCalendar(calendar == null ? currency : calendar)
                        .withShortMargin(shortMargin == null ? 0 : shortMargin);
                listing = security == null ? listing : listing.withSecurity(listed.apply(security));
                return lit == null || lit.isEmpty() ? listing : listing.withDarkBook(lit.stream().map(listed).toList(), NANOS * middleSeconds());
            } catch (IllegalArgumentException problem) {
                throw RequestProblem.of(TradingRefusal.INVALID_REQUEST, problem.getMessage());
            }
        }

        private int middleSeconds() {
            int life = litSeconds == null ? LIT_SECONDS : litSeconds;
            if (life < 1 || life > MOST_LIT_SECONDS) {
                throw RequestProblem.field("litSeconds", "is 1 to " + MOST_LIT_SECONDS);
            }
            return life;
        }

        private long inLastDecimals(int scale) {
            try {
                return new BigDecimal(tick).movePointRight(scale).longValueExact();
            } catch (NumberFormatException | ArithmeticException problem) {
                throw RequestProblem.field("tick", "is a decimal with no more decimals than a price");
            }
        }
    }

    /** An instrument as it is listed. */
    record ListedInstrument(long id, String symbol, String currency, int priceScale, int settlementDays, String calendar,
                            @Schema(description = "the currency of ledger accounts that hold it; absent in the answer to its listing", example = "A00")
                            String unit, @Schema(description = "the first symbol of its security, where it is a further book of one") String security,
                            @Schema(description = "of a dark book: the symbols at the middle of whose best prices it trades") List<String> lit) {

        static ListedInstrument of(Listing listing, Map<Long, String> symbols) {
            return new ListedInstrument(listing.instrument(), listing.symbol(), listing.currency(), listing.priceScale(),
                    listing.settlementDays(), listing.calendar(), listing.unit() == null ? null : listing.unit().code(),
                    listing.security() == listing.instrument() ? null : symbols.get(listing.security()),
                    listing.lit().isEmpty() ? null : listing.lit().stream().map(symbols::get).toList());
        }
    }

    /** Another phase for a book. */
    @Schema(name = "PhaseChange")
    record PhaseChange(@Schema(requiredMode = Schema.RequiredMode.REQUIRED, description = "a number of your choice; repeating it is harmless") Long id,
                       @Schema(requiredMode = Schema.RequiredMode.REQUIRED) TradingPhase phase) {
    }

    /** The phase that the command led to. */
    @Schema(name = "Phase")
    record PhaseAnswer(String symbol, TradingPhase phase) {
    }

    @Operation(summary = "List an instrument", description = "201. Its book begins closed; change its phase to open it.")
    @PostMapping(consumes = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<ListedInstrument> list(@RequestBody NewInstrument request) {
        Listing listing = request.listing(trading::listing);
        if (!trading.list(listing)) {
            throw RequestProblem.of(RequestCode.INSTRUMENT_LISTED, "Instrument " + listing.instrument() + " or the symbol " + listing.symbol()
                    + " is listed.");
        }
        return ResponseEntity.created(URI.create("/api/v1/market-data/" + listing.symbol())).body(ListedInstrument.of(listing, trading.symbols()));
    }

    @Operation(summary = "All listed instruments")
    @GetMapping
    List<ListedInstrument> all() {
        Map<Long, String> symbols = trading.symbols();
        return trading.listings().stream().sorted(Comparator.comparing(Listing::symbol)).map(listing -> ListedInstrument.of(listing, symbols)).toList();
    }

    @Operation(summary = "Change the phase of a book", description = "Leaving an auction uncrosses it.")
    @PutMapping(path = "/{symbol}/phase", consumes = MediaType.APPLICATION_JSON_VALUE)
    PhaseAnswer phase(@PathVariable String symbol, @RequestBody PhaseChange request) {
        Command change = new Command().phase(Fields.required("phase", request.phase()), 0).id(Fields.identified(request.id()));
        trading.submit(trading.listing(symbol), change, Acknowledgement.DURABLE);
        return new PhaseAnswer(symbol, request.phase());
    }
}
