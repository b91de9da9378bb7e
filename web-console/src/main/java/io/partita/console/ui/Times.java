package io.partita.console.ui;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** How the console writes times: ISO order, 24 hours, always UTC, which is what the journal is ordered by. */
public final class Times {

    private static final DateTimeFormatter SECOND = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss", Locale.ROOT).withZone(ZoneOffset.UTC);
    private static final DateTimeFormatter EXACT = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss.SSSSSS 'UTC'", Locale.ROOT).withZone(ZoneOffset.UTC);
    private static final DateTimeFormatter CLOCK = DateTimeFormatter.ofPattern("HH:mm:ss", Locale.ROOT).withZone(ZoneOffset.UTC);

    private Times() {
    }

    /** {@code 2026-11-21 01:02:03}. */
    public static String dateTime(Instant time) {
        return time == null ? "" : SECOND.format(time);
    }

    /** To the microsecond, with the zone. */
    public static String exact(Instant time) {
        return time == null ? "" : EXACT.format(time);
    }

    /** {@code 01:02:03}. */
    public static String clock(Instant time) {
        return time == null ? "" : CLOCK.format(time);
    }

    /** The time of day, or the day if that is another one than now's. */
    public static String brief(Instant time, Instant now) {
        return time == null ? "" : day(time).equals(day(now)) ? clock(time) : date(day(time));
    }

    private static LocalDate day(Instant time) {
        return LocalDate.ofInstant(time, ZoneOffset.UTC);
    }

    public static String date(LocalDate date) {
        return date == null ? "" : date.toString();
    }

    /** The two largest units: {@code 3 d 4 h}, {@code 12 min 5 s}. */
    public static String span(Duration span) {
        long seconds = Math.max(0, span.toSeconds());
        if (seconds >= 86_400) {
            return seconds / 86_400 + " d " + seconds % 86_400 / 3600 + " h";
        }
        if (seconds >= 3600) {
            return seconds / 3600 + " h " + seconds % 3600 / 60 + " min";
        }
        return seconds >= 60 ? seconds / 60 + " min " + seconds % 60 + " s" : seconds + " s";
    }
}
