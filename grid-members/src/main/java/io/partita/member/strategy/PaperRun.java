package io.partita.member.strategy;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.partita.trading.Side;
import io.partita.trading.strategy.EquityCurve;
import io.partita.trading.strategy.Metrics;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.LongFunction;

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

        /** Of the curve, as it is told: a screen has no more. */
        private static final int MOST = 500;

        /** The last point is always among them. */
        public static List<Point> of(EquityCurve curve, LongFunction<String> amount) {
            int step = Math.max(1, Math.ceilDiv(curve.size(), MOST));
            List<Point> points = new ArrayList<>();
            for (int i = Math.max(0, curve.size() - 1) % step; i < curve.size(); i += step) {
                points.add(new Point(BacktestReport.instant(curve.time(i)), amount.apply(curve.value(i))));
            }
            return points;
        }
    }

    /** How it does: parts of 1, except ratios, counts and the commission. */
    @Schema(name = "StrategyFigures")
    public record Figures(double totalReturn, double annualReturn, double sharpe, double sortino, double maxDrawdown, double hitRate, int roundTrips,
                          double turnover, double exposure, int fills, String commission) {

        public static Figures of(Metrics metrics, LongFunction<String> amount) {
            return new Figures(metrics.totalReturn(), metrics.annualReturn(), metrics.sharpe(), metrics.sortino(), metrics.maxDrawdown(), metrics.hitRate(),
                    metrics.roundTrips(), metrics.turnover(), metrics.exposure(), metrics.fills(), amount.apply(metrics.commission()));
        }
    }

    PaperRun lost() {
        return new PaperRun(id, order, member, Status.LOST, "its member is gone", startedAt, endedAt, equity, positions, openOrders, figures, fills, curve);
    }

    /** Without the long parts, for lists. */
    public PaperRun summary() {
        return new PaperRun(id, order, member, status, reason, startedAt, endedAt, equity, positions, openOrders, figures, null, null);
    }
}
