package io.partita.member.trading;

import io.partita.trading.Acknowledgement;
import io.partita.trading.Command;
import io.partita.trading.CommandBatch;
import io.partita.trading.TradingGateway;
import io.partita.trading.TradingRefusal;
import io.partita.trading.TradingResult;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongFunction;
import java.util.function.LongPredicate;

/** Where calls arrive: each goes to its instrument's lane. Thread-safe. */
final class TradingDesk {

    private final LongPredicate listed;
    private final OrderJournalWriter writer;
    private final TradingMeters meters;
    private final LongFunction<BookLane> lanes;
    private final Map<Long, BookLane> open = new ConcurrentHashMap<>();
    private volatile boolean closing;

    /** @param listed whether there is such an instrument */
    TradingDesk(LongPredicate listed, OrderJournalWriter writer, TradingMeters meters, LongFunction<BookLane> lanes) {
        this.listed = listed;
        this.writer = writer;
        this.meters = meters;
        this.lanes = lanes;
        meters.waiting(() -> open.values().stream().mapToInt(BookLane::waiting).sum());
    }

    CompletableFuture<List<TradingResult>> submit(long instrument, CommandBatch commands, Acknowledgement level) {
        long arrived = System.nanoTime();
        TradingRefusal refusal = refusal(instrument, commands, level);
        CompletableFuture<List<TradingResult>> answer = refusal != null ? CompletableFuture.completedFuture(TradingResult.refused(commands, refusal))
                : open.computeIfAbsent(instrument, lanes::apply).submit(commands, level);
        return answer.whenComplete((results, _) -> meters.answered(level, Duration.ofNanos(System.nanoTime() - arrived), results));
    }

    /** Tells a book the time, so that what is due in it happens. */
    void tellTime(long instrument) {
        tell(instrument, new Command().tick());
    }

    /** Tells a book something that it is told anew if it does not hear: without an id, and past the meters of those who trade. */
    CompletableFuture<List<TradingResult>> tell(long instrument, Command news) {
        return closing ? CompletableFuture.completedFuture(List.of(new TradingResult.Refused(news.id(), TradingRefusal.NOT_IN_VIEW, "")))
                : open.computeIfAbsent(instrument, lanes::apply).submit(CommandBatch.of(List.of(news)), Acknowledgement.REPLICATED);
    }

    /** Whether commands are on their way to some book. */
    boolean busy() {
        return open.values().stream().anyMatch(BookLane::busy);
    }

    private TradingRefusal refusal(long instrument, CommandBatch commands, Acknowledgement level) {
        if (closing) {
            return TradingRefusal.NOT_IN_VIEW;
        }
        if (commands.size() > TradingGateway.MAX_BATCH) {
            return TradingRefusal.BATCH_TOO_LARGE;
        }
        if (!listed.test(instrument)) {
            return TradingRefusal.UNKNOWN_INSTRUMENT;
        }
        if (commands.size() == 0 || !commands.named()) {
            return TradingRefusal.INVALID_REQUEST;
        }
        return level == Acknowledgement.DURABLE && !writer.available() ? TradingRefusal.STORE_UNAVAILABLE : null;
    }

    void close() {
        closing = true;
    }
}
