package io.partita.ledger.proof;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.StreamWriteFeature;
import tools.jackson.core.json.JsonFactory;

/** JSON texts of evidence: written by a generator, read strictly (no name twice, nothing after the end). */
final class Json {

    private static final JsonFactory FACTORY = JsonFactory.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .disable(StreamWriteFeature.AUTO_CLOSE_TARGET)
            .rootValueSeparator((String) null)
            .build();
    /** No object of ours nests deeper. */
    private static final int MAX_DEPTH = 8;

    private Json() {
    }

    static JsonGenerator generator(java.io.OutputStream out) {
        return FACTORY.createGenerator(ObjectWriteContext.empty(), out);
    }

    /** What the writer writes, as text. */
    static String text(Consumer<JsonGenerator> writer) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (JsonGenerator out = generator(bytes)) {
            writer.accept(out);
        }
        return bytes.toString(StandardCharsets.UTF_8);
    }

    static Fields fields(String json) {
        return fields(json.getBytes(StandardCharsets.UTF_8));
    }

    /** The members of a JSON object; throws {@link IllegalArgumentException} for any other text. */
    static Fields fields(byte[] json) {
        try (JsonParser in = FACTORY.createParser(ObjectReadContext.empty(), json, 0, json.length)) {
            if (in.nextToken() != JsonToken.START_OBJECT) {
                throw new IllegalArgumentException("Not a JSON object");
            }
            Map<String, Object> members = object(in, 1);
            if (in.nextToken() != null) {
                throw new IllegalArgumentException("Something follows the JSON object");
            }
            return new Fields("", members);
        } catch (JacksonException e) {
            throw new IllegalArgumentException("Malformed JSON: " + e.getOriginalMessage(), e);
        }
    }

    private static Map<String, Object> object(JsonParser in, int depth) {
        Map<String, Object> members = new LinkedHashMap<>();
        for (String name; (name = in.nextName()) != null; ) {
            members.put(name, value(in, in.nextToken(), depth + 1));
        }
        return members;
    }

    private static Object value(JsonParser in, JsonToken token, int depth) {
        if (depth > MAX_DEPTH) {
            throw new IllegalArgumentException("JSON nests too deeply");
        }
        return switch (token) {
            case VALUE_STRING -> in.getString();
            case VALUE_NUMBER_INT -> in.getLongValue();
            case START_OBJECT -> object(in, depth);
            case START_ARRAY -> {
                List<Object> elements = new ArrayList<>();
                for (JsonToken next; (next = in.nextToken()) != JsonToken.END_ARRAY; ) {
                    elements.add(value(in, next, depth + 1));
                }
                yield elements;
            }
            default -> throw new IllegalArgumentException("Unexpected " + token + " in JSON");
        };
    }
}
