package io.partita.member.trading.settlement.rest;

import io.partita.ledger.Balance;
import io.partita.ledger.LedgerResult;
import io.partita.ledger.Reading;
import io.partita.ledger.Refusal;
import io.partita.member.ledger.rest.LedgerCalls;
import io.partita.member.rest.Fields;
import io.partita.member.rest.RequestCode;
import io.partita.member.rest.RequestProblem;
import io.partita.member.trading.Listing;
import io.partita.member.trading.rest.TradingCalls;
import io.partita.member.trading.settlement.TradingAccounts;
import io.partita.money.Currency;
import io.partita.money.Money;
import io.partita.trading.settlement.LedgerAccounts;
import io.partita.trading.settlement.TradingAccount;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

@Tag(name = "Trading accounts")
@RestController
@RequestMapping("/api/v1/trading-accounts")
final class TradingAccountController {

    private static final int MOST = 200;

    private final TradingAccounts accounts;
    private final TradingCalls trading;
    private final LedgerCalls ledger;

    TradingAccountController(TradingAccounts accounts, TradingCalls trading, LedgerCalls ledger) {
        this.accounts = accounts;
        this.trading = trading;
        this.ledger = ledger;
    }

    /** Who is to trade. */
    @Schema(name = "NewTradingAccount")
    record NewTradingAccount(
            @Schema(requiredMode = Schema.RequiredMode.REQUIRED, description = "a positive number of your choice, below 2^46; orders name it") Long number,
            @Schema(description = "the same for all accounts that must not trade with each other; 0, for none, unless said") Integer participant,
            @Schema(requiredMode = Schema.RequiredMode.REQUIRED, maxLength = TradingAccount.MAX_FIRM, example = "NORTH") String firm,
            @Schema(requiredMode = Schema.RequiredMode.REQUIRED, maxLength = TradingAccount.MAX_NAME, example = "Ada Lovelace") String name,
            @Schema(description = "whether the ledger lets it owe cash and securities; false unless said") Boolean margin) {

        TradingAccount account() {
            try {
                return new TradingAccount(Fields.required("number", number), participant == null ? 0 : participant, Fields.required("firm", firm),
                        Fields.required("name", name), Boolean.TRUE.equals(margin));
            } catch (IllegalArgumentException wrong) {
                throw RequestProblem.of(Refusal.INVALID_REQUEST, wrong.getMessage());
            }
        }
    }

    /** So much of a currency, on the ledger account that has it. */
    record Cash(String currency, @Schema(description = "the ledger account") String account, String posted, String pending,
                @Schema(description = "what may be paid from it; absent without a limit") String available) {
    }

    /** So much of a security, on the ledger account that has it. */
    record Holding(@Schema(description = "absent if nobody has listed it lately") String symbol,
                   @Schema(description = "the currency of the ledger account", example = "A00") String unit,
                   @Schema(description = "the ledger account") String account, long quantity, long pending,
                   @Schema(description = "what may be delivered from it; absent without a limit") Long available) {
    }

    /** A trading account; cash and holdings are absent in lists. */
    @Schema(name = "TradingAccount")
    record AccountAnswer(String number, int participant, String firm, String name, boolean margin, List<Cash> cash, List<Holding> holdings) {

        static AccountAnswer of(TradingAccount account, List<Cash> cash, List<Holding> holdings) {
            return new AccountAnswer(Long.toString(account.number()), account.participant(), account.firm(), account.name(), account.margin(), cash, holdings);
        }
    }

    /** A page of trading accounts by ascending number. */
    record TradingAccountsAnswer(List<AccountAnswer> accounts, @Schema(description = "Give it as after for the next page; absent on the last") Long next) {
    }

    /** A ledger account of a trading account. */
    @Schema(name = "TradingLedgerAccount")
    record LedgerAccountAnswer(@Schema(description = "the ledger account") String account,
                               @Schema(description = "of an instrument: its unit", example = "A00") String currency,
                               @Schema(description = "of an instrument: the ledger account from which holdings come, and to which they go") String depository) {
    }

