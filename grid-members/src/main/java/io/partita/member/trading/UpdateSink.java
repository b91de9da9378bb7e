package io.partita.member.trading;

import io.partita.trading.feed.UpdateBatch;

/** Where a member hands over what everybody may know of a book that it drives. Must return at once; whatever it cannot take, readers ask for. */
@FunctionalInterface
public interface UpdateSink {

    /** Updates that are on the book and its synchronous backups; of one book they come in their order. */
    void on(long instrument, UpdateBatch updates);
}
