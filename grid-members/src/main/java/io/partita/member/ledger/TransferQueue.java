package io.partita.member.ledger;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;

/**
 * Where groups wait for a lane. Batches form here by themselves: a lane that comes back takes all that has arrived
 * meanwhile. A further lane joins in only when enough waits to be worth a commit of its own, or has waited for long: a commit
 * costs about the same for one transfer as for a hundred, so that two small ones cost both of them time. For the same reason
 * a lane that comes back waits a moment for those whom it has just answered: who books one transfer after the other has the next one
 * ready soon, and without that moment the callers fall apart into two crowds, each of which waits for the other's commit. Bounded by
 * the number of transfers. Thread-safe.
 */
final class TransferQueue {

    /** From about here on a commit's rows cost more than the commit itself. */
    private static final int WORTH_A_LANE = 512;
    /** Longer than a commit usually takes: whoever waits for so long is behind something that is stuck. */
    private static final long LONG_NANOS = 10_000_000;

    /** A caller on this machine has read its answer and sent its next transfer by then; a commit takes several times as long. */
    private static final long GATHER_NANOS = 2_000_000;

    private final int maxTransfers;
    private final LongSupplier nanoTime;
    private final ArrayDeque<TransferGroup> waiting = new ArrayDeque<>();
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition arrived = lock.newCondition();
    private int transfers;
    private int lanesAtWork;
    /** Since when something waits. */
    private long waitingSince;
    /** So many transfers are worth the wait, until then. */
    private int gathering;
    private long gatheringUntil;
    private boolean closed;

    TransferQueue(int maxTransfers) {
        this(maxTransfers, System::nanoTime);
    }

    TransferQueue(int maxTransfers, LongSupplier nanoTime) {
        this.maxTransfers = maxTransfers;
        this.nanoTime = nanoTime;
        this.gatheringUntil = nanoTime.getAsLong();
    }

    /** Takes all of the groups or, if there is no room, none. */
    boolean offer(Collection<TransferGroup> groups, int count) {
        lock.lock();
        try {
            if (closed || transfers + count > maxTransfers) {
                return false;
            }
            boolean first = waiting.isEmpty();
            begin();
            waiting.addAll(groups);
            transfers += count;
            // Who waits for the moment when what there is will do need not be told of each that comes before.
            if (first || worthALane()) {
                arrived.signal();
            }
            return true;
        } finally {
            lock.unlock();
        }
    }

    /** Puts a group back that had its place before; not bounded, since it was admitted once. */
    void again(TransferGroup group) {
        lock.lock();
        try {
            begin();
            waiting.addFirst(group);
            transfers += group.size();
            arrived.signal();
        } finally {
            lock.unlock();
        }
    }

    private void begin() {
        if (waiting.isEmpty()) {
            waitingSince = nanoTime.getAsLong();
        }
    }

    /**
     * Waits for groups; takes all that are there, up to so many transfers but at least one group. Empty when closed. Who got some says
     * so when it is {@link #done} with them.
     */
    List<TransferGroup> take(int most) throws InterruptedException {
        lock.lock();
        try {
            while (waiting.isEmpty() || !worthALane()) {
                if (!waiting.isEmpty()) {
                    arrived.awaitNanos(until() - nanoTime.getAsLong());
                } else if (closed) {
                    return List.of();
                } else {
                    arrived.await();
                }
            }
            return next(most);
        } finally {
            lock.unlock();
        }
    }

    /** As {@link #take}, but without waiting: nothing if nothing waits, or not yet for a further lane. */
    List<TransferGroup> poll(int most) {
        lock.lock();
        try {
            return waiting.isEmpty() || !worthALane() ? List.of() : next(most);
        } finally {
            lock.unlock();
        }
    }

    private List<TransferGroup> next(int most) {
        List<TransferGroup> taken = new ArrayList<>(Math.min(waiting.size(), most));
        int count = 0;
        while (!waiting.isEmpty() && (count == 0 || count + waiting.peekFirst().size() <= most)) {
            TransferGroup group = waiting.pollFirst();
            count += group.size();
            taken.add(group);
        }
        transfers -= count;
        waitingSince = nanoTime.getAsLong();
        lanesAtWork++;
        if (!waiting.isEmpty()) {
            arrived.signal();
        }
        return taken;
    }

    private boolean worthALane() {
        return transfers >= (lanesAtWork == 0 ? gathering : WORTH_A_LANE) || nanoTime.getAsLong() - until() >= 0;
    }

    /** When what waits is taken however little it is. */
    private long until() {
        return lanesAtWork == 0 ? gatheringUntil : waitingSince + LONG_NANOS;
    }

    /** A lane has finished what it took. */
    void done(List<TransferGroup> taken) {
        lock.lock();
        try {
            lanesAtWork--;
            int answered = taken.stream().mapToInt(TransferGroup::size).sum();
            gathering = (int) Math.min(WORTH_A_LANE, (answered + (long) transfers) * 3 / 4);
            gatheringUntil = nanoTime.getAsLong() + GATHER_NANOS;
            arrived.signal();
        } finally {
            lock.unlock();
        }
    }

    int transfers() {
        lock.lock();
        try {
            return transfers;
        } finally {
            lock.unlock();
        }
    }

    /** Lets no more in; lanes finish what is there. */
    void close() {
        lock.lock();
        try {
            closed = true;
            arrived.signalAll();
        } finally {
            lock.unlock();
        }
    }
}
