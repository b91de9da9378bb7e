package io.partita.member.risk;

import java.util.List;

/**
 * Something bad that may happen. docs/stress.md says what each part means, and what it may be.
 *
 * @param code       1 to 40 small letters, digits and -
 * @param source     where its figures come from
 * @param volatility by what part all volatilities rise
 * @param rate       by how much the rate of options and yields of bonds rise
 * @param deviations what moves each factor besides; null for nothing
 * @param fixed      whether it is one of the library, which stay as they are
 */
record StressScenario(String code, String name, String source, List<Shock> shocks, double volatility, double rate, Deviations deviations, boolean fixed, String actor) {

    /** What a shock is about. */
    enum Scope { KIND, CURRENCY, SYMBOL }

    /** @param move relative */
    record Shock(Scope scope, String of, double move) {
    }

    /** Where factors go. */
    enum Direction { AGAINST, UP, DOWN }

    /** @param count of daily standard deviations */
    record Deviations(double count, Direction direction) {
    }

    StressScenario {
        shocks = List.copyOf(shocks);
    }
}
