package io.partita.trading;

import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * One command to a book: a carrier that is filled, applied and filled again, so that a stream of orders needs no objects. Each of
 * the first methods begins a new command and forgets the one before; those after them add to it.
 * Prices are ticks, quantities are units, times are nanoseconds since 1970. Not thread-safe.
 */
public final class Command {

    /** No encoded command is longer. */
    public static final int MAX_BYTES = 11 + 18 * 10;

    private static final CommandType[] TYPES = CommandType.values();
    private static final TradingPhase[] PHASES = TradingPhase.values();

    private static final int ID = 0;
    private static final int TIME = 1;
    private static final int ORDER_ID = 2;
    private static final int ACCOUNT = 3;
    private static final int PARTICIPANT = 4;
    private static final int SESSION = 5;
    private static final int PRICE = 6;
    private static final int QUANTITY = 7;
    private static final int DISPLAY = 8;
    private static final int MINIMUM = 9;
    private static final int STOP_PRICE = 10;
    private static final int OFFSET = 11;
    private static final int EXPIRE_TIME = 12;
    private static final int CONTRA_ORDER_ID = 13;
    private static final int CONTRA_ACCOUNT = 14;
    private static final int CONTRA_PARTICIPANT = 15;
    private static final int CONTRA_PRICE = 16;
    private static final int CONTRA_QUANTITY = 17;
    private static final int FIELDS = 18;

    // The parts of the second byte.
    private static final int BOTH_SIDES = 0x80;
    private static final int AGAIN = 0x40;
    private static final int PHASE = 0x3f;

    // By their ordinals: a carrier is filled for every order, and a reference stored into an old object costs a fence of the collector.
    private int type = CommandType.TIME.ordinal();
    private int phase = TradingPhase.CLOSED.ordinal();
    private int terms;
    private boolean bothSides;
    private boolean again;
    /** All numbers by their place in the encoding, of which most commands have few that are not 0. */
    private final long[] fields = new long[FIELDS];
    /** Whether any from {@link #DISPLAY} on is not 0. */
    private boolean rare;

    /** A new order. Price 0 for none. */
    public Command newOrder(long order, long owner, Side side, OrderType orderType, TimeInForce timeInForce, long limit, long units) {
        begin(CommandType.NEW_ORDER);
        fields[ORDER_ID] = order;
        fields[ACCOUNT] = owner;
        terms = Terms.of(side, orderType, timeInForce);
        fields[PRICE] = limit;
        fields[QUANTITY] = units;
        return this;
    }

    /** A limit order for the day. */
    public Command limit(long order, long owner, Side side, long limit, long units) {
        return newOrder(order, owner, side, OrderType.LIMIT, TimeInForce.DAY, limit, units);
    }

    /** A market order. */
    public Command market(long order, long owner, Side side, long units) {
        return newOrder(order, owner, side, OrderType.MARKET, TimeInForce.DAY, 0, units);
    }

    /** Another price and total quantity (filled and open) for a live order; 0 leaves as it is. Display, stop and offset likewise. */
    public Command replace(long order, long owner, long limit, long units) {
        begin(CommandType.REPLACE);
        fields[ORDER_ID] = order;
        fields[ACCOUNT] = owner;
        fields[PRICE] = limit;
        fields[QUANTITY] = units;
        return this;
    }

    public Command cancel(long order, long owner) {
        begin(CommandType.CANCEL);
        fields[ORDER_ID] = order;
        fields[ACCOUNT] = owner;
        return this;
    }

    /** Cancels all orders that have this account, participant and session, where each is not 0. */
    public Command massCancel(long owner, int ofParticipant, int ofSession) {
        begin(CommandType.MASS_CANCEL);
        fields[ACCOUNT] = owner;
        fields[PARTICIPANT] = ofParticipant;
        fields[SESSION] = ofSession;
        bothSides = true;
        return this;
    }

    /** The session is gone: cancels those of its orders that asked for it. */
    public Command disconnected(int gone) {
        massCancel(0, 0, gone);
        terms |= Terms.CANCEL_ON_DISCONNECT;
        return this;
    }

    /** Both sides of a quote under two order ids; quantity 0 takes a side away. */
    public Command quote(long bidId, long offerId, long owner, long bid, long bidUnits, long offer, long offerUnits) {
        begin(CommandType.QUOTE);
        fields[ORDER_ID] = bidId;
        rare(CONTRA_ORDER_ID, offerId);
        fields[ACCOUNT] = owner;
        terms = Terms.with(Terms.of(Side.BUY, OrderType.LIMIT, TimeInForce.DAY), SelfTradePrevention.CANCEL_OLDEST) | Terms.QUOTE;
        fields[PRICE] = bid;
        fields[QUANTITY] = bidUnits;
        rare(CONTRA_PRICE, offer);
        rare(CONTRA_QUANTITY, offerUnits);
        return this;
    }

