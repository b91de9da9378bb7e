package io.partita.member.simulation;

import com.hazelcast.core.IndeterminateOperationStateException;
import com.hazelcast.core.OperationTimeoutException;
import com.hazelcast.core.ReadOnly;
import com.hazelcast.map.EntryProcessor;
import io.partita.ledger.shard.Shard;
import io.partita.member.simulation.Table.Seat;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;

/**
 * A call to a shard, from its caller's side: sent to the owner that the caller knows, and sent again while that is not the owner;
 * over when the answer and the backup's word have come, or when nobody can tell any more whether it ran.
 */
final class Invocation<R> {

    private static final long CALL_TIMEOUT = 10 * World.SECONDS;
    /** Then a call that never found its owner is given up; whoever waits for it has done so long before. */
    private static final int MOST_TRIES = 250;
    private static final long BACKUP_TIMEOUT = 3 * World.SECONDS;

    final GridNode caller;
    final int index;
    final EntryProcessor<Integer, Shard, R> processor;
    final CompletableFuture<R> answer = new CompletableFuture<>();
    private final World world;
    final long began;
    private Seat target;
    private R result;
    private boolean answered;
    private boolean backedUp;
    private int tries;

    Invocation(GridNode caller, int index, EntryProcessor<Integer, Shard, R> processor) {
        this.caller = caller;
        this.index = index;
        this.processor = processor;
        this.world = caller.grid.world;
        this.began = world.now();
    }

    void attempt() {
        if (answer.isDone()) {
            return;
        }
        Table table = caller.table();
        target = table == null ? null : table.seat(table.owner()[index]);
        if (target == null) {
            again();
            return;
        }
        Seat addressee = target;
        int attempt = tries;
        world.after(CALL_TIMEOUT, caller.host, () -> {
            if (tries == attempt && !answered) {
                fail(new OperationTimeoutException("no answer in time"));
            }
        });
        GridNode node = caller.grid.at(addressee.node());
        caller.grid.network.send(caller.host.node, node.host, () -> {
            GridNode.Reply<R> reply = node.execute(this, addressee.id());
            caller.grid.network.send(node.host.node, caller.host, () -> hear(reply));
        });
    }

    private void hear(GridNode.Reply<R> reply) {
        if (answer.isDone() || answered) {
            return;
        }
        switch (reply) {
            case GridNode.Reply.Again<R> ignored -> again();
            case GridNode.Reply.Failed<R> failed -> fail(failed.why());
            case GridNode.Reply.Done<R> done -> {
                answered = true;
                result = done.result();
                if (backedUp || !done.backedUp()) {
                    finish();
                } else {
                    world.after(BACKUP_TIMEOUT, caller.host, this::indeterminate);
                }
            }
        }
    }

    /** The backup has done its part. */
    void backedUp() {
        backedUp = true;
        if (answered) {
            finish();
        }
    }

    private void again() {
        target = null;
        if (tries >= MOST_TRIES) {
            fail(new OperationTimeoutException("no owner"));
            return;
        }
        world.after(Math.min(500, 1L << Math.min(tries++, 9)) * World.MILLIS, caller.host, this::attempt);
    }

    /** A member has left the cluster. */
    void lost(Seat seat) {
        if (seat.equals(target) && !answered && !answer.isDone()) {
            if (processor instanceof ReadOnly) {
                again();
            } else {
                indeterminate();
            }
        }
    }

    void indeterminate() {
        fail(new IndeterminateOperationStateException("nobody knows whether it ran"));
    }

    private void finish() {
        caller.done(this);
        answer.complete(result);
    }

    private void fail(RuntimeException failure) {
        if (!answer.isDone()) {
            caller.done(this);
            // As the real one wraps it where it is waited for.
            answer.completeExceptionally(new ExecutionException(failure));
        }
    }
}
