package io.partita.ledger;

import io.partita.money.Currency;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/**
 * An account of the ledger as its owner describes it; its sums are a {@link Balance}.
 *
 * @param id        positive number chosen by whoever opens the account
 * @param name      what people call it, 1 to {@value #MAX_NAME} characters
 * @param type      one of the five accounting types
 * @param currency  the only currency that it holds
 * @param parent    the account above it in the chart of accounts, or 0; a parent has the same type and currency, and exists
 * @param limits    what its balance may not exceed
 * @param status    open, frozen or closed
 * @param reference its name in another system (an IBAN, a key of the source), at most {@value #MAX_REFERENCE} characters, or empty
 * @param metadata  up to {@value #MAX_METADATA} further facts; keys of at most 32, values of at most 256 characters
 */
public record Account(long id, String name, AccountType type, Currency currency, long parent, Limits limits,
                      AccountStatus status, String reference, Map<String, String> metadata) {

    public static final int MAX_NAME = 140;
    public static final int MAX_REFERENCE = 64;
    public static final int MAX_METADATA = 16;

    public Account {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(type, "type");
        Objects.requireNonNull(currency, "currency");
        Objects.requireNonNull(limits, "limits");
        Objects.requireNonNull(status, "status");
        Objects.requireNonNull(reference, "reference");
        // Sorted, so that one account has one encoding and therefore one hash in the journal.
        metadata = java.util.Collections.unmodifiableSortedMap(new TreeMap<>(metadata));
    }

    /** An open account without limits, parent, reference or metadata; see the {@code with} methods. */
    public static Account of(long id, String name, AccountType type, Currency currency) {
        return new Account(id, name, type, currency, 0, Limits.NONE, AccountStatus.OPEN, "", Map.of());
    }

    public Account withParent(long newParent) {
        return new Account(id, name, type, currency, newParent, limits, status, reference, metadata);
    }

    public Account withLimits(Limits newLimits) {
        return new Account(id, name, type, currency, parent, newLimits, status, reference, metadata);
    }

    public Account withStatus(AccountStatus newStatus) {
        return new Account(id, name, type, currency, parent, limits, newStatus, reference, metadata);
    }

    public Account withReference(String newReference) {
        return new Account(id, name, type, currency, parent, limits, status, newReference, metadata);
    }

    public Account withMetadata(Map<String, String> newMetadata) {
        return new Account(id, name, type, currency, parent, limits, status, reference, newMetadata);
    }
}
