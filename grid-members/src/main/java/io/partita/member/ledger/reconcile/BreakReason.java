package io.partita.member.ledger.reconcile;

/** What internal reconciliation found wrong. The name is stored and shown. */
public enum BreakReason {
    BATCH_INCOMPLETE("A batch has fewer or more rows than it was sealed with."),
    POSITION_GAP("A batch does not begin where the one before it ended."),
    SEQUENCE_GAP("A shard's sequences do not follow each other."),
    HEAD_DIFFERS("The head of the journal does not agree with its batches."),
    WRONG_SHARD("A leg is in a shard that is not its account's."),
    LEG_WITHOUT_ACCOUNT("A leg is on an account that the journal never opened."),
    CURRENCY_DIFFERS("A leg is in another currency than its account."),
    PENDING_NEGATIVE("More was released than had been set aside."),
    ACCOUNT_TABLE_DIFFERS("The table of accounts differs from the journal's changes."),
    CHECKPOINT_UNREADABLE("A checkpoint cannot be read."),
    CHECKPOINT_DIFFERS("A checkpoint differs from the fold of the journal up to its sequence."),
    GRID_DIFFERS("The grid differs from the fold of the journal up to the grid's sequence."),
    GRID_AHEAD("The grid shows a sequence that the journal does not have.");

    private final String meaning;

    BreakReason(String meaning) {
        this.meaning = meaning;
    }

    /** One sentence for people. */
    public String meaning() {
        return meaning;
    }
}
