package io.partita.member.grid;

import org.springframework.boot.health.contributor.AbstractHealthIndicator;
import org.springframework.boot.health.contributor.Health;
import org.springframework.stereotype.Component;

/** Whether this member may change the ledger and reaches its journal. */
@Component("ledgerHealthIndicator")
final class LedgerHealth extends AbstractHealthIndicator {

    private final LedgerStatistics ledger;

    LedgerHealth(LedgerStatistics ledger) {
        this.ledger = ledger;
    }

    @Override
    protected void doHealthCheck(Health.Builder health) {
        LedgerStatistics.Snapshot now = ledger.snapshot();
        health.withDetail("term", now.view().term()).withDetail("serving", now.view().serving())
                .withDetail("shardsServing", now.shardsServing()).withDetail("shards", now.shardsTotal())
                .withDetail("storeAvailable", now.storeAvailable());
        if (!now.storeAvailable()) {
            health.outOfService().withDetail("reason", "the database cannot be reached");
        } else if (!now.view().serving()) {
            health.outOfService().withDetail("reason", "not in the view that may change the ledger");
        } else if (now.shardsServing() == 0) {
            health.outOfService().withDetail("reason", "shards are being brought up to date");
        } else {
            health.up();
        }
    }
}
