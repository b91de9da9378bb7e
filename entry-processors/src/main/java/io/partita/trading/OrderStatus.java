package io.partita.trading;

/** OrdStatus (FIX 39): how an order is doing. A replacement changes it only by what it leaves open, as in FIX 4.4. */
public enum OrderStatus {
    /** Reserved for, and on its way to the book. */
    PENDING_NEW,
    NEW,
    PARTIALLY_FILLED,
    FILLED,
    CANCELED,
    REJECTED,
    EXPIRED;

    /** True while it can still trade. */
    public boolean open() {
        return ordinal() <= PARTIALLY_FILLED.ordinal();
    }

    /** How an order is doing after a report about it; of a rejected replacement or cancel it says nothing. */
    public static OrderStatus after(ExecutionReport report) {
        return switch (report.execType()) {
            case CANCELED -> CANCELED;
            case EXPIRED -> EXPIRED;
            case REJECTED -> REJECTED;
            default -> report.leaves() == 0 ? FILLED : report.filled() > 0 ? PARTIALLY_FILLED : NEW;
        };
    }
}
