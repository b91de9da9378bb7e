package io.partita.member.ledger;

import io.partita.ledger.LedgerResult;
import io.partita.ledger.Refusal;
import io.partita.ledger.Transfer;
import io.partita.money.Currency;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Transfers that are booked together or not at all, on their way; mostly it is one. Worked on by one lane at a time; only
 * {@link #take}, {@link #answer}, {@link #expire} and {@link #park} may meet other threads.
 */
final class TransferGroup {

    private static final int WAITING = 0;
    private static final int TAKEN = 1;
    private static final int ANSWERED = 2;

    private final Call call;
    private final int place;
    final List<Item> items;
    private final AtomicInteger state = new AtomicInteger(WAITING);
    /** Groups with an id of ours, waiting for our result; null once we have answered. */
    private List<TransferGroup> followers = new ArrayList<>(0);
    /** Its ids are ours in the register of ids in flight. */
    boolean registered;
    private int attempts;

    /** One transfer of the group: what was asked for, and what it has come to mean. */
    static final class Item {
        final Transfer request;
        long debit;
        long credit;
        long amount;
        long released;
        Currency currency;
        Refusal refusal;
        String detail = "";
        LedgerResult result;

        Item(Transfer request) {
            this.request = request;
            this.debit = request.debitAccount();
            this.credit = request.creditAccount();
            if (request.amount() != null) {
                this.amount = request.amount().minor();
                this.currency = request.amount().currency();
            }
        }

        void refuse(Refusal code, String why) {
            refusal = code;
            detail = why;
        }
    }

    TransferGroup(Call call, int place, List<Transfer> transfers) {
        this.call = call;
        this.place = place;
        // Mostly it is one; a stream for each would be a good part of what a transfer costs.
        this.items = transfers.size() == 1 ? List.of(new Item(transfers.getFirst())) : transfers.stream().map(Item::new).toList();
    }

    int size() {
        return items.size();
    }

    /** Its caller's place in a trace; null if none is recorded. */
    String trace() {
        return call.trace();
    }

    boolean expired(long nanoTime) {
        return call.expired(nanoTime);
    }

    /** For a lane, before it does anything: false if the group was answered while it waited. */
    boolean take() {
        return state.compareAndSet(WAITING, TAKEN) || state.get() == TAKEN;
    }

    /** True if something stands against an item, and therefore against all. */
    boolean refused() {
        for (Item item : items) {
            if (item.refusal != null) {
                return true;
            }
        }
        return false;
    }

    /** True if every item has its result. */
    boolean resolved() {
        for (Item item : items) {
            if (item.result == null) {
                return false;
            }
        }
        return true;
    }

    /** True if nothing but passing reasons stands against it. */
    boolean retryable() {
        for (Item item : items) {
            if (item.refusal != null && item.refusal != Refusal.LINKED_FAILED && !item.refusal.retryable()) {
                return false;
            }
        }
        return true;
    }

    /** How long to wait before the next attempt: 4 ms at first, then twice as long each time, up to a quarter of a second. */
    long nextPauseMillis() {
        return 4L << Math.min(attempts++, 6);
    }

    void forgetRefusals() {
        items.forEach(item -> item.refusal = null);
    }

    void refuseAll(Refusal code, String why) {
        items.forEach(item -> item.refuse(code, why));
    }

    /** Answers the caller, unless the deadline has; then hands over the groups that waited for this. */
    List<TransferGroup> answer() {
        if (state.getAndSet(ANSWERED) != ANSWERED) {
            for (int i = 0; i < items.size(); i++) {
                Item item = items.get(i);
                call.answer(place + i, item.result != null ? item.result
                        : new LedgerResult.Refused(item.request.id(), item.refusal == null ? Refusal.LINKED_FAILED : item.refusal, item.detail));
            }
        }
        synchronized (this) {
            List<TransferGroup> waiting = followers;
            followers = null;
            return waiting == null ? List.of() : waiting;
        }
    }

    /** Answers the caller because the time is over, if nobody has: what no lane has taken was certainly not booked. */
    void expire(Refusal notTaken) {
        int before = state.getAndSet(ANSWERED);
        if (before != ANSWERED) {
            Refusal code = before == WAITING ? notTaken : Refusal.OUTCOME_UNKNOWN;
            for (int i = 0; i < items.size(); i++) {
                call.answer(place + i, new LedgerResult.Refused(items.get(i).request.id(), code, ""));
            }
        }
    }

    /** Lets another group wait for this one's result; false if it is there already. */
    synchronized boolean park(TransferGroup other) {
        return followers != null && followers.add(other);
    }
}
