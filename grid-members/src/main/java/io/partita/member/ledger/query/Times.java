package io.partita.member.ledger.query;

import io.partita.member.rest.RequestProblem;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;

/** Points in time as parameters: an ISO-8601 time with an offset, or a date, which is a whole day in UTC. */
public final class Times {

    private Times() {
    }

    /** The beginning of a period; null for null. A date is its first moment. */
    public static Instant from(String name, String text) {
        return parse(name, text, 0);
    }

    /** The end of a period, not in it; null for null. A date is the first moment after it. */
    public static Instant to(String name, String text) {
        return parse(name, text, 1);
    }

    /** A point in time; null for null. A date is its last moment. */
    public static Instant at(String name, String text) {
        Instant end = parse(name, text, 1);
        return isDate(text) ? end.minusNanos(1_000) : end;
    }

    /** A date; null for null. */
    public static LocalDate date(String name, String text) {
        try {
            return text == null || text.isBlank() ? null : LocalDate.parse(text.strip());
        } catch (DateTimeException e) {
            throw RequestProblem.parameter(name, "is a date such as 2026-11-21.");
        }
    }

    private static Instant parse(String name, String text, int daysAfter) {
        if (text == null || text.isBlank()) {
            return null;
        }
        try {
            return isDate(text) ? LocalDate.parse(text.strip()).plusDays(daysAfter).atStartOfDay(ZoneOffset.UTC).toInstant()
                    // A plus sign that was not escaped arrives as a blank.
                    : OffsetDateTime.parse(text.strip().replace(' ', '+')).toInstant();
        } catch (DateTimeException e) {
            throw RequestProblem.parameter(name, "is a time such as 2026-11-21T09:30:00Z, or a date such as 2026-11-21.");
        }
    }

    private static boolean isDate(String text) {
        return text != null && text.strip().length() == 10;
    }
}
