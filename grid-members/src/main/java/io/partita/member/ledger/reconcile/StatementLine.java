package io.partita.member.ledger.reconcile;

import java.time.LocalDate;

/**
 * A line of a statement from outside.
 *
 * @param line      its line in the file, from 1
 * @param amount    minor units; positive when it increases the balance
 * @param currency  its ISO code
 * @param malformed why it cannot be read, or null
 * @param detail    the field that it is about, for people
 */
record StatementLine(int line, LocalDate date, long amount, String currency, String reference, String description, Malformed malformed,
                     String detail) {

    /** Why a line cannot be read. */
    enum Malformed {
        NOT_CSV, WRONG_COLUMN_COUNT, BAD_DATE, BAD_AMOUNT, AMOUNT_TOO_FINE, ZERO_AMOUNT, BAD_CURRENCY, TEXT_TOO_LONG
    }

    static StatementLine malformed(int line, Malformed why, String detail) {
        return new StatementLine(line, null, 0, null, "", "", why, detail);
    }
}
