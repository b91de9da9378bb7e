package io.partita.member.marketdata;

/** Where sessions of a WebSocket feed, and what they ask for, are brought to. Thread-safe. */
public interface FeedDesk {

    /** A session begins; false if there are too many. */
    boolean open(FeedSession session);

    /** A session has ended. */
    void closed(FeedSession session);

    /** Does what a reader asks for, and tells it when that cannot be done. */
    void request(FeedSession session, String text);
}
