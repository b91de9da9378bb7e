package io.partita.member.security.access;

import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How many requests a bucket lets through.
 *
 * @param count  tokens that it holds when full
 * @param period in which an empty one fills
 */
record PathLimit(String name, long count, Duration period) {

    private static final Pattern SETTING = Pattern.compile("([A-Z]+ /\\S*)=([1-9]\\d{0,8})/([sm])");

    static PathLimit perSecond(String name, long count) {
        return new PathLimit(name, count, Duration.ofSeconds(1));
    }

    /** Of a setting such as {@code POST /api/v1/auth/sign-in=20/s}; its name is the method and the path. */
    static PathLimit parse(String setting) {
        Matcher parts = SETTING.matcher(setting.trim());
        if (!parts.matches()) {
            throw new IllegalArgumentException("partita.edge.paths has '" + setting + "'; write it like POST /api/v1/auth/sign-in=20/s or =300/m");
        }
        return new PathLimit(parts.group(1), Long.parseLong(parts.group(2)), parts.group(3).equals("s") ? Duration.ofSeconds(1) : Duration.ofMinutes(1));
    }

    long nanosPerToken() {
        return Math.max(1, period.toNanos() / count);
    }
}
