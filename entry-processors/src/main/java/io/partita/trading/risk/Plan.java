package io.partita.trading.risk;

/**
 * What a request would reserve, or why not.
 *
 * @param refusal    null if it is taken
 * @param protection the limit under which it has to go to its book; 0 for as it is
 * @param cash       for what it buys
 * @param margin     for what it sells short
 * @param units      that it buys or sells
 */
record Plan(RiskRefusal refusal, long protection, long cash, long margin, long units) {

    /** Nothing to reserve: its book says what is wrong with it. */
    static final Plan NOTHING = new Plan(null, 0, 0, 0, 0);

    static Plan refuse(RiskRefusal code) {
        return new Plan(code, 0, 0, 0, 0);
    }
}