    @Operation(summary = "Open a trading account", description = "201, or 200 when the same one had been opened before.")
    @PostMapping(consumes = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<AccountAnswer> open(@RequestBody NewTradingAccount request) {
        TradingAccount account = request.account();
        AccountAnswer answer = AccountAnswer.of(account, null, null);
        return switch (accounts.open(account)) {
            case OPENED -> ResponseEntity.created(URI.create("/api/v1/trading-accounts/" + account.number())).body(answer);
            case REPEATED -> ResponseEntity.ok(answer);
            case EXISTS -> throw RequestProblem.of(RequestCode.TRADING_ACCOUNT_EXISTS, "There is another trading account " + account.number() + ".");
        };
    }

    @Operation(summary = "Trading accounts", description = "By ascending number.")
    @GetMapping
    TradingAccountsAnswer all(@Parameter(description = "next of the page before") @RequestParam(defaultValue = "0") long after,
                              @Parameter(description = "1 to 200") @RequestParam(defaultValue = "50") int limit) {
        Fields.within("limit", limit, MOST);
        List<TradingAccount> page = accounts.page(after, limit + 1);
        boolean more = page.size() > limit;
        List<TradingAccount> shown = more ? page.subList(0, limit) : page;
        return new TradingAccountsAnswer(shown.stream().map(account -> AccountAnswer.of(account, null, null)).toList(),
                more ? shown.getLast().number() : null);
    }

    @Operation(summary = "A trading account with its cash and holdings now")
    @GetMapping("/{number}")
    AccountAnswer get(@PathVariable long number) {
        TradingAccount account = find(number);
        Map<Currency, Listing> listings = trading.listings().stream().filter(listing -> listing.line() == 0).collect(Collectors.toMap(Listing::unit, Function.identity()));
        List<Balance> balances = ledger.read(accounts.ledgerAccounts(number)).stream().map(Reading::balance).flatMap(java.util.Optional::stream).toList();
        return AccountAnswer.of(account, balances.stream().filter(balance -> !balance.currency().isUnit()).map(TradingAccountController::cash).toList(),
                balances.stream().filter(balance -> balance.currency().isUnit()).map(balance -> holding(balance, listings.get(balance.currency()))).toList());
    }

    private static Cash cash(Balance balance) {
        return new Cash(balance.currency().code(), Long.toString(balance.account()), balance.posted().major().toPlainString(),
                balance.pending().major().toPlainString(), balance.maxNetDebit() == Long.MAX_VALUE ? null
                : Money.of(balance.availableToDebit(), balance.currency()).major().toPlainString());
    }

    private static Holding holding(Balance balance, Listing listing) {
        return new Holding(listing == null ? null : listing.symbol(), balance.currency().code(), Long.toString(balance.account()),
                balance.posted().minor(), balance.pending().minor(), balance.maxNetDebit() == Long.MAX_VALUE ? null : balance.availableToDebit());
    }

    @Operation(summary = "The ledger account for a currency", description = """
            Opens it if it is not there. Money comes to it, and goes from it, by transfers of the ledger (`POST /api/v1/transfers`).""")
    @PutMapping("/{number}/cash/{currency}")
    LedgerAccountAnswer cash(@PathVariable long number, @PathVariable String currency) {
        return provide(number, Currency.find(currency).filter(money -> !money.isUnit())
                .orElseThrow(() -> RequestProblem.parameter("currency", "is an ISO 4217 code such as EUR.")));
    }

    @Operation(summary = "The ledger account for holdings of an instrument", description = """
            Opens it if it is not there, with the instrument's depository. Holdings come from the depository, and go to it, by transfers of
            the ledger (`POST /api/v1/transfers`).""")
    @PutMapping("/{number}/holdings/{symbol}")
    LedgerAccountAnswer holdings(@PathVariable long number, @PathVariable String symbol) {
        return provide(number, trading.listing(symbol).unit());
    }

    private LedgerAccountAnswer provide(long number, Currency currency) {
        TradingAccount account = find(number);
        List<LedgerResult.Refused> refused = accounts.provide(List.of(new TradingAccounts.Need(account, currency))).join();
        if (!refused.isEmpty()) {
            throw RequestProblem.of(refused.getFirst());
        }
        return new LedgerAccountAnswer(Long.toString(LedgerAccounts.of(number, currency)), currency.code(),
                currency.isUnit() ? Long.toString(LedgerAccounts.depository(currency)) : null);
    }

    private TradingAccount find(long number) {
        return accounts.find(number).orElseThrow(() ->
                RequestProblem.of(RequestCode.TRADING_ACCOUNT_NOT_FOUND, "There is no trading account " + number + "."));
    }
}
