package io.partita.console.api;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.stereotype.Component;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The members' REST interface: requests, JSON and problems, in one place. Asks one member as long as it answers and is in the view,
 * else the next. That may send a command twice when a connection breaks, which does no harm. A command that has no answer in time is not sent
 * elsewhere by itself: people see that, and when they send it again it goes to the next member. Thread-safe; calls block.
 */
@Component
public class MemberApi {

    private static final Duration PATIENCE = Duration.ofSeconds(10);
    /** Longer than a member takes to say that it does not know what became of a command: its deadline, and five seconds more. */
    private static final Duration PATIENCE_WITH_COMMANDS = Duration.ofSeconds(20);
    /** What a member says that will not book, while another one may. */
    private static final String NOT_IN_VIEW = "NOT_IN_VIEW";
    private static final int ACCEPTED = 202;
    private static final int UNAUTHORIZED = 401;
    /** After these another token may do. */
    private static final Set<String> RENEWABLE = Set.of("TOKEN_EXPIRED", "TOKEN_INVALID");
    /** After these there is no way to go on but to sign in again. */
    private static final Set<String> ENDED = Set.of("SESSION_REVOKED", "ACCOUNT_DISABLED");
    private static final String APPROVALS = "/api/v1/approvals/";

    private final List<URI> roots;
    private final AtomicInteger asked = new AtomicInteger();
    private final JsonMapper json;
    private final HttpClient http;
    private final ConsoleKey key;
    private final Duration patience;
    private final Duration patienceWithCommands;

    @Autowired
    MemberApi(ConsoleProperties properties, ConsoleKey key, JsonMapper json) {
        this(properties, key, json, PATIENCE, PATIENCE_WITH_COMMANDS);
    }

    MemberApi(ConsoleProperties properties, ConsoleKey key, JsonMapper json, Duration patience, Duration patienceWithCommands) {
        this.key = key;
        this.patience = patience;
        this.patienceWithCommands = patienceWithCommands;
        this.roots = properties.api();
        this.json = json;
        // HTTP/1.1: an upgrade attempt on every new connection only costs time against a member.
        this.http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(Duration.ofSeconds(2)).build();
    }

    public <T> Answer<T> get(String path, Query query, Class<T> type) {
        return ask(root -> request(root, path, query).timeout(patience).GET(), type);
    }

    public <T> Answer<T> get(String path, Class<T> type) {
        return get(path, Query.NONE, type);
    }

    public <T> Answer<T> post(String path, Object body, Class<T> type) {
        return withBody(path, Query.NONE, "POST", body, type);
    }

    public <T> Answer<T> post(String path, Query query, Object body, Class<T> type) {
        return withBody(path, query, "POST", body, type);
    }

    public <T> Answer<T> put(String path, Object body, Class<T> type) {
        return withBody(path, Query.NONE, "PUT", body, type);
    }

    public <T> Answer<T> put(String path, Query query, Object body, Class<T> type) {
        return withBody(path, query, "PUT", body, type);
    }

    public <T> Answer<T> delete(String path, Query query, Class<T> type) {
        return ask(root -> request(root, path, query).timeout(patienceWithCommands).DELETE(), type);
    }

    public <T> Answer<T> delete(String path, Object body, Class<T> type) {
        return withBody(path, Query.NONE, "DELETE", body, type);
    }

    public <T> Answer<T> patch(String path, Object body, Class<T> type) {
        return withBody(path, Query.NONE, "PATCH", body, type);
    }

    private <T> Answer<T> withBody(String path, Query query, String method, Object body, Class<T> type) {
        byte[] bytes = json.writeValueAsBytes(body);
        return ask(root -> request(root, path, query).timeout(patienceWithCommands).header("Content-Type", "application/json")
                .method(method, HttpRequest.BodyPublishers.ofByteArray(bytes)), type);
    }

    /** A name as a part of a path, whatever is in it. */
    public static String segment(String name) {
        return URLEncoder.encode(name, StandardCharsets.UTF_8).replace("+", "%20");
    }

    private static HttpRequest.Builder request(URI root, String path, Query query) {
        return HttpRequest.newBuilder(root.resolve("/api/v1" + path + query.encoded()))
                // Some answers are pages or tables; a refusal is a problem in any case.
                .header("Accept", "application/json, application/problem+json, */*;q=0.1");
    }

