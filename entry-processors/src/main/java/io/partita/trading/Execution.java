package io.partita.trading;

import java.nio.ByteBuffer;

/** An execution report as a value, and as the bytes in which it is kept and travels: the numbers that are not 0, about 40 in all. */
public record Execution(long sequence, long time, long commandId, ExecType execType, Reason reason, long orderId, long account, int participant,
                        int session, Side side, long price, long quantity, long leaves, long filled, long lastPrice, long lastQuantity,
                        long tradeId, long contraOrderId, Liquidity liquidity, long fee, TradingPhase phase,
                        int terms) implements ExecutionReport {

    /** No encoded report is longer. */
    public static final int MAX_BYTES = 5 + 4 + 17 * 10;
    /** Of those that are encoded only if they are not 0. */
    public static final int NUMBERS = 17;

    private static final ExecType[] EXEC_TYPES = ExecType.values();
    private static final Reason[] REASONS = Reason.values();
    private static final Side[] SIDES = Side.values();
    private static final Liquidity[] LIQUIDITIES = Liquidity.values();
    private static final TradingPhase[] PHASES = TradingPhase.values();

    /** What a report says now. */
    public static Execution of(ExecutionReport report) {
        return new Execution(report.sequence(), report.time(), report.commandId(), report.execType(), report.reason(), report.orderId(),
                report.account(), report.participant(), report.session(), report.side(), report.price(), report.quantity(), report.leaves(),
                report.filled(), report.lastPrice(), report.lastQuantity(), report.tradeId(), report.contraOrderId(), report.liquidity(),
                report.fee(), report.phase(), report.terms());
    }

    /** Appends a report to a buffer that has an array. */
    public static void encode(ExecutionReport report, ByteBuffer out) {
        encode(report, out, new long[NUMBERS]);
    }

    /** The same without an object for each report: with an array of {@link #NUMBERS} that may be used again. */
    public static void encode(ExecutionReport report, ByteBuffer out, long[] numbers) {
        out.put((byte) report.execType().ordinal()).put((byte) report.reason().ordinal()).put((byte) report.side().ordinal())
                .put((byte) report.liquidity().ordinal()).put((byte) report.phase().ordinal());
        numbers[0] = report.sequence();
        numbers[1] = report.time();
        numbers[2] = report.commandId();
        numbers[3] = report.orderId();
        numbers[4] = report.account();
        numbers[5] = report.participant();
        numbers[6] = report.session();
        numbers[7] = report.price();
        numbers[8] = report.quantity();
        numbers[9] = report.leaves();
        numbers[10] = report.filled();
        numbers[11] = report.lastPrice();
        numbers[12] = report.lastQuantity();
        numbers[13] = report.tradeId();
        numbers[14] = report.contraOrderId();
        numbers[15] = report.fee();
        numbers[16] = report.terms();
        Varint.putMasked(out, numbers);
    }

    /** Why an encoded report says that a command was rejected; {@link Reason#NONE} if it says something else. */
    static Reason rejected(byte[] bytes, int at) {
        return bytes[at] == ExecType.REJECTED.ordinal() ? REASONS[bytes[at + 1]] : Reason.NONE;
    }

    /** Takes the next report from a buffer that {@link #encode} wrote. */
    public static Execution decode(ByteBuffer in) {
        ExecType execType = EXEC_TYPES[in.get()];
        Reason reason = REASONS[in.get()];
        Side side = SIDES[in.get()];
        Liquidity liquidity = LIQUIDITIES[in.get()];
        TradingPhase phase = PHASES[in.get()];
        int mask = in.getInt();
        return new Execution(get(in, mask, 0), get(in, mask, 1), get(in, mask, 2), execType, reason, get(in, mask, 3), get(in, mask, 4),
                (int) get(in, mask, 5), (int) get(in, mask, 6), side, get(in, mask, 7), get(in, mask, 8), get(in, mask, 9), get(in, mask, 10),
                get(in, mask, 11), get(in, mask, 12), get(in, mask, 13), get(in, mask, 14), liquidity, get(in, mask, 15), phase,
                (int) get(in, mask, 16));
    }

    private static long get(ByteBuffer in, int mask, int number) {
        return (mask & 1 << number) == 0 ? 0 : Varint.get(in);
    }
}
