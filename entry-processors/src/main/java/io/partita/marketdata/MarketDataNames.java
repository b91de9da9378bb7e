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
    /** Number to {@link io.partita.marketdata.anomaly.Silence}. */
    public static final String SILENCES = "anomaly-silences";
    /** Id to {@link io.partita.marketdata.surveillance.SurveillanceAlert}. */
    public static final String SURVEILLANCE = "surveillance-alerts";

    private MarketDataNames() {
    }

    /** Windows of history in bars of a size, by id. */
    public static String episodes(BarSize size) {
        return "anomaly-episodes-" + size;
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
