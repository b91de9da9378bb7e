package io.partita.member.security.access;

import org.springframework.http.server.PathContainer;
import org.springframework.web.util.pattern.PathPattern;

/**
 * Who may send one kind of request.
 *
 * @param method  GET also for HEAD; {@code *} for any
 * @param pattern as the endpoint has it
 */
public record AccessRule(String method, PathPattern pattern, Need need, Own own) {

    static final String ANY_METHOD = "*";

    boolean takes(String asked) {
        return method.equals(ANY_METHOD) || method.equals(asked) || method.equals("GET") && asked.equals("HEAD");
    }

    boolean matches(PathContainer path) {
        return pattern.matches(path);
    }

    /** The path as it was declared. */
    public String path() {
        return pattern.getPatternString();
    }

    @Override
    public String toString() {
        return method + " " + path();
    }
}
