package io.partita.kernels;

import java.util.Objects;

/** Input that no calculation can be made with; nothing was calculated or changed. The message says which input and where. */
public final class RiskRefusedException extends IllegalArgumentException {

    private static final long serialVersionUID = 1;

    private final RiskRefusal refusal;

    public RiskRefusedException(RiskRefusal refusal, String message) {
        super(refusal + ": " + message);
        this.refusal = Objects.requireNonNull(refusal);
    }

    public RiskRefusal refusal() {
        return refusal;
    }
}
