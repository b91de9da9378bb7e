package io.partita.console.ledger;

import io.partita.ledger.AccountType;

/** The ledger's terms as people read them. */
final class Words {

    private Words() {
    }

    static String of(AccountType type) {
        return switch (type) {
            case ASSET -> "Asset";
            case LIABILITY -> "Liability";
            case EQUITY -> "Equity";
            case INCOME -> "Income";
            case EXPENSE -> "Expense";
        };
    }
}
