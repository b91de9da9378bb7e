package io.partita.trading;

import java.nio.ByteBuffer;

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

    private CommandType type = CommandType.TIME;
    private int terms;
    private boolean bothSides;
    private TradingPhase phase = TradingPhase.CLOSED;
    private long id;
    private long time;
    private long orderId;
    private long account;
    private int participant;
    private int session;
    private long price;
    private long quantity;
    private long display;
    private long minimum;
    private long stopPrice;
    private long offset;
    private long expireTime;
    private long contraOrderId;
    private long contraAccount;
    private int contraParticipant;
    private long contraPrice;
    private long contraQuantity;

    /** A new order. Price 0 for none. */
    public Command newOrder(long order, long owner, Side side, OrderType orderType, TimeInForce timeInForce, long limit, long units) {
        begin(CommandType.NEW_ORDER);
        orderId = order;
        account = owner;
        terms = Terms.of(side, orderType, timeInForce);
        price = limit;
        quantity = units;
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
        orderId = order;
        account = owner;
        price = limit;
        quantity = units;
        return this;
    }

    public Command cancel(long order, long owner) {
        begin(CommandType.CANCEL);
        orderId = order;
        account = owner;
        return this;
    }

    /** Cancels all orders that have this account, participant and session, where each is not 0. */
    public Command massCancel(long owner, int ofParticipant, int ofSession) {
        begin(CommandType.MASS_CANCEL);
        account = owner;
        participant = ofParticipant;
        session = ofSession;
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
        orderId = bidId;
        contraOrderId = offerId;
        account = owner;
        terms = Terms.with(Terms.of(Side.BUY, OrderType.LIMIT, TimeInForce.DAY), SelfTradePrevention.CANCEL_OLDEST) | Terms.QUOTE;
        price = bid;
        quantity = bidUnits;
        contraPrice = offer;
        contraQuantity = offerUnits;
        return this;
    }

    /** A trade between two parties, at a price between the best displayed ones. */
    public Command cross(long buyId, long buyer, long sellId, long seller, long at, long units) {
        begin(CommandType.CROSS);
        orderId = buyId;
        account = buyer;
        contraOrderId = sellId;
        contraAccount = seller;
        terms = Terms.of(Side.BUY, OrderType.LIMIT, TimeInForce.FILL_OR_KILL);
        price = at;
        quantity = units;
        return this;
    }

    /** Another phase; until 0 for one that only a command ends. */
    public Command phase(TradingPhase next, long until) {
        begin(CommandType.PHASE);
        phase = next;
        expireTime = until;
        return this;
    }

    public Command reference(long to) {
        begin(CommandType.REFERENCE);
        price = to;
        return this;
    }

    /** Nothing but the time. */
    public Command tick() {
        return begin(CommandType.TIME);
    }

    private Command begin(CommandType kind) {
        type = kind;
        terms = 0;
        bothSides = false;
        phase = TradingPhase.CLOSED;
        participant = 0;
        session = 0;
        id = orderId = account = price = quantity = display = minimum = stopPrice = offset = expireTime = 0;
        contraOrderId = contraAccount = contraPrice = contraQuantity = 0;
        contraParticipant = 0;
        return this;
    }

    /** When it reached the venue; a book's time never runs backwards. */
    public Command at(long nanos) {
        time = nanos;
        return this;
    }

    /** The id by which a repeated command is known, above the book. */
    public Command id(long command) {
        id = command;
        return this;
    }

    /** The numbers that the venue gives a new order, or the two of a cross or quote. */
    public Command numbered(long order, long contra) {
        orderId = order;
        contraOrderId = contra;
        return this;
    }

    public Command by(int ofParticipant, int ofSession) {
        participant = ofParticipant;
        session = ofSession;
        return this;
    }

    public Command sellerBy(int ofParticipant) {
        contraParticipant = ofParticipant;
        return this;
    }

    /** An iceberg: not more than this is shown at a time. */
    public Command display(long units) {
        display = units;
        return this;
    }

    public Command hidden() {
        terms |= Terms.HIDDEN;
        return this;
    }

    public Command minimum(long units) {
        minimum = units;
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
        stopPrice = at;
        return this;
    }

    /** How far a trailing stop stays behind the last price, or a pegged order behind its reference. */
    public Command offset(long ticks) {
        offset = ticks;
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
        expireTime = nanos;
        return this;
    }

    /** Confines a mass cancel to a side. */
    public Command only(Side side) {
        terms = terms & ~1 | side.ordinal();
        bothSides = false;
        return this;
    }

    public CommandType type() {
        return type;
    }

    public int terms() {
        return terms;
    }

    public boolean bothSides() {
        return bothSides;
    }

    public TradingPhase phase() {
        return phase;
    }

    public long id() {
        return id;
    }

    public long time() {
        return time;
    }

    public long orderId() {
        return orderId;
    }

    public long account() {
        return account;
    }

    public int participant() {
        return participant;
    }

    public int session() {
        return session;
    }

    public long price() {
        return price;
    }

    public long quantity() {
        return quantity;
    }

    public long display() {
        return display;
    }

    public long minimum() {
        return minimum;
    }

    public long stopPrice() {
        return stopPrice;
    }

    public long offset() {
        return offset;
    }

    public long expireTime() {
        return expireTime;
    }

    public long contraOrderId() {
        return contraOrderId;
    }

    public long contraAccount() {
        return contraAccount;
    }

    public int contraParticipant() {
        return contraParticipant;
    }

    public long contraPrice() {
        return contraPrice;
    }

    public long contraQuantity() {
        return contraQuantity;
    }

    /** Appends the command to a buffer that has an array: two bytes, the terms, a mask of the fields that are not 0, and these. */
    public void encode(ByteBuffer out) {
        out.put((byte) type.ordinal());
        out.put((byte) (phase.ordinal() | (bothSides ? 0x80 : 0)));
        Varint.put(out, terms);
        Varint.putMasked(out, fields());
    }

    /**
     * Takes the next command from a buffer.
     *
     * @throws IllegalArgumentException if it holds anything that no encoder writes
     */
    public Command decode(ByteBuffer in) {
        int kind = in.get() & 0xff;
        int second = in.get() & 0xff;
        long bits = Varint.get(in);
        int mask = in.getInt();
        if (kind >= TYPES.length || (second & 0x7f) >= PHASES.length || bits != (int) bits || !Terms.valid((int) bits) || mask >>> FIELDS != 0) {
            throw new IllegalArgumentException("no command");
        }
        begin(TYPES[kind]);
        phase = PHASES[second & 0x7f];
        bothSides = (second & 0x80) != 0;
        terms = (int) bits;
        time = 0;
        for (int field = 0; field < FIELDS; field++) {
            if ((mask & 1 << field) != 0) {
                field(field, Varint.get(in));
            }
        }
        return this;
    }

    /** A fingerprint of what the client said: everything but the time and the numbers that the venue gives. */
    public long fingerprint() {
        boolean numbered = type == CommandType.NEW_ORDER || type == CommandType.CROSS || type == CommandType.QUOTE;
        long[] said = fields();
        said[TIME] = 0;
        if (numbered) {
            said[ORDER_ID] = 0;
            said[CONTRA_ORDER_ID] = 0;
        }
        long print = mix(type.ordinal() << 8 | phase.ordinal() << 1 | (bothSides ? 1 : 0), terms);
        for (long field : said) {
            print = mix(print, field);
        }
        return print;
    }

    private static long mix(long print, long value) {
        long mixed = (print ^ value) * 0x9E3779B97F4A7C15L;
        return mixed ^ mixed >>> 29;
    }

    private static final int FIELDS = 18;
    private static final int TIME = 1;
    private static final int ORDER_ID = 2;
    private static final int CONTRA_ORDER_ID = 13;

    private long[] fields() {
        return new long[] {id, time, orderId, account, participant, session, price, quantity, display, minimum, stopPrice, offset, expireTime,
                contraOrderId, contraAccount, contraParticipant, contraPrice, contraQuantity};
    }

    private void field(int number, long value) {
        switch (number) {
            case 0 -> id = value;
            case 1 -> time = value;
            case 2 -> orderId = value;
            case 3 -> account = value;
            case 4 -> participant = Math.toIntExact(value);
            case 5 -> session = Math.toIntExact(value);
            case 6 -> price = value;
            case 7 -> quantity = value;
            case 8 -> display = value;
            case 9 -> minimum = value;
            case 10 -> stopPrice = value;
            case 11 -> offset = value;
            case 12 -> expireTime = value;
            case 13 -> contraOrderId = value;
            case 14 -> contraAccount = value;
            case 15 -> contraParticipant = Math.toIntExact(value);
            case 16 -> contraPrice = value;
            default -> contraQuantity = value;
        }
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder(type.name());
        if (type == CommandType.PHASE) {
            text.append(' ').append(phase);
        }
        if (type == CommandType.NEW_ORDER) {
            text.append(' ').append(Terms.side(terms)).append(' ').append(Terms.type(terms)).append(' ').append(Terms.timeInForce(terms));
        }
        if (terms != 0) {
            text.append(" terms=").append(Integer.toHexString(terms)).append(" stp=").append(Terms.prevention(terms));
        }
        long[] fields = fields();
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
