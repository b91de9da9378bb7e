package io.partita.pipelines.positions;

import io.partita.positions.live.LivePortfolio;
import io.partita.positions.live.LivePosition;

/** What a round of marking tells the grid. */
sealed interface Told {

    /** @param gone whether it is no more; then the row says of what, by which run and revision */
    record OfPortfolio(LivePortfolio row, boolean gone) implements Told {
    }

    /** Likewise. */
    record OfPosition(LivePosition row, boolean gone) implements Told {
    }
}
