package io.partita.member.trading.orders.rest;

import io.partita.member.rest.Caller;
import io.partita.member.rest.Fields;
import io.partita.member.rest.RequestCode;
import io.partita.member.rest.RequestProblem;
import io.partita.member.security.Approvals;
import io.partita.member.trading.orders.KillSwitches.Event;
import io.partita.member.trading.orders.KillSwitches.Kind;
import io.partita.member.trading.orders.KillSwitches;
import io.partita.member.trading.orders.OrderService;
import io.partita.member.trading.rest.TradingCalls;
import io.partita.security.Approval;
import io.partita.security.ApprovalKind;
import io.partita.trading.TradingRefusal;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

@Tag(name = "Kill switch")
@RestController
@RequestMapping(path = "/api/v1/kill-switch")
final class KillSwitchController {

    private static final int MOST = 500;

    private final KillSwitches switches;
    private final OrderService orders;
    private final TradingCalls trading;
    private final Approvals approvals;

    KillSwitchController(OrderService orders, TradingCalls trading, Approvals approvals) {
        this.switches = orders.switches();
        this.orders = orders;
        this.trading = trading;
        this.approvals = approvals;
        approvals.register(ApprovalKind.KILL_SWITCH_RELEASE, this::carryOut);
    }

    /** A switch that is to be released when somebody else agrees. */
    record Release(Long id, Kind kind, String target, String actor, String reason) {
    }

    private String carryOut(Approval approval) {
        Release release = approvals.payload(approval, Release.class);
        long id = release.id() == null ? approval.id().getLeastSignificantBits() : release.id();
        KillSwitches.Outcome outcome = turned(new KillSwitches.Turn(id, release.kind(), release.target(), false, false, release.actor(), release.reason()));
        return "released by event " + outcome.event().event();
    }

    /** On or off, who, and why. */
    @Schema(name = "KillSwitch")
    record Turn(@Schema(description = "a number of your choice, if you like; then repeating it is harmless, and answered the same") Long id,
                @Schema(requiredMode = Schema.RequiredMode.REQUIRED) Boolean engaged,
                @Schema(description = "close positions by market orders, too; false unless said") Boolean flatten,
                @Schema(description = Caller.ACTOR, maxLength = Fields.MOST_TEXT) String actor,
                @Schema(requiredMode = Schema.RequiredMode.REQUIRED, description = "why", maxLength = Fields.MOST_TEXT) String reason) {
    }

    /** Something that was done with a switch. */
    @Schema(name = "KillSwitchEvent")
    record Turned(String event, Kind kind, String target, boolean engaged, boolean flatten, String actor, String reason, Instant at) {

        static Turned of(Event event, String target) {
            return new Turned(Long.toString(event.event()), event.kind(), target, event.engaged(), event.flatten(), event.actor(), event.reason(), event.at());
        }
    }

    /** A position that is left. */
    @Schema(name = "PositionLeft")
    record Left(String account, String symbol, long quantity) {
    }

    /** What came of it. */
    @Schema(name = "KillSwitchAnswer")
    record TurnAnswer(Turned event, long cancelled, @Schema(description = "orders that could not be cancelled in time") long open,
                      @Schema(description = "closing orders that were entered") int closed, List<Left> left) {
    }

    @Operation(summary = "Stop an account, or let it go on", description = """
            Engaged: none of its orders is taken, what is open is cancelled, and with `flatten` its positions are closed by market orders. Released: 202 if somebody else must agree.""")
    @PutMapping(path = "/accounts/{number}", consumes = MediaType.APPLICATION_JSON_VALUE)
    TurnAnswer account(@PathVariable long number, @RequestBody Turn request, HttpServletRequest http) {
        RiskController.known(orders, number);
        return turn(Kind.ACCOUNT, Long.toString(number), Long.toString(number), request, http);
    }

    @Operation(summary = "Stop all accounts of a firm, or let them go on")
    @PutMapping(path = "/firms/{firm}", consumes = MediaType.APPLICATION_JSON_VALUE)
    TurnAnswer firm(@PathVariable String firm, @RequestBody Turn request, HttpServletRequest http) {
        // A name that is written wrongly must not look as if the firm were stopped.
        if (Boolean.TRUE.equals(request.engaged()) && !switches.hasAccounts(firm)) {
            throw RequestProblem.of(RequestCode.TRADING_ACCOUNT_NOT_FOUND, "The firm " + firm + " has no trading accounts.");
        }
        return turn(Kind.FIRM, firm, firm, request, http);
    }

    @Operation(summary = "Stop an instrument for all accounts, or let it go on", description = "Engaged: all orders in its book are cancelled.")
    @PutMapping(path = "/instruments/{symbol}", consumes = MediaType.APPLICATION_JSON_VALUE)
    TurnAnswer instrument(@PathVariable String symbol, @RequestBody Turn request, HttpServletRequest http) {
        return turn(Kind.INSTRUMENT, Long.toString(trading.listing(symbol).instrument()), symbol, request, http);
    }

    private TurnAnswer turn(Kind kind, String target, String name, Turn request, HttpServletRequest http) {
        Fields.required("engaged", request.engaged());
        String actor = Caller.actor(Caller.required(http), request.actor());
        String reason = Fields.text("reason", request.reason());
        if (!request.engaged() && approvals.needs(ApprovalKind.KILL_SWITCH_RELEASE)) {
            throw approvals.awaiting(Caller.required(http), ApprovalKind.KILL_SWITCH_RELEASE, kind + " " + name, new Release(request.id(), kind, target, actor, reason));
        }
        KillSwitches.Outcome outcome = turned(new KillSwitches.Turn(request.id(), kind, target, request.engaged(),
                request.engaged() && Boolean.TRUE.equals(request.flatten()), actor, reason));
        Map<Long, String> symbols = trading.symbols();
        return new TurnAnswer(Turned.of(outcome.event(), name), outcome.cancelled(), outcome.open(), outcome.closed(), outcome.left().stream()
                .map(left -> new Left(Long.toString(left.account()), symbols.get(left.instrument()), left.units())).toList());
    }

    private KillSwitches.Outcome turned(KillSwitches.Turn turn) {
        return switches.turn(turn).orElseThrow(() -> RequestProblem.of(TradingRefusal.ID_REUSED, "Another switch was turned with the id " + turn.id() + "."));
    }

    @Operation(summary = "What was done with kill switches, the newest first")
    @GetMapping
    List<Turned> events(@RequestParam(defaultValue = "9223372036854775807") long before, @RequestParam(defaultValue = "50") int limit) {
        Fields.within("limit", limit, MOST);
        return turned(switches.events(before, limit));
    }

    @Operation(summary = "Kill switches that are on", description = "Each as it was engaged last, the newest first; at most 500.")
    @GetMapping("/engaged")
    List<Turned> engaged() {
        return turned(switches.engaged(MOST));
    }

    private List<Turned> turned(List<Event> events) {
        Map<Long, String> symbols = trading.symbols();
        return events.stream().map(event -> Turned.of(event, event.kind() == Kind.INSTRUMENT
                ? symbols.getOrDefault(Long.parseLong(event.target()), event.target()) : event.target())).toList();
    }
}
