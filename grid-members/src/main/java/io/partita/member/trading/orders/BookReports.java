package io.partita.member.trading.orders;

import com.hazelcast.cluster.Member;
import com.hazelcast.core.HazelcastInstance;
import io.partita.trading.TradingNames;
import io.partita.trading.accounts.AccountNotice;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Waits until accounts know what a book has reported, wherever that book is. Thread-safe. */
final class BookReports {

    /** Far longer than it takes while all is well; the account learns it later all the same. */
    private static final long PATIENCE_SECONDS = 2;

    private final HazelcastInstance hazelcast;
    private final ReportPump pump;

    BookReports(HazelcastInstance hazelcast, ReportPump pump) {
        this.hazelcast = hazelcast;
        this.pump = pump;
    }

    boolean told(long instrument, long sequence) {
        Member owner = hazelcast.getPartitionService().getPartition(instrument).getOwner();
        if (owner == null) {
            return false;
        }
        try {
            return owner.localMember() ? toldHere(instrument, sequence)
                    : hazelcast.getExecutorService(TradingNames.REPORTS).submitToMember(AccountNotice.reported(instrument, sequence), owner)
                            .get(PATIENCE_SECONDS + 1, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        } catch (ExecutionException | TimeoutException | RuntimeException e) {
            return false;
        }
    }

    boolean toldHere(long instrument, long sequence) {
        return pump.told(instrument, sequence).completeOnTimeout(false, PATIENCE_SECONDS, TimeUnit.SECONDS).join();
    }
}
