package io.partita.trading.settlement;

import io.partita.trading.ExecutionReport;
import io.partita.trading.Liquidity;
import io.partita.trading.Side;
import io.partita.trading.Varint;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * A trade as the book made it: what two execution reports with one trade number say.
 *
 * @param number   of the trade in its book, dense from 1
 * @param time     nanoseconds since 1970
 * @param price    in ticks
 * @param quantity in units of the instrument
 */
public record Deal(long number, long time, long price, long quantity, Party buyer, Party seller) {

    /** No encoded deal is longer. */
    public static final int MAX_BYTES = 14 * 10 + 2;

    private static final Liquidity[] LIQUIDITIES = Liquidity.values();
    private static final Side[] SIDES = Side.values();

    /**
     * One side of it.
     *
     * @param order the number of the order in its book
     * @param fee   what the party pays, in ticks times units; negative for a rebate
     */
    public record Party(long account, int participant, long order, Liquidity liquidity, long fee) {
    }

    /** Appends what both parties have in common, as the first of the two reports says it. */
    public static void encodeFirst(ExecutionReport report, ByteBuffer out) {
        Varint.put(out, report.tradeId());
        Varint.put(out, report.time());
        Varint.put(out, report.lastPrice());
        Varint.put(out, report.lastQuantity());
        out.put((byte) report.side().ordinal());
        encodeParty(report, out);
    }

    /** Appends a party, as its report says it. */
    public static void encodeParty(ExecutionReport report, ByteBuffer out) {
        Varint.put(out, report.account());
        Varint.put(out, report.participant());
        Varint.put(out, report.orderId());
        out.put((byte) report.liquidity().ordinal());
        Varint.put(out, report.fee());
    }

    private static Party decodeParty(ByteBuffer in) {
        return new Party(Varint.get(in), (int) Varint.get(in), Varint.get(in), LIQUIDITIES[in.get()], Varint.get(in));
    }

    /** Takes the next deal from a buffer. */
    public static Deal decode(ByteBuffer in) {
        long number = Varint.get(in);
        long time = Varint.get(in);
        long price = Varint.get(in);
        long quantity = Varint.get(in);
        boolean buyerFirst = SIDES[in.get()] == Side.BUY;
        Party first = decodeParty(in);
        Party second = decodeParty(in);
        return new Deal(number, time, price, quantity, buyerFirst ? first : second, buyerFirst ? second : first);
    }

    /** All deals of a sequence of bytes. */
    public static List<Deal> decodeAll(byte[] bytes) {
        List<Deal> deals = new ArrayList<>();
        ByteBuffer in = ByteBuffer.wrap(bytes);
        while (in.hasRemaining()) {
            deals.add(decode(in));
        }
        return deals;
    }
}
