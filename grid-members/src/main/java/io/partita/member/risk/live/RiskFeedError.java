package io.partita.member.risk.live;

/** Why a request over {@code /ws/risk} was not done; the session goes on. */
enum RiskFeedError {
    INVALID_REQUEST("The message is no request: JSON with op, portfolios and channels."),
    MESSAGE_TOO_LARGE("A request has at most 4,096 characters."),
    UNKNOWN_PORTFOLIO("No portfolio has that code, or it was made just now."),
    NOT_SUBSCRIBED("There is no such subscription."),
    TOO_MANY_SUBSCRIPTIONS("A session follows at most 200 portfolios."),
    STARTING("This member does not know its portfolios yet; try again.");

    private final String meaning;

    RiskFeedError(String meaning) {
        this.meaning = meaning;
    }

    /** One sentence for people. */
    String meaning() {
        return meaning;
    }
}
