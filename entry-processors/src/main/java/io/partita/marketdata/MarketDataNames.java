package io.partita.marketdata;

import io.partita.marketdata.bars.BarSize;

/** Names of the structures of market data in the grid. */
public final class MarketDataNames {

    /** How the topics' names begin. */
    public static final String TOPICS = "market-data-";
    /** Id to {@link io.partita.marketdata.anomaly.AnomalyAlert}. */
    public static final String ANOMALIES = "anomalies";
    /** {@link #tuned} to {@link io.partita.marketdata.anomaly.Thresholds}, of instruments that somebody has said something about. */
    public static final String THRESHOLDS = "anomaly-thresholds";
    /** How the names of the maps begin that hold windows of history. */
    public static final String EPISODES = "anomaly-episodes-";
    /** Number to {@link io.partita.marketdata.anomaly.Silence}. */
    public static final String SILENCES = "anomaly-silences";
    /** Name to {@link io.partita.marketdata.rules.AlertRule}. */
    public static final String RULES = "alert-rules";
    /** {@link io.partita.marketdata.rules.RuleFailure#key} to that. */
    public static final String RULE_FAILURES = "alert-rule-failures";
    /** Id to {@link io.partita.marketdata.surveillance.SurveillanceAlert}. */
    public static final String SURVEILLANCE = "surveillance-alerts";

    /** How the names of the rings begin that ticks go through; see {@link io.partita.marketdata.stream.TickStream}. */
    public static final String TICKS = "ticks-";

    /** Where each reader of ticks stands: {@link io.partita.marketdata.stream.ReaderKey} to a page. */
    public static final String TICK_READERS = "tick-readers";

    /** Instrument to the number of the last trade of its book that went through the rings, while somebody reads them. */
    public static final String BOOK_TRADES = "book-trades-told";

    /** {@link io.partita.marketdata.stream.BarKey} to {@link io.partita.marketdata.bars.TradeBar}. */
    public static final String BARS = "bars";

    /** {@link io.partita.marketdata.stream.BarKey} to {@link io.partita.marketdata.stream.IndicatorRow}. */
    public static final String INDICATORS = "indicators";

    /** What was not used: {@code source|instrument|number} to {@link io.partita.marketdata.ticks.DeadLetter}. */
    public static final String DEAD_LETTERS = "dead-letters";

    /** {@code source|instrument} to {@link io.partita.marketdata.stream.SourceReport}. */
    public static final String SOURCES = "tick-sources";

    /** Number to {@link io.partita.marketdata.stream.MarketInstrument}, for readers that are no members. */
    public static final String INSTRUMENTS = "market-instruments";

    /** Number to {@link io.partita.marketdata.stream.EnteredAction}. */
    public static final String CORPORATE_ACTIONS = "corporate-actions";

    private MarketDataNames() {
    }

    /** Windows of history in bars of a size, by id. */
    public static String episodes(BarSize size) {
        return EPISODES + size;
    }

    /** The key of what an instrument's scores must reach in bars of a size. */
    public static String tuned(BarSize size, long instrument) {
        return size + "-" + instrument;
    }

    /** The reliable topic with the {@link io.partita.trading.feed.UpdateBatch}es of an instrument. */
    public static String topic(long instrument) {
        return TOPICS + instrument;
    }
}
