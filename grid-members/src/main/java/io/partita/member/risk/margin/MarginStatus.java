package io.partita.member.risk.margin;

import io.partita.risk.margin.MarginStanding;
import io.partita.risk.margin.MarginTerms;
import java.time.Instant;

/**
 * A margin account and how it was found last.
 *
 * @param settled     gain of positions that were not paid for which was settled, in minor units
 * @param standing    null if it was not looked at, or nobody knows
 * @param reason      why nobody knows; null otherwise
 * @param evaluatedAt null if it was not looked at
 * @param call        the number of its call that is not over; null if there is none
 */
record MarginStatus(MarginTerms terms, String actor, Instant enteredAt, long settled, MarginStanding standing, int left, String reason, Instant evaluatedAt, Long call) {
}
