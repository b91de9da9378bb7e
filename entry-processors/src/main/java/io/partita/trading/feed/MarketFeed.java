package io.partita.trading.feed;

import io.partita.trading.ExecType;
import io.partita.trading.ExecutionReport;
import io.partita.trading.OrderBook.OrderVisitor;
import io.partita.trading.Side;
import io.partita.trading.TradingPhase;
import io.partita.trading.book.PriceTimeBook;
import io.partita.trading.feed.MarketEvent.PhaseChanged;
import io.partita.trading.feed.MarketEvent.ReferenceChanged;
import io.partita.trading.feed.MarketEvent.TradeKind;
import io.partita.trading.Varint;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * Makes a book's updates of what its commands lead to: listens to the reports of a command, and compares, when it is done, how the orders that
 * they are about stand now with how they stood before. Part of the book's state, so that whoever serves the book next goes on with the same
 * numbers. Not thread-safe.
 */
public final class MarketFeed {

    private final boolean dark;
    private final ShownOrders shown = new ShownOrders();
    private final OrderVisitor comparing = this::compare;
    private UpdateLog log = new UpdateLog();
    private SessionStatistics session = SessionStatistics.NONE;
    private final TradeHistory history = new TradeHistory();
    private TradingPhase phase;
    private long reference;

    // Of the command under way.
    private long time;
    private long lastTrade;
    private boolean allTouched;
    private long[] touched = new long[16];
    private int touchedCount;
    /** Orders that came to the end of their queues: rank, id, place and quantity of each. */
    private long[] moved = new long[32];
    private int movedCount;
    private long compared;
    private boolean found;
    private ByteBuffer events = ByteBuffer.allocate(1 << 12);
    private int eventCount;

    /** The feed of a book from here on. */
    public MarketFeed(PriceTimeBook book) {
        dark = book.instrument().dark();
        rebuild(book);
    }

    private void rebuild(PriceTimeBook book) {
        phase = book.phase();
        reference = book.referencePrice();
        book.orders((id, account, side, price, leaves, visible, filled, stop, rank) -> {
            if (visible > 0) {
                shown.put(id, ShownOrders.place(side, price), visible, rank);
            }
        });
    }

    /** Sequence of the newest update; 0 before the first. */
    public long sequence() {
        return log.last();
    }

    /** The chain at the newest update. */
    public long chain() {
        return log.chain();
    }

    public SessionStatistics session() {
        return session;
    }

    public TradeHistory history() {
        return history;
    }

    /** How many orders are displayed. */
    public int orders() {
        return shown.size();
    }

    /**
     * What follows on an update, not much more than so many bytes. If that is no longer, or not yet, there: nothing, after the newest, which tells
     * a reader that it needs a snapshot.
     */
    public UpdateBatch after(long sequence, int mostBytes) {
        return log.after(sequence, mostBytes);
    }

    // ---- pictures --------------------------------------------------------------------------------------------------------

    /** The book with its best levels. Of a dark one the phase, and as its reference price the middle of what the lit ones show. */
    public MarketView view(PriceTimeBook book, int levels, boolean stale) {
        return view(book, dark ? book.middle() : book.referencePrice(), levels, stale);
    }

    private MarketView view(PriceTimeBook book, long referencePrice, int levels, boolean stale) {
        return new MarketView(book.instrument().id(), sequence(), chain(), book.time(), book.phase(), dark ? 0 : book.lastPrice(), referencePrice,
                book.indicativePrice(), book.indicativeQuantity(), session, depth(book, Side.BUY, levels), depth(book, Side.SELL, levels), stale);
    }

    private static long[] depth(PriceTimeBook book, Side side, int levels) {
        long[] into = new long[2 * levels];
        long[] depth = Arrays.copyOf(into, 2 * book.depth(side, into));
        if (depth.length > 0 && depth[0] > book.instrument().maxPrice()) {
            // How the book keeps buyers at any price.
            depth[0] = 0;
        }
        return depth;
    }

    /** The book with all its displayed orders. */
    public BookSnapshot snapshot(PriceTimeBook book) {
        long[] orders = new long[4 * shown.size()];
        int[] used = {0};
        book.orders((id, account, side, price, leaves, visible, filled, stop, rank) -> {
            if (visible > 0) {
                orders[used[0]++] = id;
                orders[used[0]++] = side.ordinal();
                orders[used[0]++] = price;
                orders[used[0]++] = visible;
            }
        });
        return new BookSnapshot(view(book, dark ? 0 : book.referencePrice(), 0, false), orders);
    }

    // ---- while a command is carried out ----------------------------------------------------------------------------------

    /** Takes one report of the command under way. Of a dark book nobody hears of anything but its phases. */
    public void on(ExecutionReport report) {
        if (dark && report.execType() != ExecType.TRADING_STATUS) {
            return;
        }
        time = report.time();
        switch (report.execType()) {
            case REJECTED, MASS_CANCEL_DONE -> { }
            case TRADING_STATUS -> status(report);
            case TRADE -> {
                touch(report.orderId());
                if (report.tradeId() != lastTrade) {
                    trade(report);
                }
            }
            default -> touch(report.orderId());
        }
    }

    private void touch(long order) {
        if (touchedCount == touched.length) {
            touched = Arrays.copyOf(touched, touchedCount * 2);
        }
        touched[touchedCount++] = order;
    }

