package io.partita.member.intake;

import io.partita.ledger.Account;
import io.partita.ledger.AccountType;
import io.partita.money.Currency;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * A ledger account as a file names it: one for each reference and currency.
 *
 * @param id              the ledger's id: the first 8 bytes of the SHA-256 of {@code reference:CUR}, made positive
 * @param check           the next 8 bytes: two accounts with the same id differ here
 * @param reference       the account's name in the file, such as {@code 10:8000EBD30}
 * @param parentReference the reference of the account above it, or empty
 */
record AccountKey(long id, long check, String reference, String name, AccountType type, Currency currency,
                  String parentReference, String parentName) {

    static AccountKey of(String reference, String name, AccountType type, Currency currency, String parentReference,
                         String parentName) {
        ByteBuffer hash = ByteBuffer.wrap(sha256().digest(
                (reference + ':' + currency.code()).getBytes(StandardCharsets.UTF_8)));
        return new AccountKey(positive(hash.getLong()), hash.getLong(), reference, name, type, currency,
                parentReference, parentName);
    }

    private static long positive(long hash) {
        long id = hash & Long.MAX_VALUE;
        return id == 0 ? 1 : id;
    }

    boolean hasParent() {
        return !parentReference.isEmpty();
    }

    /** The account above it, which has the same type and currency. */
    AccountKey parent() {
        return of(parentReference, parentName, type, currency, "", "");
    }

    Account details() {
        Account account = Account.of(id, name, type, currency).withReference(reference);
        return hasParent() ? account.withParent(parent().id()) : account;
    }


    static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("Every JDK has SHA-256", e);
        }
    }
}
