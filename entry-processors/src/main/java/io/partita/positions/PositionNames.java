package io.partita.positions;

/** Names of the positions' structures in the grid. */
public final class PositionNames {

    /** {@link PositionKey} to {@link Position}: the read model, for any client and for SQL. */
    public static final String POSITIONS = "positions";

    private PositionNames() {
    }
}
