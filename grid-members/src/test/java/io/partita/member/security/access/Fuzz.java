package io.partita.member.security.access;

import io.partita.member.testing.Http;
import io.partita.member.testing.TestMember;
import java.io.UncheckedIOException;
import java.net.URLEncoder;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Requests made at random from what a member says of itself: mostly of the right shape, with values from the edges of what there is, and now and then of none. */
final class Fuzz {

    private static final JsonMapper JSON = JsonMapper.shared();
    private static final String[] TEXTS = {"", " ", "0", "-1", "1", "9223372036854775807", "-9223372036854775808", "9223372036854775808", "1e400", "NaN", "null", "EUR", "XXX", "ACME", "true",
        "2026-02-30", "2026-11-22", "0000-01-01", "+999999999-12-31", "2026-11-22T10:00:00Z", "+1000000000-12-31T23:59:59Z", "-1000000000-01-01T00:00:00Z", "1.000000000000000000001",
        "0199c3a4-7f00-7000-8000-0000000000aa", "' or 1=1 --", "\u0000", "\u0001\n\r\t", "\ud83d\ude00", "\ud800", "../../../etc/passwd", "%s%n%x", "${jndi:ldap://localhost/a}", "<script>", "a".repeat(300),
        "\\", "*", "_", "%"};
    private static final long[] NUMBERS = {0, 1, -1, 2, 7, 100, 10_000, Integer.MAX_VALUE, Integer.MIN_VALUE, Long.MAX_VALUE, Long.MIN_VALUE, Long.MAX_VALUE - 1};

    private final TestMember member;
    private final long seed;
    private final SplittableRandom random;
    private JsonNode description;

    Fuzz(TestMember member, long seed) {
        this.member = member;
        this.seed = seed;
        this.random = new SplittableRandom(seed);
    }

    /** Sends so many requests to each operation; returns what was answered by a fault, or not at all. */
    List<String> run(int each) {
        description = Http.get(member.uri("/v3/api-docs")).json();
        List<String> faults = new ArrayList<>();
        for (Map.Entry<String, JsonNode> path : description.path("paths").properties()) {
            for (Map.Entry<String, JsonNode> operation : path.getValue().properties()) {
                for (int i = 0; i < each; i++) {
                    send(path.getKey(), operation.getKey().toUpperCase(java.util.Locale.ROOT), operation.getValue(), faults);
                }
            }
        }
        return faults;
    }

    private void send(String path, String method, JsonNode operation, List<String> faults) {
        String address = path;
        StringBuilder query = new StringBuilder();
        List<String> headers = new ArrayList<>();
        for (JsonNode parameter : operation.path("parameters")) {
            String name = parameter.path("name").asString();
            String value = text(parameter.path("schema"));
            switch (parameter.path("in").asString()) {
                case "path" -> address = address.replace("{" + name + "}", encoded(value.isEmpty() ? "x" : value));
                case "query" -> {
                    if (parameter.path("required").asBoolean() || random.nextInt(3) > 0) {
                        query.append(query.isEmpty() ? '?' : '&').append(encoded(name)).append('=').append(encoded(value));
                    }
                }
                default -> {
                    if (value.chars().allMatch(character -> character >= ' ' && character < 127)) {
                        headers.addAll(List.of(name, value));
                    }
                }
            }
        }
        JsonNode content = operation.path("requestBody").path("content");
        String type = content.isMissingNode() || content.isEmpty() ? null : content.propertyNames().iterator().next();
        String body = type == null ? "" : type.equals("application/json") ? body(content.path(type).path("schema")) : TEXTS[random.nextInt(TEXTS.length)];
        String asked = method + " " + address + query;
        try {
            var request = Http.request(member.uri(address + query), headers.toArray(String[]::new));
            if (type != null) {
                request.header("Content-Type", type);
            }
            Http.Answer answer = Http.send(request.method(method, type == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body)));
            // What cannot be done now is said with a code that is documented.
            boolean later = answer.status() == 503 && !answer.text("code").isEmpty();
            if (answer.status() >= 500 && !later) {
                faults.add("seed " + seed + ": " + asked + " " + body + "\n    " + answer);
            }
        } catch (UncheckedIOException silent) {
            faults.add("seed " + seed + ": " + asked + " " + body + "\n    " + silent);
        } catch (IllegalArgumentException notSendable) {
            // A client that keeps to HTTP does not send it.
        }
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    private String text(JsonNode schema) {
        return random.nextInt(3) == 0 ? TEXTS[random.nextInt(TEXTS.length)] : value(schema, 0).asString("");
    }

    private String body(JsonNode schema) {
        String whole = value(schema, 0).toString();
        return switch (random.nextInt(12)) {
            case 0 -> whole.substring(0, random.nextInt(whole.length() + 1));
            case 1 -> "[".repeat(200);
            case 2 -> "null";
            default -> whole;
        };
    }

    private JsonNode value(JsonNode schema, int depth) {
        if (schema.has("$ref")) {
            String name = schema.path("$ref").asString();
            return value(description.path("components").path("schemas").path(name.substring(name.lastIndexOf('/') + 1)), depth + 1);
        }
        if (depth > 8 || random.nextInt(25) == 0) {
            return JSON.getNodeFactory().nullNode();
        }
        if (schema.has("enum")) {
            return schema.path("enum").get(random.nextInt(schema.path("enum").size()));
        }
        if (schema.has("example") && random.nextBoolean()) {
            return schema.path("example");
        }
        return switch (kind(schema)) {
            case "object" -> object(schema, depth);
            case "array" -> array(schema, depth);
            case "integer" -> JSON.getNodeFactory().numberNode(NUMBERS[random.nextInt(NUMBERS.length)]);
            case "number" -> JSON.getNodeFactory().numberNode(random.nextInt(4) == 0 ? 1e308 : NUMBERS[random.nextInt(NUMBERS.length)] / 7.0);
            case "boolean" -> JSON.getNodeFactory().booleanNode(random.nextBoolean());
            default -> JSON.getNodeFactory().stringNode(TEXTS[random.nextInt(TEXTS.length)]);
        };
    }

    /** OpenAPI 3.1 may list several. */
    private static String kind(JsonNode schema) {
        JsonNode type = schema.path("type");
        return type.isArray() ? type.path(0).asString("") : type.asString("");
    }

    private ObjectNode object(JsonNode schema, int depth) {
        ObjectNode object = JSON.createObjectNode();
        for (Map.Entry<String, JsonNode> property : schema.path("properties").properties()) {
            if (random.nextInt(8) > 0) {
                object.set(property.getKey(), value(property.getValue(), depth + 1));
            }
        }
        if (schema.path("additionalProperties").isObject()) {
            object.set(TEXTS[random.nextInt(TEXTS.length)], value(schema.path("additionalProperties"), depth + 1));
        }
        return object;
    }

    private ArrayNode array(JsonNode schema, int depth) {
        ArrayNode array = JSON.createArrayNode();
        int size = random.nextInt(4);
        for (int i = 0; i < size; i++) {
            array.add(value(schema.path("items"), depth + 1));
        }
        return array;
    }
}
