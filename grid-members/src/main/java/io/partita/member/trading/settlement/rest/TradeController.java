package io.partita.member.trading.settlement.rest;

import io.partita.member.rest.Fields;
import io.partita.member.rest.OwnAccounts;
import io.partita.member.rest.RequestCode;
import io.partita.member.rest.RequestProblem;
import io.partita.member.trading.Listing;
import io.partita.member.trading.PageEnd;
import io.partita.member.trading.rest.TradingCalls;
import io.partita.member.trading.settlement.AdjustmentRefusal;
import io.partita.member.trading.settlement.TradeQueries.Filter;
import io.partita.member.trading.settlement.TradeQueries;
import io.partita.member.trading.settlement.TradeRecord;
import io.partita.security.Principal;
import io.partita.trading.settlement.TradeStatus;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

@Tag(name = "Trades")
@RestController
@RequestMapping("/api/v1/trades")
final class TradeController {

    private static final int MAX_NOTE = 200;
    private static final int MOST_FOUND = 20;

    private final SettlementCalls settlement;
    private final TradingCalls trading;

    TradeController(SettlementCalls settlement, TradingCalls trading) {
        this.settlement = settlement;
        this.trading = trading;
    }

    /** A page of trades, the latest first. */
    @Schema(name = "Trades")
    record TradesAnswer(List<TradeAnswer> trades, @Schema(description = "Give it as before for the next page; absent on the last") String next) {
    }

    /** Undoes a trade. */
    @Schema(name = "Bust")
    record Bust(@Schema(requiredMode = Schema.RequiredMode.REQUIRED, description = "Chosen by you; repeating it is harmless") UUID id,
                @Schema(maxLength = MAX_NOTE) String note) {
    }

    /** Gives a trade another price or quantity; one that is left out stays. */
    @Schema(name = "Correction")
    record Correction(@Schema(requiredMode = Schema.RequiredMode.REQUIRED, description = "Chosen by you; repeating it is harmless") UUID id,
                      @Schema(example = "101.45") String price, Long quantity, @Schema(maxLength = MAX_NOTE) String note) {
    }

    @Operation(summary = "Trades", description = "Of an instrument, of an account, or of both, the latest first; settlement has come to all of them.")
    @GetMapping
    TradesAnswer trades(@RequestParam(required = false) String symbol, @Parameter(description = "A party's trading account") @RequestParam(required = false) Long account,
                        @RequestParam(required = false) TradeStatus status,
                        @Parameter(description = "next of the page before") @RequestParam(required = false) String before,
                        @Parameter(description = "1 to 200") @RequestParam(defaultValue = "50") int limit) {
        Fields.within("limit", limit, TradeQueries.MAX_PAGE);
        PageEnd end = TradingCalls.before(before);
        if (symbol == null && account == null) {
            throw RequestProblem.parameter("symbol", "or account is required: to sort the trades of all books takes too long.");
        }
        Filter filter = new Filter(symbol == null ? null : trading.listing(symbol).instrument(), account, status);
        List<TradeRecord> page = settlement.ask(service -> service.queries().page(filter, end, limit + 1));
        boolean more = page.size() > limit;
        List<TradeRecord> shown = more ? page.subList(0, limit) : page;
        Map<Long, Listing> listings = trading.byNumber();
        return new TradesAnswer(shown.stream().filter(trade -> listings.containsKey(trade.instrument()))
                .map(trade -> TradeAnswer.of(listings.get(trade.instrument()), trade, null, null)).toList(), more ? next(shown.getLast()) : null);
    }

    private static String next(TradeRecord last) {
        return new PageEnd(last.time(), last.instrument(), last.number()).toString();
    }

    @Operation(summary = "A trade", description = "With its transfers in the ledger, and its busts and corrections.")
    @GetMapping("/{symbol}/{number}")
    TradeAnswer trade(@PathVariable String symbol, @PathVariable long number) {
        return answer(trading.listing(symbol), number);
    }

