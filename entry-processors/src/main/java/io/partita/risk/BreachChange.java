package io.partita.risk;

import io.partita.risk.Figure.Known;
import java.time.Instant;

/**
 * What a figure does to the breach of its limit. Each breach is raised, and cleared, once, however often the same figure comes.
 *
 * @param breach as it is now; null if there is none
 */
public record BreachChange(Kind kind, Breach breach) {

    /** What happened. */
    public enum Kind {
        /** Nothing that anybody need be told; the figure may be another. */
        NONE,
        RAISED,
        /** From soft to hard. */
        ESCALATED,
        /** From hard to soft. */
        EASED,
        ACKNOWLEDGED,
        CLEARED
    }

    /** @param open the limit's breach that lasts; null if there is none */
    public static BreachChange of(RiskLimit limit, Breach open, Figure figure, Instant at) {
        // Without a figure nobody knows whether it is over.
        return figure instanceof Known known ? of(limit, open, known, at) : new BreachChange(Kind.NONE, open);
    }

    private static BreachChange of(RiskLimit limit, Breach open, Known figure, Instant at) {
        if (limit.state(figure) == LimitState.OK) {
            // A figure that is small because prices have gone missing says nothing.
            return open == null || figure.left() > open.left() ? new BreachChange(Kind.NONE, open) : new BreachChange(Kind.CLEARED, open.cleared(figure, at));
        }
        if (open == null) {
            return new BreachChange(Kind.RAISED, Breach.raised(limit, figure, at));
        }
        if (open.hard() && limit.state(figure) == LimitState.SOFT && figure.left() > open.left()) {
            return new BreachChange(Kind.NONE, open);
        }
        Breach now = open.at(limit, figure, at);
        return new BreachChange(now.hard() == open.hard() ? Kind.NONE : now.hard() ? Kind.ESCALATED : Kind.EASED, now);
    }
}
