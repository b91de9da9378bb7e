package io.partita.member.marketdata.rules;

import io.partita.marketdata.rules.AlertRule;
import java.time.Instant;
import java.util.Objects;

/**
 * A rule, and what only people want to know of it.
 *
 * @param description null for none
 * @param actor       who changed it last
 */
record KeptRule(AlertRule rule, String description, String actor, Instant changed) {

    /** True for one that asks for the same: whoever repeats a request has no new rule. */
    boolean same(AlertRule other, String theirs) {
        return rule.equals(new AlertRule(other.name(), rule.version(), other.condition(), other.size(), other.instruments(), other.severity(), other.enabled()))
                && Objects.equals(description, theirs);
    }
}
