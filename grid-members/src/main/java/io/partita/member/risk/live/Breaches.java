package io.partita.member.risk.live;

import java.util.List;

/** The breaches of limits that last, as sessions are told of them. Thread-safe. */
interface Breaches {

    /** Looks for what may have come without a word. */
    void look();

    /** Reads what has changed; whether anything has since this was asked last. */
    boolean take();

    /** Those of a portfolio, or of all ({@value RiskStream#ALL}), as REST tells them; the newest first. */
    List<?> open(String portfolio);
}
