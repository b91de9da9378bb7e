package io.partita.trading;

/**
 * Rates in millionths of price times quantity; negative ones are rebates. A fee is rounded up and a rebate down, each to a
 * whole tick times unit.
 */
public record Fees(int maker, int taker, int auction, int cross) {

    public static final Fees NONE = new Fees(0, 0, 0, 0);

    private static final int MILLION = 1_000_000;

    public Fees {
        for (int rate : new int[] {maker, taker, auction, cross}) {
            if (Math.abs((long) rate) > MILLION) {
                throw new IllegalArgumentException("a rate is at most the whole amount");
            }
        }
    }

    /** What a party pays. */
    public long of(Liquidity liquidity, long price, long quantity) {
        int rate = switch (liquidity) {
            case MAKER -> maker;
            case TAKER -> taker;
            case AUCTION -> auction;
            case CROSS -> cross;
            case NONE -> 0;
        };
        if (rate == 0) {
            return 0;
        }
        long notional = price * quantity;
        // In two parts, so that nothing overflows.
        return notional / MILLION * rate + Math.ceilDiv(notional % MILLION * rate, (long) MILLION);
    }
}
