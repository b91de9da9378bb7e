package io.partita.console.api;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * The API key by which the console asks for what all pages share. A file is read when it is there, which may be after the console has started, and again when its key is refused: the
 * first member of an empty database writes it, and somebody may put another one in its place. Thread-safe.
 */
@Component
public class ConsoleKey {

    private static final Logger log = LoggerFactory.getLogger(ConsoleKey.class);
    private static final long PAUSE_NANOS = Duration.ofSeconds(1).toNanos();

    private final String given;
    private final Path file;
    private String read;
    private long looked = System.nanoTime() - PAUSE_NANOS;
    private boolean missing;

    ConsoleKey(ConsoleProperties properties) {
        this.given = properties.console().key();
        this.file = properties.console().keyFile();
    }

    /** Nothing while there is none. */
    public synchronized Optional<String> bearer() {
        if (given != null && !given.isBlank()) {
            return Optional.of(given.strip());
        }
        if (read == null && file != null && System.nanoTime() - looked >= PAUSE_NANOS) {
            looked = System.nanoTime();
            read = look();
        }
        return Optional.ofNullable(read);
    }

    private String look() {
        try {
            String text = Files.readString(file).strip();
            missing = false;
            return text.isEmpty() ? null : text;
        } catch (IOException e) {
            if (!missing) {
                log.info("Waiting for the console's key in {}", file);
            }
            missing = true;
            return null;
        }
    }

    /** It was refused: the next question reads the file again. */
    synchronized void refused() {
        read = null;
    }
}
