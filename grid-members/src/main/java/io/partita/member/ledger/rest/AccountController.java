package io.partita.member.ledger.rest;

import io.partita.ledger.Account;
import io.partita.ledger.AccountCommand;
import io.partita.ledger.LedgerResult;
import io.partita.ledger.Reading;
import io.partita.ledger.Refusal;
import io.partita.member.rest.AccountId;
import io.partita.member.rest.RequestProblem;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.net.URI;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

@Tag(name = "Accounts")
@RestController
@RequestMapping("/api/v1/accounts")
final class AccountController {

    private final LedgerCalls ledger;
    private final AccountRows accounts;

    AccountController(LedgerCalls ledger, AccountRows accounts) {
        this.ledger = ledger;
        this.accounts = accounts;
    }

    /** A command on an account and what became of it. */
    record AccountResult(Receipt result, AccountAnswer account) {
    }

    @Operation(summary = "Open an account", description = "201, or 200 when the same account had been opened before.")
    @PostMapping(consumes = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<AccountResult> open(@RequestBody AccountRequests.Open request) {
        Account account = request.account();
        LedgerResult.Booked booked = ledger.submit(AccountCommand.open(account));
        AccountResult answer = new AccountResult(Receipt.of(booked), AccountAnswer.of(account, null, null));
        return booked.repeated() ? ResponseEntity.ok(answer)
                : ResponseEntity.created(URI.create("/api/v1/accounts/" + account.id())).body(answer);
    }

    @Operation(summary = "Freeze, re-open or close an account, or change its limits")
    @PatchMapping(path = "/{id}", consumes = MediaType.APPLICATION_JSON_VALUE)
    AccountResult change(@PathVariable String id, @RequestBody AccountRequests.Change request) {
        Account account = find(id).account();
        LedgerResult.Booked booked = ledger.submit(request.command(account));
        AccountRows.Row changed = find(id);
        return new AccountResult(Receipt.of(booked), AccountAnswer.of(changed.account(), changed.openedAt(), null));
    }

    @Operation(summary = "An account with its balance now")
    @GetMapping("/{id}")
    AccountAnswer get(@PathVariable String id) {
        AccountRows.Row row = find(id);
        Reading reading = ledger.read(row.account().id());
        return AccountAnswer.of(row.account(), row.openedAt(),
                reading.balance().map(balance -> BalanceAnswer.of(balance, reading.stale())).orElse(null));
    }

    private AccountRows.Row find(String text) {
        AccountId id = AccountId.parse(text);
        return accounts.find(id.value()).orElseThrow(() ->
                RequestProblem.notFound(Refusal.ACCOUNT_NOT_FOUND, "There is no account " + id + "."));
    }
}
