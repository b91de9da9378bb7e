package io.partita.trading.book;

import io.partita.trading.Command;
import io.partita.trading.ExecType;
import io.partita.trading.ExecutionSink;
import io.partita.trading.Instrument;
import io.partita.trading.OrderBook;
import io.partita.trading.Reason;
import io.partita.trading.Side;
import io.partita.trading.Terms;
import io.partita.trading.TradingPhase;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.function.Supplier;

/**
 * A book that matches by price and then by time. Once its arrays have grown to what the market needs, a command allocates nothing.
 * Not thread-safe.
 */
public final class PriceTimeBook implements OrderBook {

    private final BookState state;
    private final Reports reports;
    private final Admission admission;
    private final Matching matching;
    private final Conditions conditions;
    private final Sessions sessions;
    private final Amendments amendments;
    private final Midpoint midpoint;

    public PriceTimeBook(Instrument instrument) {
        this(new BookState(instrument));
    }

    private PriceTimeBook(BookState state) {
        this.state = state;
        reports = new Reports(state);
        admission = new Admission(state);
        matching = new Matching(state, reports);
        midpoint = new Midpoint(state, matching, reports);
        conditions = new Conditions(state, matching, midpoint, reports);
        sessions = new Sessions(state, matching, conditions, reports);
        amendments = new Amendments(state, admission, matching, reports);
    }

    @Override
    public void apply(Command command, ExecutionSink sink) {
        reports.begin(command, sink);
        state.bandAroundLast();
        sessions.advance(command.time());
        Reason reason = handle(command);
        if (reason != Reason.NONE) {
            reports.rejected(reason);
        } else {
            conditions.settle();
        }
        sessions.tidy();
    }

    private Reason handle(Command command) {
        return switch (command.type()) {
            case NEW_ORDER -> enter(command);
            case CANCEL -> cancel(command);
            case REPLACE -> amendments.replace(command);
            case QUOTE -> state.dark ? Reason.NOT_IN_THIS_BOOK : amendments.quote(command);
            case CROSS -> state.dark ? Reason.NOT_IN_THIS_BOOK : amendments.cross(command);
            case PHASE -> sessions.command(command);
            case REFERENCE -> reference(command);
            case MASS_CANCEL -> {
                sessions.massCancel(command);
                yield Reason.NONE;
            }
            case TIME -> Reason.NONE;
            case LIT -> midpoint.lit(command);
        };
    }

    private Reason enter(Command command) {
        Reason reason = admission.order(command);
        if (reason == Reason.NONE) {
            int order = matching.create(command);
            reports.order(order, ExecType.NEW, Reason.NONE);
            matching.place(order);
            if (state.dark) {
                midpoint.entered(order);
            }
        }
        return reason;
    }

    private Reason cancel(Command command) {
        int order = state.ids.get(command.orderId());
        if (order == 0) {
            return Reason.UNKNOWN_ORDER;
        }
        if (state.pool.words[order + OrderPool.ACCOUNT] != command.account()) {
            return Reason.NOT_OWNER;
        }
        matching.end(order, ExecType.CANCELED, Reason.REQUESTED);
        return Reason.NONE;
    }

    private Reason reference(Command command) {
        if (command.price() < 1 || command.price() > state.instrument.maxPrice()) {
            return Reason.INVALID_PRICE;
        }
        state.reference(command.price());
        reports.book(ExecType.TRADING_STATUS, 0, 0);
        return Reason.NONE;
    }

    /** The rules and the whole state, as bytes from which {@link #restore} makes a book that goes on in the same way. */
    public byte[] snapshot() {
        return Snapshot.write(state);
    }

    /** The same of the book as it is now, to be made later and by any thread. Holds the book up for a fraction of the time. */
    public Supplier<byte[]> image() {
        return Snapshot.image(state);
    }

