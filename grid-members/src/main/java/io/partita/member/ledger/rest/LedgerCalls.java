package io.partita.member.ledger.rest;

import io.partita.ledger.AccountCommand;
import io.partita.ledger.LedgerGateway;
import io.partita.ledger.LedgerResult;
import io.partita.ledger.Reading;
import io.partita.ledger.Refusal;
import io.partita.ledger.Transfer;
import io.partita.member.PartitaProperties;
import io.partita.member.grid.Patience;
import io.partita.member.rest.RequestProblem;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import org.springframework.stereotype.Component;

/**
 * The ledger for endpoints, which wait for its answers: each request has a virtual thread of its own, so that waiting
 * costs no more than a future would, and leaves the code straight.
 */
@Component
public final class LedgerCalls {

    private final LedgerGateway gateway;
    private final Duration deadline;

    LedgerCalls(LedgerGateway gateway, PartitaProperties settings) {
        this.gateway = gateway;
        // The ledger answers within its deadline; the rest is for a machine that is very busy.
        this.deadline = settings.ledger().deadline().plusSeconds(5);
    }

    /** Books groups of transfers; one result for each transfer. */
    public List<LedgerResult> submit(List<List<Transfer>> groups) {
        return await(gateway.submit(groups));
    }

    /** Books one transfer. */
    public LedgerResult submit(Transfer transfer) {
        return submit(List.of(List.of(transfer))).getFirst();
    }

    /** Carries out one command on an account; throws what the ledger refuses. */
    public LedgerResult.Booked submit(AccountCommand command) {
        return booked(await(gateway.submitAccounts(List.of(command))).getFirst());
    }

    /** Reads an account's balance. */
    public Reading read(long account) {
        return await(gateway.read(List.of(account))).getFirst();
    }

    /** Reads balances, in the order of the accounts. */
    public List<Reading> read(List<Long> accounts) {
        return accounts.isEmpty() ? List.of() : await(gateway.read(accounts));
    }

    /** What was booked; throws what was refused. */
    static LedgerResult.Booked booked(LedgerResult result) {
        return switch (result) {
            case LedgerResult.Booked booked -> booked;
            case LedgerResult.Refused refused -> throw RequestProblem.of(refused);
        };
    }

    private <T> T await(CompletableFuture<T> answer) {
        try {
            return Patience.await(answer, deadline);
        } catch (TimeoutException e) {
            throw RequestProblem.of(Refusal.OUTCOME_UNKNOWN, "No answer within " + deadline.toSeconds() + " s.");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw RequestProblem.of(Refusal.OUTCOME_UNKNOWN, "The member is shutting down.");
        } catch (ExecutionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : new IllegalStateException(e.getCause());
        }
    }
}
