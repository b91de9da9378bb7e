package io.partita.console.api;

import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.function.Function;

/** What a member answered to one request. */
public sealed interface Answer<T> {

    /** It did what was asked. */
    record Done<T>(T value) implements Answer<T> {
    }

    /** It refused, and said why. */
    record Refused<T>(Problem problem) implements Answer<T> {
    }

    /** No member answered, or not in time: whether a command was carried out is not known. */
    record Unreachable<T>(String why) implements Answer<T> {
    }

    default Optional<T> found() {
        return this instanceof Done<T>(T value) ? Optional.ofNullable(value) : Optional.empty();
    }

    /** The value, for callers that treat anything else as a failure of the page. */
    default T orThrow() {
        return switch (this) {
            case Done<T>(T value) -> value;
            case Refused<T>(Problem problem) -> throw new NoSuchElementException(problem.code() + ": " + problem.meaning());
            case Unreachable<T>(String why) -> throw new MemberUnavailable(why);
        };
    }

    default <R> Answer<R> map(Function<T, R> change) {
        return switch (this) {
            case Done<T>(T value) -> new Done<>(change.apply(value));
            case Refused<T>(Problem problem) -> new Refused<>(problem);
            case Unreachable<T>(String why) -> new Unreachable<>(why);
        };
    }
}
