package io.partita.risk;

import java.time.Instant;

/**
 * A limit that is, or was, broken: raised when its figure came above a level, cleared when it was within both again. In between it may escalate from soft to hard and ease again, and somebody may
 * acknowledge it. Immutable.
 *
 * @param number       0 until it is kept
 * @param hard         whether the figure is above the hard level now
 * @param wasHard      whether it ever was
 * @param value        the last figure
 * @param peak         the largest
 * @param left         positions that were in no figure when that was largest: it does not clear by figures that leave out more
 * @param acknowledged null if nobody has, or if it escalated since
 * @param clearedAt    null while it lasts
 */
public record Breach(long number, RiskLimit limit, boolean hard, boolean wasHard, long value, long peak, int left, Instant raisedAt, Instant escalatedAt,
                     Acknowledged acknowledged, Instant clearedAt) {

    /** Who has seen it, and what is being done. */
    public record Acknowledged(String actor, String note, Instant at) {

        /** Whether somebody says the same once more. */
        public boolean says(String who, String what) {
            return actor.equals(who) && note.equals(what);
        }
    }

    /** One that begins. */
    static Breach raised(RiskLimit limit, Figure.Known figure, Instant at) {
        boolean hard = limit.state(figure) == LimitState.HARD;
        return new Breach(0, limit, hard, hard, figure.value(), figure.value(), figure.left(), at, hard ? at : null, null, null);
    }

    public boolean open() {
        return clearedAt == null;
    }

    public Breach withNumber(long kept) {
        return new Breach(kept, limit, hard, wasHard, value, peak, left, raisedAt, escalatedAt, acknowledged, clearedAt);
    }

    /** The same at a later figure that is still above a level. What was acknowledged was less than what it has escalated to. */
    Breach at(RiskLimit now, Figure.Known figure, Instant at) {
        boolean hardNow = now.state(figure) == LimitState.HARD;
        boolean escalates = hardNow && !hard;
        boolean higher = figure.value() > peak;
        return new Breach(number, now, hardNow, wasHard || hardNow, figure.value(), higher ? figure.value() : peak, higher ? figure.left() : left, raisedAt,
                escalates ? at : escalatedAt, escalates ? null : acknowledged, null);
    }

    /** It is over. @param last the figure that ended it; null where the limit was taken away */
    public Breach cleared(Figure.Known last, Instant at) {
        return new Breach(number, limit, false, wasHard, last == null ? value : last.value(), peak, left, raisedAt, escalatedAt, acknowledged, at);
    }

    /**
     * Somebody has seen it; the same once more is the same.
     *
     * @throws LimitRefused {@code BREACH_CLEARED}; {@code BREACH_ACKNOWLEDGED} if somebody has said something else
     */
    public Breach acknowledged(Acknowledged by) {
        if (acknowledged != null) {
            if (acknowledged.says(by.actor, by.note)) {
                return this;
            }
            throw new LimitRefused(LimitRefusal.BREACH_ACKNOWLEDGED, "By " + acknowledged.actor + ".");
        }
        if (!open()) {
            throw new LimitRefused(LimitRefusal.BREACH_CLEARED, "At " + clearedAt + ".");
        }
        return new Breach(number, limit, hard, wasHard, value, peak, left, raisedAt, escalatedAt, by, null);
    }
}
