package io.partita.trading.risk;

/** What pre-trade risk says to one command. */
public sealed interface RiskAnswer {

    /** The id of the command. */
    long commandId();

    /**
     * What the order can cost is reserved; it may go to the book.
     *
     * @param protection the limit under which an order without one has to go there; 0 for as it is
     * @param repeated   true if the command had been reserved for before
     */
    record Reserved(long commandId, long protection, boolean repeated) implements RiskAnswer {
    }

    /**
     * It was reserved for before, and all that its book reported about it is known: it may go to the book for its answer, and not be carried out again.
     *
     * @param protection the limit under which it went there; 0 for as it is
     */
    record Heard(long commandId, long protection) implements RiskAnswer {
    }

    /** It may not; nothing was changed. */
    record Refused(long commandId, RiskRefusal code) implements RiskAnswer {
    }
}
