package io.partita.member.ledger;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Where groups wait for a lane. Batches form here by themselves: a lane that comes back takes all that has arrived
 * meanwhile. Bounded by the number of transfers. Thread-safe.
 */
final class TransferQueue {

    private final int maxTransfers;
    private final ArrayDeque<TransferGroup> waiting = new ArrayDeque<>();
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition arrived = lock.newCondition();
    private int transfers;
    private boolean closed;

    TransferQueue(int maxTransfers) {
        this.maxTransfers = maxTransfers;
    }

    /** Takes all of the groups or, if there is no room, none. */
    boolean offer(Collection<TransferGroup> groups, int count) {
        lock.lock();
        try {
            if (closed || transfers + count > maxTransfers) {
                return false;
            }
            waiting.addAll(groups);
            transfers += count;
            arrived.signal();
            return true;
        } finally {
            lock.unlock();
        }
    }

    /** Puts a group back that had its place before; not bounded, since it was admitted once. */
    void again(TransferGroup group) {
        lock.lock();
        try {
            waiting.addFirst(group);
            transfers += group.size();
            arrived.signal();
        } finally {
            lock.unlock();
        }
    }

    /** Waits for groups; takes all that are there, up to so many transfers but at least one group. Empty when closed. */
    List<TransferGroup> take(int most) throws InterruptedException {
        lock.lock();
        try {
            while (waiting.isEmpty()) {
                if (closed) {
                    return List.of();
                }
                arrived.await();
            }
            List<TransferGroup> taken = new ArrayList<>(Math.min(waiting.size(), most));
            int count = 0;
            while (!waiting.isEmpty() && (count == 0 || count + waiting.peekFirst().size() <= most)) {
                TransferGroup group = waiting.pollFirst();
                count += group.size();
                taken.add(group);
            }
            transfers -= count;
            if (!waiting.isEmpty()) {
                arrived.signal();
            }
            return taken;
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