    /** A trade between two parties, at a price between the best displayed ones. */
    public Command cross(long buyId, long buyer, long sellId, long seller, long at, long units) {
        begin(CommandType.CROSS);
        fields[ORDER_ID] = buyId;
        fields[ACCOUNT] = buyer;
        rare(CONTRA_ORDER_ID, sellId);
        rare(CONTRA_ACCOUNT, seller);
        terms = Terms.of(Side.BUY, OrderType.LIMIT, TimeInForce.FILL_OR_KILL);
        fields[PRICE] = at;
        fields[QUANTITY] = units;
        return this;
    }

    /** Another phase; until 0 for one that only a command ends. */
    public Command phase(TradingPhase next, long until) {
        begin(CommandType.PHASE);
        phase = next.ordinal();
        rare(EXPIRE_TIME, until);
        return this;
    }

    public Command reference(long to) {
        begin(CommandType.REFERENCE);
        fields[PRICE] = to;
        return this;
    }

    /** The best bid and offer of the lit books, in the dark book's ticks; 0 and 0 for no such prices. */
    public Command lit(long bid, long offer) {
        begin(CommandType.LIT);
        fields[PRICE] = bid;
        rare(CONTRA_PRICE, offer);
        return this;
    }

    /** Nothing but the time. */
    public Command tick() {
        return begin(CommandType.TIME);
    }

    private Command begin(CommandType kind) {
        type = kind.ordinal();
        phase = TradingPhase.CLOSED.ordinal();
        terms = 0;
        bothSides = false;
        again = false;
        fields[ID] = 0;
        fields[ORDER_ID] = 0;
        fields[ACCOUNT] = 0;
        fields[PARTICIPANT] = 0;
        fields[SESSION] = 0;
        fields[PRICE] = 0;
        fields[QUANTITY] = 0;
        if (rare) {
            Arrays.fill(fields, DISPLAY, FIELDS, 0);
            rare = false;
        }
        return this;
    }

    private void rare(int field, long value) {
        fields[field] = value;
        rare |= value != 0;
    }

    /** When it reached the venue; a book's time never runs backwards. */
    public Command at(long nanos) {
        fields[TIME] = nanos;
        return this;
    }

    /** The id by which a repeated command is known, above the book. */
    public Command id(long command) {
        fields[ID] = command;
        return this;
    }

    /** It is known to have been carried out: only the answer is wanted. Not a part of what the client said. */
    public Command again() {
        again = true;
        return this;
    }

    /** The numbers that the venue gives a new order, or the two of a cross or quote. */
    public Command numbered(long order, long contra) {
        fields[ORDER_ID] = order;
        rare(CONTRA_ORDER_ID, contra);
        return this;
    }

    public Command by(int ofParticipant, int ofSession) {
        fields[PARTICIPANT] = ofParticipant;
        fields[SESSION] = ofSession;
        return this;
    }

    public Command sellerBy(int ofParticipant) {
        rare(CONTRA_PARTICIPANT, ofParticipant);
        return this;
    }

    /** An iceberg: not more than this is shown at a time. */
    public Command display(long units) {
        rare(DISPLAY, units);
        return this;
    }

    public Command hidden() {
        terms |= Terms.HIDDEN;
        return this;
    }

    public Command minimum(long units) {
        rare(MINIMUM, units);
        return this;
    }

    public Command allOrNone() {
        terms |= Terms.ALL_OR_NONE;
        return this;
    }

    public Command postOnly() {
        terms |= Terms.POST_ONLY;
        return this;
    }

    public Command cancelOnDisconnect() {
        terms |= Terms.CANCEL_ON_DISCONNECT;
        return this;
    }

    public Command stop(long at) {
        rare(STOP_PRICE, at);
        return this;
    }

    /** How far a trailing stop stays behind the last price, or a pegged order behind its reference. */
    public Command offset(long ticks) {
        rare(OFFSET, ticks);
        return this;
    }

    public Command peg(PegReference reference) {
        terms = Terms.with(terms, reference);
        return this;
    }

    public Command prevent(SelfTradePrevention prevention) {
        terms = Terms.with(terms, prevention);
        return this;
    }

    public Command expires(long nanos) {
        rare(EXPIRE_TIME, nanos);
        return this;
    }

    /** Confines a mass cancel to a side. */
    public Command only(Side side) {
        terms = terms & ~1 | side.ordinal();
        bothSides = false;
        return this;
    }

    public CommandType type() {
        return TYPES[type];
    }

    public int terms() {
        return terms;
    }

