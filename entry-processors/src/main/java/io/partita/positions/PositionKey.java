package io.partita.positions;

/** Whose position, in what. */
public record PositionKey(long account, long instrument) {
}
