package io.partita.member.trading.rest;

import io.partita.member.rest.RequestProblem;
import io.partita.member.trading.Listing;
import io.partita.trading.Acknowledgement;
import io.partita.trading.Command;
import io.partita.trading.ExecType;
import io.partita.trading.Execution;
import io.partita.trading.Liquidity;
import io.partita.trading.OrderType;
import io.partita.trading.Reason;
import io.partita.trading.Side;
import io.partita.trading.TimeInForce;
import io.partita.trading.TradingResult.Executed;
import io.partita.trading.risk.OrderRequest;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.math.BigDecimal;
import java.util.List;
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

    /** An order. */
    @Schema(name = "NewOrder")
    record NewOrder(@Schema(requiredMode = Schema.RequiredMode.REQUIRED, example = "ACME") String symbol,
                    @Schema(requiredMode = Schema.RequiredMode.REQUIRED, description = "a number of your choice; repeating it is harmless") Long id,
                    @Schema(requiredMode = Schema.RequiredMode.REQUIRED) Long account,
                    @Schema(requiredMode = Schema.RequiredMode.REQUIRED) Side side,
                    @Schema(description = "LIMIT unless said") OrderType type,
                    @Schema(description = "DAY unless said") TimeInForce timeInForce,
                    @Schema(description = "in the instrument's currency", example = "101.50") String price,
                    @Schema(requiredMode = Schema.RequiredMode.REQUIRED) Long quantity,
                    String stopPrice,
                    @Schema(description = "of an iceberg: what is shown at a time") Long displayQuantity,
                    Long minimumQuantity, Boolean postOnly, Boolean hidden,
                    @Schema(description = "a sale of what the account does not have; false unless said") Boolean shortSale,
                    @Schema(description = "of a short sale: the units to deliver have been located") Boolean located,
                    @Schema(description = "DURABLE unless said") Acknowledgement acknowledgement) {

        Command command(Listing listing) {
            Command command = new Command().newOrder(0, required("account", account), required("side", side),
                    type == null ? OrderType.LIMIT : type, timeInForce == null ? TimeInForce.DAY : timeInForce,
                    ticks(listing, "price", price), required("quantity", quantity));
            if (Boolean.TRUE.equals(postOnly)) {
                command.postOnly();
            }
            if (Boolean.TRUE.equals(hidden)) {
                command.hidden();
            }
            return command.stop(ticks(listing, "stopPrice", stopPrice)).display(displayQuantity == null ? 0 : displayQuantity)
                    .minimum(minimumQuantity == null ? 0 : minimumQuantity).id(identified(id));
        }
    }

    /** One thing that happened, to this order or to one that it met. */
    @Schema(name = "ExecutionReport")
    record ReportAnswer(long sequence, ExecType execType, Reason reason, long orderId, long account, Side side, String price, long quantity,
                        long leaves, long filled, String lastPrice, long lastQuantity, long tradeId, Liquidity liquidity) {

        static ReportAnswer of(Listing listing, Execution report) {
            return new ReportAnswer(report.sequence(), report.execType(), report.reason() == Reason.NONE ? null : report.reason(), report.orderId(),
                    report.account(), report.side(), decimal(listing, report.price()), report.quantity(), report.leaves(),
                    report.filled(), decimal(listing, report.lastPrice()), report.lastQuantity(), report.tradeId(),
                    report.liquidity() == Liquidity.NONE ? null : report.liquidity());
        }
    }

    private static String decimal(Listing listing, long ticks) {
        return ticks == 0 ? null : listing.price(ticks).toPlainString();
    }

    /** What came of a command: the reports of the account that gave it. */
    @Schema(name = "OrderAnswer")
    record OrderAnswer(long id, long orderId, boolean repeated, List<ReportAnswer> reports) {

        /** What happened to others is theirs to know. */
        static OrderAnswer of(Listing listing, Executed executed, long account) {
            return new OrderAnswer(executed.commandId(), executed.orderId(), executed.repeated(), executed.reports().stream()
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
                       @Schema(description = "filled and open; as it is unless said") Long quantity) {
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

    private static long identified(Long id) {
        if (id == null || id == 0) {
            throw RequestProblem.field("id", "is a number of your choice, not 0");
        }
        return id;
    }

    private static <T> T required(String name, T value) {
        if (value == null) {
            throw RequestProblem.field(name, "is missing");
        }
        return value;
    }

    private static long ticks(Listing listing, String name, String price) {
        try {
            return price == null ? 0 : listing.ticks(new BigDecimal(price));
        } catch (NumberFormatException | ArithmeticException problem) {
            throw RequestProblem.field(name, "is a decimal with at most " + listing.priceScale() + " decimals");
        }
    }
}
