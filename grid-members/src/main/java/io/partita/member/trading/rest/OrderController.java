package io.partita.member.trading.rest;

import static io.partita.member.rest.Fields.identified;
import static io.partita.member.rest.Fields.required;

import io.partita.member.rest.Guarded;
import io.partita.member.rest.RequestProblem;
import io.partita.member.trading.Listing;
import io.partita.trading.Acknowledgement;
import io.partita.trading.Command;
import io.partita.trading.ExecType;
import io.partita.trading.Execution;
import io.partita.trading.Liquidity;
import io.partita.trading.Reason;
import io.partita.trading.Side;
import io.partita.trading.TradingResult.Executed;
import io.partita.trading.risk.OrderRequest;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.math.BigDecimal;
import java.util.List;
import java.util.stream.Stream;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

@Tag(name = "Orders")
@RestController
@RequestMapping(path = "/api/v1/orders")
final class OrderController {

    private final TradingCalls trading;

    OrderController(TradingCalls trading) {
        this.trading = trading;
    }

    /** One thing that happened, to this order or to one that it met. */
    @Schema(name = "ExecutionReport")
    record ReportAnswer(long sequence, ExecType execType, Reason reason, String orderId, String account, Side side, String price, long quantity,
                        long leaves, long filled, String lastPrice, long lastQuantity, String tradeId, Liquidity liquidity) {

        static ReportAnswer of(Listing listing, Execution report) {
            return new ReportAnswer(report.sequence(), report.execType(), report.reason() == Reason.NONE ? null : report.reason(),
                    Long.toString(report.orderId()), Long.toString(report.account()), report.side(), decimal(listing, report.price()), report.quantity(), report.leaves(),
                    report.filled(), decimal(listing, report.lastPrice()), report.lastQuantity(),
                    report.tradeId() == 0 ? null : Long.toString(report.tradeId()),
                    report.liquidity() == Liquidity.NONE ? null : report.liquidity());
        }
    }

    private static String decimal(Listing listing, long ticks) {
        return ticks == 0 ? null : listing.price(ticks).toPlainString();
    }

    /** What came of a command: the reports of the account that gave it. */
    @Schema(name = "OrderAnswer")
    record OrderAnswer(String id, String orderId, boolean repeated, List<ReportAnswer> reports) {

        /** What happened to others is theirs to know. */
        static OrderAnswer of(Listing listing, Executed executed, long account) {
            return new OrderAnswer(Long.toString(executed.commandId()), Long.toString(executed.orderId()), executed.repeated(), executed.reports().stream()
                    .filter(report -> report.account() == account).map(report -> ReportAnswer.of(listing, report)).toList());
        }
    }

    @Operation(summary = "Enter an order", description = "201, or 200 when the account's order with this id had been entered before.")
    @PostMapping(consumes = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<OrderAnswer> enter(@RequestBody NewOrder request) {
        Listing listing = trading.listing(required("symbol", request.symbol()));
        OrderRequest order = new OrderRequest(request.command(listing), Boolean.TRUE.equals(request.shortSale()),
                Boolean.TRUE.equals(request.located()), false);
        Executed executed = trading.submit(listing, order,
                request.acknowledgement() == null ? Acknowledgement.DURABLE : request.acknowledgement());
        return ResponseEntity.status(executed.repeated() ? 200 : 201).body(OrderAnswer.of(listing, executed, request.account()));
    }

    /** Another price or quantity. */
    @Schema(name = "OrderReplacement")
    record Replacement(@Schema(requiredMode = Schema.RequiredMode.REQUIRED, description = "a number of your choice; repeating it is harmless") Long id,
                       @Schema(requiredMode = Schema.RequiredMode.REQUIRED) Long account,
                       @Schema(description = "as it is unless said") String price,
                       @Schema(description = "filled and open; as it is unless said") Long quantity) implements Guarded {

        @Override
        public Stream<Long> mustOwn() {
            return Stream.ofNullable(account);
        }
    }

    @Operation(summary = "Replace an order", description = "It keeps its place in the book if only its quantity gets smaller.")
    @PutMapping(path = "/{symbol}/{orderId}", consumes = MediaType.APPLICATION_JSON_VALUE)
    OrderAnswer replace(@PathVariable String symbol, @PathVariable long orderId, @RequestBody Replacement request) {
        Listing listing = trading.listing(symbol);
        Command replace = new Command().replace(orderId, required("account", request.account()), ticks(listing, "price", request.price()),
                request.quantity() == null ? 0 : request.quantity()).id(identified(request.id()));
        return OrderAnswer.of(listing, trading.submit(listing, OrderRequest.of(replace), Acknowledgement.DURABLE), request.account());
    }

    @Operation(summary = "Cancel an order", description = "What is open of it; 422 when nothing is.")
    @DeleteMapping("/{symbol}/{orderId}")
    OrderAnswer cancel(@PathVariable String symbol, @PathVariable long orderId, @RequestParam long account, @RequestParam long id) {
        Listing listing = trading.listing(symbol);
        Command cancel = new Command().cancel(orderId, account).id(identified(id));
        return OrderAnswer.of(listing, trading.submit(listing, OrderRequest.of(cancel), Acknowledgement.DURABLE), account);
    }

    @Operation(summary = "Cancel all orders of an account in a book", description = "One report for each order that ended.")
    @DeleteMapping("/{symbol}")
    OrderAnswer cancelAll(@PathVariable String symbol, @RequestParam long account, @RequestParam long id, @RequestParam(required = false) Side side) {
        Listing listing = trading.listing(symbol);
        if (account <= 0) {
            throw RequestProblem.field("account", "is positive");
        }
        Command cancel = new Command().massCancel(account, 0, 0).id(identified(id));
        if (side != null) {
            cancel.only(side);
        }
        return OrderAnswer.of(listing, trading.submit(listing, OrderRequest.of(cancel), Acknowledgement.DURABLE), account);
    }

    static long ticks(Listing listing, String name, String price) {
        try {
            return price == null ? 0 : listing.ticks(new BigDecimal(price));
        } catch (NumberFormatException | ArithmeticException problem) {
            throw RequestProblem.field(name, "is a decimal with at most " + listing.priceScale() + " decimals");
        }
    }
}
