package io.partita.console.notices;

import io.partita.console.ui.Pill;
import io.partita.security.Permission;
import io.partita.security.Principal;
import java.time.Instant;

/**
 * Something that happened, or waits.
 *
 * @param key     the same for the same, however often it is seen
 * @param address of the page about it
 * @param at      when it happened, as far as that is known
 */
record Notice(Kind kind, String key, Pill.Tone tone, String title, String detail, String address, Instant at) {

    /** What it is about, and who may read that. */
    enum Kind {

        APPROVAL("Approval", Permission.APPROVALS_DECIDE, true), BREACH("Limit", Permission.RISK_READ, true), ALERT("Alert", Permission.MARKETDATA_READ, false),
        JOB("Job", Permission.GRID_READ, false), GRID("Cluster", Permission.GRID_READ, false);

        private final String word;
        private final Permission permission;
        private final boolean everybodys;

        Kind(String word, Permission permission, boolean everybodys) {
            this.word = word;
            this.permission = permission;
            this.everybodys = everybodys;
        }

        String word() {
            return word;
        }

        /** Whether somebody hears of it. */
        boolean concerns(Principal reader) {
            return reader.may(permission) && (reader.accounts().isEmpty() || !everybodys);
        }
    }
}
