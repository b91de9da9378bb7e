package io.partita.ledger;

/** The five types of double-entry accounting. Ordinals are stored: new types go last. */
public enum AccountType {
    ASSET(Side.DEBIT),
    LIABILITY(Side.CREDIT),
    EQUITY(Side.CREDIT),
    INCOME(Side.CREDIT),
    EXPENSE(Side.DEBIT);

    private final Side normalSide;

    AccountType(Side normalSide) {
        this.normalSide = normalSide;
    }

    /** The side on which the account grows. */
    public Side normalSide() {
        return normalSide;
    }
}
