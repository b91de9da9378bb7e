package io.partita.member.trading.settlement;

import io.partita.ledger.LedgerGateway;
import io.partita.ledger.LedgerResult;
import io.partita.ledger.Refusal;
import io.partita.ledger.Transfer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;

/**
 * Brings linked groups to the ledger until each is booked or refused for good. What is refused for a passing reason is sent again, for as long as
 * it takes. What is refused for lack of funds is sent again once others have brought some: groups do not see each other's credits before
 * they are booked. Only when nothing moves any more it is lacking for good.
 */
final class LedgerRun {

    private static final long FIRST_PAUSE_MILLIS = 20;
    private static final long LONGEST_PAUSE_MILLIS = 1_000;
    /** The ledger answers within its own deadline, which is shorter. */
    private static final long PATIENCE_SECONDS = 120;

    private final LedgerGateway ledger;
    private final BooleanSupplier abandoned;

    /** @param abandoned true when there is no point in trying any longer */
    LedgerRun(LedgerGateway ledger, BooleanSupplier abandoned) {
        this.ledger = ledger;
        this.abandoned = abandoned;
    }

    /** True when there is no point in trying any longer. */
    boolean isAbandoned() {
        return abandoned.getAsBoolean();
    }

    /** For each group why it was refused, null for booked; or null altogether if it was abandoned, and may have been booked in part. */
    List<Refusal> book(List<List<Transfer>> groups) throws InterruptedException {
        Refusal[] refusals = new Refusal[groups.size()];
        List<Integer> open = new ArrayList<>();
        for (int i = 0; i < groups.size(); i++) {
            if (!groups.get(i).isEmpty()) {
                open.add(i);
            }
        }
        long pause = FIRST_PAUSE_MILLIS;
        while (!open.isEmpty()) {
            if (abandoned.getAsBoolean()) {
                return null;
            }
            List<Integer> again = once(groups, open, refusals);
            boolean moved = again.size() < open.size();
            open = again;
            if (!moved && open.stream().noneMatch(i -> refusals[i].retryable())) {
                break;
            }
            if (!moved) {
                TimeUnit.MILLISECONDS.sleep(pause);
                pause = Math.min(2 * pause, LONGEST_PAUSE_MILLIS);
            }
        }
        return java.util.Arrays.asList(refusals);
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
            return ledger.submit(groups).get(PATIENCE_SECONDS, TimeUnit.SECONDS);
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
