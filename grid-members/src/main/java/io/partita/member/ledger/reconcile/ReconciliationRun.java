package io.partita.member.ledger.reconcile;

import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.UUID;

/** A run of internal reconciliation, as far as it has come. */
@Schema(name = "Reconciliation")
public record ReconciliationRun(UUID id, Status status, Cause cause, Instant startedAt,
                                @Schema(description = "Absent while it runs") Instant finishedAt,
                                @Schema(description = "Entries of the journal that are folded") long size,
                                @Schema(description = "0 to 100") int percent,
                                @Schema(description = "Shards compared so far, of 256") int shards,
                                @Schema(description = "Accounts compared so far") long accounts,
                                @Schema(description = "Comparisons made: of accounts with checkpoints, grid and table") long comparisons,
                                @Schema(description = "Differences found") long breaks, String detail) {

    /** Where it stands. */
    public enum Status {
        RUNNING, CLEAN, BROKEN, FAILED
    }

    /** Who asked for it. */
    public enum Cause {
        REQUEST, SCHEDULE
    }
}
