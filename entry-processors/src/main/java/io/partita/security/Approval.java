package io.partita.security;

import java.time.Duration;
import java.time.Instant;
import java.util.UUID;

/**
 * Something that somebody has asked for and somebody else must agree to. It is decided once, and carried out once after it was approved. Immutable.
 *
 * @param id        also the id of the command that carries it out, so that to repeat it is harmless
 * @param kind      what it is
 * @param subject   what it is about, for people: a limit's code, an account
 * @param payload   what is to be carried out, as the executor of the kind wrote it (JSON)
 * @param maker     who has asked
 * @param askedAt   when
 * @param state     where it is
 * @param checker   who has decided; null while nobody has
 * @param decidedAt when; null while nobody has
 * @param reason    why; null while nobody has
 * @param outcome   what came of carrying it out; null before
 */
public record Approval(UUID id, ApprovalKind kind, String subject, String payload, String maker, Instant askedAt, State state, String checker, Instant decidedAt, String reason,
                       String outcome) {

    /** Nobody may agree to what the world has moved on from. */
    public static final Duration LIFE = Duration.ofDays(3);

    /** Where a request is. */
    public enum State {
        /** Nobody has decided. */
        PENDING,
        /** Somebody has agreed, and it is being carried out. */
        APPROVED,
        /** Somebody has not agreed: it is over. */
        REJECTED,
        /** It was carried out. */
        EXECUTED,
        /** It was approved and could not be carried out; the outcome tells why. */
        FAILED,
        /** Nobody has decided in time: it is over. */
        EXPIRED
    }

    /** A new one. */
    public static Approval asked(UUID id, ApprovalKind kind, String subject, String payload, String maker, Instant at) {
        return new Approval(id, kind, subject, payload, maker, at, State.PENDING, null, null, null, null);
    }

    /** Somebody has decided; throws {@link SecurityRefused} if they may not, or it is too late. */
    public Approval decided(boolean agreed, String by, String why, Instant at) {
        if (state != State.PENDING) {
            throw new SecurityRefused(state == State.EXPIRED ? SecurityRefusal.APPROVAL_EXPIRED : SecurityRefusal.APPROVAL_DECIDED, "It is " + state + ".");
        }
        if (by.equals(maker)) {
            throw new SecurityRefused(SecurityRefusal.MAKER_IS_CHECKER, maker + " has asked for it.");
        }
        if (isOver(at)) {
            throw new SecurityRefused(SecurityRefusal.APPROVAL_EXPIRED, "It was asked for at " + askedAt + ".");
        }
        return new Approval(id, kind, subject, payload, maker, askedAt, agreed ? State.APPROVED : State.REJECTED, by, at, why, null);
    }

    /** Whether nobody has decided in time. */
    public boolean isOver(Instant at) {
        return state == State.EXPIRED || state == State.PENDING && !at.isBefore(askedAt.plus(LIFE));
    }

    /** The same when nobody has decided in time. */
    public Approval expired() {
        return in(State.EXPIRED, outcome);
    }

    /** What came of carrying it out. */
    public Approval carriedOut(boolean done, String what) {
        if (state != State.APPROVED) {
            throw new IllegalStateException("Only what was approved is carried out, and this is " + state);
        }
        return in(done ? State.EXECUTED : State.FAILED, what);
    }

    private Approval in(State next, String what) {
        return new Approval(id, kind, subject, payload, maker, askedAt, next, checker, decidedAt, reason, what);
    }
}
