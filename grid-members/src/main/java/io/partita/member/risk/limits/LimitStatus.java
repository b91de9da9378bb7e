package io.partita.member.risk.limits;

import io.partita.risk.Figure;
import io.partita.risk.LimitState;
import io.partita.risk.RiskLimit;
import java.time.Instant;

/**
 * A limit and how it was found last.
 *
 * @param actor       who set it
 * @param figure      null until it was evaluated
 * @param evaluatedAt likewise
 * @param breach      the number of the breach that lasts; null if there is none
 */
public record LimitStatus(RiskLimit limit, String actor, Instant enteredAt, Figure figure, Instant evaluatedAt, Long breach) {

    public LimitState state() {
        return figure == null ? LimitState.UNKNOWN : limit.state(figure);
    }
}
