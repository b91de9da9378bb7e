package io.partita.member.trading.orders;

import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.map.EntryProcessor;
import com.hazelcast.map.IMap;
import io.partita.trading.TradingNames;
import io.partita.trading.accounts.HostedAccount;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** The trading accounts in their Hazelcast map. Thread-safe. */
final class Accounts {

    private static final long PATIENCE_SECONDS = 15;

    private final IMap<Long, HostedAccount> map;

    Accounts(HazelcastInstance hazelcast) {
        map = hazelcast.getMap(TradingNames.ACCOUNTS);
    }

    <R> CompletableFuture<R> submit(long account, EntryProcessor<Long, HostedAccount, R> processor) {
        return map.submitToKey(account, processor).toCompletableFuture();
    }

    /** Waits for the answer; never on one of the grid's threads. */
    <R> R ask(long account, EntryProcessor<Long, HostedAccount, R> processor) {
        return await(submit(account, processor));
    }

    static <R> R await(CompletableFuture<R> answer) {
        try {
            return answer.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CompletionException(e);
        } catch (ExecutionException | TimeoutException e) {
            throw new CompletionException(e);
        }
    }

    /** Every account that is in the grid, and what each answers. */
    <R> Map<Long, R> all(EntryProcessor<Long, HostedAccount, R> processor) {
        return map.executeOnEntries(processor);
    }
}