    /** In the name of whoever asks on this thread; once more with a new token if the old one has expired. */
    private <T> Answer<T> ask(Function<URI, HttpRequest.Builder> request, Class<T> type) {
        Caller caller = Callers.current();
        Optional<String> bearer = switch (caller) {
            case Caller.Console _ -> key.bearer();
            case Caller.Nobody _ -> Optional.empty();
            case Person person -> Optional.of(person.bearer(this));
        };
        Answer<T> answer = ask(request, bearer, type);
        if (answer instanceof Answer.Refused<T>(Problem problem) && problem.status() == UNAUTHORIZED && bearer.isPresent()) {
            switch (caller) {
                case Person person when RENEWABLE.contains(problem.code()) && person.renew(this, bearer.get()) -> answer = ask(request, Optional.of(person.bearer(this)), type);
                case Person person when ENDED.contains(problem.code()) -> person.end(problem.meaning());
                case Caller.Console _ -> key.refused();
                case Person _, Caller.Nobody _ -> { }
            }
        }
        return answer;
    }

    private <T> Answer<T> ask(Function<URI, HttpRequest.Builder> request, Optional<String> bearer, Class<T> type) {
        return askMembers(root -> {
            HttpRequest.Builder named = request.apply(root);
            bearer.ifPresent(token -> named.header("Authorization", "Bearer " + token));
            return named.build();
        }, type);
    }

    /** Asks member after member, beginning with the one that answered last, until one takes the request. */
    private <T> Answer<T> askMembers(Function<URI, HttpRequest> request, Class<T> type) {
        int first = asked.get();
        Answer<T> answer = null;
        for (int i = 0; i < roots.size(); i++) {
            int member = (first + i) % roots.size();
            HttpRequest sent = request.apply(roots.get(member));
            try {
                answer = send(roots.get(member), sent, type);
            } catch (HttpTimeoutException e) {
                answer = unreachable(roots.get(member), e);
                if (!sent.method().equals("GET")) {
                    asked.set((member + 1) % roots.size());
                    break;
                }
            }
            if (!elsewhere(answer)) {
                asked.set(member);
                break;
            }
        }
        return answer;
    }

    private static <T> Answer<T> unreachable(URI root, IOException e) {
        return new Answer.Unreachable<>("No answer from " + root + " (" + e.getClass().getSimpleName() + ")");
    }

    private static boolean elsewhere(Answer<?> answer) {
        return answer instanceof Answer.Unreachable || answer instanceof Answer.Refused<?> refused && NOT_IN_VIEW.equals(refused.problem().code());
    }

    /** Throws only when the member has the request, and takes too long. */
    private <T> Answer<T> send(URI root, HttpRequest request, Class<T> type) throws HttpTimeoutException {
        try {
            HttpResponse<byte[]> response = http.send(request, HttpResponse.BodyHandlers.ofByteArray());
            if (response.statusCode() == ACCEPTED && response.headers().firstValue("Location").orElse("").contains(APPROVALS)) {
                return new Answer.Refused<>(Problem.waiting(response.headers().firstValue("Location").get().replaceFirst(".*" + APPROVALS, "")));
            }
            return response.statusCode() < 300
                    ? new Answer.Done<>(read(response.body(), type))
                    : new Answer.Refused<>(problem(response));
        } catch (HttpConnectTimeoutException e) {
            return unreachable(root, e);
        } catch (HttpTimeoutException e) {
            throw e;
        } catch (IOException e) {
            return unreachable(root, e);
        } catch (JacksonException e) {
            return new Answer.Unreachable<>("The answer from " + root + request.uri().getPath() + " is not understood: "
                    + e.getOriginalMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new Answer.Unreachable<>("Interrupted");
        }
    }

    /** Text is what was sent, unread; of nothing there is null. */
    private <T> T read(byte[] body, Class<T> type) {
        return type == String.class ? type.cast(new String(body, StandardCharsets.UTF_8)) : body.length == 0 ? null : json.readValue(body, type);
    }

    private Problem problem(HttpResponse<byte[]> response) {
        int status = response.statusCode();
        try {
            JsonNode body = json.readTree(response.body());
            return new Problem(status, body.path("code").asString("HTTP_" + status), text(body, "title"), text(body, "detail"));
        } catch (JacksonException e) {
            return new Problem(status, "HTTP_" + status, null, null);
        }
    }

    private static String text(JsonNode body, String field) {
        JsonNode value = body.path(field);
        return value.isString() ? value.asString() : null;
    }

    /** Query parameters; those without a value are left out, and one may come several times. Immutable. */
    public record Query(List<Map.Entry<String, String>> parameters) {

        public static final Query NONE = new Query(List.of());

        public Query with(String name, Object value) {
            if (value == null || value.toString().isBlank()) {
                return this;
            }
            List<Map.Entry<String, String>> more = new ArrayList<>(parameters);
            more.add(Map.entry(name, value.toString()));
            return new Query(List.copyOf(more));
        }

        private String encoded() {
            return parameters.isEmpty() ? "" : parameters.stream()
                    .map(entry -> entry.getKey() + '=' + URLEncoder.encode(entry.getValue(), StandardCharsets.UTF_8))
                    .collect(Collectors.joining("&", "?", ""));
        }
    }
}
