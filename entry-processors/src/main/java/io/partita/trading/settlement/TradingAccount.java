package io.partita.trading.settlement;

import java.util.Objects;

/**
 * Who trades. Cash and holdings are kept on accounts of the ledger, which {@link LedgerAccounts} names.
 *
 * @param number      as orders name it ({@code Command.account}); 1 to {@link LedgerAccounts#MAX_NUMBER}
 * @param participant as orders name it; the same for all accounts that must not trade with each other; 0 for none
 * @param firm        whose customer it is, 1 to {@value #MAX_FIRM} characters
 * @param name        what people call it, 1 to {@value #MAX_NAME} characters
 * @param margin      whether the ledger lets it owe cash and securities. What it may owe is then decided before its orders enter a book;
 *                    otherwise the ledger books nothing that the account does not have
 */
public record TradingAccount(long number, int participant, String firm, String name, boolean margin) {

    public static final int MAX_FIRM = 32;
    public static final int MAX_NAME = 100;

    public TradingAccount {
        if (number < 1 || number > LedgerAccounts.MAX_NUMBER) {
            throw new IllegalArgumentException("the number of a trading account is 1 to " + LedgerAccounts.MAX_NUMBER);
        }
        if (participant < 0) {
            throw new IllegalArgumentException("a participant is not negative");
        }
        requireText("firm", firm, MAX_FIRM);
        requireText("name", name, MAX_NAME);
    }

    private static void requireText(String what, String text, int most) {
        Objects.requireNonNull(text, what);
        if (text.isBlank() || text.length() > most || text.chars().anyMatch(Character::isISOControl)) {
            throw new IllegalArgumentException(what + " has 1 to " + most + " characters, and none to control a terminal");
        }
    }
}
