package io.partita.member.rest;

import io.partita.ledger.Refusal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.Collection;
import java.util.Map;
import java.util.UUID;
import org.springframework.http.converter.HttpMessageNotReadableException;
import tools.jackson.core.JacksonException;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.core.exc.InputCoercionException;
import tools.jackson.core.exc.StreamReadException;
import tools.jackson.databind.exc.InvalidFormatException;
import tools.jackson.databind.exc.MismatchedInputException;
import tools.jackson.databind.exc.UnrecognizedPropertyException;
import tools.jackson.databind.exc.ValueInstantiationException;

/** Says in the caller's terms what is wrong with a JSON body: which field, and what it must be. */
final class JsonProblems {

    private JsonProblems() {
    }

    static RequestProblem of(HttpMessageNotReadableException failure) {
        return switch (failure.getCause()) {
            case UnrecognizedPropertyException unknown -> RequestProblem.of(RequestCode.UNKNOWN_PROPERTY,
                    path(unknown) + " is not known here; known are " + unknown.getKnownPropertyIds() + ".").with("field", path(unknown));
            case InvalidFormatException format -> field(format,
                    "'" + clipped(format.getValue()) + "' is not " + expected(format.getTargetType()) + ".");
            case MismatchedInputException mismatch when mismatch.getPath().isEmpty() && mismatch.getCurrentToken() == null ->
                    RequestProblem.of(RequestCode.MALFORMED_JSON, "The body is empty or ends too early.");
            case MismatchedInputException mismatch -> field(mismatch, "must be " + expected(mismatch.getTargetType()) + ".");
            case ValueInstantiationException value when value.getCause() instanceof RequestProblem problem -> field(value, problem.getMessage());
            case ValueInstantiationException value -> field(value, value.getCause() == null
                    ? "must be " + expected(value.getType().getRawClass()) + "." : value.getCause().getMessage());
            case InputCoercionException range -> field(range, "must be " + expected(range.getTargetType()) + ".");
            case StreamReadException syntax -> RequestProblem.of(RequestCode.MALFORMED_JSON, syntax.getOriginalMessage() + at(syntax));
            case JacksonException other -> other.getPath().isEmpty()
                    ? RequestProblem.of(RequestCode.MALFORMED_JSON, other.getOriginalMessage()) : field(other, other.getOriginalMessage());
            case null, default -> RequestProblem.of(RequestCode.MALFORMED_JSON, "The body is missing or was cut off.");
        };
    }

    private static RequestProblem field(JacksonException failure, String detail) {
        String path = path(failure);
        return path.isEmpty() ? RequestProblem.of(Refusal.INVALID_REQUEST, "The body " + detail) : RequestProblem.field(path, detail);
    }

    /** As in {@code transfers[3].amount}. */
    private static String path(JacksonException failure) {
        StringBuilder path = new StringBuilder();
        for (JacksonException.Reference step : failure.getPath()) {
            if (step.getPropertyName() == null) {
                path.append('[').append(step.getIndex()).append(']');
            } else {
                path.append(path.isEmpty() ? "" : ".").append(clipped(step.getPropertyName()));
            }
        }
        return path.toString();
    }

    private static String at(StreamReadException failure) {
        TokenStreamLocation location = failure.getLocation();
        return location == null ? "" : " (line " + location.getLineNr() + ", column " + location.getColumnNr() + ")";
    }

    /** What a type looks like on the wire. */
    static String expected(Class<?> type) {
        if (type == null) {
            return "of this kind";
        }
        if (type.isEnum()) {
            return "one of " + Arrays.toString(type.getEnumConstants());
        }
        if (type == UUID.class) {
            return "a UUID such as 0197f3a0-7c1e-7d3b-9f00-3f4b5c6d7e8f";
        }
        if (type == Instant.class) {
            return "a time such as 2026-01-31T12:00:00Z";
        }
        if (type == LocalDate.class) {
            return "a date such as 2026-01-31";
        }
        if (type == AccountId.class) {
            return "an account id, a positive number such as \"1001\"";
        }
        if (type == boolean.class || type == Boolean.class) {
            return "true or false";
        }
        if (type.isPrimitive() || Number.class.isAssignableFrom(type)) {
            return "a whole number in range";
        }
        if (type == String.class) {
            return "a string";
        }
        if (Collection.class.isAssignableFrom(type)) {
            return "a list";
        }
        return Map.class.isAssignableFrom(type) || type.isRecord() ? "an object" : "of this kind";
    }

    private static String clipped(Object value) {
        String text = String.valueOf(value);
        return text.length() > 60 ? text.substring(0, 60) + "..." : text;
    }
}
