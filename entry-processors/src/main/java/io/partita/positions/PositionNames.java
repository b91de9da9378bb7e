package io.partita.positions;

/** Names of the positions' structures in the grid. */
public final class PositionNames {

    /** {@link PositionKey} to {@link Position}: the read model, for any client and for SQL. */
    public static final String POSITIONS = "positions";

    /** Code to {@link io.partita.positions.live.LivePortfolio}: portfolios as they were marked last, for any client and for SQL. */
    public static final String LIVE_PORTFOLIOS = "live-portfolios";

    /** {@link io.partita.positions.live.LiveKey} to {@link io.partita.positions.live.LivePosition}, likewise. */
    public static final String LIVE_POSITIONS = "live-positions";

    /** Symbol to {@link io.partita.positions.live.LiveMark}: the last price of each instrument that ticks tell of. */
    public static final String LIVE_MARKS = "live-marks";

    /** {@link io.partita.positions.live.LivePulse#KEY} to that. */
    public static final String LIVE_PULSE = "live-pulse";

    private PositionNames() {
    }
}
