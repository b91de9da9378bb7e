package io.partita.member.trading;

import org.springframework.boot.health.contributor.AbstractHealthIndicator;
import org.springframework.boot.health.contributor.Health;
import org.springframework.stereotype.Component;

/** Whether this member serves the books of its partitions; with some of them on their way it takes orders for the others. */
@Component("tradingHealthIndicator")
final class TradingHealth extends AbstractHealthIndicator {

    private final TradingService trading;

    TradingHealth(TradingService trading) {
        this.trading = trading;
    }

    @Override
    protected void doHealthCheck(Health.Builder health) {
        int owned = trading.booksOwned();
        int serving = trading.booksServing();
        health.up().withDetail("booksServing", serving).withDetail("books", owned);
        if (owned > 0 && serving == 0) {
            health.outOfService().withDetail("reason", "order books are being brought up to date");
        }
    }
}
