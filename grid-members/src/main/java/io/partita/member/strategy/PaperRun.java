package io.partita.member.strategy;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.partita.trading.Side;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * A strategy in live books, as REST tells it and as members tell each other. Prices and amounts are decimal strings.
 *
 * @param member  which runs it
 * @param reason  why it has ended, if nobody stopped it
 * @param fills   the last of them
 * @param curve   equity over time
 */
@Schema(name = "StrategyRun")
@JsonInclude(JsonInclude.Include.NON_NULL)
public record PaperRun(String id, Order order, String member, Status status, String reason, Instant startedAt, Instant endedAt, String equity,
                       List<Position> positions, int openOrders, Figures figures, List<Filled> fills, List<Point> curve) {

    /** Where a run is. */
    public enum Status {
        RUNNING,
        /** Its open orders were cancelled. */
        STOPPED,
        /** It ended by itself; {@code reason} says why. Its open orders were cancelled. */
        FAILED,
        /** Its member is gone; what it had open stays open. */
        LOST
    }

    /**
     * What was asked for.
     *
     * @param parameters where they differ from the strategy's own
     */
    @Schema(name = "StrategyOrder")
    public record Order(String strategy, Map<String, Double> parameters, List<String> symbols, String account, String cash, int barSeconds) {
    }

    /** What it holds; negative if short. */
    @Schema(name = "StrategyPosition")
    public record Position(String symbol, long quantity) {
    }

    /** An execution of one of its orders. */
    @Schema(name = "StrategyFill")
    public record Filled(Instant time, String symbol, Side side, String price, long quantity, String commission) {
    }

    /** Its worth at a moment. */
    @Schema(name = "StrategyEquity")
    public record Point(Instant time, String equity) {
    }

    /** How it does: parts of 1, except ratios, counts and the commission. */
    @Schema(name = "StrategyFigures")
    public record Figures(double totalReturn, double annualReturn, double sharpe, double sortino, double maxDrawdown, double hitRate, int roundTrips,
                          double turnover, double exposure, int fills, String commission) {
    }

    PaperRun lost() {
        return new PaperRun(id, order, member, Status.LOST, "its member is gone", startedAt, endedAt, equity, positions, openOrders, figures, fills, curve);
    }

    /** Without the long parts, for lists. */
    public PaperRun summary() {
        return new PaperRun(id, order, member, status, reason, startedAt, endedAt, equity, positions, openOrders, figures, null, null);
    }
}
