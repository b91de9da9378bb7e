package io.partita.member.trading.settlement;

import io.partita.ledger.LedgerGateway;
import io.partita.ledger.LedgerResult;
import io.partita.ledger.Refusal;
import io.partita.ledger.Transfer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Brings linked groups to the ledger until each is booked or refused for good, or the time for it is over. What is refused for a passing reason
 * is sent again. What is refused for lack of funds is sent again once others have brought some: groups do not see each other's credits
 * before they are booked. Only when nothing moves any more it is lacking for good.
 */
final class LedgerRun {

    private static final long FIRST_PAUSE_MILLIS = 20;
    private static final long LONGEST_PAUSE_MILLIS = 1_000;
    /** A group that the ledger does not take for so long is left to the next round, and keeps up none but those of its own book. */
    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(10);
    /** The ledger answers within its own deadline, which is shorter. */
    private static final long ANSWER_SECONDS = 120;

    private final LedgerGateway ledger;
    private final long patienceNanos;

    LedgerRun(LedgerGateway ledger) {
        this(ledger, PATIENCE_NANOS);
    }

    LedgerRun(LedgerGateway ledger, long patienceNanos) {
        this.ledger = ledger;
        this.patienceNanos = patienceNanos;
    }

    /** For each group why it was refused, null for booked; a code that is retryable means that it is open, and may have been booked. */
    List<Refusal> book(List<List<Transfer>> groups) throws InterruptedException {
        Refusal[] refusals = new Refusal[groups.size()];
        List<Integer> open = new ArrayList<>();
        for (int i = 0; i < groups.size(); i++) {
            if (!groups.get(i).isEmpty()) {
                open.add(i);
            }
        }
        long deadline = System.nanoTime() + patienceNanos;
        long pause = FIRST_PAUSE_MILLIS;
        while (!open.isEmpty()) {
            List<Integer> again = once(groups, open, refusals);
            boolean moved = again.size() < open.size();
            boolean passing = again.stream().anyMatch(i -> refusals[i].retryable());
            open = again;
            if (!moved && !passing) {
                break;
            }
            if (passing && System.nanoTime() > deadline) {
                // Whether anybody lacks funds depends on those that are open.
                open.forEach(i -> refusals[i] = refusals[i].retryable() ? refusals[i] : Refusal.ACCOUNT_BUSY);
                break;
            }
            if (!moved) {
                TimeUnit.MILLISECONDS.sleep(pause);
                pause = Math.min(2 * pause, LONGEST_PAUSE_MILLIS);
            }
        }
        return Arrays.asList(refusals);
    }

    /** Sends groups; those to be sent again. */
    private List<Integer> once(List<List<Transfer>> groups, List<Integer> open, Refusal[] refusals) throws InterruptedException {
        List<LedgerResult> results = submit(open.stream().map(groups::get).toList());
        List<Integer> again = new ArrayList<>();
        int place = 0;
        for (int i : open) {
            int size = groups.get(i).size();
            refusals[i] = results == null ? Refusal.OUTCOME_UNKNOWN : refusal(results.subList(place, place + size));
            place += size;
            if (refusals[i] != null && (refusals[i].retryable() || refusals[i] == Refusal.INSUFFICIENT_FUNDS || refusals[i] == Refusal.CREDIT_LIMIT_EXCEEDED)) {
                again.add(i);
            }
        }
        return again;
    }

    private List<LedgerResult> submit(List<List<Transfer>> groups) throws InterruptedException {
        try {
            return ledger.submit(groups).get(ANSWER_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException unanswered) {
            return null;
        }
    }

    /** Why a group was refused: what was said of the leg that stands for all. */
    private static Refusal refusal(List<LedgerResult> results) {
        Refusal found = null;
        for (LedgerResult result : results) {
            if (result instanceof LedgerResult.Refused refused && (found == null || found == Refusal.LINKED_FAILED)) {
                found = refused.code();
            }
        }
        return found;
    }
}
