package io.partita.member.trading.fix;

import io.partita.trading.Execution;

/**
 * An order as its session has been told of it.
 *
 * @param clOrdId  of the last change that was accepted
 * @param terms    side, type and time in force
 * @param price    ticks, 0 for none
 * @param notional of what is filled, in ticks times units; no larger than the largest price times the largest quantity
 * @param status   OrdStatus (39)
 */
record FixOrder(long instrument, long orderId, String clOrdId, long account, int terms, long price, long quantity, long filled, long notional,
                char status) {

    static final char NEW = '0';
    static final char PARTIALLY_FILLED = '1';
    static final char FILLED = '2';
    static final char CANCELED = '4';
    static final char REJECTED = '8';
    static final char EXPIRED = 'C';

    /** After a report of its book. */
    FixOrder after(Execution report, String newClOrdId) {
        long traded = Math.multiplyExact(report.lastPrice(), report.lastQuantity());
        return new FixOrder(instrument, orderId, newClOrdId, account, terms, report.price(), report.quantity(), report.filled(),
                notional + traded, status(report));
    }

    private static char status(Execution report) {
        return switch (report.execType()) {
            case CANCELED -> CANCELED;
            case EXPIRED -> EXPIRED;
            default -> report.filled() == 0 ? NEW : report.leaves() == 0 ? FILLED : PARTIALLY_FILLED;
        };
    }

    boolean open() {
        return status == NEW || status == PARTIALLY_FILLED;
    }

    long leaves() {
        return open() ? quantity - filled : 0;
    }
}