    @Operation(summary = "Trades by their number", description = "Each book counts its own: those of any book with that number, the latest first.")
    @GetMapping("/lookup")
    List<TradeAnswer> lookup(@RequestParam long number, @Parameter(description = "1 to 20") @RequestParam(defaultValue = "10") int limit) {
        Fields.within("limit", limit, MOST_FOUND);
        Map<Long, Listing> listings = trading.byNumber();
        return settlement.ask(service -> service.queries().lookup(number, OwnAccounts.caller().flatMap(Principal::accounts), limit)).stream()
                .filter(trade -> listings.containsKey(trade.instrument())).map(trade -> TradeAnswer.of(listings.get(trade.instrument()), trade, null, null)).toList();
    }

    private TradeAnswer answer(Listing listing, long number) {
        TradeRecord trade = settlement.trade(listing.instrument(), number);
        if (!OwnAccounts.owns(trade.buyer()) && !OwnAccounts.owns(trade.seller())) {
            throw RequestProblem.of(RequestCode.TRADE_NOT_FOUND, "");
        }
        return settlement.ask(service -> TradeAnswer.of(listing, trade, service.transfers(listing, trade),
                service.queries().revisions(listing.instrument(), number)));
    }

    @Operation(summary = "Undo a trade", description = """
            Books back all of it, or releases what was set aside, as one linked group. 200 when it is done, 202 when it is still under way: the
            trade's revisions tell.""")
    @PostMapping(path = "/{symbol}/{number}/bust", consumes = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<TradeAnswer> bust(@PathVariable String symbol, @PathVariable long number, @RequestBody Bust request) {
        Listing listing = trading.listing(symbol);
        UUID id = required(request.id());
        String note = note(request.note());
        return answer(listing, number, settlement.done(settlement.ask(service -> service.bust(listing, number, id, note))));
    }

    @Operation(summary = "Correct a trade", description = """
            Books back what changes, and books it anew, as one linked group; fees follow. 200 when it is done, 202 when it is still under way: the
            trade's revisions tell.""")
    @PostMapping(path = "/{symbol}/{number}/correct", consumes = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<TradeAnswer> correct(@PathVariable String symbol, @PathVariable long number, @RequestBody Correction request) {
        Listing listing = trading.listing(symbol);
        UUID id = required(request.id());
        if (request.price() == null && request.quantity() == null) {
            throw RequestProblem.field("price", "or quantity is what a correction changes.");
        }
        Long price = request.price() == null ? null : price(listing, request.price());
        Long quantity = request.quantity();
        if (quantity != null && (quantity < 1 || quantity > listing.rules().maxQuantity())) {
            throw RequestProblem.field("quantity", "is 1 to " + listing.rules().maxQuantity() + ".");
        }
        String note = note(request.note());
        return answer(listing, number, settlement.done(settlement.ask(service -> service.correct(listing, number, id, price, quantity, note))));
    }

    @Operation(summary = "Settle a trade once more", description = """
            One that the ledger refused, or whose parties had no trading accounts. 202: its status tells what comes of it.""")
    @PostMapping("/{symbol}/{number}/settle")
    ResponseEntity<TradeAnswer> settle(@PathVariable String symbol, @PathVariable long number) {
        Listing listing = trading.listing(symbol);
        AdjustmentRefusal refusal = settlement.ask(service -> service.retry(listing, number));
        if (refusal != null) {
            throw SettlementCalls.problem(refusal);
        }
        return answer(listing, number, false);
    }

    private ResponseEntity<TradeAnswer> answer(Listing listing, long number, boolean done) {
        return ResponseEntity.status(done ? 200 : 202).body(answer(listing, number));
    }

    private static UUID required(UUID id) {
        if (id == null) {
            throw RequestProblem.field("id", "is required, a UUID chosen by you.");
        }
        return id;
    }

    private static String note(String note) {
        String text = note == null ? "" : note;
        if (text.length() > MAX_NOTE || text.chars().anyMatch(Character::isISOControl)) {
            throw RequestProblem.field("note", "has at most " + MAX_NOTE + " characters, and none to control a terminal.");
        }
        return text;
    }

    private static long price(Listing listing, String price) {
        try {
            long ticks = listing.ticks(new BigDecimal(price));
            if (ticks >= 1 && ticks <= listing.rules().maxPrice()) {
                return ticks;
            }
        } catch (NumberFormatException | ArithmeticException wrong) {
            // As said below.
        }
        throw RequestProblem.field("price", "is a positive decimal with at most " + listing.priceScale() + " decimals.");
    }
}
