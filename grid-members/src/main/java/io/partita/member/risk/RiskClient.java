package io.partita.member.risk;

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
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Risk of portfolios from Java, by the REST of a member. Parameters are those of docs/risk.md and docs/stress.md, by their names there; what is left out is as
 * usual. Answers are as REST gives them. What a member refuses is a value, with its code. Thread-safe; calls block.
 */
public final class RiskClient implements AutoCloseable {

    private static final Duration CONNECT = Duration.ofSeconds(5);
    /** A million scenarios of a large portfolio take a while. */
    private static final Duration PATIENCE = Duration.ofMinutes(5);
    private static final int TOO_MANY = 429;
    private static final int UNAVAILABLE = 503;
    private static final String PORTFOLIOS = "/api/v1/risk/portfolios/";
    private static final String SCENARIOS = "/api/v1/risk/stress/scenarios";
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
     * @param code  the same as over REST, such as {@code LEVEL_OUT_OF_RANGE}
     * @param again whether the same may go through later
     */
    public record Refused<T>(String code, String detail, boolean again) implements Answer<T> {
    }

    private RiskClient(URI member) {
        String address = member.toString();
        this.member = address.endsWith("/") ? address.substring(0, address.length() - 1) : address;
    }

    /** @param member such as {@code http://127.0.0.1:8080} */
    public static RiskClient of(URI member) {
        return new RiskClient(member);
    }

    /** Value at risk, expected shortfall and their parts. @param with such as {@code Map.of("method", "MONTE_CARLO", "seed", 7)} */
    public Answer<JsonNode> measure(String portfolio, Map<String, ?> with) throws IOException, InterruptedException {
        return get(of(portfolio) + query(with));
    }

    /** Whether the value at risk was right. */
    public Answer<JsonNode> backtest(String portfolio, Map<String, ?> with) throws IOException, InterruptedException {
        return get(of(portfolio) + "/backtest" + query(with));
    }

    public Answer<JsonNode> greeks(String portfolio, Map<String, ?> with) throws IOException, InterruptedException {
        return get(of(portfolio) + "/greeks" + query(with));
    }

    public Answer<JsonNode> correlation(String portfolio, Map<String, ?> with) throws IOException, InterruptedException {
        return get(of(portfolio) + "/correlation" + query(with));
    }

    /** Concentration and liquidity. */
    public Answer<JsonNode> concentration(String portfolio, Map<String, ?> with) throws IOException, InterruptedException {
        return get(of(portfolio) + "/concentration" + query(with));
    }

    /** What some trades would change. @param trades quantities by symbol, as files of positions have them */
    public Answer<JsonNode> whatIf(String portfolio, Map<String, String> trades, Map<String, ?> with) throws IOException, InterruptedException {
        List<Map<String, String>> rows = new TreeMap<>(trades).entrySet().stream().map(trade -> Map.of("symbol", trade.getKey(), "quantity", trade.getValue())).toList();
        return call("POST", of(portfolio) + "/what-if" + query(with), Map.of("trades", rows), JsonNode.class);
    }

    /** All scenarios of stress, the library first. */
    public Answer<List<StressJson.Scenario>> scenarios() throws IOException, InterruptedException {
        return switch (call("GET", SCENARIOS, null, StressJson.Scenario[].class)) {
            case Done<StressJson.Scenario[]>(StressJson.Scenario[] all) -> new Done<>(List.of(all));
            case Refused<StressJson.Scenario[]>(String code, String detail, boolean again) -> new Refused<>(code, detail, again);
        };
    }

    /** Makes or replaces one; the same once more changes nothing. */
    public Answer<StressJson.Scenario> put(String code, StressJson.Wanted scenario) throws IOException, InterruptedException {
        return call("PUT", SCENARIOS + "/" + named(code), scenario, StressJson.Scenario.class);
    }

    public Answer<String> removeScenario(String code) throws IOException, InterruptedException {
        return call("DELETE", SCENARIOS + "/" + named(code), null, String.class);
    }

    /** What scenarios do. @param scenarios their codes; none for all */
    public Answer<JsonNode> stress(String portfolio, List<String> scenarios, Map<String, ?> with) throws IOException, InterruptedException {
        String query = query(with);
        String named = scenarios.stream().map(code -> "scenario=" + named(code)).collect(Collectors.joining("&"));
        return get(of(portfolio) + "/stress" + (named.isEmpty() ? query : query.isEmpty() ? "?" + named : query + "&" + named));
    }

    /** What is gained if prices and volatilities move. */
    public Answer<JsonNode> grid(String portfolio, Map<String, ?> with) throws IOException, InterruptedException {
        return get(of(portfolio) + "/stress/grid" + query(with));
    }

    /** The most likely way to lose an amount of the base currency. */
    public Answer<JsonNode> reverseStress(String portfolio, double loss, Map<String, ?> with) throws IOException, InterruptedException {
        Map<String, Object> all = new TreeMap<>(with);
        all.put("loss", loss);
        return get(of(portfolio) + "/reverse-stress" + query(all));
    }

    /** Results that were kept. @param from null for the first day, as {@code to} for the last */
    public Answer<JsonNode> history(String portfolio, LocalDate from, LocalDate to) throws IOException, InterruptedException {
        Map<String, Object> range = new TreeMap<>();
        if (from != null) {
            range.put("from", from);
        }
        if (to != null) {
            range.put("to", to);
        }
        return get(of(portfolio) + "/history" + query(range));
    }

    /** Measures and keeps the result under an id of the caller's choice; the same id once more gives the first one. */
    public Answer<JsonNode> keep(String portfolio, String id, Map<String, ?> with) throws IOException, InterruptedException {
        return call("PUT", of(portfolio) + "/history/" + named(id) + query(with), null, JsonNode.class);
    }

    /** Calculates a kept result once more, and says whether it is the same. */
    public Answer<JsonNode> rerun(String portfolio, String id) throws IOException, InterruptedException {
        return call("POST", of(portfolio) + "/history/" + named(id) + "/rerun", null, JsonNode.class);
    }

    private static String of(String portfolio) {
        return PORTFOLIOS + named(portfolio);
    }

    private static String named(String name) {
        return URLEncoder.encode(name, StandardCharsets.UTF_8).replace("+", "%20");
    }

    private static String query(Map<String, ?> with) {
        return with.isEmpty() ? "" : new TreeMap<>(with).entrySet().stream().map(one -> named(one.getKey()) + "=" + named(one.getValue().toString()))
                .collect(Collectors.joining("&", "?", ""));
    }

    private Answer<JsonNode> get(String path) throws IOException, InterruptedException {
        return call("GET", path, null, JsonNode.class);
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
