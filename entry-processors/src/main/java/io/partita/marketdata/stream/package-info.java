/**
 * Ticks of all sources as one stream in the grid, and what pipelines make of them: the maps that are served, and how all of that travels.
 *
 * <p><b>What the stream is.</b> {@link io.partita.marketdata.stream.TickStream#LANES} ring buffers, each with as many synchronous backups as everything else.
 * All ticks of an instrument go through one lane, in the order in which they came, so one reader sees them as the book or the feed said them. A page that
 * was taken is on the backups: the loss of a member loses none.
 *
 * <p><b>Why rings and no map with a journal.</b> A ring numbers its pages, is bounded by itself, and costs one write for up to 256 ticks. Readers know where
 * they stand by a number for each lane; that number is all that a snapshot of a reader needs, and a reader that was lost goes on from it.
 *
 * <p><b>Exactly once.</b> A page may be in the ring twice, when a sender could not tell whether its first attempt succeeded. Ticks with numbers are told apart by
 * (source, instrument, number): {@link io.partita.marketdata.ticks.FeedCheck} drops the second. Ticks without numbers are at least once.
 *
 * <p><b>Never by memory.</b> Readers tell up to where they need nothing again (their last complete snapshot). What somebody may still need is not overwritten:
 * {@link io.partita.marketdata.stream.TickStream#offer} refuses instead. While nobody reads, the oldest pages go.
 */
package io.partita.marketdata.stream;
