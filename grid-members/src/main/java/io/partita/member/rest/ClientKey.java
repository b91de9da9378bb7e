package io.partita.member.rest;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpRequest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/**
 * What a program presents to members: an API key, or nothing. Programs on a member's machine find the operator's key where that member has left it.
 *
 * @param text empty for none
 */
public record ClientKey(String text) {

    /** Of callers who are nobody. */
    public static final ClientKey NONE = new ClientKey("");

    /** The key itself, in the environment. */
    public static final String VARIABLE = "PARTITA_KEY";
    /** A file with it, in the environment. */
    public static final String FILE_VARIABLE = "PARTITA_KEY_FILE";

    private static final Path DATA = Path.of("data");

    /**
     * The key in a file.
     *
     * @throws UncheckedIOException if it cannot be read
     */
    public static ClientKey read(Path file) {
        try {
            return new ClientKey(Files.readString(file).strip());
        } catch (IOException unreadable) {
            throw new UncheckedIOException("The key in " + file + " cannot be read: " + unreadable, unreadable);
        }
    }

    /** That of {@value #VARIABLE}, else in the file of {@value #FILE_VARIABLE}, else in {@code data/operator.key} if that can be read, else none. */
    public static ClientKey usual() {
        return usual(DATA);
    }

    /** The same beside another data folder. */
    public static ClientKey usual(Path data) {
        return usual(System.getenv(), data.resolve("operator.key"));
    }

    private static ClientKey usual(Map<String, String> environment, Path operator) {
        String key = environment.getOrDefault(VARIABLE, "");
        String file = environment.getOrDefault(FILE_VARIABLE, "");
        return !key.isBlank() ? new ClientKey(key.strip()) : !file.isBlank() ? read(Path.of(file)) : Files.isReadable(operator) ? read(operator) : NONE;
    }

    /** Presents it with a request. */
    public HttpRequest.Builder present(HttpRequest.Builder request) {
        return text.isEmpty() ? request : request.setHeader("Authorization", "Bearer " + text);
    }

    /** Without the secret. */
    @Override
    public String toString() {
        return text.isEmpty() ? "no key" : "a key";
    }
}
