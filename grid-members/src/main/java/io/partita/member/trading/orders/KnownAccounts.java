package io.partita.member.trading.orders;

import com.hazelcast.cluster.Member;
import com.hazelcast.core.HazelcastInstance;
import io.partita.trading.TradingNames;
import io.partita.trading.accounts.AccountNotice;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jdbi.v3.core.Jdbi;

/**
 * The numbers of all accounts that trade through risk. Every member knows them before the first order of an account is taken, so none of its
 * executions is overlooked. Thread-safe.
 */
final class KnownAccounts {

    private static final long PATIENCE_SECONDS = 5;

    private final HazelcastInstance hazelcast;
    private final Set<Long> numbers = ConcurrentHashMap.newKeySet();

    KnownAccounts(HazelcastInstance hazelcast) {
        this.hazelcast = hazelcast;
    }

    /** Those that there are; to be asked for once announcements arrive here, lest one of the meantime is missed. */
    void learn(Jdbi jdbi) {
        numbers.addAll(jdbi.withHandle(handle -> handle.createQuery("select number from trading_account").mapTo(Long.class).list()));
    }

    boolean none() {
        return numbers.isEmpty();
    }

    boolean contains(long account) {
        return numbers.contains(account);
    }

    void add(long account) {
        numbers.add(account);
    }

    /** Makes an account known everywhere; false if some member did not answer. */
    boolean announce(long account) {
        List<Future<Boolean>> answers = new ArrayList<>();
        for (Member member : hazelcast.getCluster().getMembers()) {
            answers.add(hazelcast.getExecutorService(TradingNames.REPORTS).submitToMember(AccountNotice.announcement(account), member));
        }
        try {
            for (Future<Boolean> answer : answers) {
                answer.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
            }
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        } catch (ExecutionException | TimeoutException e) {
            return false;
        }
    }
}
