package io.partita.marketdata.surveillance;

/** Practices that regulators name (MAR Annex I and Delegated Regulation (EU) 2016/522, Annex II). Ordinals are part of stored alerts. */
public enum Practice {
    /** A large order that is to be seen and not to be filled, while its owner trades on the other side. */
    SPOOFING,
    /** The same with several orders at several prices. */
    LAYERING,
    /** Trades between accounts of one owner, or back and forth between two, that change nothing but the volume. */
    WASH_TRADE,
    /** Orders entered and cancelled so fast that others cannot follow. */
    QUOTE_STUFFING,
    /** Trades shortly before the close, or in the closing auction, that move the closing price. */
    MARKING_THE_CLOSE,
    /** A quick series of trades that makes others follow, and then a trade against them. */
    MOMENTUM_IGNITION
}
