package io.partita.member.testing;

import io.partita.member.rest.ClientKey;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Plain HTTP over a real socket. */
public final class Http {

    private static final HttpClient CLIENT = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(5)).build();
    private static final JsonMapper JSON = JsonMapper.builder().build();

    /** By port: what a member there knows its tests by. */
    private static final Map<Integer, ClientKey> KEYS = new ConcurrentHashMap<>();

    private Http() {
    }

    /** From now on requests to a port of this machine present a key, unless they say themselves who they are. */
    public static void register(int port, ClientKey key) {
        KEYS.put(port, key);
    }

    /** The key for a port of this machine. */
    public static ClientKey key(int port) {
        return KEYS.getOrDefault(port, ClientKey.NONE);
    }

    /** An answer. */
    public record Answer(HttpResponse<String> response) {

        public int status() {
            return response.statusCode();
        }

        public String body() {
            return response.body();
        }

        public String header(String name) {
            return response.headers().firstValue(name).orElse(null);
        }

        public JsonNode json() {
            return JSON.readTree(body());
        }

        /** A member of the answer as text, by its path as in {@code account.name}; empty if absent. */
        public String text(String path) {
            return json().at("/" + path.replace('.', '/')).asString("");
        }

        @Override
        public String toString() {
            return status() + " " + body();
        }
    }

    public static Answer get(URI uri, String... headers) {
        return send(request(uri, headers).GET());
    }

    public static Answer post(URI uri, String json, String... headers) {
        return send(request(uri, headers).header("Content-Type", "application/json").POST(HttpRequest.BodyPublishers.ofString(json)));
    }

    public static Answer patch(URI uri, String json, String... headers) {
        return send(request(uri, headers).header("Content-Type", "application/json")
                .method("PATCH", HttpRequest.BodyPublishers.ofString(json)));
    }

    public static Answer send(HttpRequest.Builder request) {
        try {
            return new Answer(CLIENT.send(signed(request.timeout(Duration.ofSeconds(30)).build()), HttpResponse.BodyHandlers.ofString()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static HttpRequest signed(HttpRequest request) {
        return request.headers().firstValue("Authorization").isPresent() ? request
                : key(request.uri().getPort()).present(HttpRequest.newBuilder(request, (name, value) -> true)).build();
    }

    /** Says that a request is nobody's. */
    public static final String[] NOBODY = {"Authorization", "none"};

    public static HttpRequest.Builder request(URI uri, String... headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(uri);
        for (int i = 0; i < headers.length; i += 2) {
            request.header(headers[i], headers[i + 1]);
        }
        return request;
    }
}
