package io.partita.risk;

/** Something that limits, margin or counterparties do not take, with its documented code; the message tells the case at hand. Carries no stack trace. */
public final class LimitRefused extends IllegalArgumentException {

    private static final long serialVersionUID = 1;

    private final LimitRefusal code;

    public LimitRefused(LimitRefusal code, String detail) {
        super(detail, null);
        this.code = code;
    }

    public LimitRefusal code() {
        return code;
    }

    @Override
    public synchronized Throwable fillInStackTrace() {
        return this;
    }
}
