package io.partita.member.strategy;

import io.partita.member.trading.Listing;
import io.partita.trading.strategy.EquityCurve;
import io.partita.trading.strategy.Metrics;
import io.partita.trading.strategy.PaperStanding;
import io.partita.trading.strategy.PaperTrading;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** A run of this member. Its instruments have one currency and one number of decimals, so that amounts can be added. Thread-safe. */
final class LiveRun {

    /** Of the curve, as it is told: a screen has no more. */
    private static final int MOST_POINTS = 500;

    private final long id;
    private final PaperRun.Order order;
    private final List<Listing> listings;
    private final PaperTrading trading;
    private final String member;
    private final Instant startedAt;

    LiveRun(long id, PaperRun.Order order, List<Listing> listings, PaperTrading trading, String member, Instant startedAt) {
        this.id = id;
        this.order = order;
        this.listings = listings;
        this.trading = trading;
        this.member = member;
        this.startedAt = startedAt;
    }

    long id() {
        return id;
    }

    boolean failed() {
        return trading.failure().isPresent();
    }

    /** Ends it and cancels what is open; waits for that. */
    PaperRun stop(Instant now) {
        trading.stop();
        return told(failed() ? PaperRun.Status.FAILED : PaperRun.Status.STOPPED, now);
    }

    PaperRun running() {
        return told(PaperRun.Status.RUNNING, null);
    }

    private PaperRun told(PaperRun.Status status, Instant endedAt) {
        PaperStanding standing = trading.standing();
        Metrics metrics = standing.metrics();
        List<PaperRun.Position> positions = IntStream.range(0, listings.size())
                .mapToObj(i -> new PaperRun.Position(listings.get(i).symbol(), standing.positions().get(i))).toList();
        List<PaperRun.Filled> fills = standing.fills().stream().map(fill -> new PaperRun.Filled(BacktestReport.instant(fill.time()),
                listings.get(fill.instrument()).symbol(), fill.side(), amount(fill.price()), fill.quantity(), amount(fill.commission()))).toList();
        return new PaperRun(Long.toString(id), order, member, status, trading.failure().orElse(null), startedAt, endedAt, amount(standing.equity()),
                positions, standing.open(), new PaperRun.Figures(metrics.totalReturn(), metrics.annualReturn(), metrics.sharpe(), metrics.sortino(),
                metrics.maxDrawdown(), metrics.hitRate(), metrics.roundTrips(), metrics.turnover(), metrics.exposure(), metrics.fills(),
                amount(metrics.commission())), fills, points(standing.curve()));
    }

    /** The last point is always among them. */
    private List<PaperRun.Point> points(EquityCurve curve) {
        int step = Math.max(1, Math.ceilDiv(curve.size(), MOST_POINTS));
        List<PaperRun.Point> points = new ArrayList<>();
        for (int i = (curve.size() - 1) % step; i < curve.size(); i += step) {
            points.add(new PaperRun.Point(BacktestReport.instant(curve.time(i)), amount(curve.value(i))));
        }
        return points;
    }

    private String amount(long ticks) {
        return BigDecimal.valueOf(ticks, listings.getFirst().priceScale()).toPlainString();
    }
}
