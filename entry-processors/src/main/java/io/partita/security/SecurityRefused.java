package io.partita.security;

/** Something that identities, keys or approvals do not take, with its documented code; the message tells the case at hand. Carries no stack trace. */
public final class SecurityRefused extends IllegalArgumentException {

    private static final long serialVersionUID = 1;

    private final SecurityRefusal code;

    public SecurityRefused(SecurityRefusal code, String detail) {
        super(detail, null);
        this.code = code;
    }

    public SecurityRefusal code() {
        return code;
    }

    @Override
    public synchronized Throwable fillInStackTrace() {
        return this;
    }
}
