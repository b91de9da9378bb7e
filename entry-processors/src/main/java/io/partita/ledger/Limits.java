package io.partita.ledger;

/**
 * What an account's net balance may never exceed, in minor units; checked against posted, pending and reserved
 * amounts together, and pessimistically: what is pending in the account's favour does not count.
 *
 * <p>"Debits must not exceed credits" is {@code maxNetDebit = 0}; an overdraft of 500 is {@code maxNetDebit = 500};
 * "credits must not exceed debits" is {@code maxNetCredit = 0}.
 *
 * @param maxNetDebit  how far debits may exceed credits; {@link Long#MAX_VALUE} for no limit
 * @param maxNetCredit how far credits may exceed debits; {@link Long#MAX_VALUE} for no limit
 */
public record Limits(long maxNetDebit, long maxNetCredit) {

    public static final Limits NONE = new Limits(Long.MAX_VALUE, Long.MAX_VALUE);
    public static final Limits DEBITS_MUST_NOT_EXCEED_CREDITS = new Limits(0, Long.MAX_VALUE);
    public static final Limits CREDITS_MUST_NOT_EXCEED_DEBITS = new Limits(Long.MAX_VALUE, 0);

    public Limits {
        if (maxNetDebit < 0 || maxNetCredit < 0) {
            throw new IllegalArgumentException("Limits are not negative");
        }
    }

    /** A customer's deposit account that may be overdrawn by the given amount. */
    public static Limits overdraft(long minor) {
        return new Limits(minor, Long.MAX_VALUE);
    }

    public boolean limitsDebits() {
        return maxNetDebit != Long.MAX_VALUE;
    }

    public boolean limitsCredits() {
        return maxNetCredit != Long.MAX_VALUE;
    }
}
