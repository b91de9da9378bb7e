package io.partita.member.trading.halt;

import io.partita.trading.MarketBreaker;
import java.time.LocalTime;

/**
 * When the whole market is halted, and for how long.
 *
 * @param haltSeconds    of all levels but the last
 * @param auctionSeconds by which books re-open that have no time of their own for it
 * @param reopens        UTC, on the business day after the last level
 * @param calendar       of that day
 */
public record BreakerRules(MarketBreaker breaker, int haltSeconds, int auctionSeconds, LocalTime reopens, String calendar) {

    public static final int MOST_SECONDS = 86_400;

    public BreakerRules {
        if (haltSeconds < 1 || haltSeconds > MOST_SECONDS || auctionSeconds < 1 || auctionSeconds > MOST_SECONDS) {
            throw new IllegalArgumentException("halts and auctions last 1 to " + MOST_SECONDS + " seconds");
        }
    }
}
