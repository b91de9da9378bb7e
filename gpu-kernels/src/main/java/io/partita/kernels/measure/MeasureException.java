package io.partita.kernels.measure;

/** Refuses an input for which there is no honest figure. Nothing was changed. */
public final class MeasureException extends IllegalArgumentException {

    private final MeasureRefusal code;

    public MeasureException(MeasureRefusal code, String detail) {
        super(code + ": " + detail);
        this.code = code;
    }

    public MeasureRefusal code() {
        return code;
    }
}
