package io.partita.trading.strategy;

import java.util.List;

/**
 * How a live run stands. Money is ticks times units.
 *
 * @param positions of each instrument
 * @param open      orders in their books
 * @param fills     the last {@value #LAST_FILLS}
 * @param curve     at least a bar apart; at most 4,097 points, so a long run's are further apart
 */
public record PaperStanding(long equity, List<Long> positions, int open, List<Fill> fills, EquityCurve curve, Metrics metrics) {

    public static final int LAST_FILLS = 100;

    public PaperStanding {
        positions = List.copyOf(positions);
        fills = List.copyOf(fills);
    }
}
