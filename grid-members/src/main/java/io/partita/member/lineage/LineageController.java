package io.partita.member.lineage;

import io.partita.member.ledger.query.LedgerQueries.TransferWithRelated;
import io.partita.member.lineage.Lineage.Drawing;
import io.partita.member.lineage.Lineage.Kind;
import io.partita.member.rest.RequestCode;
import io.partita.member.rest.RequestProblem;
import io.partita.member.trading.Listing;
import io.partita.member.trading.orders.OrderHistory.OrderRow;
import io.partita.security.Permission;
import io.partita.security.Principal;
import io.partita.time.EpochNanos;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

@Tag(name = "Lineage")
@RestController
@RequestMapping(path = "/api/v1/lineage")
final class LineageController {

    private static final int LONGEST = 200;
    private static final Set<String> BOOKING = Set.of("/api/v1/transfers", "/api/v1/transfers/linked", "/api/v1/transfers/batch");
    private static final Set<String> ORDERING = Set.of("/api/v1/orders", "/api/v1/quotes", "/api/v1/crosses", "/api/v1/routes", "/api/v1/algorithms");
    private static final Set<String> SUBMITTING = Set.of("/api/v1/jobs");

    private final LedgerLineage ledger;
    private final TradingLineage trading;
    private final StreamLineage streams;
    private final AuditLineage audit;

    LineageController(LedgerLineage ledger, TradingLineage trading, StreamLineage streams, AuditLineage audit) {
        this.ledger = ledger;
        this.trading = trading;
        this.streams = streams;
        this.audit = audit;
    }

    @Operation(summary = "Where something came from and what it became", description = """
            Of a transfer or an operation on an account, by the id that its client chose, of a job, or of an alert. Each part is told to whoever may see it; withheld names the permissions \
            that there would be more with.""")
    @GetMapping("/{id}")
    Lineage any(@Parameter(description = "of a transfer, an operation on an account, a job or an alert") @PathVariable String id, Principal caller) {
        if (id.length() > LONGEST) {
            throw RequestProblem.parameter("id", "has at most " + LONGEST + " characters.");
        }
        Drawing drawing = new Drawing();
        Optional<String> root = uuid(id).flatMap(known -> entry(drawing, known, caller)).or(() -> stream(drawing, id, caller));
        return drawing.of(id, root.orElseThrow(() -> unknown(id, drawing)));
    }

    private static Optional<UUID> uuid(String id) {
        try {
            return Optional.of(UUID.fromString(id)).filter(known -> known.toString().equalsIgnoreCase(id));
        } catch (IllegalArgumentException other) {
            return Optional.empty();
        }
    }

    private RequestProblem unknown(String id, Drawing drawing) {
        Lineage nothing = drawing.of(id, "");
        String among = "No transfer, operation on an account, job or alert that you may see has the id " + id + "; orders and trades are asked for with their symbol: orders/ACME/7, trades/ACME/7.";
        return RequestProblem.of(RequestCode.LINEAGE_NOT_FOUND, nothing.withheld().isEmpty() ? among : among + " You may not see all: " + String.join(", ", nothing.withheld()) + " is missing.");
    }

    private static boolean may(Drawing drawing, Principal caller, Permission permission) {
        if (!caller.may(permission)) {
            drawing.withhold(permission.scope());
        }
        return caller.may(permission);
    }

    private Optional<String> entry(Drawing drawing, UUID id, Principal caller) {
        if (!may(drawing, caller, Permission.LEDGER_READ)) {
            return Optional.empty();
        }
        Optional<TransferWithRelated> found = ledger.find(id);
        if (found.isEmpty()) {
            return ledger.change(drawing, id);
        }
        Optional<TradingLineage.Dealt> trade = may(drawing, caller, Permission.TRADING_READ) ? trading.of(id) : Optional.empty();
        String transfer = trade.isPresent() ? ledger.alone(drawing, found.get()) : ledger.draw(drawing, found.get());
        if (trade.isPresent()) {
            drawing.edge(trading.draw(drawing, trade.get()), transfer, "settled by");
        } else {
            String command = drawing.add(Kind.COMMAND, id.toString(), "Command", "The client's own id, " + id, null, null);
            drawing.edge(command, transfer, "booked once");
            who(drawing, command, found.get().transfer().bookedAt(), BOOKING, caller);
        }
        return Optional.of(transfer);
    }

    private void who(Drawing drawing, String node, Instant at, Set<String> paths, Principal caller) {
        if (may(drawing, caller, Permission.AUDIT_READ)) {
            audit.draw(drawing, node, at, paths);
        }
    }

    private Optional<String> stream(Drawing drawing, String id, Principal caller) {
        if (may(drawing, caller, Permission.MARKETDATA_READ)) {
            Optional<String> alert = streams.alert(id).map(known -> streams.draw(drawing, known, may(drawing, caller, Permission.GRID_READ)));
            if (alert.isPresent()) {
                return alert;
            }
        }
        return may(drawing, caller, Permission.GRID_READ) ? streams.job(id).map(job -> {
            String node = streams.draw(drawing, job, true);
            who(drawing, node, job.submitted(), SUBMITTING, caller);
            return node;
        }) : Optional.empty();
    }

    @Operation(summary = "Where an order came from and what it became", description = "With the first 20 of its trades, and their transfers.")
    @GetMapping("/orders/{symbol}/{number}")
    Lineage order(@PathVariable String symbol, @PathVariable long number, Principal caller) {
        Drawing drawing = new Drawing();
        Listing listing = trading.listing(symbol);
        OrderRow row = trading.order(listing, number).orElseThrow(() -> RequestProblem.of(RequestCode.LINEAGE_NOT_FOUND, "No trading account of yours to see has had an order " + number + " in "
                + symbol + "."));
        String root = trading.order(drawing, listing, row);
        who(drawing, root, EpochNanos.instant(row.enteredAt()), ORDERING, caller);
        trading.trades(listing, row).forEach(trade -> trade(drawing, trade, caller));
        return drawing.of(symbol + "/" + number, root);
    }

    @Operation(summary = "Where a trade came from and what it became", description = "The orders that met in it, and its transfers.")
    @GetMapping("/trades/{symbol}/{number}")
    Lineage trade(@PathVariable String symbol, @PathVariable long number, Principal caller) {
        Drawing drawing = new Drawing();
        TradingLineage.Dealt trade = trading.trade(trading.listing(symbol), number)
                .orElseThrow(() -> RequestProblem.of(RequestCode.LINEAGE_NOT_FOUND, symbol + " has no trade " + number + " that you may see, or settlement has not come to it."));
        return drawing.of(symbol + "/" + number, trade(drawing, trade, caller));
    }

    private String trade(Drawing drawing, TradingLineage.Dealt trade, Principal caller) {
        String key = trading.draw(drawing, trade);
        if (may(drawing, caller, Permission.LEDGER_READ)) {
            trading.transfers(trade).forEach(id -> ledger.find(id).ifPresent(found -> drawing.edge(key, ledger.alone(drawing, found), "settled by")));
        }
        return key;
    }
}
