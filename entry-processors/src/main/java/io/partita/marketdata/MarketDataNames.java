package io.partita.marketdata;

/** Names of the structures of market data in the grid. */
public final class MarketDataNames {

    /** How the topics' names begin. */
    public static final String TOPICS = "market-data-";

    private MarketDataNames() {
    }

    /** The reliable topic with the {@link io.partita.trading.feed.UpdateBatch}es of an instrument. */
    public static String topic(long instrument) {
        return TOPICS + instrument;
    }
}
