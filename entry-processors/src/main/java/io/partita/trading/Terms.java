package io.partita.trading;

/** An order's instructions in the bits of an int, as commands, books and snapshots carry them. */
public final class Terms {

    public static final int POST_ONLY = 1 << 12;
    public static final int ALL_OR_NONE = 1 << 13;
    public static final int HIDDEN = 1 << 14;
    public static final int CANCEL_ON_DISCONNECT = 1 << 15;
    /** One side of a market maker's quote. */
    public static final int QUOTE = 1 << 16;
    /** Bits from here on are the book's own. */
    public static final int FIRST_FREE_BIT = 17;

    private static final int TYPE = 1;
    private static final int TIME_IN_FORCE = 4;
    private static final int PREVENTION = 7;
    private static final int PEG = 10;

    private static final Side[] SIDES = Side.values();
    private static final OrderType[] TYPES = OrderType.values();
    private static final TimeInForce[] TIMES = TimeInForce.values();
    private static final SelfTradePrevention[] PREVENTIONS = SelfTradePrevention.values();
    private static final PegReference[] PEGS = PegReference.values();

    private Terms() {
    }

    public static int of(Side side, OrderType type, TimeInForce timeInForce) {
        return side.ordinal() | type.ordinal() << TYPE | timeInForce.ordinal() << TIME_IN_FORCE;
    }

    public static int with(int terms, OrderType type) {
        return terms & ~(7 << TYPE) | type.ordinal() << TYPE;
    }

    public static int with(int terms, SelfTradePrevention prevention) {
        return terms & ~(7 << PREVENTION) | prevention.ordinal() << PREVENTION;
    }

    public static int with(int terms, PegReference peg) {
        return terms & ~(3 << PEG) | peg.ordinal() << PEG;
    }

    public static Side side(int terms) {
        return SIDES[terms & 1];
    }

    public static OrderType type(int terms) {
        return TYPES[terms >>> TYPE & 7];
    }

    public static TimeInForce timeInForce(int terms) {
        return TIMES[terms >>> TIME_IN_FORCE & 7];
    }

    public static SelfTradePrevention prevention(int terms) {
        return PREVENTIONS[terms >>> PREVENTION & 7];
    }

    public static PegReference peg(int terms) {
        return PEGS[terms >>> PEG & 3];
    }

    public static boolean has(int terms, int flag) {
        return (terms & flag) != 0;
    }

    /** False for bits that no encoder writes. */
    static boolean valid(int terms) {
        return terms >>> FIRST_FREE_BIT == 0 && (terms >>> TYPE & 7) < TYPES.length && (terms >>> TIME_IN_FORCE & 7) < TIMES.length
                && (terms >>> PREVENTION & 7) < PREVENTIONS.length && (terms >>> PEG & 3) < PEGS.length;
    }
}