    /** @throws IllegalArgumentException if the bytes are no snapshot */
    public static PriceTimeBook restore(byte[] snapshot) {
        ByteBuffer in = ByteBuffer.wrap(snapshot);
        try {
            PriceTimeBook book = new PriceTimeBook(Snapshot.header(in));
            Snapshot.orders(in, book.state, book.matching);
            book.sessions.rebuildDeadlines();
            return book;
        } catch (BufferUnderflowException e) {
            throw new IllegalArgumentException("a snapshot that breaks off", e);
        }
    }

    public Instrument instrument() {
        return state.instrument;
    }

    /** When something happens by itself next: an order expires, or a phase ends. 0 for never; may be earlier, but is never later. */
    public long nextDue() {
        return sessions.nextDue();
    }

    /** Of the last command, in nanoseconds since 1970. */
    public long time() {
        return state.now;
    }

    @Override
    public TradingPhase phase() {
        return state.phase;
    }

    @Override
    public long lastPrice() {
        return state.last;
    }

    @Override
    public long referencePrice() {
        return state.reference;
    }

    /** Of a dark book: the middle of the best lit prices, a half tick left out; 0 if it was told none lately. */
    public long middle() {
        return midpoint.middle();
    }

    @Override
    public int size() {
        return state.pool.size();
    }

    @Override
    public int depth(Side side, long[] into) {
        Ladder ladder = state.book[side.ordinal()];
        int levels = 0;
        for (int level = ladder.best(); level != 0 && 2 * levels + 1 < into.length; level = ladder.worse(level)) {
            if (ladder.shown(level) > 0) {
                into[2 * levels] = ladder.price(level);
                into[2 * levels + 1] = ladder.shown(level);
                levels++;
            }
        }
        return levels;
    }

    @Override
    public void orders(OrderVisitor visitor) {
        for (Ladder ladder : state.book) {
            for (int level = ladder.best(); level != 0; level = ladder.worse(level)) {
                visit(ladder.firstShown(level), visitor);
                visit(ladder.firstHidden(level), visitor);
            }
        }
        Snapshot.byPriority(state.pool, order -> state.place(order) != BookState.IN_BOOK).forEach(order -> show(order, visitor));
    }

    /** Whether an order with this id is live. */
    public boolean live(long id) {
        return state.ids.get(id) != 0;
    }

    /** One live order, if there is one with this id. */
    public void order(long id, OrderVisitor visitor) {
        int order = state.ids.get(id);
        if (order != 0) {
            show(order, visitor);
        }
    }

    private void visit(int first, OrderVisitor visitor) {
        for (int order = first; order != 0; order = state.pool.next(order)) {
            show(order, visitor);
        }
    }

    private void show(int order, OrderVisitor visitor) {
        long[] words = state.pool.words;
        long[] cold = state.pool.cold;
        visitor.order(words[order + OrderPool.ID], words[order + OrderPool.ACCOUNT], Terms.side(state.pool.terms(order)),
                cold[order + OrderPool.PRICE], words[order + OrderPool.LEAVES], words[order + OrderPool.SHOWN],
                cold[order + OrderPool.FILLED], cold[order + OrderPool.STOP], cold[order + OrderPool.PRIORITY]);
    }

    @Override
    public long indicativePrice() {
        return auctioning() ? sessions.indication().price() : 0;
    }

    @Override
    public long indicativeQuantity() {
        return auctioning() ? sessions.indication().volume() : 0;
    }

    private boolean auctioning() {
        return state.phase.auction() && !state.dark;
    }

    @Override
    public long hash() {
        long hash = state.pool.hash();
        hash = OrderPool.mix(hash + state.phase.ordinal());
        hash = OrderPool.mix(hash + state.phaseEnd);
        hash = OrderPool.mix(hash + state.now);
        hash = OrderPool.mix(hash + state.last);
        hash = OrderPool.mix(hash + state.reference);
        hash = OrderPool.mix(hash + state.priority);
        hash = OrderPool.mix(hash + state.trades);
        if (state.dark) {
            hash = OrderPool.mix(hash + state.litBid);
            hash = OrderPool.mix(hash + state.litOffer);
            hash = OrderPool.mix(hash + state.litTime);
        }
        return OrderPool.mix(hash + state.reports);
    }
}
