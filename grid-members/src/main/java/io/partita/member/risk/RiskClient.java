package io.partita.member.risk;

import io.partita.member.rest.ClientKey;
import io.partita.member.rest.MemberCalls;
import io.partita.member.rest.MemberCalls.Answer;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/**
 * Risk of portfolios from Java, by the REST of a member. Parameters are those of docs/risk.md and docs/stress.md, by their names there; what is left out is as
 * usual. Answers are as REST gives them. What a member refuses is a value, with its code. Thread-safe; calls block.
 */
public final class RiskClient implements AutoCloseable {

    /** A million scenarios of a large portfolio take a while. */
    private static final Duration PATIENCE = Duration.ofMinutes(5);
    private static final String PORTFOLIOS = "/portfolios/";
    private static final String SCENARIOS = "/stress/scenarios";

    private final MemberCalls calls;

    private RiskClient(URI member, ClientKey key) {
        calls = new MemberCalls(member, "/api/v1/risk", key, PATIENCE);
    }

    /**
     * @param member such as {@code http://127.0.0.1:8080}
     * @param key    what is presented to it; {@link ClientKey#usual} for tools
     */
    public static RiskClient of(URI member, ClientKey key) {
        return new RiskClient(member, key);
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
        return calls.call("POST", of(portfolio) + "/what-if" + query(with), Map.of("trades", rows), JsonNode.class);
    }

    /** All scenarios of stress, the library first. */
    public Answer<List<StressJson.Scenario>> scenarios() throws IOException, InterruptedException {
        return calls.list("GET", SCENARIOS, StressJson.Scenario[].class);
    }

    /** Makes or replaces one; the same once more changes nothing. */
    public Answer<StressJson.Scenario> put(String code, StressJson.Wanted scenario) throws IOException, InterruptedException {
        return calls.call("PUT", SCENARIOS + "/" + MemberCalls.named(code), scenario, StressJson.Scenario.class);
    }

    public Answer<String> removeScenario(String code) throws IOException, InterruptedException {
        return calls.call("DELETE", SCENARIOS + "/" + MemberCalls.named(code), null, String.class);
    }

    /** What scenarios do. @param scenarios their codes; none for all */
    public Answer<JsonNode> stress(String portfolio, List<String> scenarios, Map<String, ?> with) throws IOException, InterruptedException {
        String query = query(with);
        String named = scenarios.stream().map(code -> "scenario=" + MemberCalls.named(code)).collect(Collectors.joining("&"));
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
        return calls.call("PUT", of(portfolio) + "/history/" + MemberCalls.named(id) + query(with), null, JsonNode.class);
    }

    /** Calculates a kept result once more, and says whether it is the same. */
    public Answer<JsonNode> rerun(String portfolio, String id) throws IOException, InterruptedException {
        return calls.call("POST", of(portfolio) + "/history/" + MemberCalls.named(id) + "/rerun", null, JsonNode.class);
    }

    private static String of(String portfolio) {
        return PORTFOLIOS + MemberCalls.named(portfolio);
    }

    private static String query(Map<String, ?> with) {
        return with.isEmpty() ? "" : new TreeMap<>(with).entrySet().stream().map(one -> MemberCalls.named(one.getKey()) + "=" + MemberCalls.named(one.getValue().toString()))
                .collect(Collectors.joining("&", "?", ""));
    }

    private Answer<JsonNode> get(String path) throws IOException, InterruptedException {
        return calls.get(path, JsonNode.class);
    }

    @Override
    public void close() {
        calls.close();
    }
}
