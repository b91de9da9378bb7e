package io.partita.member.risk.margin;

import io.partita.ledger.LedgerGateway;
import io.partita.ledger.LedgerResult;
import io.partita.ledger.Reading;
import io.partita.ledger.Transfer;
import io.partita.member.risk.margin.MarginTables.Settlement;
import io.partita.member.trading.settlement.TradingAccounts;
import io.partita.money.Money;
import io.partita.trading.settlement.LedgerAccounts;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** The cash of margin accounts, on the ledger accounts of their trading accounts. Thread-safe; calls block. */
final class MarginCash {

    private static final long PATIENCE_SECONDS = 15;

    private final TradingAccounts register;
    private final LedgerGateway ledger;

    MarginCash(TradingAccounts register, LedgerGateway ledger) {
        this.register = register;
        this.ledger = ledger;
    }

    /** What an account has, of each currency and security. */
    List<Reading> balances(long account) {
        return await(ledger.read(register.ledgerAccounts(account)));
    }

    /** Books a settlement, once. */
    LedgerResult pay(Settlement settlement) {
        List<LedgerResult.Refused> refused = await(register.provide(List.of(new TradingAccounts.Need(register.find(settlement.account()).orElseThrow(), settlement.currency()))));
        if (!refused.isEmpty()) {
            return refused.getFirst();
        }
        long own = LedgerAccounts.of(settlement.account(), settlement.currency());
        boolean gained = settlement.amount() > 0;
        return await(ledger.submit(List.of(List.of(Transfer.of(settlement.id(), gained ? settlement.against() : own, gained ? own : settlement.against(),
                Money.of(Math.absExact(settlement.amount()), settlement.currency())))))).getFirst();
    }

    private static <T> T await(CompletableFuture<T> answer) {
        try {
            return answer.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CompletionException(e);
        } catch (ExecutionException | TimeoutException e) {
            throw new CompletionException(e);
        }
    }
}
