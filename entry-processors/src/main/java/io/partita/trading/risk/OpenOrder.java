package io.partita.trading.risk;

import io.partita.trading.Side;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;

/** An order as its account sees it, from its reservation on; and what is under way to change it. Not thread-safe. */
final class OpenOrder {

    /** Changes of one order that are under way at a time. */
    static final int MAX_CHANGES = 16;

    final long instrument;
    final Side side;
    boolean shortSale;
    /** Given by the book; 0 until it is known. */
    long orderId;
    /** The worst price; 0 where it does not matter. */
    long price;
    long leaves;
    long filled;
    /** Of a short sale: the price at which its margin is taken. */
    long marginPrice;
    /** What is reserved for it now: cash for what it buys, or as the margin of a short sale; units that it sells. */
    long cash;
    long units;
    /** A side of a quote. */
    boolean quoted;
    final Map<Long, Change> changes = new LinkedHashMap<>();

    /** A replacement under way; 0 leaves as it is. */
    record Change(long price, long quantity) {
    }

    OpenOrder(long instrument, Side side, boolean shortSale, long price, long leaves, long filled) {
        this.instrument = instrument;
        this.side = side;
        this.shortSale = shortSale;
        this.price = price;
        this.leaves = leaves;
        this.filled = filled;
    }

    /** The worst price while changes are under way, with one more (null for none). */
    long worstPrice(Change more) {
        long worst = more == null ? price : Math.max(price, more.price);
        for (Change change : changes.values()) {
            worst = Math.max(worst, change.price);
        }
        return worst;
    }

    /** The most that can be open while changes are under way, with one more (null for none). */
    long worstLeaves(Change more) {
        long worst = more == null ? leaves : Math.max(leaves, more.quantity - filled);
        for (Change change : changes.values()) {
            worst = Math.max(worst, change.quantity - filled);
        }
        return worst;
    }

    void write(DataOutput out) throws IOException {
        out.writeLong(instrument);
        out.writeByte(side.ordinal());
        out.writeBoolean(shortSale);
        out.writeLong(price);
        out.writeLong(leaves);
        out.writeLong(filled);
        out.writeLong(orderId);
        out.writeLong(cash);
        out.writeLong(units);
        out.writeBoolean(quoted);
        out.writeLong(marginPrice);
        out.writeInt(changes.size());
        for (Map.Entry<Long, Change> change : changes.entrySet()) {
            out.writeLong(change.getKey());
            out.writeLong(change.getValue().price);
            out.writeLong(change.getValue().quantity);
        }
    }

    static OpenOrder read(DataInput in) throws IOException {
        OpenOrder order = new OpenOrder(in.readLong(), Side.values()[in.readByte()], in.readBoolean(), in.readLong(), in.readLong(), in.readLong());
        order.orderId = in.readLong();
        order.cash = in.readLong();
        order.units = in.readLong();
        order.quoted = in.readBoolean();
        order.marginPrice = in.readLong();
        for (int count = in.readInt(); count > 0; count--) {
            order.changes.put(in.readLong(), new Change(in.readLong(), in.readLong()));
        }
        return order;
    }
}
