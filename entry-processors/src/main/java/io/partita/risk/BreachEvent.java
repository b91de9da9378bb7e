package io.partita.risk;

import java.time.Instant;

/**
 * A change of a breach, as the topic {@link RiskNames#BREACHES} tells it. The list over REST is the truth; the topic says when to look.
 *
 * @param event    ascending; one that was told already may come again
 * @param value    the figure: minor units of the currency, or ten-thousandths
 * @param currency that amounts are in
 * @param actor    who acknowledged it; empty for other kinds
 */
public record BreachEvent(long event, long breach, BreachChange.Kind kind, String limit, Scope scope, String target, Measure measure, boolean hard, long value,
                          long softLevel, long hardLevel, String currency, String actor, Instant at) {
}
