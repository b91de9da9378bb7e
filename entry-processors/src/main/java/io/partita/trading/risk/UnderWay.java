package io.partita.trading.risk;

/** A request that was reserved for and not been heard of since. */
public record UnderWay(long commandId, long instrument) {
}
