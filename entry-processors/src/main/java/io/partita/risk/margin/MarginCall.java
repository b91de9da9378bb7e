package io.partita.risk.margin;

import java.time.Instant;
import java.util.Optional;

/**
 * What an account is asked for. It is met by whatever brings the account's equity up to its initial margin: cash, smaller positions or better prices. Positions are closed only after the deadline.
 * Immutable.
 *
 * @param number      0 until it is kept
 * @param amount      what was missing of the initial margin when it was issued, in minor units
 * @param outstanding what is missing now; it may be more
 * @param attempt     how often closing the positions was begun
 * @param endedAt     null while it is not over
 */
public record MarginCall(long number, long account, long amount, long outstanding, CallStatus status, Instant issuedAt, Instant deadline, int attempt, Instant endedAt) {

    /** A new call; empty if the account has its maintenance margin, or too little is missing. */
    public static Optional<MarginCall> issue(MarginTerms terms, MarginStanding standing, Instant now) {
        long missing = standing.shortfall();
        return standing.deficient() && missing >= Math.max(1, terms.smallest())
                ? Optional.of(new MarginCall(0, terms.account(), missing, missing, CallStatus.ISSUED, now, now.plus(terms.deadline()), 0, null)) : Optional.empty();
    }

    public MarginCall withNumber(long kept) {
        return new MarginCall(kept, account, amount, outstanding, status, issuedAt, deadline, attempt, endedAt);
    }

    private MarginCall with(long missing, CallStatus now, int attempts, Instant at) {
        return new MarginCall(number, account, amount, missing, now, issuedAt, deadline, attempts, now.over() ? at : null);
    }

    /** The call after another look at the account. */
    public MarginCall at(MarginStanding standing, Instant now) {
        long missing = standing.shortfall();
        if (status.over()) {
            return this;
        }
        if (missing == 0) {
            return with(0, status == CallStatus.LIQUIDATING ? CallStatus.CLOSED : CallStatus.MET, attempt, now);
        }
        MarginCall late = late(now);
        return late.status == CallStatus.ISSUED || late.status == CallStatus.PARTLY_MET
                ? with(missing, missing < amount ? CallStatus.PARTLY_MET : CallStatus.ISSUED, attempt, now) : late.with(missing, late.status, attempt, now);
    }

    /** The call when nobody knows where the account stands: only time goes on. */
    public MarginCall late(Instant now) {
        boolean waits = status == CallStatus.ISSUED || status == CallStatus.PARTLY_MET;
        return waits && !now.isBefore(deadline) ? with(outstanding, CallStatus.OVERDUE, attempt, now) : this;
    }

    /** Positions are about to be closed. @throws IllegalStateException unless it is overdue */
    public MarginCall liquidating() {
        if (status != CallStatus.OVERDUE) {
            throw new IllegalStateException("call " + number + " is " + status + ": positions are closed only once the deadline has passed");
        }
        return with(outstanding, CallStatus.LIQUIDATING, 1, null);
    }

    /** An attempt to close the positions is over. @param flat whether none is left; otherwise there is to be another */
    public MarginCall attempted(boolean flat, Instant now) {
        if (status != CallStatus.LIQUIDATING) {
            throw new IllegalStateException("call " + number + " is " + status);
        }
        return flat ? with(outstanding, CallStatus.CLOSED, attempt, now) : with(outstanding, status, attempt + 1, now);
    }
}
