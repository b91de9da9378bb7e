package io.partita.trading;

import static org.assertj.core.api.Assertions.assertThat;

import io.partita.trading.book.PriceTimeBook;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * An exchange's own messages (LOBSTER, NASDAQ) lead to the book that it published, after every message and on all 50 levels. The messages
 * are what happened to orders, so each is turned into the command that does the same here. The file begins in the middle of a day:
 * the orders before it are known as quantities of the first published book only, under one id per level.
 */
class LobsterReplayTest {

    private static final int LEVELS = 50;
    private static final long MARKET_MAKER = 1;
    private static final long OTHERS = 2;
    /** Ids for what stood there before the file begins. */
    private static final long BEFORE = 1L << 40;
    private static final long TAKER = 1L << 41;

    private final PriceTimeBook book = new PriceTimeBook(new Instrument(1, StepTable.ONE, StepTable.ONE, 1L << 34, 1 << 28, 0, 0, 0,
            Fees.NONE));
    private final Command command = new Command();
    private final Map<Long, Long> open = new HashMap<>();
    private long sequence;
    private long hidden;
    private int executions;
    private int outOfTurn;
    private final Map<Long, Long> filled = new HashMap<>();

    @Test
    void replaying_an_exchanges_messages_gives_the_book_it_published() throws IOException {
        List<String> messages = Files.readAllLines(SharedData.file("orderbook/lobster/MSFT_deep_msgs.csv"));
        List<String> books = Files.readAllLines(SharedData.file("orderbook/lobster/MSFT_deep_book.csv"));
        assertThat(messages).hasSameSizeAs(books).hasSize(1950);
        send(command.phase(TradingPhase.PRE_OPEN, 0));
        send(command.phase(TradingPhase.CONTINUOUS, 0));
        stand(longs(books.getFirst()));
        putBack(messages.getFirst().split(","));
        for (int i = 0; i < messages.size(); i++) {
            long[] published = longs(books.get(i));
            apply(messages.get(i).split(","));
            reveal(published);
            assertThat(levels()).as("book after message %d: %s", i + 1, messages.get(i)).isEqualTo(text(published));
        }
        assertThat(hidden).as("levels that came into view only because those before them went").isLessThan(60);
        assertThat(executions).isEqualTo(160);
        assertThat(outOfTurn).isLessThanOrEqualTo(50);
    }

    /** The first message takes away what stood there before the file begins, a whole level: it is put back. */
    private void putBack(String[] message) {
        assertThat(message[1]).isEqualTo("3");
        standing(message[5].equals("1") ? Side.BUY : Side.SELL, Long.parseLong(message[4]), Long.parseLong(message[3]));
    }

    private void stand(long[] levels) {
        for (int level = 0; level < LEVELS; level++) {
            standing(Side.SELL, levels[4 * level], levels[4 * level + 1]);
            standing(Side.BUY, levels[4 * level + 2], levels[4 * level + 3]);
        }
    }

    private void standing(Side side, long price, long quantity) {
        if (price > 0 && price < 9_999_999_999L) {
            enter(beforeId(side, price), side, price, quantity);
        }
    }

    private static long beforeId(Side side, long price) {
        return BEFORE + 2 * price + side.ordinal();
    }

    private void enter(long id, Side side, long price, long quantity) {
        open.merge(id, quantity, Long::sum);
        send(command.limit(id, MARKET_MAKER, side, price, quantity));
    }

    private void apply(String[] fields) {
        long quantity = Long.parseLong(fields[3]);
        long price = Long.parseLong(fields[4]);
        Side side = fields[5].equals("1") ? Side.BUY : Side.SELL;
        long id = Long.parseLong(fields[2]);
        switch (fields[1]) {
            case "1" -> enter(id, side, price, quantity);
            case "2", "3" -> less(open.containsKey(id) ? id : beforeId(side, price), quantity);
            case "4" -> execute(open.containsKey(id) ? id : beforeId(side, price), side, price, quantity);
            // 5 is an execution against a hidden order, which no book shows.
            default -> assertThat(fields[1]).isEqualTo("5");
        }
    }

