package io.partita.trading.venue;

import io.partita.grid.StateProcessor;

/** What all processors of books share. */
abstract class BookProcessor<R> extends StateProcessor<Long, HostedBook, R> {

    final boolean served(HostedBook book) {
        return book != null && book.servedBy(member());
    }
}
