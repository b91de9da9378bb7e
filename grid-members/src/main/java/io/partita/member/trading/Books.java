package io.partita.member.trading;

import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.map.EntryProcessor;
import com.hazelcast.map.IMap;
import io.partita.trading.TradingNames;
import io.partita.trading.venue.HostedBook;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** The books in their Hazelcast map. Thread-safe. */
final class Books {

    private static final long PATIENCE_SECONDS = 15;

    private final HazelcastInstance hazelcast;
    private final IMap<Long, HostedBook> map;

    Books(HazelcastInstance hazelcast) {
        this.hazelcast = hazelcast;
        this.map = hazelcast.getMap(TradingNames.BOOKS);
    }

    <R> CompletionStage<R> submit(long instrument, EntryProcessor<Long, HostedBook, R> processor) {
        return map.submitToKey(instrument, processor);
    }

    /** Waits for the answer; never on one of the grid's threads. */
    <R> R ask(long instrument, EntryProcessor<Long, HostedBook, R> processor) {
        try {
            return submit(instrument, processor).toCompletableFuture().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CompletionException(e);
        } catch (ExecutionException | TimeoutException e) {
            throw new CompletionException(e);
        }
    }

    /** Puts a book where it belongs, and on its backups. */
    void install(HostedBook book) {
        map.set(book.book().instrument().id(), book);
    }

    boolean local(long instrument) {
        var owner = hazelcast.getPartitionService().getPartition(instrument).getOwner();
        return owner != null && owner.localMember();
    }

    String member() {
        return hazelcast.getCluster().getLocalMember().getUuid().toString();
    }
}