    /** Whether it has no numbers but those that a limit order for the day has. */
    public boolean plain() {
        return !rare;
    }

    public boolean bothSides() {
        return bothSides;
    }

    public boolean isAgain() {
        return again;
    }

    public TradingPhase phase() {
        return PHASES[phase];
    }

    public long id() {
        return fields[ID];
    }

    public long time() {
        return fields[TIME];
    }

    public long orderId() {
        return fields[ORDER_ID];
    }

    public long account() {
        return fields[ACCOUNT];
    }

    public int participant() {
        return (int) fields[PARTICIPANT];
    }

    public int session() {
        return (int) fields[SESSION];
    }

    public long price() {
        return fields[PRICE];
    }

    public long quantity() {
        return fields[QUANTITY];
    }

    public long display() {
        return fields[DISPLAY];
    }

    public long minimum() {
        return fields[MINIMUM];
    }

    public long stopPrice() {
        return fields[STOP_PRICE];
    }

    public long offset() {
        return fields[OFFSET];
    }

    public long expireTime() {
        return fields[EXPIRE_TIME];
    }

    public long contraOrderId() {
        return fields[CONTRA_ORDER_ID];
    }

    public long contraAccount() {
        return fields[CONTRA_ACCOUNT];
    }

    public int contraParticipant() {
        return (int) fields[CONTRA_PARTICIPANT];
    }

    public long contraPrice() {
        return fields[CONTRA_PRICE];
    }

    public long contraQuantity() {
        return fields[CONTRA_QUANTITY];
    }

    /** Appends the command to a buffer that has an array: two bytes, the terms, a mask of the fields that are not 0, and these. */
    public void encode(ByteBuffer out) {
        out.put((byte) type);
        out.put((byte) (phase | (bothSides ? BOTH_SIDES : 0) | (again ? AGAIN : 0)));
        Varint.put(out, terms);
        Varint.putMasked(out, fields);
    }

    /**
     * Takes the next command from a buffer that has an array.
     *
     * @throws IllegalArgumentException if it holds anything that no encoder writes
     */
    public Command decode(ByteBuffer in) {
        int kind = in.get() & 0xff;
        int second = in.get() & 0xff;
        long bits = Varint.get(in);
        int mask = in.getInt();
        if (kind >= TYPES.length || (second & PHASE) >= PHASES.length || bits != (int) bits || !Terms.valid((int) bits) || mask >>> FIELDS != 0) {
            throw new IllegalArgumentException("no command");
        }
        begin(TYPES[kind]);
        phase = second & PHASE;
        bothSides = (second & BOTH_SIDES) != 0;
        again = (second & AGAIN) != 0;
        terms = (int) bits;
        fields[TIME] = 0;
        rare = mask >>> DISPLAY != 0;
        Varint.getMasked(in, mask, fields);
        Math.toIntExact(fields[PARTICIPANT]);
        Math.toIntExact(fields[SESSION]);
        Math.toIntExact(fields[CONTRA_PARTICIPANT]);
        return this;
    }

    /** A fingerprint of what the client said: everything but the time and the numbers that the venue gives. */
    public long fingerprint() {
        CommandType kind = type();
        boolean numbered = kind == CommandType.NEW_ORDER || kind == CommandType.CROSS || kind == CommandType.QUOTE;
        long print = mix(type << 8 | phase << 1 | (bothSides ? 1 : 0), terms);
        for (int field = 0; field < FIELDS; field++) {
            boolean venues = field == TIME || numbered && (field == ORDER_ID || field == CONTRA_ORDER_ID);
            print = mix(print, venues ? 0 : fields[field]);
        }
        return print;
    }

    private static long mix(long print, long value) {
        long mixed = (print ^ value) * 0x9E3779B97F4A7C15L;
        return mixed ^ mixed >>> 29;
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder(type().name());
        if (type() == CommandType.PHASE) {
            text.append(' ').append(phase());
        }
        if (type() == CommandType.NEW_ORDER) {
            text.append(' ').append(Terms.side(terms)).append(' ').append(Terms.type(terms)).append(' ').append(Terms.timeInForce(terms));
        }
        if (terms != 0) {
            text.append(" terms=").append(Integer.toHexString(terms)).append(" stp=").append(Terms.prevention(terms));
        }
        for (int field = 0; field < FIELDS; field++) {
            if (fields[field] != 0) {
                text.append(' ').append(NAMES[field]).append('=').append(fields[field]);
            }
        }
        return text.append(bothSides ? " both sides" : "").toString();
    }

    private static final String[] NAMES = {"id", "time", "order", "account", "participant", "session", "price", "quantity", "display",
            "minimum", "stop", "offset", "expires", "contraOrder", "contraAccount", "contraParticipant", "contraPrice", "contraQuantity"};
}
