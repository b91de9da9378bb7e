package io.partita.positions.live;

/** Whose position, in which product. */
public record LiveKey(long account, String symbol) {
}
