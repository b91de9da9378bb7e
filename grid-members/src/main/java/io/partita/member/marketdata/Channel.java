package io.partita.member.marketdata;

/** What somebody wants to hear. The order is that in which messages about the same updates are sent. */
enum Channel {
    /** The best bid and offer, and the last price. */
    L1(true),
    /** The best ten levels of both sides. */
    L2(true),
    /** All levels: a snapshot, and then those that changed. */
    L2FULL(false),
    /** All orders: a snapshot, and then every update. */
    L3(false),
    /** The last trades, and then every trade. */
    TRADES(false),
    /** The phase and the session's figures. */
    STATS(true),
    /** Bars of a size: the last ones, and then each that is new or was corrected. */
    BARS(false, false),
    /** Indicators after each bar of a size, likewise. */
    INDICATORS(false, false),
    /** Anomalies, and what rules tell, likewise. */
    ALERTS(false, false);

    private final boolean state;
    private final boolean ofBooks;

    Channel(boolean state) {
        this(state, true);
    }

    Channel(boolean state, boolean ofBooks) {
        this.state = state;
        this.ofBooks = ofBooks;
    }

    /** True if it tells of a book; false if of what pipelines make. */
    boolean ofBooks() {
        return ofBooks;
    }

    /** True if each message says all there is, so that the newest is enough for a slow reader. */
    boolean state() {
        return state;
    }
}
