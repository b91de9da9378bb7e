package io.partita.member.trading.rest;

import static io.partita.member.rest.Fields.identified;
import static io.partita.member.rest.Fields.required;
import static io.partita.member.trading.rest.OrderController.ticks;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.partita.member.rest.Guarded;
import io.partita.member.rest.RequestProblem;
import io.partita.member.trading.Listing;
import io.partita.member.trading.rest.OrderController.ReportAnswer;
import io.partita.trading.Acknowledgement;
import io.partita.trading.Command;
import io.partita.trading.TradingResult.Executed;
import io.partita.trading.risk.OrderRequest;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** What market makers and brokers enter: two sides at once. */
@Tag(name = "Orders")
@RestController
@RequestMapping(path = "/api/v1")
final class QuoteController {

    private static final int MOST_QUOTES = 100;

    private final TradingCalls trading;

    QuoteController(TradingCalls trading) {
        this.trading = trading;
    }

    /** Both sides for one book. A quantity of 0, or none, takes a side away. */
    @Schema(name = "NewQuote")
    record NewQuote(@Schema(requiredMode = Schema.RequiredMode.REQUIRED, example = "ACME") String symbol,
                    @Schema(requiredMode = Schema.RequiredMode.REQUIRED, description = "a number of your choice; repeating it is harmless") Long id,
                    @Schema(description = "of the quote before, in whose place this one comes; none for the first") Long bidOrderId, Long offerOrderId,
                    String bid, Long bidQuantity, String offer, Long offerQuantity) {

        Command command(Listing listing, long account) {
            return new Command().quote(bidOrderId == null ? 0 : bidOrderId, offerOrderId == null ? 0 : offerOrderId, account, ticks(listing, "bid", bid),
                    bidQuantity == null ? 0 : bidQuantity, ticks(listing, "offer", offer), offerQuantity == null ? 0 : offerQuantity).id(identified(id));
        }
    }

    /** Quotes of one account. */
    @Schema(name = "NewQuotes")
    record NewQuotes(@Schema(requiredMode = Schema.RequiredMode.REQUIRED) Long account, @Schema(requiredMode = Schema.RequiredMode.REQUIRED) List<NewQuote> quotes,
                     @Schema(description = "offers may be of what the account does not have; false unless said") Boolean shortSale,
                     @Schema(description = "of a short sale: the units to deliver have been located") Boolean located) implements Guarded {

        @Override
        public Stream<Long> mustOwn() {
            return Stream.ofNullable(account);
        }
    }

    /** What came of a quote. */
    @Schema(name = "QuoteAnswer")
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record QuoteAnswer(String id, String symbol, @Schema(description = "why it was not taken; absent if it was") String code, List<ReportAnswer> reports) {
    }

    @Operation(summary = "Quote", description = """
            Up to 100 quotes of one account, one after another; each is taken with both sides or not at all, and has its own answer. The orders of a quote have the
            numbers that its reports say; the next one names them, and comes in their place.""")
    @PostMapping(path = "/quotes", consumes = MediaType.APPLICATION_JSON_VALUE)
    List<QuoteAnswer> quote(@RequestBody NewQuotes request) {
        long account = required("account", request.account());
        List<NewQuote> quotes = required("quotes", request.quotes());
        if (quotes.isEmpty() || quotes.size() > MOST_QUOTES) {
            throw RequestProblem.field("quotes", "are 1 to " + MOST_QUOTES);
        }
        List<QuoteAnswer> answers = new ArrayList<>();
        for (int i = 0; i < quotes.size(); i++) {
            answers.add(one(required("quotes[" + i + "]", quotes.get(i)), account, request));
        }
        return answers;
    }

    private QuoteAnswer one(NewQuote quote, long account, NewQuotes request) {
        String id = quote.id() == null ? null : quote.id().toString();
        try {
            Listing listing = trading.listing(required("symbol", quote.symbol()));
            Executed executed = trading.submit(listing, new OrderRequest(quote.command(listing, account), Boolean.TRUE.equals(request.shortSale()),
                    Boolean.TRUE.equals(request.located()), false), Acknowledgement.DURABLE);
            return new QuoteAnswer(id, quote.symbol(), null, reports(listing, executed, account, account));
        } catch (RequestProblem problem) {
            return new QuoteAnswer(id, quote.symbol(), problem.code(), null);
        }
    }

    private static List<ReportAnswer> reports(Listing listing, Executed executed, long account, long other) {
        return executed.reports().stream().filter(report -> report.account() == account || report.account() == other)
                .map(report -> ReportAnswer.of(listing, report)).toList();
    }

    /** A trade that two accounts of one firm agreed on. */
    @Schema(name = "NewCross")
    record NewCross(@Schema(requiredMode = Schema.RequiredMode.REQUIRED, example = "ACME") String symbol,
                    @Schema(requiredMode = Schema.RequiredMode.REQUIRED, description = "a number that neither account has used; repeating it is harmless") Long id,
                    @Schema(requiredMode = Schema.RequiredMode.REQUIRED) Long buyer, @Schema(requiredMode = Schema.RequiredMode.REQUIRED) Long seller,
                    @Schema(requiredMode = Schema.RequiredMode.REQUIRED, description = "between the best displayed prices") String price,
                    @Schema(requiredMode = Schema.RequiredMode.REQUIRED) Long quantity,
                    @Schema(description = "the seller does not have it; false unless said") Boolean shortSale,
                    @Schema(description = "of a short sale: the units to deliver have been located") Boolean located) implements Guarded {

        @Override
        public Stream<Long> mustOwn() {
            return Stream.concat(Stream.ofNullable(buyer), Stream.ofNullable(seller));
        }
    }

    /** What came of a cross: the reports of both. */
    @Schema(name = "CrossAnswer")
    record CrossAnswer(String id, boolean repeated, List<ReportAnswer> reports) {
    }

    @Operation(summary = "Cross two accounts of one firm", description = "Through the risk of both. 201, or 200 when the same cross had been entered before.")
    @PostMapping(path = "/crosses", consumes = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<CrossAnswer> cross(@RequestBody NewCross request) {
        Listing listing = trading.listing(required("symbol", request.symbol()));
        long buyer = required("buyer", request.buyer());
        long seller = required("seller", request.seller());
        Command cross = new Command().cross(0, buyer, 0, seller, ticks(listing, "price", required("price", request.price())),
                required("quantity", request.quantity())).id(identified(request.id()));
        Executed executed = trading.submit(listing, new OrderRequest(cross, Boolean.TRUE.equals(request.shortSale()),
                Boolean.TRUE.equals(request.located()), false), Acknowledgement.DURABLE);
        return ResponseEntity.status(executed.repeated() ? 200 : 201).body(new CrossAnswer(Long.toString(executed.commandId()), executed.repeated(),
                reports(listing, executed, buyer, seller)));
    }
}
