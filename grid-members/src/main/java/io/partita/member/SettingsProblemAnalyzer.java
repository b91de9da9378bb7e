package io.partita.member;

import java.time.Duration;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.bind.validation.BindValidationException;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.util.unit.DataSize;
import org.springframework.validation.FieldError;

/** Names each wrong setting, its value, and what it has to be. */
@Order(Ordered.HIGHEST_PRECEDENCE)
final class SettingsProblemAnalyzer extends AbstractFailureAnalyzer<BindException> {

    private static final String ACTION = "Correct it where it is set: on the command line, in the environment or in application.yml.";

    @Override
    protected FailureAnalysis analyze(Throwable failure, BindException problem) {
        return new FailureAnalysis(describe(problem), ACTION, problem);
    }

    private static String describe(BindException problem) {
        for (Throwable cause = problem.getCause(); cause != null; cause = cause.getCause()) {
            if (cause instanceof BindValidationException invalid) {
                return invalid.getValidationErrors().getAllErrors().stream().map(error -> error instanceof FieldError field
                        ? invalid.getValidationErrors().getName() + "." + dashed(field.getField()) + " is '" + field.getRejectedValue()
                        + "': " + field.getDefaultMessage() : error.toString()).sorted().collect(Collectors.joining("\n"));
            }
        }
        if (problem.getProperty() == null) {
            return root(problem).getMessage();
        }
        return problem.getName() + " is '" + problem.getProperty().getValue() + "': " + expected(problem);
    }

    private static String expected(BindException problem) {
        Class<?> type = problem.getTarget().getType().resolve(Object.class);
        if (type.isEnum()) {
            return "is one of " + Arrays.toString(type.getEnumConstants());
        }
        if (type == boolean.class) {
            return "is true or false";
        }
        if (type == int.class || type == long.class) {
            return "is a whole number";
        }
        if (type == Duration.class) {
            return "is a time span such as 10s, 500ms or 2m";
        }
        return type == DataSize.class ? "is a size such as 8MB" : root(problem).getMessage();
    }

    private static Throwable root(Throwable failure) {
        Throwable root = failure;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return root;
    }

    private static String dashed(String field) {
        return field.replaceAll("([a-z])([A-Z])", "$1-$2").toLowerCase(java.util.Locale.ROOT);
    }
}
