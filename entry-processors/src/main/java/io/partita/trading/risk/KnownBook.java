package io.partita.trading.risk;

/** A book as an account knows it. Not thread-safe. */
final class KnownBook {

    final TradedInstrument instrument;
    /** What is held of its security; the same object for all books of one. */
    final Holding holding;
    /** Its last report that is taken into account. */
    long applied;

    KnownBook(TradedInstrument instrument, Holding holding) {
        this.instrument = instrument;
        this.holding = holding;
    }
}
