package io.partita.member.grid;

import com.hazelcast.core.HazelcastException;
import com.hazelcast.core.HazelcastInstance;
import io.partita.ledger.LedgerNames;
import io.partita.marketdata.MarketDataNames;
import io.partita.marketdata.stream.IndicatorRow;
import io.partita.positions.PositionNames;
import java.util.List;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/** Makes maps tables for SQL: {@code select * from balances where currency = 'EUR'}; likewise positions, portfolios as they are marked, bars, indicators,
 * sources of ticks and dead letters. */
@Component
final class SqlMappings {

    private static final Logger LOG = LoggerFactory.getLogger(SqlMappings.class);

    private static final String BALANCES = """
            create mapping if not exists %s external name %s (
                "__key" bigint, account bigint, currency varchar, type varchar, status varchar, parent bigint,
                "debitsPosted" bigint, "creditsPosted" bigint, "debitsPending" bigint, "creditsPending" bigint,
                "maxNetDebit" bigint, "maxNetCredit" bigint, sequence bigint)
            type IMap options (
                'keyFormat' = 'bigint', 'valueFormat' = 'compact', 'valueCompactTypeName' = 'io.partita.Balance')"""
            .formatted(LedgerNames.BALANCES, LedgerNames.BALANCES);

    private static final String OF_A_BAR = """
            instrument bigint external name "__key.instrument", "size" varchar external name "__key.size", "start" bigint external name "__key.start",""";
    private static final String BY_BAR = """
            type IMap options ('keyFormat' = 'compact', 'keyCompactTypeName' = 'io.partita.BarKey', 'valueFormat' = 'compact', 'valueCompactTypeName' = '%s')""";

    private static final String BARS = """
            create mapping if not exists %s external name %s (%s
                "open" bigint, high bigint, low bigint, "close" bigint, volume bigint, turnover decimal, trades bigint, bought bigint, sold bigint, bid bigint, ask bigint,
                revision int) %s"""
            .formatted(MarketDataNames.BARS, MarketDataNames.BARS, OF_A_BAR, BY_BAR.formatted("io.partita.TradeBar"));
    private static final String INDICATORS = "create mapping if not exists %s external name %s (%s %s) %s".formatted(MarketDataNames.INDICATORS,
            MarketDataNames.INDICATORS, OF_A_BAR, IndicatorRow.FIELDS.stream().map(field -> '"' + field + "\" double").collect(Collectors.joining(", ")),
            BY_BAR.formatted("io.partita.IndicatorRow"));

    private static final String SOURCES = """
            create mapping if not exists tick_sources external name "%s" ("__key" varchar,
                source varchar, instrument bigint, received bigint, used bigint, missing bigint, late bigint, score double, clock bigint, "lastReceived" bigint)
            type IMap options ('keyFormat' = 'varchar', 'valueFormat' = 'compact', 'valueCompactTypeName' = 'io.partita.SourceReport')"""
            .formatted(MarketDataNames.SOURCES);
    private static final String LETTERS = """
            create mapping if not exists dead_letters external name "%s" ("__key" varchar,
                source varchar, received bigint, fault varchar, detail varchar, record varchar)
            type IMap options ('keyFormat' = 'varchar', 'valueFormat' = 'compact', 'valueCompactTypeName' = 'io.partita.DeadLetter')"""
            .formatted(MarketDataNames.DEAD_LETTERS);

    private static final String POSITIONS = """
            create mapping if not exists %s external name %s (
                account bigint external name "__key.account", instrument bigint external name "__key.instrument",
                quantity bigint, "cost" bigint, realized bigint, fees bigint, place bigint)
            type IMap options ('keyFormat' = 'compact', 'keyCompactTypeName' = 'io.partita.PositionKey', 'valueFormat' = 'compact', 'valueCompactTypeName' = 'io.partita.Position')"""
            .formatted(PositionNames.POSITIONS, PositionNames.POSITIONS);

    private static final String LIVE_PORTFOLIOS = """
            create mapping if not exists live_portfolios external name "%s" ("__key" varchar,
                code varchar, level varchar, parent varchar, base varchar, "day" varchar, worth bigint, exposure bigint, gain bigint, "dayGain" bigint, realized bigint,
                "realizedFx" bigint, unrealized bigint, "unrealizedFx" bigint, income bigint, fees bigint, positions int, unpriced int, "valueAtRisk" double,
                "riskTime" bigint, "riskLeft" int, refused int, "time" bigint, told bigint, run bigint, revision bigint)
            type IMap options ('keyFormat' = 'varchar', 'valueFormat' = 'compact', 'valueCompactTypeName' = 'io.partita.LivePortfolio')"""
            .formatted(PositionNames.LIVE_PORTFOLIOS);
    private static final String LIVE_POSITIONS = """
            create mapping if not exists live_positions external name "%s" (
                account bigint external name "__key.account", symbol varchar external name "__key.symbol",
                book varchar, currency varchar, base varchar, quantity bigint, "quantityScale" int, price decimal, "priceTime" bigint, worth bigint, "worthInBase" bigint, realized bigint,
                unrealized bigint, "unrealizedFx" bigint, income bigint, fees bigint, missing varchar, run bigint, revision bigint)
            type IMap options ('keyFormat' = 'compact', 'keyCompactTypeName' = 'io.partita.LiveKey', 'valueFormat' = 'compact', 'valueCompactTypeName' = 'io.partita.LivePosition')"""
            .formatted(PositionNames.LIVE_POSITIONS);
    private static final String LIVE_MARKS = """
            create mapping if not exists live_marks external name "%s" ("__key" varchar,
                symbol varchar, price decimal, "time" bigint, number bigint, received bigint, source varchar)
            type IMap options ('keyFormat' = 'varchar', 'valueFormat' = 'compact', 'valueCompactTypeName' = 'io.partita.LiveMark')"""
            .formatted(PositionNames.LIVE_MARKS);

    private final HazelcastInstance hazelcast;

    SqlMappings(HazelcastInstance hazelcast) {
        this.hazelcast = hazelcast;
    }

    /** Beside the start, since the first SQL statement of a member loads a whole query planner. */
    @EventListener(ApplicationReadyEvent.class)
    void create() {
        Thread.ofVirtual().name("sql-mappings").start(() -> {
            for (String mapping : List.of(BALANCES, BARS, INDICATORS, SOURCES, LETTERS, POSITIONS, LIVE_PORTFOLIOS, LIVE_POSITIONS, LIVE_MARKS)) {
                try {
                    hazelcast.getSql().executeUpdate(mapping);
                } catch (HazelcastException | IllegalStateException e) {
                    LOG.warn("A map cannot be queried by SQL: {}", e.getMessage());
                }
            }
        });
    }
}
