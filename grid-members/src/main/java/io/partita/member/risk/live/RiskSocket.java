package io.partita.member.risk.live;

import io.partita.member.marketdata.FeedMeters;
import io.partita.member.marketdata.FeedSocket;
import io.partita.member.security.access.SocketGuard;

/** {@code /ws/risk}: P&L of portfolios, and breaches of limits. */
final class RiskSocket extends FeedSocket {

    RiskSocket(SocketGuard guard, RiskHub hub, FeedMeters meters) {
        super("/ws/risk", guard, hub, meters);
    }
}
