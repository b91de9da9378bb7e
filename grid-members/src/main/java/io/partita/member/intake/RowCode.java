package io.partita.member.intake;

/** Why a row of a file never reached the ledger; the ledger's own codes are {@link io.partita.ledger.Refusal}. */
public enum RowCode {
    MALFORMED_ROW("The row is not CSV, is too long, or has another number of columns than the header."),
    MALFORMED_AMOUNT("An amount is not a decimal number."),
    MALFORMED_TIMESTAMP("The time does not have the mapping's pattern, or is no such day or time."),
    MALFORMED_CODE("The code is not a number from 0 to 2147483647 and the mapping has no number for it."),
    MISSING_ACCOUNT("A column that names an account is empty."),
    UNKNOWN_CURRENCY("The currency is neither an ISO 4217 code nor a name that the mapping knows."),
    AMOUNT_TOO_FINE("An amount has more digits than the currency's minor unit; nothing is rounded."),
    AMOUNT_TOO_LARGE("An amount exceeds the largest amount of one transfer."),
    AMOUNTS_DIFFER("Paid and received amount differ although their currency is the same.");

    private final String meaning;

    RowCode(String meaning) {
        this.meaning = meaning;
    }

    /** One sentence for people. */
    public String meaning() {
        return meaning;
    }
}
