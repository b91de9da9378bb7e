package io.partita.trading.risk;

import io.partita.money.Currency;
import io.partita.trading.Instrument;
import io.partita.trading.Side;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * An instrument as an account sees it: what its prices are in money.
 *
 * @param rules      how it is traded
 * @param currency   ISO 4217, of its prices
 * @param priceScale a price of n ticks is n / 10^priceScale of the currency
 * @param shortMargin of a short position, beside what it costs to end it, in ten-thousandths of that; 0: no collateral is asked for
 * @param security   under whose number its units are held: the same for all books of a security, which agree in currency and margin
 */
public record TradedInstrument(Instrument rules, String currency, int priceScale, int shortMargin, long security) {

    private static final long[] TENS = new long[19];
    private static final int MILLION = 1_000_000;
    private static final int ALL = 10_000;

    static {
        long ten = 1;
        for (int i = 0; i < TENS.length; i++) {
            TENS[i] = ten;
            ten *= 10;
        }
    }

    /** The only book of its security. */
    public TradedInstrument(Instrument rules, String currency, int priceScale, int shortMargin) {
        this(rules, currency, priceScale, shortMargin, rules.id());
    }

    /** The only book of its security; short positions need no collateral. */
    public TradedInstrument(Instrument rules, String currency, int priceScale) {
        this(rules, currency, priceScale, 0);
    }

    public long id() {
        return rules.id();
    }

    /** False if its currency is none: then its trades are never settled, and amounts of it are out of range. */
    public boolean settles() {
        return Currency.find(currency).isPresent();
    }

    /**
     * The most that buying one unit can take from an account, in minor units: the price and the worst fee, each rounded up, since every
     * unit may be bought alone.
     *
     * @throws ArithmeticException if it is out of range
     */
    public long unitCost(long price) {
        int rate = Math.max(Math.max(rules.fees().maker(), rules.fees().taker()), Math.max(rules.fees().auction(), 0));
        long fee = Math.ceilDiv(Math.multiplyExact(price, (long) rate), (long) MILLION);
        return Math.addExact(minor(price, true), minor(fee, true));
    }

    /**
     * What ticks times units are in minor units.
     *
     * @throws ArithmeticException if it is out of range
     */
    public long minor(long ticksTimesUnits, boolean up) {
        int digits = Currency.of(currency).minorDigits() - priceScale;
        if (digits >= 0) {
            return Math.multiplyExact(ticksTimesUnits, TENS[digits]);
        }
        return up ? Math.ceilDiv(ticksTimesUnits, TENS[-digits]) : Math.floorDiv(Math.addExact(ticksTimesUnits, TENS[-digits] / 2), TENS[-digits]);
    }

    /**
     * The margin of one unit that is sold short at a price, in minor units, rounded up.
     *
     * @throws ArithmeticException if it is out of range
     */
    long margin(long price) {
        return Math.ceilDiv(Math.multiplyExact(minor(price, true), (long) shortMargin), (long) ALL);
    }

    /** What is set aside for one unit that is owed: its price and the margin. */
    long collateral(long price) {
        return Math.addExact(minor(price, true), margin(price));
    }

    /** What a trade adds to an account's cash, in minor units; negative for a buyer. The fee is rounded up. */
    public long proceeds(Side side, long price, long quantity, long fee) {
        long notional = minor(Math.multiplyExact(price, quantity), false);
        return Math.subtractExact(side == Side.BUY ? -notional : notional, minor(fee, true));
    }

    /**
     * The limit of a buy order that has none: so far above a reference price as the band allows, or else the margin (in ten-thousandths),
     * not beyond the collar, on the tick.
     */
    long protection(long reference, int margin) {
        int reach = rules.band() > 0 ? rules.band() : margin;
        reach = rules.collar() > 0 ? Math.min(reach, rules.collar()) : reach;
        long way = reference / ALL * reach + reference % ALL * reach / ALL;
        long price = Math.min(reference + way, rules.maxPrice());
        return Math.max(price - price % rules.ticks().at(price), 1);
    }

    public void write(DataOutput out) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(Instrument.MAX_BYTES);
        rules.encode(bytes);
        out.writeInt(bytes.position());
        out.write(bytes.array(), 0, bytes.position());
        out.writeUTF(currency);
        out.writeByte(priceScale);
        out.writeInt(shortMargin);
        out.writeLong(security);
    }

    public static TradedInstrument read(DataInput in) throws IOException {
        byte[] bytes = new byte[in.readInt()];
        in.readFully(bytes);
        return new TradedInstrument(Instrument.decode(ByteBuffer.wrap(bytes)), in.readUTF(), in.readByte(), in.readInt(), in.readLong());
    }
}
