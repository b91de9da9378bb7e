package io.partita.member.drill.report;

import io.partita.member.drill.check.Finding.Count;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** Numbers and times as people read them, the same in every form of a report. */
final class Text {

    private static final DateTimeFormatter MOMENT = DateTimeFormatter.ofPattern("d MMMM uuuu, HH:mm:ss 'UTC'", Locale.ENGLISH)
            .withZone(ZoneOffset.UTC);

    private Text() {
    }

    static String number(long number) {
        return String.format(Locale.ENGLISH, "%,d", number);
    }

    static String count(long number, String what) {
        return number(number) + " " + what + (number == 1 ? "" : "s");
    }

    /** How many of what was looked at: {@code 1 fault}, {@code 216 accounts}, and milliseconds as a span of time. */
    static String counted(Count count) {
        String what = count.what();
        int end = what.indexOf(' ') < 0 ? what.length() : what.indexOf(' ');
        String first = what.substring(0, end);
        if (first.startsWith("milliseconds")) {
            return span(count.number()) + what.substring("milliseconds".length());
        }
        return number(count.number()) + " " + (count.number() == 1 ? singular(first) : first) + what.substring(end);
    }

    private static String singular(String plural) {
        return plural.endsWith("ies") ? plural.substring(0, plural.length() - 3) + "y"
                : plural.endsWith("ches") || plural.endsWith("xes") ? plural.substring(0, plural.length() - 2)
                : plural.endsWith("s") ? plural.substring(0, plural.length() - 1) : plural;
    }

    /** A span of time: {@code 340 ms}, {@code 4.2 s}, {@code 3 min 5 s}. */
    static String span(long millis) {
        if (millis < 1_000) {
            return millis + " ms";
        }
        if (millis < 60_000) {
            return String.format(Locale.ENGLISH, "%.1f s", millis / 1_000.0);
        }
        long seconds = Math.round(millis / 1_000.0);
        return seconds / 60 + " min" + (seconds % 60 == 0 ? "" : " " + seconds % 60 + " s");
    }

    /** A latency: {@code 0.42 ms}, {@code 7.3 ms}, {@code 1.2 s}; nothing measured is a dash. */
    static String latency(long micros) {
        if (micros <= 0) {
            return "–";
        }
        double millis = micros / 1_000.0;
        if (millis >= 1_000) {
            return String.format(Locale.ENGLISH, "%.1f s", millis / 1_000);
        }
        return String.format(Locale.ENGLISH, millis < 1 ? "%.2f ms" : millis < 100 ? "%.1f ms" : "%.0f ms", millis);
    }

    /** A moment of the run, in minutes and seconds from its start: {@code 0:07.4}. */
    static String clock(long millis) {
        String sign = millis < 0 ? "-" : "";
        long tenths = Math.round(Math.abs(millis) / 100.0);
        return String.format(Locale.ENGLISH, "%s%d:%02d.%d", sign, tenths / 600, tenths / 10 % 60, tenths % 10);
    }

    static String moment(Instant moment) {
        return MOMENT.format(moment);
    }

    static String bytes(long bytes) {
        return String.format(Locale.ENGLISH, "%.1f GiB", bytes / (double) (1L << 30));
    }

    static String capital(String text) {
        return text.isEmpty() ? text : Character.toUpperCase(text.charAt(0)) + text.substring(1);
    }

    /** For a sentence that goes on in the middle of another. */
    static String uncapital(String text) {
        return text.isEmpty() ? text : Character.toLowerCase(text.charAt(0)) + text.substring(1);
    }

    /** Words that somebody else wrote, as a sentence. */
    static String sentence(String text) {
        return text.isEmpty() ? "" : capital(text) + (text.endsWith(".") || text.endsWith("?") || text.endsWith("!") ? "" : ".");
    }

    static String withoutStop(String text) {
        return text.endsWith(".") ? text.substring(0, text.length() - 1) : text;
    }
}
