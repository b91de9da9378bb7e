package io.partita.member.trading;

import java.util.Optional;

/**
 * Where a page of what has a time, an instrument and a number there ends, so that the next one begins behind it. The time alone would not do:
 * what comes to a book together has the same.
 *
 * @param time nanoseconds since 1970
 */
public record PageEnd(long time, long instrument, long number) {

    /** As {@link #toString} has it; empty if it is none. */
    public static Optional<PageEnd> parse(String text) {
        String[] parts = text.split("\\.", 4);
        try {
            return parts.length != 3 ? Optional.empty()
                    : Optional.of(new PageEnd(Long.parseLong(parts[0]), Long.parseLong(parts[1]), Long.parseLong(parts[2])));
        } catch (NumberFormatException wrong) {
            return Optional.empty();
        }
    }

    @Override
    public String toString() {
        return time + "." + instrument + "." + number;
    }
}
