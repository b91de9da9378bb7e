package io.partita.trading;

/** Where a book reports what happens, in order. Called from within {@link OrderBook#apply}; must not call the book back. */
@FunctionalInterface
public interface ExecutionSink {

    void on(ExecutionReport report);
}
