package io.partita.trading.risk;

import io.partita.trading.Side;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What an account's state is made from: ledger and database for what is over, the books for what is open. Amounts are minor units,
 * quantities units.
 *
 * @param cash        by currency, what came or went otherwise than by trading
 * @param units       by security, likewise
 * @param instruments what was traded in each, and what is open there
 * @param locates     units that were located for short sales, and are not long expired
 * @param overflowed  something of it is out of range, and not in it
 */
public record AccountBasis(RiskLimits limits, Switches switches, Map<String, Long> cash, Map<Long, Long> units, List<Traded> instruments,
                           List<Locate> locates, boolean overflowed) {

    /**
     * One instrument's part, up to a report of its book.
     *
     * @param tradedCash  proceeds of sales, less costs of purchases
     * @param tradedUnits units bought, less units sold
     * @param mark        the book's last price, 0 for none
     * @param applied     the report
     */
    public record Traded(TradedInstrument instrument, long tradedCash, long tradedUnits, long mark, long applied, List<Live> orders) {
    }

    /** An order that is live in the book; {@code price} is the worst at which it can trade, 0 where that does not matter. */
    public record Live(long orderId, Side side, long price, long leaves, long filled) {
    }

    /** All of it is in range, and nothing was located. */
    public AccountBasis(RiskLimits limits, Switches switches, Map<String, Long> cash, Map<Long, Long> units, List<Traded> instruments) {
        this(limits, switches, cash, units, instruments, List.of(), false);
    }

    public void write(DataOutput out) throws IOException {
        byte[] encoded = limits.encode();
        out.writeInt(encoded.length);
        out.write(encoded);
        switches.write(out);
        out.writeInt(cash.size());
        for (Map.Entry<String, Long> entry : cash.entrySet()) {
            out.writeUTF(entry.getKey());
            out.writeLong(entry.getValue());
        }
        out.writeInt(units.size());
        for (Map.Entry<Long, Long> entry : units.entrySet()) {
            out.writeLong(entry.getKey());
            out.writeLong(entry.getValue());
        }
        out.writeInt(instruments.size());
        for (Traded part : instruments) {
            part.instrument.write(out);
            for (long value : new long[] {part.tradedCash, part.tradedUnits, part.mark, part.applied, part.orders.size()}) {
                out.writeLong(value);
            }
            for (Live order : part.orders) {
                out.writeLong(order.orderId);
                out.writeByte(order.side.ordinal());
                out.writeLong(order.price);
                out.writeLong(order.leaves);
                out.writeLong(order.filled);
            }
        }
        out.writeInt(locates.size());
        for (Locate locate : locates) {
            locate.write(out);
        }
        out.writeBoolean(overflowed);
    }

    public static AccountBasis read(DataInput in) throws IOException {
        byte[] encoded = new byte[in.readInt()];
        in.readFully(encoded);
        Switches switches = Switches.read(in);
        Map<String, Long> cash = new TreeMap<>();
        for (int count = in.readInt(); count > 0; count--) {
            cash.put(in.readUTF(), in.readLong());
        }
        Map<Long, Long> units = new TreeMap<>();
        for (int count = in.readInt(); count > 0; count--) {
            units.put(in.readLong(), in.readLong());
        }
        List<Traded> instruments = new ArrayList<>();
        for (int count = in.readInt(); count > 0; count--) {
            TradedInstrument instrument = TradedInstrument.read(in);
            long[] values = {in.readLong(), in.readLong(), in.readLong(), in.readLong()};
            List<Live> orders = new ArrayList<>();
            for (long open = in.readLong(); open > 0; open--) {
                orders.add(new Live(in.readLong(), Side.values()[in.readByte()], in.readLong(), in.readLong(), in.readLong()));
            }
            instruments.add(new Traded(instrument, values[0], values[1], values[2], values[3], orders));
        }
        List<Locate> locates = new ArrayList<>();
        for (int count = in.readInt(); count > 0; count--) {
            locates.add(Locate.read(in));
        }
        return new AccountBasis(RiskLimits.decode(encoded), switches, cash, units, instruments, locates, in.readBoolean());
    }
}
