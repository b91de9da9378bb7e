package io.partita.trading;

/**
 * Why a command did not reach its book. (What a book itself rejects is an {@link ExecutionReport} with a {@link Reason}.) The name is the
 * documented code in every interface; each says one thing. Ordinals are part of the encoding: new codes go last.
 */
public enum TradingRefusal {
    INVALID_REQUEST("A field is missing or malformed.", false),
    UNKNOWN_INSTRUMENT("No such instrument is listed.", false),
    BATCH_TOO_LARGE("A call takes at most 10,000 commands; of an account, through its risk, 1,000.", false),
    ID_REUSED("The account has used this id for another command.", false),
    NOT_IN_VIEW("This member is not, or not yet, part of the cluster that may trade.", true),
    BOOK_UNAVAILABLE("The book is on its way to another member.", true),
    STORE_UNAVAILABLE("The database does not answer, and no more can be kept for it.", true),
    OVERLOADED("More commands wait than can be done in time.", true),
    OUTCOME_UNKNOWN("The command may have been carried out; repeat it with the same id to learn.", true),
    REPEATED_TOO_LATE("The account has heard of it before, and its book does not remember: what became of it is among the account's orders.", false);

    private final String meaning;
    private final boolean retryable;

    TradingRefusal(String meaning, boolean retryable) {
        this.meaning = meaning;
        this.retryable = retryable;
    }

    /** One sentence for people. */
    public String meaning() {
        return meaning;
    }

    /** True if the same command, with the same id, may go through later. */
    public boolean retryable() {
        return retryable;
    }
}
