package io.partita.positions;

/**
 * Something that positions do not take, with its documented code; the message tells the case at hand. Carries no stack trace, since rows of files
 * may be many.
 */
public final class PositionRefused extends IllegalArgumentException {

    private static final long serialVersionUID = 1;

    private final PositionRefusal code;

    public PositionRefused(PositionRefusal code, String detail) {
        super(detail, null);
        this.code = code;
    }

    public PositionRefusal code() {
        return code;
    }

    @Override
    public synchronized Throwable fillInStackTrace() {
        return this;
    }
}
