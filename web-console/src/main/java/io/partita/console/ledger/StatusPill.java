package io.partita.console.ledger;

import io.partita.console.ui.Pill;
import io.partita.ledger.AccountStatus;
import java.util.Locale;

/** An account's status in its colour. */
final class StatusPill {

    private StatusPill() {
    }

    static Pill of(AccountStatus status) {
        return new Pill(name(status), tone(status));
    }

    static String name(AccountStatus status) {
        return switch (status) {
            case OPEN -> "Open";
            case FROZEN -> "Frozen";
            case CLOSED -> "Closed";
        };
    }

    static Pill.Tone tone(AccountStatus status) {
        return switch (status) {
            case OPEN -> Pill.Tone.GOOD;
            case FROZEN -> Pill.Tone.WAITING;
            case CLOSED -> Pill.Tone.CALM;
        };
    }

    /** The class that colours it in a long list, where only what is unusual stands out. */
    static String className(AccountStatus status) {
        return status == AccountStatus.OPEN ? "pill-plain" : "pill pill-" + tone(status).name().toLowerCase(Locale.ROOT);
    }
}
