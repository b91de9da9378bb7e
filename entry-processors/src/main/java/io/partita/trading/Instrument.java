package io.partita.trading;

import java.nio.ByteBuffer;

/**
 * The rules by which an instrument is traded.
 *
 * @param id          the instrument
 * @param ticks       prices allowed
 * @param lots        quantities allowed
 * @param maxPrice    the largest price
 * @param maxQuantity the largest quantity of an order
 * @param collar      how far a limit may go through the reference price, in ten-thousandths; 0 for no collar
 * @param band        how far a trade may be from the last price, in ten-thousandths, before a volatility auction begins; 0 for no band
 * @param callTime    how long a volatility auction lasts, in nanoseconds
 * @param fees        what parties pay
 */
public record Instrument(long id, StepTable ticks, StepTable lots, long maxPrice, long maxQuantity, int collar, int band, long callTime,
                         Fees fees) {

    /** More orders than this a book does not hold; that many of the largest quantity still sum up in a long. */
    public static final int MAX_ORDERS = 1 << 22;

    private static final long LARGEST = 1L << 40;

    public Instrument {
        if (maxPrice < 1 || maxPrice > LARGEST || maxQuantity < 1 || maxQuantity > LARGEST) {
            throw new IllegalArgumentException("largest price and quantity lie between 1 and 2^40");
        }
        if (Math.multiplyHigh(maxPrice, maxQuantity) != 0 || maxPrice * maxQuantity < 0) {
            throw new IllegalArgumentException("the largest price times the largest quantity overflows");
        }
        if (collar < 0 || band < 0 || callTime < 0 || band > 0 && callTime == 0) {
            throw new IllegalArgumentException("a band needs the time of its auction; nothing is negative");
        }
    }

    /** Whole prices up to 10 million, whole quantities up to 100 billion, no collar, band or fees. */
    public static Instrument simple(long id) {
        return new Instrument(id, StepTable.ONE, StepTable.ONE, 10_000_000, 100_000_000_000L, 0, 0, 0, Fees.NONE);
    }

    public Instrument withCollar(int tenThousandths) {
        return new Instrument(id, ticks, lots, maxPrice, maxQuantity, tenThousandths, band, callTime, fees);
    }

    public Instrument withBand(int tenThousandths, long auctionNanos) {
        return new Instrument(id, ticks, lots, maxPrice, maxQuantity, collar, tenThousandths, auctionNanos, fees);
    }

    public Instrument withFees(Fees other) {
        return new Instrument(id, ticks, lots, maxPrice, maxQuantity, collar, band, callTime, other);
    }

    public Instrument withSteps(StepTable otherTicks, StepTable otherLots) {
        return new Instrument(id, otherTicks, otherLots, maxPrice, maxQuantity, collar, band, callTime, fees);
    }

    /** No encoded instrument is longer. */
    public static final int MAX_BYTES = 11 * 10 + 2 * 257 * 20;

    public void encode(ByteBuffer out) {
        Varint.put(out, id);
        ticks.encode(out);
        lots.encode(out);
        Varint.put(out, maxPrice);
        Varint.put(out, maxQuantity);
        Varint.put(out, collar);
        Varint.put(out, band);
        Varint.put(out, callTime);
        Varint.put(out, fees.maker());
        Varint.put(out, fees.taker());
        Varint.put(out, fees.auction());
        Varint.put(out, fees.cross());
    }

    /** @throws IllegalArgumentException if the bytes are no instrument */
    public static Instrument decode(ByteBuffer in) {
        long id = Varint.get(in);
        StepTable ticks = StepTable.decode(in);
        StepTable lots = StepTable.decode(in);
        return new Instrument(id, ticks, lots, Varint.get(in), Varint.get(in), (int) Varint.get(in), (int) Varint.get(in), Varint.get(in),
                new Fees((int) Varint.get(in), (int) Varint.get(in), (int) Varint.get(in), (int) Varint.get(in)));
    }
}
