package io.partita.trading.feed;

import io.partita.trading.Side;
import io.partita.trading.TradingPhase;
import io.partita.trading.Varint;
import java.nio.ByteBuffer;

/**
 * One thing in a book that everybody may see. Prices are ticks, 0 for orders at any price, which stand before all others in auctions;
 * quantities are what is displayed, never what an iceberg holds back.
 */
public sealed interface MarketEvent {

    /** An order shows a quantity behind all others at its price; wherever it stood before, it stands there no longer. */
    record Shown(long order, Side side, long price, long quantity) implements MarketEvent {
    }

    /** An order shows another quantity, in its place. */
    record Resized(long order, long quantity) implements MarketEvent {
    }

    /** An order shows nothing any more. */
    record Gone(long order) implements MarketEvent {
    }

    /** How a trade came about. Ordinals are part of the encoding. */
    enum TradeKind {
        /** The buyer took what was offered. */
        BUYER_TOOK,
        /** The seller took what was bid. */
        SELLER_TOOK,
        AUCTION,
        /** Agreed outside the book. */
        CROSS
    }

    /** @param trade the trade's number in its book, dense from 1 */
    record Traded(long trade, long price, long quantity, TradeKind kind) implements MarketEvent {
    }

    /** @param price at which the change uncrossed, 0 for nothing */
    record PhaseChanged(TradingPhase phase, long price, long quantity) implements MarketEvent {
    }

    /** Another reference price. */
    record ReferenceChanged(long price) implements MarketEvent {
    }

    /** No encoded event is longer. */
    int MAX_BYTES = 1 + 3 * 10;

    /** Appends an event to a buffer: its kind and what is specific to it in one byte, and up to three numbers. */
    static void encode(MarketEvent event, ByteBuffer out) {
        switch (event) {
            case Shown shown -> encodeShown(out, shown.order, shown.side.ordinal(), shown.price, shown.quantity);
            case Resized resized -> encodeResized(out, resized.order, resized.quantity);
            case Gone gone -> encodeGone(out, gone.order);
            case Traded traded -> encodeTraded(out, traded.trade, traded.price, traded.quantity, traded.kind);
            case PhaseChanged changed -> put(out, Code.PHASE, changed.phase.ordinal(), changed.price, changed.quantity);
            case ReferenceChanged changed -> {
                begin(out, Code.REFERENCE, 0);
                Varint.put(out, changed.price);
            }
        }
    }

    // What a stream of orders leads to is encoded without objects.

    /** Appends a {@link Shown}. */
    static void encodeShown(ByteBuffer out, long order, int side, long price, long quantity) {
        begin(out, Code.SHOWN, side);
        Varint.put(out, order);
        Varint.put(out, price);
        Varint.put(out, quantity);
    }

    /** Appends a {@link Resized}. */
    static void encodeResized(ByteBuffer out, long order, long quantity) {
        put(out, Code.RESIZED, 0, order, quantity);
    }

    /** Appends a {@link Gone}. */
    static void encodeGone(ByteBuffer out, long order) {
        begin(out, Code.GONE, 0);
        Varint.put(out, order);
    }

    /** Appends a {@link Traded}. */
    static void encodeTraded(ByteBuffer out, long trade, long price, long quantity, TradeKind kind) {
        begin(out, Code.TRADED, kind.ordinal());
        Varint.put(out, trade);
        Varint.put(out, price);
        Varint.put(out, quantity);
    }

    private static void put(ByteBuffer out, int code, int detail, long first, long second) {
        begin(out, code, detail);
        Varint.put(out, first);
        Varint.put(out, second);
    }

    private static void begin(ByteBuffer out, int code, int detail) {
        out.put((byte) (code | detail << 3));
    }

    /**
     * Takes the next event from a buffer.
     *
     * @throws IllegalArgumentException if it holds anything that no encoder writes
     */
    static MarketEvent decode(ByteBuffer in) {
        int first = in.get() & 0xff;
        int detail = first >>> 3;
        return switch (first & 7) {
            case Code.SHOWN -> new Shown(Varint.get(in), Code.of(Code.SIDES, detail), Varint.get(in), Varint.get(in));
            case Code.RESIZED -> new Resized(Varint.get(in), Varint.get(in));
            case Code.GONE -> new Gone(Varint.get(in));
            case Code.TRADED -> new Traded(Varint.get(in), Varint.get(in), Varint.get(in), Code.of(Code.TRADES, detail));
            case Code.PHASE -> new PhaseChanged(Code.of(Code.PHASES, detail), Varint.get(in), Varint.get(in));
            case Code.REFERENCE -> new ReferenceChanged(Varint.get(in));
            default -> throw new IllegalArgumentException("no event");
        };
    }

    /** The numbers of the kinds; part of the encoding. */
    final class Code {

        static final int SHOWN = 0;
        static final int RESIZED = 1;
        static final int GONE = 2;
        static final int TRADED = 3;
        static final int PHASE = 4;
        static final int REFERENCE = 5;

        static final Side[] SIDES = Side.values();
        static final TradeKind[] TRADES = TradeKind.values();
        static final TradingPhase[] PHASES = TradingPhase.values();

        private Code() {
        }

        static <T> T of(T[] values, int ordinal) {
            if (ordinal >= values.length) {
                throw new IllegalArgumentException("no event");
            }
            return values[ordinal];
        }
    }
}
