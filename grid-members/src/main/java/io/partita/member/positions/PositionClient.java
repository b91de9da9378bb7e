package io.partita.member.positions;

import io.partita.member.positions.RowJson.PositionRows;
import io.partita.member.positions.RowJson.PriceRows;
import io.partita.member.positions.RowJson.Taken;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.LocalDate;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Prices, positions from elsewhere and portfolios from Java, by the REST of a member. What a member refuses is a value, with its code. Thread-safe;
 * calls block.
 */
public final class PositionClient implements AutoCloseable {

    private static final Duration CONNECT = Duration.ofSeconds(5);
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int TOO_MANY = 429;
    private static final int UNAVAILABLE = 503;
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final HttpClient http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(CONNECT).build();
    private final String member;

    /** What a member says. */
    public sealed interface Answer<T> {
    }

    /** It was done. */
    public record Done<T>(T value) implements Answer<T> {
    }

    /**
     * It was not done.
     *
     * @param code  the same as over REST, such as {@code BATCH_TOO_LARGE}
     * @param again whether the same may go through later
     */
    public record Refused<T>(String code, String detail, boolean again) implements Answer<T> {
    }

    private PositionClient(URI member) {
        String address = member.toString();
        this.member = address.endsWith("/") ? address.substring(0, address.length() - 1) : address;
    }

    /** @param member such as {@code http://127.0.0.1:8080} */
    public static PositionClient of(URI member) {
        return new PositionClient(member);
    }

    /** Takes daily prices; the same once more changes nothing. */
    public Answer<Taken> take(PriceRows rows) throws IOException, InterruptedException {
        return call("POST", "/api/v1/prices", rows, Taken.class);
    }

    /** Takes positions from elsewhere; the same once more changes nothing. */
    public Answer<Taken> take(PositionRows rows) throws IOException, InterruptedException {
        return call("POST", "/api/v1/positions/imports", rows, Taken.class);
    }

    /** What a portfolio is worth and has gained, as {@code GET /api/v1/portfolios/{code}} tells it. @param day null for today */
    public Answer<JsonNode> value(String code, LocalDate day) throws IOException, InterruptedException {
        return call("GET", "/api/v1/portfolios/" + code + (day == null ? "" : "?day=" + day), null, JsonNode.class);
    }

    private <T> Answer<T> call(String method, String path, Object body, Class<T> type) throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(member + path)).timeout(PATIENCE).header("Accept", "application/json");
        if (body != null) {
            request.header("Content-Type", "application/json");
        }
        request.method(method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(JSON.writeValueAsString(body)));
        HttpResponse<String> answer = http.send(request.build(), BodyHandlers.ofString());
        int status = answer.statusCode();
        try {
            if (status / 100 == 2) {
                return new Done<>(JSON.readValue(answer.body(), type));
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
