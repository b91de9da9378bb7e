package io.partita.member.risk.limits;

import io.partita.member.risk.limits.LimitJson.One;
import io.partita.member.risk.limits.LimitJson.OneBreach;
import io.partita.member.risk.limits.LimitJson.Seen;
import io.partita.member.risk.limits.LimitJson.Wanted;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Limits of risk, their breaches and margin from Java, by the REST of a member. What a member refuses is a value, with its code. Thread-safe; calls block.
 */
public final class RiskLimitClient implements AutoCloseable {

    private static final Duration CONNECT = Duration.ofSeconds(5);
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int TOO_MANY = 429;
    private static final int UNAVAILABLE = 503;
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final HttpClient http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(CONNECT).build();
    private final String risk;

    /** What a member says. */
    public sealed interface Answer<T> {
    }

    /** It was done. */
    public record Done<T>(T value) implements Answer<T> {
    }

    /**
     * It was not done.
     *
     * @param code  the same as over REST, such as {@code LIMIT_NOT_FOUND}
     * @param again whether the same may go through later
     */
    public record Refused<T>(String code, String detail, boolean again) implements Answer<T> {
    }

    private RiskLimitClient(URI member) {
        String address = member.toString();
        risk = (address.endsWith("/") ? address.substring(0, address.length() - 1) : address) + "/api/v1/risk";
    }

    /** @param member such as {@code http://127.0.0.1:8080} */
    public static RiskLimitClient of(URI member) {
        return new RiskLimitClient(member);
    }

    /** All limits and how they were found last, by code. */
    public Answer<List<One>> limits() throws IOException, InterruptedException {
        return list(call("GET", "/limits", null, One[].class));
    }

    /** Makes a limit, or changes its levels, its tail or whether it stops orders; it is evaluated at once. */
    public Answer<One> put(String code, Wanted limit) throws IOException, InterruptedException {
        return call("PUT", "/limits/" + code, limit, One.class);
    }

    /** Takes a limit away. */
    public Answer<Void> remove(String code) throws IOException, InterruptedException {
        return call("DELETE", "/limits/" + code, null, Void.class);
    }

    /** Holds all limits against their figures now. */
    public Answer<List<One>> evaluate() throws IOException, InterruptedException {
        return list(call("POST", "/limits/evaluations", null, One[].class));
    }

    /** The newest breaches, at most 100. */
    public Answer<List<OneBreach>> breaches(boolean openOnly) throws IOException, InterruptedException {
        return list(call("GET", "/breaches?open=" + openOnly, null, OneBreach[].class));
    }

    /** Says that a breach was seen; the same once more is the same. */
    public Answer<OneBreach> acknowledge(String number, String actor, String note) throws IOException, InterruptedException {
        return call("PUT", "/breaches/" + number + "/acknowledgement", new Seen(actor, note), OneBreach.class);
    }

    /** All margin accounts, as {@code GET /api/v1/risk/margin/accounts} tells them. */
    public Answer<JsonNode> marginAccounts() throws IOException, InterruptedException {
        return call("GET", "/margin/accounts", null, JsonNode.class);
    }

    /** The newest margin calls, as {@code GET /api/v1/risk/margin/calls} tells them. */
    public Answer<JsonNode> marginCalls(boolean openOnly) throws IOException, InterruptedException {
        return call("GET", "/margin/calls?open=" + openOnly, null, JsonNode.class);
    }

    private static <T> Answer<List<T>> list(Answer<T[]> answer) {
        return switch (answer) {
            case Done<T[]> done -> new Done<>(List.of(done.value()));
            case Refused<T[]> refused -> new Refused<>(refused.code(), refused.detail(), refused.again());
        };
    }

    private <T> Answer<T> call(String method, String path, Object body, Class<T> type) throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(risk + path)).timeout(PATIENCE).header("Accept", "application/json");
        if (body != null) {
            request.header("Content-Type", "application/json");
        }
        request.method(method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(JSON.writeValueAsString(body)));
        HttpResponse<String> answer = http.send(request.build(), BodyHandlers.ofString());
        int status = answer.statusCode();
        try {
            if (status / 100 == 2) {
                return new Done<>(type == Void.class ? null : JSON.readValue(answer.body(), type));
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
