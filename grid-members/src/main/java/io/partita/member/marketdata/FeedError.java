package io.partita.member.marketdata;

/** Why a request over a WebSocket was not done; the session goes on. */
enum FeedError {
    INVALID_REQUEST("The message is no request: JSON with op, symbol and channels."),
    MESSAGE_TOO_LARGE("A request has at most 4,096 characters."),
    UNKNOWN_INSTRUMENT("No such instrument is listed."),
    UNKNOWN_SIZE("Bars are of size 1s, 1m, 5m, 1h or 1d."),
    UNKNOWN_INDICATOR("An indicator of that name is not calculated for each bar."),
    NOT_SUBSCRIBED("There is no such subscription."),
    TOO_MANY_SUBSCRIPTIONS("A session follows at most 100 instruments, and 100 series of bars, indicators or alerts."),
    OVERLOADED("Too much waits for this instrument; try again.");

    private final String meaning;

    FeedError(String meaning) {
        this.meaning = meaning;
    }

    /** One sentence for people. */
    String meaning() {
        return meaning;
    }
}
