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
 * @param midLife     of a dark book, for how long the best lit prices hold that it was told, in nanoseconds; 0 for a lit book
 */
public record Instrument(long id, StepTable ticks, StepTable lots, long maxPrice, long maxQuantity, int collar, int band, long callTime,
                         Fees fees, long midLife) {

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
        if (collar < 0 || band < 0 || callTime < 0 || midLife < 0 || band > 0 && callTime == 0) {
            throw new IllegalArgumentException("a band needs the time of its auction; nothing is negative");
        }
        if (midLife > 0 && (collar > 0 || band > 0)) {
            throw new IllegalArgumentException("a dark book has neither collar nor band: the lit books have");
        }
    }

    /** A book that shows its orders. */
    public Instrument(long id, StepTable ticks, StepTable lots, long maxPrice, long maxQuantity, int collar, int band, long callTime, Fees fees) {
        this(id, ticks, lots, maxPrice, maxQuantity, collar, band, callTime, fees, 0);
    }

    /** Whether its book shows nothing and trades at the middle of other books' best prices. */
    public boolean dark() {
        return midLife > 0;
    }

    /** Whole prices up to 10 million, whole quantities up to 100 billion, no collar, band or fees. */
    public static Instrument simple(long id) {
        return new Instrument(id, StepTable.ONE, StepTable.ONE, 10_000_000, 100_000_000_000L, 0, 0, 0, Fees.NONE);
    }

    public Instrument withCollar(int tenThousandths) {
        return new Instrument(id, ticks, lots, maxPrice, maxQuantity, tenThousandths, band, callTime, fees, midLife);
    }

    public Instrument withBand(int tenThousandths, long auctionNanos) {
        return new Instrument(id, ticks, lots, maxPrice, maxQuantity, collar, tenThousandths, auctionNanos, fees, midLife);
    }

    public Instrument withFees(Fees other) {
        return new Instrument(id, ticks, lots, maxPrice, maxQuantity, collar, band, callTime, other, midLife);
    }

    public Instrument withSteps(StepTable otherTicks, StepTable otherLots) {
        return new Instrument(id, otherTicks, otherLots, maxPrice, maxQuantity, collar, band, callTime, fees, midLife);
    }

    /** The same with a dark book, for which the best lit prices hold so long after it was told. */
    public Instrument withMidLife(long nanos) {
        return new Instrument(id, ticks, lots, maxPrice, maxQuantity, collar, band, callTime, fees, nanos);
    }

    /** No encoded instrument is longer. */
    public static final int MAX_BYTES = 12 * 10 + 2 * 257 * 20;

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
        Varint.put(out, midLife);
    }

    /**
     * An instrument that ends the buffer, or has nothing missing.
     *
     * @throws IllegalArgumentException if the bytes are no instrument
     */
    public static Instrument decode(ByteBuffer in) {
        Instrument lit = decodeLit(in);
        // Those that were listed before there were dark books end here.
        return in.hasRemaining() ? lit.withMidLife(Varint.get(in)) : lit;
    }

    /** An instrument as it was encoded before there were dark books. */
    public static Instrument decodeLit(ByteBuffer in) {
        long id = Varint.get(in);
        StepTable ticks = StepTable.decode(in);
        StepTable lots = StepTable.decode(in);
        return new Instrument(id, ticks, lots, Varint.get(in), Varint.get(in), (int) Varint.get(in), (int) Varint.get(in), Varint.get(in),
                new Fees((int) Varint.get(in), (int) Varint.get(in), (int) Varint.get(in), (int) Varint.get(in)));
    }
}
