package io.partita.member.trading;

import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.map.EntryProcessor;
import com.hazelcast.map.IMap;
import io.partita.member.grid.KeyCalls;
import io.partita.member.grid.Patience;
import io.partita.trading.TradingNames;
import io.partita.trading.venue.HostedBook;
import java.time.Duration;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;

/** The books in their Hazelcast map. Thread-safe. */
final class Books {

    private static final Duration PATIENCE = Duration.ofSeconds(15);

    private final HazelcastInstance hazelcast;
    private final IMap<Long, HostedBook> map;
    private final KeyCalls<Long, HostedBook> calls;

    Books(HazelcastInstance hazelcast) {
        this.hazelcast = hazelcast;
        this.map = hazelcast.getMap(TradingNames.BOOKS);
        this.calls = new KeyCalls<>(hazelcast, TradingNames.BOOKS);
    }

    /** What follows the answer may neither wait nor call a member. */
    <R> CompletionStage<R> submit(long instrument, EntryProcessor<Long, HostedBook, R> processor) {
        return calls.submit(instrument, processor);
    }

    /** Waits for the answer; never on one of the grid's threads. */
    <R> R ask(long instrument, EntryProcessor<Long, HostedBook, R> processor) {
        try {
            return Patience.await(submit(instrument, processor).toCompletableFuture(), PATIENCE);
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
