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
    private static final int NUMBERS = 17;

    /** What a report says now. */
    public static Execution of(ExecutionReport report) {
        return new Execution(report.sequence(), report.time(), report.commandId(), report.execType(), report.reason(), report.orderId(),
                report.account(), report.participant(), report.session(), report.side(), report.price(), report.quantity(), report.leaves(),
                report.filled(), report.lastPrice(), report.lastQuantity(), report.tradeId(), report.contraOrderId(), report.liquidity(),
                report.fee(), report.phase(), report.terms());
    }

    /** Appends a report to a buffer. */
    public static void encode(ExecutionReport report, ByteBuffer out) {
        out.put((byte) report.execType().ordinal()).put((byte) report.reason().ordinal()).put((byte) report.side().ordinal())
                .put((byte) report.liquidity().ordinal()).put((byte) report.phase().ordinal());
        int maskAt = out.position();
        out.putInt(0);
        int mask = 0;
        for (int number = 0; number < NUMBERS; number++) {
            long value = number(report, number);
            if (value != 0) {
                mask |= 1 << number;
                Varint.put(out, value);
            }
        }
        out.putInt(maskAt, mask);
    }

    private static long number(ExecutionReport report, int number) {
        return switch (number) {
            case 0 -> report.sequence();
            case 1 -> report.time();
            case 2 -> report.commandId();
            case 3 -> report.orderId();
            case 4 -> report.account();
            case 5 -> report.participant();
            case 6 -> report.session();
            case 7 -> report.price();
            case 8 -> report.quantity();
            case 9 -> report.leaves();
            case 10 -> report.filled();
            case 11 -> report.lastPrice();
            case 12 -> report.lastQuantity();
            case 13 -> report.tradeId();
            case 14 -> report.contraOrderId();
            case 15 -> report.fee();
            default -> report.terms();
        };
    }

    /** Takes the next report from a buffer that {@link #encode} wrote. */
    public static Execution decode(ByteBuffer in) {
        ExecType execType = EXEC_TYPES[in.get()];
        Reason reason = REASONS[in.get()];
        Side side = SIDES[in.get()];
        Liquidity liquidity = LIQUIDITIES[in.get()];
        TradingPhase phase = PHASES[in.get()];
        int mask = in.getInt();
        long[] numbers = new long[NUMBERS];
        for (int number = 0; number < NUMBERS; number++) {
            if ((mask & 1 << number) != 0) {
                numbers[number] = Varint.get(in);
            }
        }
        return new Execution(numbers[0], numbers[1], numbers[2], execType, reason, numbers[3], numbers[4], (int) numbers[5], (int) numbers[6],
                side, numbers[7], numbers[8], numbers[9], numbers[10], numbers[11], numbers[12], numbers[13], numbers[14], liquidity,
                numbers[15], phase, (int) numbers[16]);
    }
}
