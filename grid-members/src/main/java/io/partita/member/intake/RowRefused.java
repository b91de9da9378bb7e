package io.partita.member.intake;

/** Ends the reading of one row; carries no stack trace, because bad rows may be many. */
final class RowRefused extends Exception {

    private final RowCode code;

    RowRefused(RowCode code, String detail) {
        super(detail, null, false, false);
        this.code = code;
    }

    RowCode code() {
        return code;
    }
}
