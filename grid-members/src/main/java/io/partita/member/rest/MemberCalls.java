package io.partita.member.rest;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The REST of a member as clients in Java call it. What a member refuses is a value, with its code. Thread-safe; calls block. */
public final class MemberCalls implements AutoCloseable {

    private static final Duration CONNECT = Duration.ofSeconds(5);
    private static final int ACCEPTED = 202;
    private static final int TOO_MANY = 429;
    private static final int UNAVAILABLE = 503;
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final HttpClient http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(CONNECT).build();
    private final String root;
    private final ClientKey key;
    private final Duration patience;

    /** What a member says. */
    public sealed interface Answer<T> {
    }

    /** It was done. @param value null where there is nothing to say */
    public record Done<T>(T value) implements Answer<T> {
    }

    /**
     * It was not done.
     *
     * @param code  the same as over REST, such as {@code LIMIT_NOT_FOUND}; {@code AWAITS_APPROVAL} if somebody else must agree, with the id of the request for it as detail
     * @param again whether the same may go through later
     */
    public record Refused<T>(String code, String detail, boolean again) implements Answer<T> {
    }

    /**
     * @param member   such as {@code http://127.0.0.1:8080}
     * @param under    what all paths begin with, such as {@code /api/v1/risk}
     * @param key      what is presented to it
     * @param patience how long an answer is waited for
     */
    public MemberCalls(URI member, String under, ClientKey key, Duration patience) {
        String address = member.toString();
        root = (address.endsWith("/") ? address.substring(0, address.length() - 1) : address) + under;
        this.key = key;
        this.patience = patience;
    }

    /** A name as part of a path or a query: any text may be asked for, and it is the member that knows no such thing. */
    public static String named(String name) {
        return URLEncoder.encode(name, StandardCharsets.UTF_8).replace("+", "%20");
    }

    public <T> Answer<T> get(String path, Class<T> type) throws IOException, InterruptedException {
        return call("GET", path, null, type);
    }

    /** An array as a list. */
    public <T> Answer<List<T>> list(String method, String path, Class<T[]> type) throws IOException, InterruptedException {
        return switch (call(method, path, null, type)) {
            case Done<T[]> done -> new Done<>(List.of(done.value()));
            case Refused<T[]> refused -> new Refused<>(refused.code(), refused.detail(), refused.again());
        };
    }

    /**
     * Asks.
     *
     * @param body null for none
     * @throws IOException if nobody answers, or nobody who speaks as a member does
     */
    public <T> Answer<T> call(String method, String path, Object body, Class<T> type) throws IOException, InterruptedException {
        HttpRequest.Builder request = key.present(HttpRequest.newBuilder(URI.create(root + path))).timeout(patience).header("Accept", "application/json");
        if (body != null) {
            request.header("Content-Type", "application/json");
        }
        request.method(method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(JSON.writeValueAsString(body)));
        HttpResponse<String> answer = http.send(request.build(), BodyHandlers.ofString());
        int status = answer.statusCode();
        try {
            if (status == ACCEPTED && JSON.readTree(answer.body()).has("approval")) {
                return new Refused<>("AWAITS_APPROVAL", JSON.readTree(answer.body()).path("approval").asString(), false);
            }
            if (status / 100 == 2) {
                return new Done<>(answer.body().isEmpty() ? null : JSON.readValue(answer.body(), type));
            }
            JsonNode problem = JSON.readTree(answer.body());
            return new Refused<>(problem.path("code").asString(Integer.toString(status)), problem.path("detail").asString(""),
                    status == TOO_MANY || status == UNAVAILABLE);
        } catch (JacksonException unreadable) {
            throw new IOException("what answers there with " + status + " is no member", unreadable);
        }
    }

    @Override
    public void close() {
        http.shutdownNow();
    }
}
