package io.partita.trading;

/** LastLiquidityInd (FIX 851). */
public enum Liquidity {
    NONE,
    MAKER,
    TAKER,
    AUCTION,
    CROSS
}
