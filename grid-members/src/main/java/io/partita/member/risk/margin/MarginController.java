package io.partita.member.risk.margin;

import static io.partita.member.rest.Fields.required;

import io.partita.member.rest.AccountId;
import io.partita.member.rest.Caller;
import io.partita.member.rest.Fields;
import io.partita.member.rest.RequestCode;
import io.partita.member.rest.RequestProblem;
import io.partita.member.risk.Amounts;
import io.partita.member.risk.margin.MarginJson.One;
import io.partita.member.risk.margin.MarginJson.OneCall;
import io.partita.member.risk.margin.MarginJson.OneEvent;
import io.partita.member.risk.margin.MarginJson.OneSettlement;
import io.partita.member.risk.margin.MarginJson.Wanted;
import io.partita.member.risk.margin.MarginJson.WantedSettlement;
import io.partita.member.trading.orders.OrderService;
import io.partita.money.Currency;
import io.partita.risk.LimitRefusal;
import io.partita.risk.LimitRefused;
import io.partita.risk.Measure;
import io.partita.risk.Tail;
import io.partita.risk.margin.MarginTerms;
import io.partita.security.Principal;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

@Tag(name = "Margin")
@RestController
@RequestMapping("/api/v1/risk/margin")
final class MarginController {

    private static final int MOST = 500;
    private static final int USUAL_HORIZON = 2;
    private static final long MOST_MINUTES = 30 * 24 * 60;

    private final MarginService margin;
    private final OrderService orders;

    MarginController(MarginService margin, OrderService orders) {
        this.margin = margin;
        this.orders = orders;
    }

    @Operation(summary = "All margin accounts and how they were found last, by number")
    @GetMapping("/accounts")
    List<One> all() {
        return margin.all().stream().map(One::of).toList();
    }

    @Operation(summary = "A margin account and how it was found last")
    @GetMapping("/accounts/{account}")
    One one(@PathVariable String account) {
        return One.of(margin.find(AccountId.parse(account).value()));
    }

    @Operation(summary = "Give a trading account margin terms, or other ones", description = """
            201 for new ones. The account is looked at at once, and called if its equity is below the maintenance margin. A call that is not over keeps its deadline.""")
    @PutMapping(path = "/accounts/{account}", consumes = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<One> put(@PathVariable String account, @RequestBody Wanted wanted, Principal caller) {
        long number = AccountId.parse(account).value();
        MarginTerms terms = terms(number, wanted);
        String actor = Caller.actor(caller, wanted.actor());
        if (orders.account(number).isEmpty()) {
            throw RequestProblem.of(RequestCode.TRADING_ACCOUNT_NOT_FOUND, "There is no trading account " + number + ".");
        }
        boolean fresh = margin.put(terms, actor);
        One answer = One.of(margin.find(number));
        return fresh ? ResponseEntity.created(URI.create("/api/v1/risk/margin/accounts/" + number)).body(answer) : ResponseEntity.ok(answer);
    }

    private static MarginTerms terms(long account, Wanted wanted) {
        Currency currency = Amounts.currency(required("currency", wanted.currency()));
        Tail usual = Tail.DAILY;
        Tail tail = new Tail(wanted.method() == null ? usual.method() : wanted.method(), wanted.level() == null ? usual.level() : wanted.level(),
                wanted.horizon() == null ? USUAL_HORIZON : wanted.horizon(), wanted.window() == null ? usual.window() : wanted.window());
        long minutes = required("deadlineMinutes", wanted.deadlineMinutes());
        if (minutes < 1 || minutes > MOST_MINUTES) {
            throw new LimitRefused(LimitRefusal.MARGIN_TERMS_OUT_OF_RANGE, minutes + " minutes.");
        }
        return new MarginTerms(account, currency, wanted.measure() == null ? Measure.EXPECTED_SHORTFALL : wanted.measure(), tail,
                (int) Amounts.share(required("maintenance", wanted.maintenance())), Duration.ofMinutes(minutes),
                wanted.smallest() == null ? 0 : Amounts.money(currency, wanted.smallest()), !Boolean.FALSE.equals(wanted.liquidates()));
    }

    @Operation(summary = "Take an account's margin terms away", description = "Not while a call is not over.")
    @DeleteMapping("/accounts/{account}")
    ResponseEntity<Void> remove(@PathVariable String account) {
        margin.remove(AccountId.parse(account).value());
        return ResponseEntity.noContent().build();
    }

    @Operation(summary = "Look at all margin accounts now", description = "Members do so on a schedule, too.")
    @PostMapping("/evaluations")
    List<One> evaluateAll() {
        margin.evaluateAll();
        return all();
    }

    @Operation(summary = "Look at a margin account now", description = "An account whose call has passed its deadline is stopped and its positions are closed, unless its terms say otherwise.")
    @PostMapping("/accounts/{account}/evaluations")
    One evaluate(@PathVariable String account) {
        margin.evaluate(AccountId.parse(account).value());
        return one(account);
    }

    @Operation(summary = "Pay what positions that were not paid for have gained since it was paid last", description = """
            From a ledger account to the account's cash, or a loss the other way; the transfer has the same id. Equity stays what it is: variation becomes collateral.""")
    @PostMapping(path = "/accounts/{account}/settlements", consumes = MediaType.APPLICATION_JSON_VALUE)
    OneSettlement settle(@PathVariable String account, @RequestBody WantedSettlement wanted) {
        return OneSettlement.of(margin.settle(AccountId.parse(account).value(), required("id", wanted.id()), required("against", wanted.against()).value()));
    }

    @Operation(summary = "Margin calls, the newest first", description = "With open=true those that are not over. Ask for more with before: the number of the last one of the page.")
    @GetMapping("/calls")
    List<OneCall> calls(@RequestParam(defaultValue = "false") boolean open, @RequestParam(required = false) String account,
                        @RequestParam(defaultValue = "9223372036854775807") long before, @RequestParam(defaultValue = "100") int limit) {
        Fields.within("limit", limit, MOST);
        return margin.calls(open, account == null ? null : AccountId.parse(account).value(), before, limit).stream().map(OneCall::of).toList();
    }

    @Operation(summary = "A margin call")
    @GetMapping("/calls/{number}")
    OneCall call(@PathVariable long number) {
        return OneCall.of(margin.call(number));
    }

    @Operation(summary = "What a margin call came to, the oldest first")
    @GetMapping("/calls/{number}/events")
    List<OneEvent> events(@PathVariable long number) {
        Currency currency = margin.call(number).currency();
        return margin.events(number).stream().map(event -> OneEvent.of(event, currency)).toList();
    }
}
