package io.partita.console.api;

import java.time.Instant;
import java.util.Optional;

/**
 * One look at the grid.
 *
 * @param at     when the console looked
 * @param status what the grid said; nothing while no member answers
 * @param trouble why there is no status, for people; empty if there is one
 */
public record GridPulse(Instant at, Optional<GridStatus> status, String trouble) {

    /** Before the first look. */
    public static final GridPulse NOT_ASKED = new GridPulse(Instant.EPOCH, Optional.empty(), "Not asked yet");

    public boolean up() {
        return status.isPresent();
    }
}
