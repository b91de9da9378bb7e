package io.partita.member.ledger;

import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Looks after the view, the shards and what has expired, each in its time. For one thread. */
final class Upkeep {

    private static final Logger LOG = LoggerFactory.getLogger(Upkeep.class);
    private static final long PAUSE_AFTER_FAILURE = TimeUnit.MILLISECONDS.toNanos(200);

    private final LedgerEngine engine;
    private final TransferDesk desk;
    private final long lease;
    private long nextView;
    private long nextShards;
    private long nextCheckpoint;
    private String lastFailure;

    Upkeep(LedgerEngine engine, TransferDesk desk, Duration lease) {
        this.engine = engine;
        this.desk = desk;
        this.lease = lease.toNanos();
        nextView = engine.timing().nanoTime();
        nextShards = nextView;
        nextCheckpoint = nextView + TimeUnit.SECONDS.toNanos(10);
    }

    /** Does what is due. */
    void round() {
        long now = engine.timing().nanoTime();
        try {
            if (now - nextView >= 0 || engine.keeper().wantsLook()) {
                engine.view().tick();
                nextView = now + lease / 4;
            }
            if (now - nextShards >= 0 || engine.keeper().wantsLook()) {
                engine.keeper().tick();
                desk.expirePendings();
                nextShards = now + TimeUnit.SECONDS.toNanos(1);
            }
            if (now - nextCheckpoint >= 0) {
                engine.keeper().checkpoint(false);
                nextCheckpoint = now + TimeUnit.SECONDS.toNanos(5);
            }
        } catch (SQLException failure) {
            failed(new StoreException.Unavailable(failure));
        } catch (StoreException failure) {
            failed(failure);
        } catch (RuntimeException failure) {
            // A side without a majority gets here in every round until the split is over: one line is enough.
            if (!failure.toString().equals(lastFailure)) {
                LOG.warn("Looking after the shards failed; trying again", failure);
            }
            lastFailure = failure.toString();
            engine.keeper().look();
            engine.timing().pause(PAUSE_AFTER_FAILURE);
        }
    }

    private void failed(StoreException failure) {
        engine.health().failed(failure);
        nextView = engine.timing().nanoTime();
        engine.timing().pause(PAUSE_AFTER_FAILURE);
    }
}
