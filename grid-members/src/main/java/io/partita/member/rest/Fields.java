package io.partita.member.rest;

import io.partita.time.EpochNanos;
import java.time.Instant;

/** What fields and parameters have to be; each method throws a {@link RequestProblem} that names them if they are not. */
public final class Fields {

    /** Of a name, or of a reason, that people give. */
    public static final int MOST_TEXT = 200;

    private Fields() {
    }

    /** One that has to be there. */
    public static <T> T required(String name, T value) {
        if (value == null) {
            throw RequestProblem.field(name, "is missing");
        }
        return value;
    }

    /** The id of a command of trading. */
    public static long identified(Long id) {
        if (id == null || id == 0) {
            throw RequestProblem.field("id", "is a number of your choice, not 0");
        }
        return id;
    }

    /** A count that is asked for, as of rows of a page; of a parameter. */
    public static void within(String name, int value, int most) {
        if (value < 1 || value > most) {
            throw RequestProblem.of(RequestCode.LIMIT_OUT_OF_RANGE, name + " is " + value + "; it is 1 to " + most);
        }
    }

    /** A time as nanoseconds since 1970. */
    public static long nanos(String name, Instant time) {
        try {
            return EpochNanos.of(required(name, time));
        } catch (ArithmeticException far) {
            throw RequestProblem.field(name, "is a time between 1678 and 2262");
        }
    }

    /** Some words, of {@value #MOST_TEXT} characters at most. */
    public static String text(String name, String text) {
        if (text == null || text.isBlank() || text.length() > MOST_TEXT) {
            throw RequestProblem.field(name, "has 1 to " + MOST_TEXT + " characters");
        }
        return text;
    }
}
