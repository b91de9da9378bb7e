package io.partita.member.intake;

import io.partita.money.Money;
import java.time.LocalDate;

/**
 * What a row asks for: the payer pays one amount, the payee receives another, of the same or another currency.
 *
 * @param valueDate the day of the row's timestamp, or null
 */
record MappedRow(AccountKey payer, AccountKey payee, Money paid, Money received, int code, String reference,
                 LocalDate valueDate) {

    boolean crossesCurrencies() {
        return paid.currency() != received.currency();
    }
}
