package io.partita.member.intake;

import io.partita.ledger.Account;
import io.partita.ledger.AccountCommand;
import io.partita.ledger.Balance;
import io.partita.ledger.LedgerClient;
import io.partita.ledger.LedgerResult;
import io.partita.ledger.Reading;
import io.partita.ledger.Refusal;
import io.partita.ledger.Transfer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;

/**
 * The ledger's simplest twin: a map of accounts, a map of transfers, no limits. It can be told to break off or to be
 * unavailable, which is hard to time with a real one. The import's tests on a real member are in ImportOnMemberTest.
 */
final class NaiveLedger implements LedgerClient {

    private final Map<Long, Account> accounts = new HashMap<>();
    private final Map<Long, Long> net = new HashMap<>();
    private final Map<UUID, Transfer> transfers = new HashMap<>();
    private int callsUntilBreak = Integer.MAX_VALUE;
    private int unavailableCalls;

    /** The given number of calls succeed; all later ones break off, the first of them after it was carried out. */
    void breakAfter(int calls) {
        callsUntilBreak = calls;
    }

    /** The next calls find the database away. */
    void unavailableFor(int calls) {
        unavailableCalls = calls;
    }

    Map<Long, Account> accounts() {
        return accounts;
    }

    int transfers() {
        return transfers.size();
    }

    /** Credits less debits. */
    long net(long account) {
        return net.getOrDefault(account, 0L);
    }

    @Override
    public CompletableFuture<LedgerResult> transferAsync(Transfer transfer) {
        return batchAsync(List.of(transfer)).thenApply(List::getFirst);
    }

    @Override
    public CompletableFuture<List<LedgerResult>> linkedAsync(List<Transfer> legs) {
        return call(legs.stream().map(Transfer::id).toList(), () -> {
            boolean good = legs.stream().allMatch(leg -> check(leg) == null);
            return legs.stream().map(leg -> good ? book(leg)
                    : refused(leg.id(), check(leg) == null ? Refusal.LINKED_FAILED : check(leg))).toList();
        });
    }

    @Override
    public CompletableFuture<List<LedgerResult>> batchAsync(List<Transfer> batch) {
        return call(batch.stream().map(Transfer::id).toList(), () -> batch.stream()
                .map(transfer -> check(transfer) == null ? book(transfer) : refused(transfer.id(), check(transfer))).toList());
    }

    @Override
    public CompletableFuture<List<LedgerResult>> accountsAsync(List<? extends AccountCommand> commands) {
        return call(commands.stream().map(AccountCommand::id).toList(), () -> {
            List<LedgerResult> results = new ArrayList<>();
            for (AccountCommand command : commands) {
                results.add(open(((AccountCommand.Open) command).details(), command.id()));
            }
            return results;
        });
    }

    private LedgerResult open(Account details, UUID id) {
        if (details.parent() != 0 && !accounts.containsKey(details.parent())) {
            return refused(id, Refusal.PARENT_NOT_FOUND);
        }
        Account before = accounts.putIfAbsent(details.id(), details);
        return before == null || before.equals(details) ? booked(id, before != null) : refused(id, Refusal.ACCOUNT_EXISTS);
    }

    private Refusal check(Transfer transfer) {
        Account debit = accounts.get(transfer.debitAccount());
        Account credit = accounts.get(transfer.creditAccount());
        if (transfer.amount().minor() <= 0) {
            return Refusal.AMOUNT_NOT_POSITIVE;
        } else if (transfer.debitAccount() == transfer.creditAccount()) {
            return Refusal.SAME_ACCOUNT;
        } else if (debit == null || credit == null) {
            return Refusal.ACCOUNT_NOT_FOUND;
        } else if (debit.currency() != transfer.amount().currency() || credit.currency() != transfer.amount().currency()) {
            return Refusal.CURRENCY_MISMATCH;
        }
        Transfer before = transfers.get(transfer.id());
        return before == null || before.equals(transfer) ? null : Refusal.ID_REUSED;
    }

    private LedgerResult book(Transfer transfer) {
        boolean repeated = transfers.putIfAbsent(transfer.id(), transfer) != null;
        if (!repeated) {
            net.merge(transfer.debitAccount(), -transfer.amount().minor(), Math::addExact);
            net.merge(transfer.creditAccount(), transfer.amount().minor(), Math::addExact);
        }
        return booked(transfer.id(), repeated);
    }

    @Override
    public CompletableFuture<Reading> balanceAsync(long account) {
        Account details = accounts.get(account);
        Optional<Balance> balance = Optional.ofNullable(details).map(known -> new Balance(account, known.currency(), known.type(),
                known.status(), known.parent(), 0, net(account), 0, 0, Long.MAX_VALUE, Long.MAX_VALUE, 1));
        return CompletableFuture.completedFuture(new Reading(balance, 1, false));
    }

    private interface Work {
        List<LedgerResult> run();
    }

    private CompletableFuture<List<LedgerResult>> call(List<UUID> ids, Work work) {
        if (unavailableCalls > 0) {
            unavailableCalls--;
            return CompletableFuture.completedFuture(ids.stream().map(id -> refused(id, Refusal.STORE_UNAVAILABLE)).toList());
        }
        callsUntilBreak--;
        if (callsUntilBreak < -1) {
            return CompletableFuture.failedFuture(new IllegalStateException("not connected"));
        }
        List<LedgerResult> results = work.run();
        return callsUntilBreak == -1 ? CompletableFuture.failedFuture(new IllegalStateException("connection lost"))
                : CompletableFuture.completedFuture(results);
    }

    private static LedgerResult booked(UUID id, boolean repeated) {
        return new LedgerResult.Booked(id, 0, 0, 0, Instant.EPOCH, repeated);
    }

    private static LedgerResult refused(UUID id, Refusal code) {
        return new LedgerResult.Refused(id, code, code.meaning());
    }

    @Override
    public void close() {
        // Holds nothing.
    }
}
