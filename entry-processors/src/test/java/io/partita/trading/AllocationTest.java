package io.partita.trading;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.partita.trading.book.PriceTimeBook;
import java.lang.management.ManagementFactory;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** A warm book makes no garbage. */
class AllocationTest {

    private static final int ROUND = 20_000;

    private final PriceTimeBook book = new PriceTimeBook(Instrument.simple(1).withFees(new Fees(-10, 30, 5, 5)).withBand(9_000, 1));
    private final Command command = new Command();
    private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private SplittableRandom random;
    private long time = 1;
    private long id = 10;
    private long reports;

    @Test
    void once_warm_a_book_allocates_nothing_per_order() {
        book.apply(command.phase(TradingPhase.PRE_OPEN, 0).at(1), this::count);
        book.apply(command.phase(TradingPhase.CONTINUOUS, 0).at(1), this::count);
        ExecutionSink sink = this::count;
        long allocated = Long.MAX_VALUE;
        // The compiler's own work on this thread ends after some rounds; a book that allocates does so in every one.
        for (int round = 0; round < 40 && allocated > 0; round++) {
            random = new SplittableRandom(11);
            long before = threads.getThreadAllocatedBytes(Thread.currentThread().threadId());
            round(sink);
            allocated = threads.getThreadAllocatedBytes(Thread.currentThread().threadId()) - before;
            // Not measured: sorting many thousand ids needs room, once.
            book.apply(command.massCancel(0, 0, 0).at(++time), sink);
        }
        assertThat(allocated).as("bytes for %d commands", ROUND).isZero();
        assertThat(reports).isGreaterThan(ROUND);
    }

    private void count(ExecutionReport report) {
        reports += report.lastQuantity() >= 0 ? 1 : 0;
    }

    private void round(ExecutionSink sink) {
        for (int i = 0; i < ROUND; i++) {
            book.apply(next().at(++time), sink);
        }
    }

    private Command next() {
        Side side = random.nextBoolean() ? Side.BUY : Side.SELL;
        long price = 5_000 + random.nextInt(60) * (side == Side.BUY ? -1 : 1) + 20 * (side == Side.BUY ? 1 : -1);
        long quantity = 1 + random.nextInt(50);
        return switch (random.nextInt(24)) {
            case 0, 1, 2, 3, 4, 5 -> command.cancel(id - random.nextInt(200), 1);
            case 6, 7 -> command.replace(id - random.nextInt(100), 1, price, quantity);
            case 8 -> command.market(++id, 1, side, quantity);
            case 9 -> command.limit(++id, 1, side, price, quantity * 10).display(10);
            case 10 -> command.limit(++id, 1, side, price, quantity).hidden();
            case 11 -> command.newOrder(++id, 1, side, OrderType.STOP, TimeInForce.DAY, 0, quantity).stop(price);
            case 12 -> command.newOrder(++id, 1, side, OrderType.LIMIT, TimeInForce.FILL_OR_KILL, price, quantity);
            case 13 -> command.newOrder(++id, 1, side, OrderType.PEGGED, TimeInForce.DAY, 0, 1).peg(PegReference.PRIMARY).offset(quantity);
            case 14 -> command.newOrder(++id, 1, side, OrderType.TRAILING_STOP, TimeInForce.DAY, 0, 1).stop(price).offset(40);
            case 15 -> command.limit(++id, 1, side, price, quantity).allOrNone();
            case 16 -> command.newOrder(++id, 1, side, OrderType.LIMIT, TimeInForce.GOOD_TILL_DATE, price, quantity).expires(time + 50);
            case 17 -> command.quote(1, 2, 1, 4_990, 5, 5_010, 5).by(1, 1);
            case 18 -> command.limit(++id, 1, side, price, quantity).by(1, 1).prevent(SelfTradePrevention.DECREMENT);
            default -> command.limit(++id, 1, side, price, quantity).by(2, 1);
        };
    }
}
