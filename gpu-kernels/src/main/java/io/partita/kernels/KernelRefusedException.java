package io.partita.kernels;

import java.util.Objects;

/** Input that no calculation can be made with; nothing was calculated or changed. The message says which input and where. */
public final class KernelRefusedException extends IllegalArgumentException {

    private static final long serialVersionUID = 1;

    private final KernelRefusal refusal;

    public KernelRefusedException(KernelRefusal refusal, String message) {
        super(refusal + ": " + message);
        this.refusal = Objects.requireNonNull(refusal);
    }

    public KernelRefusal refusal() {
        return refusal;
    }
}
