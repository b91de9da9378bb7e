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

    /** It may not; nothing was changed. */
    record Refused(long commandId, RiskRefusal code) implements RiskAnswer {
    }
}
