package io.partita.trading;

import java.nio.ByteBuffer;

/** An execution report as a value, and as the bytes in which it is kept and travels: the numbers that are not 0, about 40 in all. */
public record Execution(long sequence, long time, long commandId, ExecType execType, Reason reason, long orderId, long account, int participant,
                        int session, Side side, long price, long quantity, long leaves, long filled, long lastPrice, long lastQuantity,
                        long tradeId, long contraOrderId, Liquidity liquidity, long fee, TradingPhase phase,
                        int terms) implements ExecutionReport {

    /** No encoded report is longer. */
    public static final int MAX_BYTES = 5 + 4 + 17 * 10;

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
        out.put((byte) report.execType().ordinal()).put((byte) report.reason().ordinal()).put((byte) report.side().ordinal())
                .put((byte) report.liquidity().ordinal()).put((byte) report.phase().ordinal());
        Varint.putMasked(out, new long[] {report.sequence(), report.time(), report.commandId(), report.orderId(), report.account(),
                report.participant(), report.session(), report.price(), report.quantity(), report.leaves(), report.filled(), report.lastPrice(),
                report.lastQuantity(), report.tradeId(), report.contraOrderId(), report.fee(), report.terms()});
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
