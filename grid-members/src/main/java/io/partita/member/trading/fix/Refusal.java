package io.partita.member.trading.fix;

import io.partita.trading.Reason;
import io.partita.trading.TradingRefusal;
import io.partita.trading.risk.RiskRefusal;

/** Why a request is not done: a code for programs in FIX's words, and a text that begins with the code of this house. */
final class Refusal extends Exception {

    /** OrdRejReason (103). */
    static final int UNKNOWN_SYMBOL = 1;
    static final int EXCHANGE_CLOSED = 2;
    static final int EXCEEDS_LIMIT = 3;
    static final int UNKNOWN_ORDER = 5;
    static final int DUPLICATE_ORDER = 6;
    static final int UNSUPPORTED = 11;
    static final int INCORRECT_QUANTITY = 13;
    static final int UNKNOWN_ACCOUNT = 15;
    static final int OTHER = 99;

    private final int reason;

    Refusal(int reason, String code, String text) {
        super(code + ": " + text, null, false, false);
        this.reason = reason;
    }

    static Refusal of(Reason reason, String text) {
        return new Refusal(orderReason(reason), reason.name(), text);
    }

    static Refusal of(TradingRefusal code) {
        return new Refusal(code == TradingRefusal.UNKNOWN_INSTRUMENT ? UNKNOWN_SYMBOL : code == TradingRefusal.ID_REUSED ? DUPLICATE_ORDER : OTHER,
                code.name(), code.meaning());
    }

    /** What pre-trade risk does not let pass. */
    static Refusal of(RiskRefusal code) {
        return new Refusal(code == RiskRefusal.ID_REUSED ? DUPLICATE_ORDER : code == RiskRefusal.UNKNOWN_ORDER ? UNKNOWN_ORDER : EXCEEDS_LIMIT,
                code.name(), code.meaning());
    }

    int reason() {
        return reason;
    }

    /** OrdRejReason of a book's reject. */
    static int orderReason(Reason reason) {
        return switch (reason) {
            case WRONG_PHASE, TIME_IN_FORCE_NOT_IN_PHASE -> EXCHANGE_CLOSED;
            case PRICE_OUTSIDE_COLLAR -> EXCEEDS_LIMIT;
            case UNKNOWN_ORDER -> UNKNOWN_ORDER;
            case DUPLICATE_ORDER_ID -> DUPLICATE_ORDER;
            case INVALID_COMBINATION, PRICE_NOT_ALLOWED -> UNSUPPORTED;
            case INVALID_QUANTITY, ODD_LOT, QUANTITY_BELOW_FILLED, INVALID_DISPLAY_QUANTITY, INVALID_MINIMUM_QUANTITY -> INCORRECT_QUANTITY;
            case INVALID_ACCOUNT, NOT_OWNER -> UNKNOWN_ACCOUNT;
            default -> OTHER;
        };
    }
}
