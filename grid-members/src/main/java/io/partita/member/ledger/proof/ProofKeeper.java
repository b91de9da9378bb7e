package io.partita.member.ledger.proof;

import io.partita.member.ledger.JournalReader;
import io.partita.member.ledger.Pace;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps evidence up to date in the background: tiles every second, a signed head every minute in which something was
 * booked. What this member has booked itself is at hand; what it must read from the journal it reads at the pace of who gives
 * way. Never stops for an error; it tells and tries again.
 */
final class ProofKeeper implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(ProofKeeper.class);
    private final JournalReader journal;
    private final TileWriter tiles;
    private final TreeHeads heads;
    private final ScheduledExecutorService executor =
            Executors.newSingleThreadScheduledExecutor(Thread.ofPlatform().name("proof-keeper").daemon().factory());

    private long tiled;

    ProofKeeper(JournalReader journal, TileWriter tiles, TreeHeads heads) {
        this.journal = journal;
        this.tiles = tiles;
        this.heads = heads;
    }

    ProofKeeper start() {
        executor.scheduleWithFixedDelay(() -> safely("writing tiles", this::tile), 1, 1, TimeUnit.SECONDS);
        executor.scheduleWithFixedDelay(() -> safely("signing a tree head", heads::latest), 60, 60, TimeUnit.SECONDS);
        return this;
    }

    private void tile() {
        long size = journal.head().size();
        if (size - tiled >= TileNodes.BLOCK) {
            tiles.catchUp(new Pace(() -> journal.head().size())::rest);
            tiled = size;
        }
    }

    private static void safely(String what, Runnable task) {
        try {
            task.run();
        } catch (RuntimeException e) {
            LOG.warn("Failed while {}: {}", what, e.getMessage());
            LOG.debug("Failed while {}", what, e);
        }
    }

    @Override
    public void close() {
        executor.shutdownNow();
        try {
            executor.awaitTermination(5, TimeUnit.SECONDS);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }
}
