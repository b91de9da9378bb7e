package io.partita.security;

/** Names of what the grid keeps about callers. */
public final class SecurityNames {

    /** How much is left to each caller, as Bucket4j writes it, by the name of the bucket. */
    public static final String RATE_LIMITS = "rate-limits";

    private SecurityNames() {
    }
}
