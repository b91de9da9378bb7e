package io.partita.member.positions;

import com.hazelcast.core.HazelcastInstance;
import io.partita.member.trading.TradingService;
import io.partita.member.trading.settlement.SettlementService;
import io.partita.positions.live.PortfolioTruth;
import java.time.InstantSource;
import org.jdbi.v3.core.Jdbi;

/** Positions as the job that marks them reads them on this member. Thread-safe. */
final class LivePositions implements PortfolioTruth, AutoCloseable {

    private final Jdbi jdbi;
    private final PositionBook book;
    private final PortfolioTables portfolios;
    private final Prices prices;
    private final SymbolChanges changes;
    private final TradingService trading;
    private final SettlementService settlement;
    private final InstantSource clock;
    private volatile boolean ended;

    LivePositions(Jdbi jdbi, PositionBook book, PortfolioTables portfolios, Prices prices, SymbolChanges changes, TradingService trading, SettlementService settlement,
            InstantSource clock) {
        this.jdbi = jdbi;
        this.book = book;
        this.portfolios = portfolios;
        this.prices = prices;
        this.changes = changes;
        this.trading = trading;
        this.settlement = settlement;
        this.clock = clock;
    }

    /** Lets jobs of this member find it. */
    LivePositions in(HazelcastInstance hazelcast) {
        hazelcast.getUserContext().put(KEY, this);
        return this;
    }

    @Override
    public Reader reader() {
        return new LivePositionReader(jdbi, book, portfolios, prices, changes, trading, new TradeFollower(settlement.queries(), trading, prices), clock);
    }

    @Override
    public boolean ended() {
        return ended;
    }

    @Override
    public void close() {
        ended = true;
    }
}
