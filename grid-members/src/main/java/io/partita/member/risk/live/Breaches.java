package io.partita.member.risk.live;

import java.util.List;

/** The breaches of limits that last, as sessions of {@code /ws/risk} are told of them. Whoever keeps limits makes one a bean. Thread-safe. */
public interface Breaches {

    /** Looks for what may have come without a word. */
    void look();

    /** Reads what has changed; whether anything has since this was asked last. */
    boolean take();

    /** Those of a portfolio, or of all ({@code *}), as REST tells them; the newest first. */
    List<?> open(String portfolio);
}
