package io.partita.member.drill.history;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A history file, read call by call; only calls that are under way are held in memory. A last line that was torn off, since its process
 * was killed, is as good as not written.
 *
 * @param node      where the process ran
 * @param nanos     monotonic time of the file's beginning
 * @param startedAt the same moment by the machine's clock
 */
public record HistoryFile(Path path, String node, long seed, long nanos, Instant startedAt) {

    private static final JsonMapper JSON = JsonMapper.shared();

    /** Opens a history; throws {@link IllegalArgumentException} if the file is none. */
    public static HistoryFile open(Path path) {
        try (BufferedReader lines = Files.newBufferedReader(path)) {
            String first = lines.readLine();
            JsonNode start = first == null ? null : JSON.readTree(first);
            if (start == null || !text(start, "event").equals("start")) {
                throw new IllegalArgumentException(path + " is no history");
            }
            return new HistoryFile(path, text(start, "node"), start.path("seed").asLong(), start.path("nanos").asLong(),
                    Instant.parse(text(start, "at")));
        } catch (JacksonException e) {
            throw new IllegalArgumentException(path + " is no history", e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Hands over every call, in the order in which they ended; those without an end come last. */
    public void forEach(Consumer<Call> consumer) {
        Map<Long, Invocation> open = new LinkedHashMap<>();
        try (BufferedReader lines = Files.newBufferedReader(path)) {
            String line = lines.readLine();
            String next;
            while ((next = lines.readLine()) != null) {
                read(line, open, consumer);
                line = next;
            }
            readLast(line, open, consumer);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        open.values().forEach(invocation -> consumer.accept(new Call(node, invocation, List.of(), Long.MAX_VALUE)));
    }

    private void readLast(String line, Map<Long, Invocation> open, Consumer<Call> consumer) {
        JsonNode event;
        try {
            event = line == null ? null : JSON.readTree(line);
        } catch (JacksonException torn) {
            return;
        }
        if (event != null) {
            read(event, open, consumer);
        }
    }

    private void read(String line, Map<Long, Invocation> open, Consumer<Call> consumer) {
        try {
            read(JSON.readTree(line), open, consumer);
        } catch (JacksonException e) {
            throw new IllegalArgumentException(path + " is damaged: " + line, e);
        }
    }

    private void read(JsonNode event, Map<Long, Invocation> open, Consumer<Call> consumer) {
        switch (text(event, "event")) {
            case "invoke" -> {
                Invocation invocation = invocation(event);
                open.put(invocation.call(), invocation);
            }
            case "complete" -> {
                Invocation invocation = open.remove(event.path("call").asLong());
                if (invocation == null) {
                    throw new IllegalArgumentException(path + ": call " + event.path("call").asLong() + " ends without a beginning");
                }
                List<Answer> answers = new ArrayList<>();
                event.path("answers").forEach(answer -> answers.add(answer(answer)));
                consumer.accept(new Call(node, invocation, answers, event.path("nanos").asLong()));
            }
            // The start, and whatever later versions add.
            default -> { }
        }
    }

    private static Invocation invocation(JsonNode event) {
        List<Movement> movements = new ArrayList<>();
        event.path("movements").forEach(movement -> movements.add(movement(movement)));
        return new Invocation(event.path("call").asLong(), event.path("client").asInt(), Invocation.Via.valueOf(text(event, "via")),
                text(event, "target"), Operation.valueOf(text(event, "operation")), movements, event.path("account").asLong(0),
                event.path("seen").asLong(0), event.path("attempt").asInt(1), event.path("nanos").asLong());
    }

    private static Movement movement(JsonNode node) {
        return new Movement(UUID.fromString(text(node, "id")), node.path("kind").asInt(), node.path("debit").asLong(0),
                node.path("credit").asLong(0), node.path("amount").asLong(-1), node.has("relatesTo") ? UUID.fromString(text(node, "relatesTo")) : null);
    }

    private static Answer answer(JsonNode node) {
        Answer.Balance balance = !node.has("debitsPosted") ? null : new Answer.Balance(node.path("debitsPosted").asLong(),
                node.path("creditsPosted").asLong(), node.path("debitsPending").asLong(), node.path("creditsPending").asLong(),
                node.path("stale").asBoolean());
        return new Answer(Outcome.valueOf(text(node, "outcome")), node.has("code") ? text(node, "code") : "", node.path("position").asLong(-1),
                node.path("sequence").asLong(0), node.path("creditSequence").asLong(0), node.path("repeated").asBoolean(false), balance);
    }

    private static String text(JsonNode node, String field) {
        return node.path(field).asString("");
    }
}
