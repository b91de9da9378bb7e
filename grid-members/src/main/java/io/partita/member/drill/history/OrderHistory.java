package io.partita.member.drill.history;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/** What the traders of one process were told, a line of JSON for each answer. Thread-safe. */
public final class OrderHistory implements AutoCloseable {

    private static final JsonMapper JSON = JsonMapper.shared();

    private final OutputStream file;

    private OrderHistory(OutputStream file) {
        this.file = file;
    }

    /** The file of orders that belongs to a history of transfers. */
    public static Path beside(Path history) {
        return history.resolveSibling(history.getFileName() + ".orders");
    }

    public static OrderHistory create(Path file) {
        try {
            return new OrderHistory(Files.newOutputStream(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public void add(OrderCall call) {
        byte[] line = (JSON.writeValueAsString(call) + "\n").getBytes(StandardCharsets.UTF_8);
        synchronized (this) {
            try {
                file.write(line);
            } catch (IOException e) {
                throw new UncheckedIOException("The history of orders cannot be written", e);
            }
        }
    }

    /** Hands over every answer, in the order in which they came. A last line that was torn off is as good as not written. */
    public static void forEach(Path file, Consumer<OrderCall> consumer) {
        try (BufferedReader lines = Files.newBufferedReader(file)) {
            String line = lines.readLine();
            while (line != null) {
                String next = lines.readLine();
                OrderCall call = read(file, line, next == null);
                if (call != null) {
                    consumer.accept(call);
                }
                line = next;
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static OrderCall read(Path file, String line, boolean last) {
        try {
            return JSON.readValue(line, OrderCall.class);
        } catch (JacksonException e) {
            if (last) {
                return null;
            }
            throw new IllegalArgumentException(file + " is damaged: " + line, e);
        }
    }

    @Override
    public synchronized void close() {
        try {
            file.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
