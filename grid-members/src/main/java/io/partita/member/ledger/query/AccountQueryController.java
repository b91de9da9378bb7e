package io.partita.member.ledger.query;

import io.partita.ledger.AccountStatus;
import io.partita.ledger.AccountType;
import io.partita.ledger.Balance;
import io.partita.ledger.Reading;
import io.partita.member.ledger.rest.AccountAnswer;
import io.partita.member.ledger.rest.BalanceAnswer;
import io.partita.member.rest.AccountId;
import io.partita.member.rest.RequestProblem;
import io.partita.money.Currency;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.stream.Stream;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

@Tag(name = "Accounts")
@RestController
@RequestMapping("/api/v1/accounts")
final class AccountQueryController {

    private final LedgerQueries queries;

    AccountQueryController(LedgerQueries queries) {
        this.queries = queries;
    }

    /** A page of accounts by ascending id. */
    @Schema(name = "Accounts")
    record AccountsAnswer(List<AccountAnswer> accounts,
                          @Schema(description = "Give it as after for the next page; absent on the last", example = "1050") String next) {
    }

    @Operation(summary = "Find accounts", description = "With their balances, by ascending id.")
    @GetMapping
    AccountsAnswer accounts(
            @Parameter(description = "Part of the name, beginning of the reference, or the id", example = "love")
            @RequestParam(required = false) String search,
            @RequestParam(required = false) AccountType type,
            @Parameter(example = "EUR") @RequestParam(required = false) String currency,
            @RequestParam(required = false) AccountStatus status,
            @Parameter(description = "Only those right below this account; 0 for those at the top") @RequestParam(required = false) Long parent,
            @Parameter(description = "1 to 200") @RequestParam(defaultValue = "50") int limit,
            @Parameter(description = "next of the page before") @RequestParam(defaultValue = "0") long after) {
        Currency unit = currency == null || currency.isBlank() ? null : Currency.find(currency)
                .orElseThrow(() -> RequestProblem.parameter("currency", "is an ISO 4217 code such as EUR."));
        LedgerQueries.AccountPage page = queries.accounts(new LedgerQueries.AccountFilter(search, type, unit, status, parent), after, limit);
        return new AccountsAnswer(page.accounts().stream().map(AccountQueryController::answer).toList(),
                page.next() == null ? null : Long.toString(page.next()));
    }

    private static AccountAnswer answer(LedgerQueries.AccountWithBalance found) {
        return AccountAnswer.of(found.row().account(), found.row().openedAt(), answer(found.reading()));
    }

    private static BalanceAnswer answer(Reading reading) {
        return reading.balance().map(balance -> BalanceAnswer.of(balance, reading.stale())).orElse(null);
    }

    @Operation(summary = "The balance of an account", description = """
            Now, from the grid; or with `consistency=strong` from the journal, which is never behind; or as of a time (`at`), of a
            sequence of the account's shard (`sequence`), or by effective date (`effective`: what took effect up to the end of that day,
            of everything that is booked by now).""")
    @GetMapping("/{id}/balance")
    BalanceAnswer balance(@PathVariable String id,
            @Parameter(description = "Not older than this sequence, which the caller has seen") @RequestParam(defaultValue = "0") long minSequence,
            @Parameter(schema = @Schema(allowableValues = "strong")) @RequestParam(required = false) String consistency,
            @Parameter(description = "Everything booked at or before it; a date is the end of that day in UTC", example = "2026-11-21T09:30:00Z")
            @RequestParam(required = false) String at,
            @RequestParam(required = false) Long sequence,
            @Parameter(example = "2026-11-21") @RequestParam(required = false) String effective) {
        long account = AccountId.parse(id).value();
        if (Stream.of(at, sequence, effective, consistency).filter(java.util.Objects::nonNull).count() > 1) {
            throw RequestProblem.parameter("at", "give one of at, sequence, effective and consistency.");
        }
        Instant time = Times.at("at", at);
        LocalDate date = Times.date("effective", effective);
        if (consistency != null && !consistency.equals("strong")) {
            throw RequestProblem.parameter("consistency", "is strong, or left out.");
        }
        if (time != null || sequence != null || date != null || consistency != null) {
            Balance balance = time != null ? queries.balanceAt(account, time) : sequence != null ? queries.balanceAt(account, sequence)
                    : date != null ? queries.balanceEffective(account, date) : queries.balanceInJournal(account);
            return BalanceAnswer.of(balance, false);
        }
        return answer(queries.balance(account, minSequence));
    }

    @Operation(summary = "The statement of an account", description = """
            What moved money in a period, with the balance after each entry; what is pending at its end stands apart. Pages go on with
            `next` and back with `previous`; give the same parameters with a cursor.""")
    @GetMapping("/{id}/statement")
    StatementAnswer statement(@PathVariable String id,
            @Parameter(description = "Booked at or after; a time or a date", example = "2026-11-01") @RequestParam(required = false) String from,
            @Parameter(description = "Booked before; a date is included", example = "2026-11-30") @RequestParam(required = false) String to,
            @Parameter(schema = @Schema(allowableValues = {"newest", "oldest"})) @RequestParam(defaultValue = "newest") String order,
            @Parameter(description = "1 to 200") @RequestParam(defaultValue = "50") int limit,
            @RequestParam(required = false) String cursor) {
        if (!order.equals("newest") && !order.equals("oldest")) {
            throw RequestProblem.parameter("order", "is newest or oldest.");
        }
        return StatementAnswer.of(queries.statement(AccountId.parse(id).value(), Times.from("from", from), Times.to("to", to),
                order.equals("newest"), limit, cursor));
    }

    @Operation(summary = "An account with everything below it")
    @GetMapping("/{id}/rollup")
    ChartAnswer.Node rollUp(@PathVariable String id) {
        return ChartAnswer.of(queries.rollUp(AccountId.parse(id).value())).accounts().getFirst();
    }
}
