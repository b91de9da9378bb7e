package io.partita.console.trading;

import io.partita.console.ui.Pill;
import io.partita.trading.TradingPhase;
import java.util.List;

/** Phases in words. */
final class Phases {

    private Phases() {
    }

    static String name(TradingPhase phase) {
        return switch (phase) {
            case CLOSED -> "Closed";
            case PRE_OPEN -> "Pre-open";
            case OPENING_AUCTION -> "Opening auction";
            case CONTINUOUS -> "Continuous";
            case VOLATILITY_AUCTION -> "Volatility auction";
            case CLOSING_AUCTION -> "Closing auction";
            case HALT -> "Halted";
        };
    }

    static Pill.Tone tone(TradingPhase phase) {
        return switch (phase) {
            case CONTINUOUS -> Pill.Tone.GOOD;
            case CLOSED -> Pill.Tone.CALM;
            case HALT -> Pill.Tone.BAD;
            default -> Pill.Tone.WAITING;
        };
    }

    /** Where a book may go from here, as its rules say. */
    static List<TradingPhase> after(TradingPhase phase) {
        return switch (phase) {
            case CLOSED -> List.of(TradingPhase.PRE_OPEN, TradingPhase.OPENING_AUCTION);
            case PRE_OPEN -> List.of(TradingPhase.OPENING_AUCTION, TradingPhase.CONTINUOUS, TradingPhase.CLOSED);
            case CONTINUOUS -> List.of(TradingPhase.VOLATILITY_AUCTION, TradingPhase.CLOSING_AUCTION, TradingPhase.CLOSED);
            case OPENING_AUCTION, VOLATILITY_AUCTION -> List.of(TradingPhase.CONTINUOUS, TradingPhase.CLOSING_AUCTION, TradingPhase.CLOSED);
            case CLOSING_AUCTION -> List.of(TradingPhase.CLOSED, TradingPhase.CONTINUOUS);
            case HALT -> List.of(TradingPhase.VOLATILITY_AUCTION, TradingPhase.CONTINUOUS, TradingPhase.CLOSED);
        };
    }
}
