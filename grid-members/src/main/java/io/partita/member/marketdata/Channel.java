package io.partita.member.marketdata;

/** What of a book somebody wants to hear. The order is that in which messages about the same updates are sent. */
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
    STATS(true);

    private final boolean state;

    Channel(boolean state) {
        this.state = state;
    }

    /** True if each message says all there is, so that the newest is enough for a slow reader. */
    boolean state() {
        return state;
    }
}
