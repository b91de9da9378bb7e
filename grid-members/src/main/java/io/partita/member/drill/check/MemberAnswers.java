package io.partita.member.drill.check;

import io.partita.member.rest.ClientKey;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Currency;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What members answer over REST. Methods throw {@link UncheckedIOException} where a member does not answer. Thread-safe. */
final class MemberAnswers {

    private static final JsonMapper JSON = JsonMapper.shared();
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final int PAGE = 200;

    private final HttpClient http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(Duration.ofSeconds(2)).build();

    private final ClientKey key;

    MemberAnswers(ClientKey key) {
        this.key = key;
    }

    /** A cluster as one of its members sees it. */
    record Cluster(TreeSet<String> members, long term, boolean serving, int shardsServing, int shards) {
    }

    Optional<JsonNode> get(URI member, String path) {
        try {
            HttpResponse<String> response = http.send(key.present(HttpRequest.newBuilder(member.resolve(path))).timeout(PATIENCE).GET().build(),
                    HttpResponse.BodyHandlers.ofString());
            if (response.statusCode() == 404) {
                return Optional.empty();
            }
            if (response.statusCode() != 200) {
                throw new IOException(member.resolve(path) + " answers " + response.statusCode() + " " + response.body());
            }
            return Optional.of(JSON.readTree(response.body()));
        } catch (IOException e) {
            throw new UncheckedIOException(member + ": " + e, e);
        } catch (JacksonException e) {
            throw new UncheckedIOException(member + ": no JSON", new IOException(e));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new UncheckedIOException(new IOException(e));
        }
    }

    Cluster cluster(URI member) {
        JsonNode grid = get(member, "/api/v1/grid").orElseThrow();
        TreeSet<String> members = new TreeSet<>();
        grid.path("members").forEach(one -> members.add(one.path("address").asString("")));
        return new Cluster(members, grid.at("/view/term").asLong(), grid.at("/view/serving").asBoolean(), grid.at("/shards/serving").asInt(),
                grid.at("/shards/total").asInt());
    }

    /** All accounts with their balances, as the member answers now. */
    Shown accounts(URI member) {
        Map<Long, Shown.Line> accounts = new LinkedHashMap<>();
        String after = "0";
        while (after != null) {
            JsonNode page = get(member, "/api/v1/accounts?limit=" + PAGE + "&after=" + after).orElseThrow();
            for (JsonNode account : page.path("accounts")) {
                accounts.put(Long.parseLong(account.path("id").asString()), line(account.path("balance"), account.path("currency").asString()));
            }
            after = page.hasNonNull("next") ? page.path("next").asString() : null;
        }
        return new Shown(member.toString(), accounts);
    }

    private static Shown.Line line(JsonNode balance, String currency) {
        // What has a digit in its code is the unit of a security, which is whole.
        int digits = Character.isDigit(currency.charAt(1)) ? 0 : Currency.getInstance(currency).getDefaultFractionDigits();
        return balance.isMissingNode() || balance.isNull() ? null : new Shown.Line(new Fold.Sums(minor(balance, "debitsPosted", digits),
                minor(balance, "creditsPosted", digits), minor(balance, "debitsPending", digits), minor(balance, "creditsPending", digits)),
                balance.path("sequence").asLong(), balance.path("stale").asBoolean());
    }

    private static BigInteger minor(JsonNode balance, String field, int digits) {
        return new BigDecimal(balance.path(field).asString()).movePointRight(digits).toBigIntegerExact();
    }

    /** A list of hashes in hexadecimal. */
    static List<byte[]> hashes(JsonNode list) {
        return list.valueStream().map(hash -> java.util.HexFormat.of().parseHex(hash.asString())).toList();
    }
}
