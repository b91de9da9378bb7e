package io.partita.risk.counterparty;

/**
 * What the worth of a contract may come to until it ends, as a share of its notional: the factors of the current exposure method (Basel Committee, International Convergence of Capital Measurement,
 * 2006, annex 4, paragraph 92). Supervisors have since put SA-CCR in its place; this one needs no more than what is known here of a position.
 */
public enum AddOn {
    INTEREST(0, 50, 150),
    CURRENCY(100, 500, 750),
    EQUITY(600, 800, 1_000),
    /** Paid for and delivered: nothing is owed. */
    NONE(0, 0, 0);

    private static final long ALL = 10_000;
    private static final int YEAR = 365;
    private static final int FIVE_YEARS = 5 * YEAR + 1;

    private final int upToOneYear;
    private final int upToFive;
    private final int longer;

    AddOn(int upToOneYear, int upToFive, int longer) {
        this.upToOneYear = upToOneYear;
        this.upToFive = upToFive;
        this.longer = longer;
    }

    /** In ten-thousandths. */
    int factor(long days) {
        return days <= YEAR ? upToOneYear : days <= FIVE_YEARS ? upToFive : longer;
    }

    /** Of a notional in minor units, rounded up. @param days until the contract ends */
    long of(long notional, long days) {
        return notional / ALL * factor(days) + Math.ceilDiv(notional % ALL * factor(days), ALL);
    }
}
