package io.partita.member.marketdata;

import io.partita.member.security.access.SocketGuard;
import org.springframework.stereotype.Component;
import org.springframework.web.socket.config.annotation.EnableWebSocket;

/** {@code /ws/market-data}: books, and what pipelines make of ticks. */
@Component
@EnableWebSocket
class MarketDataSocket extends FeedSocket {

    MarketDataSocket(SocketGuard guard, FeedHub hub, FeedMeters meters) {
        super("/ws/market-data", guard, hub, meters);
    }
}
