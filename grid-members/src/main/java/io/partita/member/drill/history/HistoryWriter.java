package io.partita.member.drill.history;

import java.io.IOException;
import java.io.OutputStream;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/**
 * Writes the history of one process. Each line is handed to the operating system before the call that it tells of goes on, so that the
 * history outlives a process that is killed. Holds nothing in memory. Thread-safe.
 */
public final class HistoryWriter implements AutoCloseable {

    private final JsonFactory json = new JsonFactory();
    private final OutputStream file;
    private long calls;

    private final LongSupplier nanos;

    private HistoryWriter(OutputStream file, LongSupplier nanos) {
        this.file = file;
        this.nanos = nanos;
    }

    /**
     * A new history.
     *
     * @param node where the process runs; the name by which calls go in reports
     */
    public static HistoryWriter create(Path file, String node, long seed) {
        return create(file, node, seed, System::nanoTime);
    }

    /** A new history by another clock than this machine's. */
    public static HistoryWriter create(Path file, String node, long seed, LongSupplier nanos) {
        try {
            HistoryWriter writer = new HistoryWriter(Files.newOutputStream(file), nanos);
            writer.write(out -> {
                out.writeStringProperty("event", "start");
                out.writeStringProperty("node", node);
                out.writeNumberProperty("seed", seed);
                out.writeNumberProperty("nanos", nanos.getAsLong());
                out.writeStringProperty("at", Instant.now().toString());
            });
            return writer;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Notes that a client asks for transfers; returns the call's number. */
    public long invoke(int client, Invocation.Via via, String target, Operation operation, List<Movement> movements, int attempt) {
        return invoke(new Invocation(nextCall(), client, via, target, operation, movements, 0, 0, attempt, nanos.getAsLong()));
    }

    /** Notes that a client asks about an account; returns the call's number. */
    public long invoke(int client, Invocation.Via via, String target, Operation operation, long account, long seen) {
        return invoke(new Invocation(nextCall(), client, via, target, operation, List.of(), account, seen, 1, nanos.getAsLong()));
    }

    private synchronized long nextCall() {
        return ++calls;
    }

    private long invoke(Invocation invocation) {
        write(out -> {
            out.writeStringProperty("event", "invoke");
            out.writeNumberProperty("call", invocation.call());
            out.writeNumberProperty("client", invocation.client());
            out.writeStringProperty("via", invocation.via().name());
            out.writeStringProperty("target", invocation.target());
            out.writeStringProperty("operation", invocation.operation().name());
            if (invocation.account() != 0) {
                out.writeNumberProperty("account", invocation.account());
            }
            if (invocation.seen() != 0) {
                out.writeNumberProperty("seen", invocation.seen());
            }
            if (invocation.attempt() != 1) {
                out.writeNumberProperty("attempt", invocation.attempt());
            }
            out.writeNumberProperty("nanos", invocation.nanos());
            if (!invocation.movements().isEmpty()) {
                out.writeArrayPropertyStart("movements");
                invocation.movements().forEach(movement -> write(out, movement));
                out.writeEndArray();
            }
        });
        return invocation.call();
    }

    private static void write(JsonGenerator out, Movement movement) {
        out.writeStartObject();
        out.writeStringProperty("id", movement.id().toString());
        out.writeNumberProperty("kind", movement.kind());
        if (movement.debit() != 0) {
            out.writeNumberProperty("debit", movement.debit());
        }
        if (movement.credit() != 0) {
            out.writeNumberProperty("credit", movement.credit());
        }
        if (movement.amount() >= 0) {
            out.writeNumberProperty("amount", movement.amount());
        }
        if (movement.relatesTo() != null) {
            out.writeStringProperty("relatesTo", movement.relatesTo().toString());
        }
        out.writeEndObject();
    }

    /** Notes how a call ended: one answer for each movement, or one for the read. */
    public void complete(long call, List<Answer> answers) {
        long now = nanos.getAsLong();
        write(out -> {
            out.writeStringProperty("event", "complete");
            out.writeNumberProperty("call", call);
            out.writeNumberProperty("nanos", now);
            out.writeArrayPropertyStart("answers");
            answers.forEach(answer -> write(out, answer));
            out.writeEndArray();
        });
    }

    private static void write(JsonGenerator out, Answer answer) {
        out.writeStartObject();
        out.writeStringProperty("outcome", answer.outcome().name());
        if (!answer.code().isEmpty()) {
            out.writeStringProperty("code", answer.code());
        }
        if (answer.outcome() == Outcome.OK) {
            if (answer.position() >= 0) {
                out.writeNumberProperty("position", answer.position());
            }
            out.writeNumberProperty("sequence", answer.debitSequence());
            if (answer.creditSequence() != 0) {
                out.writeNumberProperty("creditSequence", answer.creditSequence());
            }
            if (answer.repeated()) {
                out.writeBooleanProperty("repeated", true);
            }
        }
        if (answer.balance() != null) {
            out.writeNumberProperty("debitsPosted", answer.balance().debitsPosted());
            out.writeNumberProperty("creditsPosted", answer.balance().creditsPosted());
            out.writeNumberProperty("debitsPending", answer.balance().debitsPending());
            out.writeNumberProperty("creditsPending", answer.balance().creditsPending());
            out.writeBooleanProperty("stale", answer.balance().stale());
        }
        out.writeEndObject();
    }

    private void write(Consumer<JsonGenerator> content) {
        StringWriter line = new StringWriter(256);
        try (JsonGenerator out = json.createGenerator(ObjectWriteContext.empty(), line)) {
            out.writeStartObject();
            content.accept(out);
            out.writeEndObject();
        }
        byte[] bytes = line.append('\n').toString().getBytes(StandardCharsets.UTF_8);
        synchronized (this) {
            try {
                file.write(bytes);
            } catch (IOException e) {
                throw new UncheckedIOException("The history cannot be written", e);
            }
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
