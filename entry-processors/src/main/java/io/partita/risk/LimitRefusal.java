package io.partita.risk;

/** Why a limit, a margin account or a counterparty is not taken as it is. The name is the documented code in every interface. */
public enum LimitRefusal {
    LIMIT_NOT_FOUND("There is no limit of that code."),
    BREACH_NOT_FOUND("There is no breach of that number."),
    MARGIN_ACCOUNT_NOT_FOUND("The account has no margin terms."),
    MARGIN_CALL_NOT_FOUND("There is no margin call of that number."),
    COUNTERPARTY_NOT_FOUND("There is no counterparty of that code."),
    NETTING_SET_NOT_FOUND("There is no netting set of that code."),
    MALFORMED_LIMIT_CODE("A code is 1 to 40 small letters, digits and -."),
    MALFORMED_TARGET("A target is the code of a portfolio or a counterparty, or the number of an account."),
    LIMIT_INCOMPLETE("A limit needs a scope, a target, a measure, a currency and two levels."),
    LEVELS_REVERSED("The soft level is not negative, and not above the hard one."),
    MALFORMED_LEVEL("A level is a decimal amount with no more digits than the currency has, or a share from 0 to 1 with four."),
    MEASURE_NOT_OF_SCOPE("COUNTERPARTY_EXPOSURE is a measure of counterparties, and the only one; all others are of portfolios and accounts."),
    TAIL_OUT_OF_RANGE("VALUE_AT_RISK and EXPECTED_SHORTFALL need a method, a level, a horizon and a window that the risk engine takes; other measures have none."),
    CURRENCY_DIFFERS("The currency is not the one that the target's figures are in."),
    MARGIN_TERMS_OUT_OF_RANGE("The maintenance margin is 1 to 10,000 ten-thousandths of the initial one, the deadline 1 minute to 30 days, the smallest call not negative."),
    LIMIT_DIFFERS("There is a limit of that code on something else: take it away first, or choose another code."),
    BREACH_ACKNOWLEDGED("Somebody has said something else of that breach."),
    BREACH_CLEARED("The breach is over."),
    CALL_OPEN("The account has a margin call that is not over."),
    SETTLEMENT_PENDING("Another settlement of the account is not over: repeat that one first."),
    MARGIN_UNKNOWN("Nobody knows where the account stands now; the detail says why."),
    ACCOUNT_IN_OTHER_SET("The account is in another netting set; take it out there first."),
    COUNTERPARTY_NOT_EMPTY("The counterparty has netting sets."),
    LIMIT_IN_USE("A limit is on it; take that away first."),
    TOO_MANY_LIMITS("There are 1,000 limits."),
    TOO_MANY_MARGIN_ACCOUNTS("There are 10,000 margin accounts."),
    TOO_MANY_COUNTERPARTIES("There are 1,000 counterparties, or the one has 100 netting sets, or the set 1,000 accounts.");

    private final String meaning;

    LimitRefusal(String meaning) {
        this.meaning = meaning;
    }

    /** One sentence for people. */
    public String meaning() {
        return meaning;
    }
}
