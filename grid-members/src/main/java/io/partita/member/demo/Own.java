package io.partita.member.demo;

import io.partita.ledger.AccountType;

/** The bank's own accounts: its chart of accounts, the same in each currency; parents come before their children. */
enum Own {
    ASSETS(0, "Assets", AccountType.ASSET, null),
    CASH(10, "Cash in vault", AccountType.ASSET, ASSETS),
    NOSTROS(20, "Nostros", AccountType.ASSET, ASSETS),
    NOSTRO_CLEARING(21, "Nostro at Harbour Clearing House", AccountType.ASSET, NOSTROS),
    NOSTRO_CARDS(22, "Nostro at Northern Card Scheme", AccountType.ASSET, NOSTROS),
    LOANS(30, "Loans to customers", AccountType.ASSET, ASSETS),
    LIABILITIES(100, "Liabilities", AccountType.LIABILITY, null),
    DEPOSITS(110, "Customer deposits", AccountType.LIABILITY, LIABILITIES),
    PRIVATE(111, "Private customers", AccountType.LIABILITY, DEPOSITS),
    BUSINESS(112, "Business customers", AccountType.LIABILITY, DEPOSITS),
    STUDENTS(113, "Students", AccountType.LIABILITY, DEPOSITS),
    MERCHANTS(120, "Merchants", AccountType.LIABILITY, LIABILITIES),
    EQUITY(200, "Equity", AccountType.EQUITY, null),
    CAPITAL(210, "Share capital", AccountType.EQUITY, EQUITY),
    FX_POSITION(220, "FX position", AccountType.EQUITY, EQUITY),
    INCOME(300, "Income", AccountType.INCOME, null),
    FEES(310, "Fees", AccountType.INCOME, INCOME),
    INTEREST(320, "Interest on loans", AccountType.INCOME, INCOME),
    EXPENSES(400, "Expenses", AccountType.EXPENSE, null),
    INTEREST_PAID(410, "Interest paid on deposits", AccountType.EXPENSE, EXPENSES),
    GOODWILL(420, "Goodwill", AccountType.EXPENSE, EXPENSES);

    private final int number;
    private final String title;
    private final AccountType type;
    private final Own parent;

    Own(int number, String title, AccountType type, Own parent) {
        this.number = number;
        this.title = title;
        this.type = type;
        this.parent = parent;
    }

    int number() {
        return number;
    }

    String title() {
        return title;
    }

    AccountType type() {
        return type;
    }

    /** The account above it, or null. */
    Own parent() {
        return parent;
    }
}
