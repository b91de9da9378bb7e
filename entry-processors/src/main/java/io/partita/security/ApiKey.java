package io.partita.security;

import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An API key as its holder presents it: {@code pk_ID_SECRET}. The id is no secret and names the key in lists and logs; the secret has 190 bits, and only its hash is kept.
 *
 * @param id     12 characters
 * @param secret 40 characters
 */
public record ApiKey(String id, String secret) {

    /** How every key begins, and no access token. */
    public static final String PREFIX = "pk_";

    private static final Pattern SHAPE = Pattern.compile("pk_([a-z0-9]{12})_([a-z0-9]{40})");

    /** A new one. */
    public static ApiKey random(RandomGenerator random) {
        return new ApiKey(Secrets.readable(random, 12), Secrets.readable(random, 40));
    }

    /** The key that a text is; empty if it is none. */
    public static Optional<ApiKey> parse(String text) {
        Matcher matcher = SHAPE.matcher(text);
        return matcher.matches() ? Optional.of(new ApiKey(matcher.group(1), matcher.group(2))) : Optional.empty();
    }

    /** As it is handed to its holder, once. */
    public String text() {
        return PREFIX + id + '_' + secret;
    }

    /** Without the secret: this may get into a log. */
    @Override
    public String toString() {
        return PREFIX + id + "_...";
    }
}