    private void less(long id, long quantity) {
        long left = open.merge(id, -quantity, Long::sum);
        assertThat(left).as("open quantity of %d", id).isGreaterThanOrEqualTo(0);
        if (left == 0) {
            open.remove(id);
            send(command.cancel(id, MARKET_MAKER));
        } else {
            send(command.replace(id, MARKET_MAKER, 0, filled.getOrDefault(id, 0L) + left));
        }
    }

    /**
     * An order of the other side comes and takes exactly this. Orders from before the opening keep the time of their first entry, which
     * the file does not tell; where the exchange hit one of them, those before it here step back first, and are counted.
     */
    private void execute(long id, Side side, long price, long quantity) {
        executions++;
        outOfTurn += stepBack(id, side, price) ? 1 : 0;
        List<Seen> reports = send(command.newOrder(++sequence + TAKER, OTHERS, side.opposite(), OrderType.LIMIT,
                TimeInForce.IMMEDIATE_OR_CANCEL, price, quantity));
        List<Seen> makers = reports.stream().filter(report -> report.liquidity() == Liquidity.MAKER).toList();
        assertThat(makers).as("execution of %d of %d", quantity, id).allSatisfy(report -> assertThat(report.lastPrice()).isEqualTo(price));
        assertThat(makers.stream().mapToLong(Seen::lastQuantity).sum()).isEqualTo(quantity);
        for (Seen maker : makers) {
            open.merge(maker.orderId(), -maker.lastQuantity(), Long::sum);
            open.remove(maker.orderId(), 0L);
            filled.merge(maker.orderId(), maker.lastQuantity(), Long::sum);
        }
        assertThat(makers).extracting(Seen::orderId).containsOnly(id);
    }

    private boolean stepBack(long id, Side side, long price) {
        List<long[]> before = new ArrayList<>();
        boolean[] met = {false};
        book.orders((order, account, of, at, leaves, shown, done, stop, rank) -> {
            met[0] |= order == id;
            if (!met[0] && of == side && at == price) {
                before.add(new long[] {order, leaves + done});
            }
        });
        for (long[] order : before) {
            send(command.replace(order[0], MARKET_MAKER, 0, order[1] + 1));
            send(command.replace(order[0], MARKET_MAKER, 0, order[1]));
        }
        return !before.isEmpty();
    }

    /** The published book ends at 50 levels: a level that is new at its end, and of which no message told, stood there before. */
    private void reveal(long[] published) {
        for (Side side : Side.values()) {
            int offset = side == Side.SELL ? 0 : 2;
            long[] mine = new long[2 * LEVELS];
            int count = book.depth(side, mine);
            for (int level = LEVELS - 2; level < LEVELS; level++) {
                long price = published[4 * level + offset];
                long quantity = published[4 * level + offset + 1];
                boolean known = false;
                for (int i = 0; i < count; i++) {
                    known |= mine[2 * i] == price;
                }
                if (!known && price > 0 && price < 9_999_999_999L) {
                    standing(side, price, quantity);
                    hidden++;
                }
            }
        }
    }

    private String levels() {
        long[] bids = new long[2 * LEVELS];
        long[] offers = new long[2 * LEVELS];
        book.depth(Side.BUY, bids);
        book.depth(Side.SELL, offers);
        return Arrays.toString(offers) + Arrays.toString(bids);
    }

    private static String text(long[] published) {
        long[] bids = new long[2 * LEVELS];
        long[] offers = new long[2 * LEVELS];
        for (int level = 0; level < LEVELS; level++) {
            copy(published, 4 * level, offers, 2 * level);
            copy(published, 4 * level + 2, bids, 2 * level);
        }
        return Arrays.toString(offers) + Arrays.toString(bids);
    }

    private static void copy(long[] from, int at, long[] to, int into) {
        if (from[at] > 0 && from[at] < 9_999_999_999L) {
            to[into] = from[at];
            to[into + 1] = from[at + 1];
        }
    }

    private List<Seen> send(Command next) {
        List<Seen> reports = new ArrayList<>(Seen.apply(book, next.at(++sequence)));
        assertThat(reports).extracting(Seen::execType).doesNotContain(ExecType.REJECTED);
        return reports;
    }

    private static long[] longs(String line) {
        return Arrays.stream(line.split(",")).mapToLong(Long::parseLong).toArray();
    }
}
