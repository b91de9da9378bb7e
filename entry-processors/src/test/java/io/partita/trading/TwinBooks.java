package io.partita.trading;

import static org.assertj.core.api.Assertions.assertThat;

import io.partita.trading.book.PriceTimeBook;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A book and its naive twin, which get the same commands; whatever can be seen of them must be the same. */
final class TwinBooks {

    private PriceTimeBook book;
    private final NaiveBook naive;
    private final OrderFlow flow;
    private final List<String> log;
    private final Command command = new Command();
    private final Instrument rules;
    /** The commands as bytes, and the hash after each. */
    private final List<byte[]> journal = new ArrayList<>();
    private final List<Long> hashes = new ArrayList<>();

    /** What each order traded, and who has got what. */
    private final Map<Long, Long> traded = new HashMap<>();
    private final Map<Long, Long> shares = new HashMap<>();
    private final Map<Long, Long> cash = new HashMap<>();
    private long fees;
    final Map<Object, Integer> seen;
    int trades;

    TwinBooks(long seed, List<String> log, Map<Object, Integer> seen) {
        rules = OrderFlow.instrument(seed);
        flow = new OrderFlow(rules);
        book = new PriceTimeBook(rules);
        naive = new NaiveBook(rules);
        this.log = log;
        this.seen = seen;
    }

    void step(long step) {
        List<Long> live = new ArrayList<>(naive.live.stream().map(order -> order.id).toList());
        apply(flow.next(step, naive, live));
    }

    private void apply(Command next) {
        if (log != null) {
            log.add(next.toString());
        }
        List<Seen> expected = Seen.apply(naive, next);
        if (log != null) {
            expected.forEach(report -> log.add("      " + report));
        }
        List<Seen> reports = Seen.apply(book, next);
        assertThat(reports).isEqualTo(expected);
        assertThat(state(book)).isEqualTo(state(naive));
        reports.forEach(this::account);
        conserved();
        notCrossed();
        keep(next);
    }

    private void keep(Command done) {
        ByteBuffer bytes = ByteBuffer.allocate(Command.MAX_BYTES);
        done.encode(bytes);
        journal.add(Arrays.copyOf(bytes.array(), bytes.position()));
        hashes.add(book.hash());
        if (journal.size() % 23 == 0) {
            PriceTimeBook restored = PriceTimeBook.restore(book.snapshot());
            assertThat(restored.hash()).isEqualTo(book.hash());
            assertThat(restored.snapshot()).isEqualTo(book.snapshot());
            // From here on the restored one is put to the test.
            book = restored;
        }
    }

    /** A fresh book that reads the journal has the same hash after every command. */
    private void replay() {
        PriceTimeBook fresh = new PriceTimeBook(rules);
        Command read = new Command();
        for (int i = 0; i < journal.size(); i++) {
            fresh.apply(read.decode(ByteBuffer.wrap(journal.get(i))), report -> { });
            assertThat(fresh.hash()).as("command %d", i).isEqualTo(hashes.get(i));
        }
    }

    /** Everything ends: nothing is left over. */
    void finish() {
        apply(command.massCancel(0, 0, 0).at(1 << 20));
        assertThat(book.size()).isZero();
        assertThat(book.depth(Side.BUY, new long[2]) + book.depth(Side.SELL, new long[2])).isZero();
        replay();
    }

    static List<String> state(OrderBook book) {
        List<String> state = new ArrayList<>();
        state.add(book.phase() + " last " + book.lastPrice() + " reference " + book.referencePrice() + " size " + book.size() + " uncrosses "
                + book.indicativeQuantity() + "@" + book.indicativePrice());
        for (Side side : Side.values()) {
            long[] levels = new long[12];
            state.add(side + " " + Arrays.toString(Arrays.copyOf(levels, 2 * book.depth(side, levels))));
        }
        book.orders((id, account, side, price, leaves, shown, filled, stop, rank) -> state.add(id + " of " + account + " " + side + " "
                + leaves + "@" + price + " shows " + shown + " filled " + filled + " stop " + stop + " rank " + rank));
        return state;
    }

    private void account(Seen report) {
        seen.merge(report.reason() == Reason.NONE ? report.execType() : report.reason(), 1, Integer::sum);
        if (report.execType() == ExecType.NEW) {
            traded.put(report.orderId(), 0L);
        }
        if (report.execType() != ExecType.REJECTED && report.orderId() != 0) {
            assertThat(report.leaves()).isGreaterThanOrEqualTo(0);
            assertThat(report.filled() + report.leaves()).isLessThanOrEqualTo(report.quantity());
        }
        if (report.execType() == ExecType.TRADE) {
            trades++;
            long quantity = report.side() == Side.BUY ? report.lastQuantity() : -report.lastQuantity();
            shares.merge(report.account(), quantity, Long::sum);
            cash.merge(report.account(), -quantity * report.lastPrice() - report.fee(), Long::sum);
            fees += report.fee();
            assertThat(traded.merge(report.orderId(), report.lastQuantity(), Long::sum)).isEqualTo(report.filled());
        }
    }

    private void conserved() {
        assertThat(shares.values().stream().mapToLong(Long::longValue).sum()).isZero();
        assertThat(cash.values().stream().mapToLong(Long::longValue).sum() + fees).isZero();
    }

    private void notCrossed() {
        long[] bid = new long[2];
        long[] offer = new long[2];
        if (book.phase() == TradingPhase.CONTINUOUS && book.depth(Side.BUY, bid) > 0 && book.depth(Side.SELL, offer) > 0) {
            assertThat(bid[0]).isLessThan(offer[0]);
        }
    }
}
