package io.partita.trading;

/**
 * One thing that happened in a book. The object that a sink is handed is used again for the next report: take what you need
 * before you return.
 */
public interface ExecutionReport {

    /** Dense per book, from 1. */
    long sequence();

    /** Nanoseconds since 1970. */
    long time();

    /** The id of the command that led to it. */
    long commandId();

    ExecType execType();

    Reason reason();

    long orderId();

    long account();

    int participant();

    int session();

    Side side();

    /** Limit price, 0 for none. */
    long price();

    /** OrderQty: filled, open, and cancelled with this report. */
    long quantity();

    /** LeavesQty: open after this report. */
    long leaves();

    /** CumQty: filled up to this report. */
    long filled();

    /** LastPx. */
    long lastPrice();

    /** LastQty. */
    long lastQuantity();

    /** The trade's number in this book, dense from 1; both parties have the same. */
    long tradeId();

    /** The other party's order. */
    long contraOrderId();

    Liquidity liquidity();

    /** What the party pays, in ticks times units; negative for a rebate. */
    long fee();

    /** The phase of the book after this. */
    TradingPhase phase();

    /** The order's instructions as {@link Terms}, where they are new or may have changed; 0 elsewhere. */
    default int terms() {
        return 0;
    }
}
