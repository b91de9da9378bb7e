package io.partita.trading.risk;

import io.partita.trading.Varint;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Collections;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * What an account may do. 0 means that there is no such limit, unless it says otherwise.
 *
 * @param credit          how far below zero the cash of a currency may go, in minor units; 0 for not at all
 * @param maxPosition     units held of one instrument, all open buy orders included
 * @param maxShort        units owed of one instrument, all open sell orders included; 0 for no short sales
 * @param concentration   worth of one instrument, all open buy orders included, in ten-thousandths of the account's worth
 * @param priceDeviation  how far a limit may go through the reference price, in ten-thousandths
 * @param maxQuantity     of one order
 * @param maxNotional     of one order, in minor units
 * @param ordersPerSecond new orders and replacements in one second of the commands' time
 * @param marketMargin    how far beyond the reference price an order without a limit may trade, in ten-thousandths, where the instrument
 *                        has no band and no collar that says so; at least 1
 * @param restricted      instruments that the account may not trade
 */
public record RiskLimits(long credit, long maxPosition, long maxShort, int concentration, int priceDeviation, long maxQuantity, long maxNotional,
                         int ordersPerSecond, int marketMargin, SortedSet<Long> restricted) {

    /** No limits beyond cash and holdings; a market order goes a tenth beyond the reference price. */
    public static final RiskLimits NONE = new RiskLimits(0, 0, 0, 0, 0, 0, 0, 0, 1_000, new TreeSet<>());

    /** Of a margin account that has got none of its own: a million of credit in units of 100, and 100,000 units short. */
    public static final RiskLimits MARGIN = NONE.withCredit(100_000_000).withPosition(0, 100_000);

    /** Instruments that can be restricted. */
    public static final int MAX_RESTRICTED = 1_000;
    private static final int ALL = 10_000;

    public RiskLimits {
        if (credit < 0 || maxPosition < 0 || maxShort < 0 || concentration < 0 || priceDeviation < 0 || maxQuantity < 0 || maxNotional < 0
                || ordersPerSecond < 0) {
            throw new IllegalArgumentException("a limit is not negative");
        }
        if (marketMargin < 1 || marketMargin > 10 * ALL || restricted.size() > MAX_RESTRICTED) {
            throw new IllegalArgumentException("the margin of market orders is 1 to 100,000 ten-thousandths; up to 1,000 instruments are restricted");
        }
        restricted = Collections.unmodifiableSortedSet(new TreeSet<>(restricted));
    }

    public RiskLimits withCredit(long minor) {
        return new RiskLimits(minor, maxPosition, maxShort, concentration, priceDeviation, maxQuantity, maxNotional, ordersPerSecond,
                marketMargin, restricted);
    }

    public RiskLimits withPosition(long units, long shortUnits) {
        return new RiskLimits(credit, units, shortUnits, concentration, priceDeviation, maxQuantity, maxNotional, ordersPerSecond,
                marketMargin, restricted);
    }

    public RiskLimits withConcentration(int tenThousandths) {
        return new RiskLimits(credit, maxPosition, maxShort, tenThousandths, priceDeviation, maxQuantity, maxNotional, ordersPerSecond,
                marketMargin, restricted);
    }

    public RiskLimits withOrder(int deviation, long units, long notional) {
        return new RiskLimits(credit, maxPosition, maxShort, concentration, deviation, units, notional, ordersPerSecond, marketMargin, restricted);
    }

    public RiskLimits withRate(int perSecond) {
        return new RiskLimits(credit, maxPosition, maxShort, concentration, priceDeviation, maxQuantity, maxNotional, perSecond, marketMargin,
                restricted);
    }

    public RiskLimits withRestricted(SortedSet<Long> instruments) {
        return new RiskLimits(credit, maxPosition, maxShort, concentration, priceDeviation, maxQuantity, maxNotional, ordersPerSecond,
                marketMargin, instruments);
    }

    /** As bytes, for maps and tables. */
    public byte[] encode() {
        ByteBuffer out = ByteBuffer.allocate((10 + restricted.size()) * 10);
        for (long value : new long[] {credit, maxPosition, maxShort, concentration, priceDeviation, maxQuantity, maxNotional, ordersPerSecond,
                marketMargin, restricted.size()}) {
            Varint.put(out, value);
        }
        restricted.forEach(instrument -> Varint.put(out, instrument));
        return Arrays.copyOf(out.array(), out.position());
    }

    /** @throws IllegalArgumentException if the bytes are no limits */
    public static RiskLimits decode(byte[] bytes) {
        ByteBuffer in = ByteBuffer.wrap(bytes);
        long[] values = new long[10];
        for (int i = 0; i < values.length; i++) {
            values[i] = Varint.get(in);
        }
        TreeSet<Long> restricted = new TreeSet<>();
        for (long i = 0; i < values[9]; i++) {
            restricted.add(Varint.get(in));
        }
        return new RiskLimits(values[0], values[1], values[2], Math.toIntExact(values[3]), Math.toIntExact(values[4]), values[5], values[6],
                Math.toIntExact(values[7]), Math.toIntExact(values[8]), restricted);
    }
}
