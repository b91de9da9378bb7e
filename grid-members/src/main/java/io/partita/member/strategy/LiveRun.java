package io.partita.member.strategy;

import io.partita.member.trading.Listing;
import io.partita.trading.strategy.PaperStanding;
import io.partita.trading.strategy.PaperTrading;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;

/** A run of this member. Its instruments have one currency and one number of decimals, so that amounts can be added. Thread-safe. */
final class LiveRun {

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
        List<PaperRun.Position> positions = IntStream.range(0, listings.size())
                .mapToObj(i -> new PaperRun.Position(listings.get(i).symbol(), standing.positions().get(i))).toList();
        List<PaperRun.Filled> fills = standing.fills().stream().map(fill -> new PaperRun.Filled(BacktestReport.instant(fill.time()),
                listings.get(fill.instrument()).symbol(), fill.side(), amount(fill.price()), fill.quantity(), amount(fill.commission()))).toList();
        return new PaperRun(Long.toString(id), order, member, status, trading.failure().orElse(null), startedAt, endedAt, amount(standing.equity()),
                positions, standing.open(), PaperRun.Figures.of(standing.metrics(), this::amount), fills,
                PaperRun.Point.of(standing.curve(), this::amount));
    }

    private String amount(long ticks) {
        return BigDecimal.valueOf(ticks, listings.getFirst().priceScale()).toPlainString();
    }
}
