package io.partita.member.ledger;

import io.partita.ledger.LedgerResult;
import io.partita.tracing.Tracing;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;

/** One call of a client: its results fill up in any order, from several lanes, and are answered together. Thread-safe. */
final class Call {

    private final LedgerResult[] results;
    private final AtomicInteger missing;
    private final CompletableFuture<List<LedgerResult>> future = new CompletableFuture<>();
    /** From its arrival to its answer. */
    private final Tracing.Span span;
    /** By {@link System#nanoTime()}. */
    final long deadline;

    Call(int results, long deadline) {
        this(results, deadline, Tracing.Span.NONE);
    }

    Call(int results, long deadline, Tracing.Span span) {
        this.span = span;
        this.results = new LedgerResult[results];
        this.missing = new AtomicInteger(results);
        this.deadline = deadline;
    }

    CompletableFuture<List<LedgerResult>> future() {
        return future;
    }

    /** Each place is filled once, by whoever has won the right to answer it. */
    void answer(int place, LedgerResult result) {
        results[place] = result;
        if (missing.decrementAndGet() == 0) {
            span.close();
            future.complete(Arrays.asList(results));
        }
    }

    /** Its place in a trace; null if none is recorded. */
    String trace() {
        return span.place();
    }

    boolean answered() {
        return missing.get() == 0;
    }

    boolean expired(long nanoTime) {
        return nanoTime - deadline >= 0;
    }
}
