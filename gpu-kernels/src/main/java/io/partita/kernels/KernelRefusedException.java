package io.partita.kernels;

import java.util.Objects;

/** Input that no calculation can be made with; nothing was calculated or changed. The message says which input and where. */
public final class KernelRefusedException extends IllegalArgumentException {

    private static final long serialVersionUID = 1;

    private final KernelRefusal refusal;
    private final String detail;

    public KernelRefusedException(KernelRefusal refusal, String detail) {
        super(refusal + ": " + detail);
        this.refusal = Objects.requireNonNull(refusal);
        this.detail = detail;
    }

    public KernelRefusal refusal() {
        return refusal;
    }

    /** Which input, and where: the message without its code. */
    public String detail() {
        return detail;
    }
}
