package io.partita.trading.book;

import io.partita.trading.Instrument;
import io.partita.trading.TradingPhase;
import io.partita.trading.Varint;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.function.IntPredicate;
import java.util.function.Supplier;

/**
 * A book as bytes: a version, the instrument, the counters, and each order by priority, which is what every queue is sorted by. About 35
 * bytes for an order: most of its numbers are 0 or small.
 */
final class Snapshot {

    private static final byte VERSION = 2;
    /** Before there were dark books. */
    private static final byte LIT_ONLY = 1;
    private static final int HEADER = 2 + 13 * 10;
    private static final int LARGEST_ORDER = 17 * 10;
    private static final int USUAL_ORDER = 40;
    private static final TradingPhase[] PHASES = TradingPhase.values();

    private Snapshot() {
    }

    /** Some of the live orders, in an order that does not depend on which record each has. */
    static List<Integer> byPriority(OrderPool pool, IntPredicate some) {
        List<Integer> orders = new ArrayList<>();
        for (int order = OrderPool.FIRST; order < pool.end(); order += OrderPool.RECORD) {
            if (pool.id(order) != 0 && some.test(order)) {
                orders.add(order);
            }
        }
        orders.sort(Comparator.comparingLong(order -> pool.cold[order + OrderPool.PRIORITY]));
        return orders;
    }

    static byte[] write(BookState state) {
        return write(header(state), state.pool);
    }

    /** The state as it is now, to be made into bytes by any thread: to copy orders takes a fraction of the time that encoding them does. */
    static Supplier<byte[]> image(BookState state) {
        ByteBuffer header = header(state);
        OrderPool pool = state.pool.copy();
        return () -> write(header, pool);
    }

    /** All but the orders. */
    private static ByteBuffer header(BookState state) {
        ByteBuffer out = ByteBuffer.allocate(HEADER + Instrument.MAX_BYTES);
        out.put(VERSION);
        state.instrument.encode(out);
        out.put((byte) state.phase.ordinal());
        for (long value : new long[] {state.phaseEnd, state.now, state.last, state.reference, state.priority, state.trades, state.reports,
                state.litBid, state.litOffer, state.litTime, state.pool.size()}) {
            Varint.put(out, value);
        }
        return out;
    }

    private static byte[] write(ByteBuffer header, OrderPool pool) {
        ByteBuffer out = ByteBuffer.allocate(Math.addExact(header.position() + LARGEST_ORDER, Math.multiplyExact(pool.size(), USUAL_ORDER)))
                .put(header.array(), 0, header.position());
        long priority = 0;
        for (int order : byPriority(pool, any -> true)) {
            if (out.remaining() < LARGEST_ORDER) {
                out = ByteBuffer.allocate(Math.addExact(out.capacity(), Math.max(LARGEST_ORDER, out.capacity() / 2))).put(out.flip());
            }
            Varint.put(out, pool.cold[order + OrderPool.PRIORITY] - priority);
            priority = pool.cold[order + OrderPool.PRIORITY];
            Varint.put(out, pool.terms(order));
            Varint.put(out, pool.participant(order));
            Varint.put(out, pool.session(order));
            Varint.put(out, pool.id(order));
            Varint.put(out, pool.leaves(order));
            Varint.put(out, pool.shown(order));
            Varint.put(out, pool.words[order + OrderPool.ACCOUNT]);
            for (int word = 0; word < OrderPool.RECORD; word++) {
                Varint.put(out, word == OrderPool.PRIORITY ? 0 : pool.cold[order + word]);
            }
        }
        return Arrays.copyOf(out.array(), out.position());
    }

    static BookState header(ByteBuffer in) {
        byte version = in.get();
        if (version != VERSION && version != LIT_ONLY) {
            throw new IllegalArgumentException("a snapshot of another version");
        }
        BookState state = new BookState(version == LIT_ONLY ? Instrument.decodeLit(in) : Instrument.decode(in));
        int phase = in.get();
        if (phase < 0 || phase >= PHASES.length) {
            throw new IllegalArgumentException("no phase");
        }
        state.phase = PHASES[phase];
        state.phaseEnd = Varint.get(in);
        state.now = Varint.get(in);
        state.last = Varint.get(in);
        state.reference(Varint.get(in));
        state.priority = Varint.get(in);
        state.trades = Varint.get(in);
        state.reports = Varint.get(in);
        if (version != LIT_ONLY) {
            state.litBid = Varint.get(in);
            state.litOffer = Varint.get(in);
            state.litTime = Varint.get(in);
        }
        state.trailedAt = -1;
        return state;
    }

    static void orders(ByteBuffer in, BookState state, Matching matching) {
        OrderPool pool = state.pool;
        long count = Varint.get(in);
        long priority = 0;
        for (long i = 0; i < count; i++) {
            int order = pool.take();
            priority += Varint.get(in);
            int terms = (int) Varint.get(in);
            pool.words[order + OrderPool.OWNER] = OrderPool.pair((int) Varint.get(in), terms);
            pool.words[order + OrderPool.WHERE] = OrderPool.pair((int) Varint.get(in), 0);
            pool.words[order + OrderPool.ID] = Varint.get(in);
            pool.words[order + OrderPool.LEAVES] = Varint.get(in);
            pool.words[order + OrderPool.SHOWN] = Varint.get(in);
            pool.words[order + OrderPool.ACCOUNT] = Varint.get(in);
            for (int word = 0; word < OrderPool.RECORD; word++) {
                pool.cold[order + word] = Varint.get(in);
            }
            pool.cold[order + OrderPool.PRIORITY] = priority;
            matching.restore(order);
        }
        if (in.hasRemaining()) {
            throw new IllegalArgumentException("a snapshot with more than a book");
        }
    }
}
