package io.partita.member.trading.settlement;

/** Why a trade is not busted, corrected or settled again. The name is the documented code. */
public enum AdjustmentRefusal {
    /** Settlement has not come to it, or the book has no such trade. */
    TRADE_NOT_FOUND,
    /** It was undone. */
    TRADE_BUSTED,
    /** It is in the ledger neither as settled nor as pending. */
    TRADE_NOT_BOOKED,
    /** Something else is under way for it. */
    TRADE_BUSY,
    /** The id belongs to something else that was asked for. */
    ID_REUSED,
    /** It was corrected as often as a trade can be, refused corrections and busts included. It can still be undone. */
    TOO_MANY_CORRECTIONS
}
