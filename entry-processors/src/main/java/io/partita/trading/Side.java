package io.partita.trading;

/** Side (FIX 54). Ordinals are part of the encoding. */
public enum Side {
    BUY,
    SELL;

    public Side opposite() {
        return this == BUY ? SELL : BUY;
    }
}
