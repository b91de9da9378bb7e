package io.partita.ledger;

/**
 * Why the ledger did not accept a command. The name is the documented code in every interface; each says one thing only.
 * Ordinals travel between members and clients: new codes go last within a release line.
 */
public enum Refusal {
    // What was asked for cannot be asked for.
    AMOUNT_NOT_POSITIVE(Remedy.CORRECT, "The amount is zero or negative."),
    AMOUNT_TOO_LARGE(Remedy.CORRECT, "The amount exceeds the largest amount of one transfer."),
    SAME_ACCOUNT(Remedy.CORRECT, "Debit and credit account are the same."),
    INVALID_ACCOUNT_ID(Remedy.CORRECT, "An account id is a positive number."),
    INVALID_REQUEST(Remedy.CORRECT, "A field is missing, too long or does not go with the kind of command."),
    BATCH_TOO_LARGE(Remedy.CORRECT, "A batch has more than 10,000 transfers."),
    TOO_MANY_LEGS(Remedy.CORRECT, "A linked group has more than 100 legs."),
    ID_REUSED(Remedy.CORRECT, "The id belongs to an earlier command with other content."),

    // What the accounts do not allow.
    ACCOUNT_NOT_FOUND(Remedy.REFUSED, "No such account."),
    ACCOUNT_EXISTS(Remedy.REFUSED, "The account exists with other details."),
    PARENT_NOT_FOUND(Remedy.REFUSED, "The parent account does not exist."),
    PARENT_MISMATCH(Remedy.REFUSED, "The parent account has another type or currency."),
    CURRENCY_MISMATCH(Remedy.REFUSED, "The account holds another currency."),
    ACCOUNT_FROZEN(Remedy.REFUSED, "The account is frozen."),
    ACCOUNT_CLOSED(Remedy.REFUSED, "The account is closed."),
    ACCOUNT_NOT_EMPTY(Remedy.REFUSED, "Only an account with neither balance nor pending amounts can be closed."),
    INSUFFICIENT_FUNDS(Remedy.REFUSED, "Debits would exceed credits by more than the account's limit."),
    CREDIT_LIMIT_EXCEEDED(Remedy.REFUSED, "Credits would exceed debits by more than the account's limit."),
    LIMIT_BELOW_BALANCE(Remedy.REFUSED, "The balance already exceeds the new limit."),
    BALANCE_OVERFLOW(Remedy.REFUSED, "A sum of the account would leave the range of the ledger."),
    LINKED_FAILED(Remedy.REFUSED, "Another leg of the linked group was refused; none was booked."),

    // What the related transfer does not allow.
    PENDING_NOT_FOUND(Remedy.REFUSED, "No such pending transfer."),
    NOT_PENDING(Remedy.REFUSED, "The related transfer is not a pending one."),
    PENDING_ALREADY_POSTED(Remedy.REFUSED, "The pending transfer was posted before."),
    PENDING_ALREADY_VOIDED(Remedy.REFUSED, "The pending transfer was voided before."),
    PENDING_EXPIRED(Remedy.REFUSED, "The pending transfer has expired."),
    EXCEEDS_PENDING_AMOUNT(Remedy.REFUSED, "More than the pending amount."),
    ORIGINAL_NOT_FOUND(Remedy.REFUSED, "No such original transfer."),
    ALREADY_REVERSED(Remedy.REFUSED, "The original was reversed before."),
    NOT_REVERSIBLE(Remedy.REFUSED, "Only transfers that moved money can be reversed."),

    // What may go through later. Nothing was booked, except that OUTCOME_UNKNOWN may have been.
    OVERLOADED(Remedy.RETRY, "Too many commands are waiting."),
    STORE_UNAVAILABLE(Remedy.RETRY, "The database cannot be reached; nothing was booked."),
    SHARD_UNAVAILABLE(Remedy.RETRY, "The accounts are moving to another member."),
    NOT_IN_VIEW(Remedy.RETRY, "This side of the cluster may not change the ledger; ask another member."),
    BEHIND(Remedy.RETRY, "This member has not seen what the client has seen."),
    OUTCOME_UNKNOWN(Remedy.RETRY, "No answer in time: it may have been booked. Repeating it with the same id is safe."),
    ACCOUNT_BUSY(Remedy.RETRY, "Transfers in flight keep the account from being changed.");

    /** What the caller can do about it. */
    public enum Remedy {
        /** Correct the request: it can never succeed as it is. */
        CORRECT,
        /** Nothing now: the state of the accounts does not allow it. */
        REFUSED,
        /** Repeat it with the same id after a pause. */
        RETRY
    }

    private final Remedy remedy;
    private final String meaning;

    Refusal(Remedy remedy, String meaning) {
        this.remedy = remedy;
        this.meaning = meaning;
    }

    public Remedy remedy() {
        return remedy;
    }

    /** One sentence for people. */
    public String meaning() {
        return meaning;
    }

    public boolean retryable() {
        return remedy == Remedy.RETRY;
    }
}
