package io.partita.member.trading;

import com.hazelcast.splitbrainprotection.SplitBrainProtectionException;
import io.partita.tracing.Callers;
import io.partita.tracing.Tracing;
import io.partita.trading.Acknowledgement;
import io.partita.trading.CommandBatch;
import io.partita.trading.TradingGateway;
import io.partita.trading.TradingRefusal;
import io.partita.trading.TradingResult;
import io.partita.trading.venue.Trade;
import io.partita.trading.venue.Traded;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * Commands of one instrument on their way to its book: one processor is under way, and takes along whatever has come meanwhile. So
 * batches form by themselves, in the order of arrival. Thread-safe.
 */
final class BookLane {

    /** More commands do not wait. */
    private static final int MAX_WAITING = 50_000;

    private final long instrument;
    private final Tracing tracing;
    private final Books books;
    private final OrderJournalWriter writer;
    private final UpdateSink updates;
    private final LongSupplier nanosSinceEpoch;
    private final Runnable carriedOut;
    private final Runnable unserved;
    private final long deadlineMillis;
    /** Sends what has waited: the threads on which the grid answers may not call other members. */
    private final Executor sender;
    private final ArrayDeque<Call> waiting = new ArrayDeque<>();
    private int waitingCommands;
    private boolean underWay;

    /** @param trace the place of whoever asks in a trace; null if none is recorded */
    private record Call(CommandBatch commands, Acknowledgement level, String trace, CompletableFuture<List<TradingResult>> answer) {

        void refuse(TradingRefusal code) {
            answer.complete(TradingResult.refused(commands, code));
        }
    }

    BookLane(long instrument, Tracing tracing, Books books, OrderJournalWriter writer, UpdateSink updates, LongSupplier nanosSinceEpoch, Runnable carriedOut,
             Runnable unserved, long deadlineMillis, Executor sender) {
        this.instrument = instrument;
        this.tracing = tracing;
        this.books = books;
        this.writer = writer;
        this.updates = updates;
        this.nanosSinceEpoch = nanosSinceEpoch;
        this.carriedOut = carriedOut;
        this.unserved = unserved;
        this.deadlineMillis = deadlineMillis;
        this.sender = sender;
    }

    /** Commands that wait for the one that is under way. */
    int waiting() {
        synchronized (waiting) {
            return waitingCommands;
        }
    }

    /** Whether commands are on their way to the book. */
    boolean busy() {
        synchronized (waiting) {
            return underWay;
        }
    }

    CompletableFuture<List<TradingResult>> submit(CommandBatch commands, Acknowledgement level) {
        Call call = new Call(commands, level, tracing.current(), new CompletableFuture<>());
        List<Call> batch = null;
        synchronized (waiting) {
            if (waitingCommands + commands.size() > MAX_WAITING) {
                call.refuse(TradingRefusal.OVERLOADED);
                return call.answer;
            }
            waiting.add(call);
            waitingCommands += commands.size();
            if (!underWay) {
                underWay = true;
                batch = take();
            }
        }
        if (batch != null) {
            send(batch);
        }
        return call.answer;
    }

    /** Whole calls, as many as make one processor. */
    private List<Call> take() {
        List<Call> batch = new ArrayList<>();
        int count = 0;
        while (!waiting.isEmpty() && (count == 0 || count + waiting.peek().commands.size() <= TradingGateway.MAX_BATCH)) {
            Call call = waiting.poll();
            count += call.commands.size();
            batch.add(call);
        }
        waitingCommands -= count;
        return batch;
    }

    private void send(List<Call> batch) {
        Tracing.Span span = traced(batch);
        try {
            Trade trade = trade(batch);
            books.submit(instrument, trade).whenComplete((returned, failure) -> {
                span.close();
                answered(batch, failure == null ? trade.outcome(returned) : null, failure);
            });
        } catch (RuntimeException failure) {
            span.close();
            answered(batch, null, failure);
        }
    }

    /** From here to the book, and to its backups. */
    private Tracing.Span traced(List<Call> batch) {
        Callers callers = new Callers();
        batch.forEach(call -> callers.add(call.trace));
        return callers.begin(tracing, "book batch").tag("partita.instrument", instrument).tag("partita.calls", batch.size());
    }

    private Trade trade(List<Call> batch) {
        int count = batch.stream().mapToInt(call -> call.commands.size()).sum();
        // Of a member whose clock is behind that of the one before it the book takes the later time.
        return new Trade(CommandBatch.encoded(batch.stream().map(Call::commands).toList()), count, nanosSinceEpoch.getAsLong(),
                writer.journaled(instrument));
    }

    /** Whatever came of this batch, the lane goes on: what waits would wait for ever. */
    private void answered(List<Call> batch, Traded traded, Throwable failure) {
        try {
            // Before the next processor, so that updates come in their order.
            if (traded != null && traded.updates() != null) {
                updates.on(instrument, traded.updates());
            }
        } finally {
            next();
            answer(batch, traded, failure);
        }
    }

    private void next() {
        List<Call> batch;
        synchronized (waiting) {
            underWay = !waiting.isEmpty();
            batch = underWay ? take() : null;
        }
        if (batch != null) {
            sender.execute(() -> send(batch));
        }
    }

    private void answer(List<Call> batch, Traded traded, Throwable failure) {
        if (failure != null) {
            unserved.run();
            TradingRefusal code = refusal(failure);
            batch.forEach(call -> call.refuse(code));
            return;
        }
        switch (traded.state()) {
            case DONE -> done(batch, traded);
            case FULL -> batch.forEach(call -> call.refuse(TradingRefusal.STORE_UNAVAILABLE));
            case NOT_SERVED -> {
                unserved.run();
                batch.forEach(call -> call.refuse(TradingRefusal.BOOK_UNAVAILABLE));
            }
        }
    }

    private static TradingRefusal refusal(Throwable failure) {
        Throwable cause = failure;
        while (cause instanceof CompletionException || cause instanceof ExecutionException) {
            cause = cause.getCause();
        }
        return cause instanceof SplitBrainProtectionException ? TradingRefusal.NOT_IN_VIEW : TradingRefusal.OUTCOME_UNKNOWN;
    }

    private void done(List<Call> batch, Traded traded) {
        if (traded.piece() != null) {
            writer.add(instrument, traded.epoch(), traded.piece());
            carriedOut.run();
        }
        CompletableFuture<Boolean> journaled = null;
        int place = 0;
        for (Call call : batch) {
            int from = place;
            place += call.commands.size();
            if (call.level == Acknowledgement.REPLICATED) {
                call.answer.complete(results(call, traded, from));
                continue;
            }
            if (journaled == null) {
                Callers waiting = new Callers();
                batch.stream().filter(one -> one.level == Acknowledgement.DURABLE).forEach(one -> waiting.add(one.trace));
                journaled = writer.journaled(instrument, traded.epoch(), traded.sequence(), waiting)
                        .completeOnTimeout(false, deadlineMillis, TimeUnit.MILLISECONDS);
            }
            journaled.thenAccept(yes -> {
                if (yes) {
                    call.answer.complete(results(call, traded, from));
                } else {
                    call.refuse(TradingRefusal.OUTCOME_UNKNOWN);
                }
            });
        }
    }

    private static List<TradingResult> results(Call call, Traded traded, int from) {
        List<TradingResult> results = new ArrayList<>(call.commands.size());
        for (int i = 0; i < call.commands.size(); i++) {
            results.add(traded.result(from + i, call.commands.id(i)));
        }
        return results;
    }
}
