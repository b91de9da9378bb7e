package io.partita.member.risk.live;

import io.partita.member.marketdata.FeedMeters;
import io.partita.member.marketdata.FeedSocket;

/** {@code /ws/risk}: P&L of portfolios, and breaches of limits. */
final class RiskSocket extends FeedSocket {

    RiskSocket(RiskHub hub, FeedMeters meters) {
        super("/ws/risk", hub, meters);
    }
}
