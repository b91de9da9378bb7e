package io.partita.member.risk.live;

/** What somebody wants to hear of portfolios. */
enum RiskChannel {
    /** What a portfolio is worth and has gained: all of it, each time it is marked. */
    PNL,
    /** Breaches of its limits: the open ones, and then each that comes or changes. */
    BREACHES
}