    /** Of a trade the first report comes from the taker, in an auction and a cross from the buyer. */
    private void trade(ExecutionReport report) {
        lastTrade = report.tradeId();
        session = session.traded(report.lastPrice(), report.lastQuantity());
        TradeKind kind = switch (report.liquidity()) {
            case AUCTION -> TradeKind.AUCTION;
            case CROSS -> TradeKind.CROSS;
            default -> report.side() == Side.BUY ? TradeKind.BUYER_TOOK : TradeKind.SELLER_TOOK;
        };
        history.add(new MarketTrade(report.tradeId(), report.time(), report.lastPrice(), report.lastQuantity(), kind));
        MarketEvent.encodeTraded(next(), report.tradeId(), report.lastPrice(), report.lastQuantity(), kind);
    }

    private void status(ExecutionReport report) {
        if (report.phase() == phase) {
            return;
        }
        if (phase == TradingPhase.CLOSED) {
            session = session.opened();
        }
        phase = report.phase();
        MarketEvent.encode(new PhaseChanged(phase, report.lastPrice(), report.lastQuantity()), next());
        // Orders for the close, and those that an interruption kept from the book, come into it without a report.
        allTouched = true;
    }

    /** The command is done: ends its update, if there is one. */
    public void done(PriceTimeBook book) {
        if (allTouched) {
            allTouched = false;
            book.orders((id, account, side, price, leaves, visible, filled, stop, rank) -> touch(id));
        }
        for (int i = 0; i < touchedCount; i++) {
            compared = touched[i];
            found = false;
            book.order(compared, comparing);
            if (!found) {
                gone(compared);
            }
        }
        touchedCount = 0;
        showMoved();
        if (!dark && book.referencePrice() != reference) {
            reference = book.referencePrice();
            MarketEvent.encode(new ReferenceChanged(reference), next());
        }
        if (eventCount > 0) {
            end(false);
        }
    }

    private void compare(long id, long account, Side side, long price, long leaves, long visible, long filled, long stop, long rank) {
        found = visible > 0;
        if (!found) {
            return;
        }
        long place = ShownOrders.place(side, price);
        int record = shown.find(id);
        if (record < 0 || !shown.stands(record, place, rank)) {
            shown.put(id, place, visible, rank);
            move(rank, id, place, visible);
        } else if (shown.quantity(record) != visible) {
            shown.quantity(record, visible);
            MarketEvent.encodeResized(next(), id, visible);
        }
    }

    private void gone(long id) {
        int record = shown.find(id);
        if (record >= 0) {
            shown.remove(record);
            MarketEvent.encodeGone(next(), id);
        }
    }

    private void move(long rank, long id, long place, long quantity) {
        if (movedCount + 4 > moved.length) {
            moved = Arrays.copyOf(moved, moved.length * 2);
        }
        moved[movedCount++] = rank;
        moved[movedCount++] = id;
        moved[movedCount++] = place;
        moved[movedCount++] = quantity;
    }

    /** By rank, since each goes behind those before it. */
    private void showMoved() {
        if (movedCount > 4) {
            sortMoved();
        }
        for (int at = 0; at < movedCount; at += 4) {
            long place = moved[at + 2];
            MarketEvent.encodeShown(next(), moved[at + 1], (int) place & 1, place >> 1, moved[at + 3]);
        }
        movedCount = 0;
    }

    private void sortMoved() {
        long[][] rows = new long[movedCount / 4][];
        for (int row = 0; row < rows.length; row++) {
            rows[row] = Arrays.copyOfRange(moved, 4 * row, 4 * row + 4);
        }
        Arrays.sort(rows, (one, other) -> Long.compare(one[0], other[0]));
        for (int row = 0; row < rows.length; row++) {
            System.arraycopy(rows[row], 0, moved, 4 * row, 4);
        }
    }

    /** Where one more event is to be encoded. */
    private ByteBuffer next() {
        if (eventCount == MarketUpdate.MAX_EVENTS) {
            end(true);
        }
        if (eventCount == 0) {
            events.clear();
            Varint.put(events, time);
            events.put((byte) 0);
        }
        if (events.remaining() < MarketEvent.MAX_BYTES) {
            events = ByteBuffer.allocate(events.capacity() * 2).put(events.flip());
        }
        eventCount++;
        return events;
    }

    private void end(boolean more) {
        if (more) {
            ByteBuffer head = events.duplicate().flip();
            Varint.get(head);
            events.put(head.position(), (byte) 1);
        }
        log.add(events.array(), events.position());
        eventCount = 0;
    }

    // ---- as bytes --------------------------------------------------------------------------------------------------------

    /** Everything that does not follow from the book. */
    public void write(DataOutput out) throws IOException {
        log.write(out);
        out.writeLong(lastTrade);
        for (long number : new long[] {session.open(), session.high(), session.low(), session.last(), session.previousClose(), session.volume(),
                session.trades()}) {
            out.writeLong(number);
        }
        byte[] turnover = session.turnover().toByteArray();
        out.writeInt(turnover.length);
        out.write(turnover);
        history.write(out);
    }

    /** The feed of a book as {@link #write} left it. */
    public static MarketFeed read(DataInput in, PriceTimeBook book) throws IOException {
        MarketFeed feed = new MarketFeed(book);
        feed.log = new UpdateLog();
        feed.log.read(in);
        feed.lastTrade = in.readLong();
        long[] numbers = new long[7];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = in.readLong();
        }
        byte[] turnover = new byte[in.readInt()];
        in.readFully(turnover);
        feed.session = new SessionStatistics(numbers[0], numbers[1], numbers[2], numbers[3], numbers[4], numbers[5], new BigInteger(turnover), numbers[6]);
        feed.history.read(in);
        return feed;
    }
}
