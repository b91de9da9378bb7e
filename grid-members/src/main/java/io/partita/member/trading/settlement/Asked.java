package io.partita.member.trading.settlement;

/** What came of asking for a bust or a correction. */
public sealed interface Asked {

    /** It will be done, or has been: the revision tells. */
    record Taken(TradeRevision revision) implements Asked {
    }

    /** It cannot be. */
    record Refused(AdjustmentRefusal code) implements Asked {
    }
}
