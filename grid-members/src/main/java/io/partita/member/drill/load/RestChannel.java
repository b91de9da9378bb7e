package io.partita.member.drill.load;

import io.partita.member.drill.history.Answer;
import io.partita.member.drill.history.Invocation;
import io.partita.member.drill.history.Movement;
import io.partita.member.drill.history.Operation;
import io.partita.member.drill.history.Outcome;
import io.partita.member.rest.ClientKey;
import java.io.IOException;
import java.math.BigDecimal;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A client of the REST interface. It stays with the first of its members, goes to the next when that one cannot be reached, gives no
 * answer or says that another should be asked, and comes back after a while. Serves one caller; a storm of duplicates may use it from
 * several threads.
 */
final class RestChannel implements Channel {

    private static final JsonMapper JSON = JsonMapper.shared();
    private static final long HOMESICK = TimeUnit.SECONDS.toNanos(10);
    private static final int SCALE = 2;
    /** Codes that say nothing about the ledger. */
    private static final Set<String> OPEN = Set.of("OUTCOME_UNKNOWN", "GRID_CHANGING", "INTERNAL_ERROR", "");

    private final HttpClient http;
    private final List<URI> members;
    private final ClientKey key;
    private final Duration deadline;
    private final long patienceNanos;
    private volatile int current;
    private int away;
    private volatile long leftAt;

    /**
     * @param members  base addresses, the one to stay with first
     * @param key      what is presented to them
     * @param patience how long what may go through later is repeated before the caller is told
     * @param deadline when a request without an answer is given up
     */
    RestChannel(HttpClient http, List<URI> members, ClientKey key, Duration patience, Duration deadline) {
        this.http = http;
        this.members = List.copyOf(members);
        this.key = key;
        this.deadline = deadline;
        this.patienceNanos = patience.toNanos();
    }

    @Override
    public Invocation.Via via() {
        return Invocation.Via.REST;
    }

    @Override
    public String target() {
        return members.get(here()).toString();
    }

    @Override
    public boolean readsJournal() {
        return true;
    }

    private int here() {
        if (current != 0 && System.nanoTime() - leftAt > HOMESICK) {
            current = 0;
        }
        return current;
    }

    /** Home again if the other one was no better; next time another is tried. */
    private synchronized void leave(int member) {
        if (member != current || members.size() == 1) {
            return;
        }
        if (member == 0) {
            away = away % (members.size() - 1) + 1;
            current = away;
            leftAt = System.nanoTime();
        } else {
            current = 0;
        }
    }

    @Override
    public Reply submit(Operation operation, List<Movement> movements) {
        return patiently(movements.size(), () -> submitOnce(operation, movements));
    }

    private Reply submitOnce(Operation operation, List<Movement> movements) {
        return switch (operation) {
            case LINKED -> post("/api/v1/transfers/linked", list("legs", movements), null, movements.size());
            case BATCH -> post("/api/v1/transfers/batch", list("transfers", movements), null, movements.size());
            default -> post("/api/v1/transfers", body(movements.getFirst(), false), movements.getFirst().id().toString(), 1);
        };
    }

    @Override
    public Reply read(long account, long seen, boolean strong) {
        String path = "/api/v1/accounts/" + account + "/balance" + (strong ? "?consistency=strong" : seen > 0 ? "?minSequence=" + seen : "");
        return patiently(1, () -> exchange(path, HttpRequest.newBuilder().GET(), 1));
    }

    private interface Attempt {
        Reply run();
    }

    /** Repeats what may go through later, with the same ids, until the patience ends. */
    private Reply patiently(int count, Attempt attempt) {
        long end = System.nanoTime() + patienceNanos;
        boolean unknown = false;
        while (true) {
            Reply reply = attempt.run();
            boolean again = reply.answers().stream().anyMatch(answer -> answer.outcome() == Outcome.UNKNOWN || Outcome.passing(answer.code()));
            unknown |= reply.answers().stream().anyMatch(answer -> answer.outcome() == Outcome.UNKNOWN);
            long pause = Math.max(100, reply.retryAfterMillis()) + ThreadLocalRandom.current().nextLong(200);
            if (!again || System.nanoTime() + pause * 1_000_000 > end || !slept(pause)) {
                return again && unknown ? new Reply(reply.answers().stream().map(RestChannel::unknownIfOpen).toList(), reply.retryAfterMillis()) : reply;
            }
        }
    }

    /** An earlier attempt may have been booked: what this one was refused for the time being does not tell. */
    private static Answer unknownIfOpen(Answer answer) {
        return answer.outcome() == Outcome.REFUSED && Outcome.passing(answer.code()) ? Answer.unknown(answer.code()) : answer;
    }

    private static boolean slept(long millis) {
        try {
            Thread.sleep(millis);
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private Reply post(String path, JsonNode body, String key, int count) {
        HttpRequest.Builder request = HttpRequest.newBuilder().header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body.toString()));
        return exchange(path, key == null ? request : request.header("Idempotency-Key", key), count);
    }

    private Reply exchange(String path, HttpRequest.Builder request, int count) {
        int member = here();
        try {
            HttpResponse<String> response = http.send(key.present(request).uri(members.get(member).resolve(path)).timeout(deadline).build(),
                    HttpResponse.BodyHandlers.ofString());
            Reply reply = new Reply(answers(response, count), retryAfter(response));
            if (reply.answers().stream().anyMatch(answer -> answer.code().equals("NOT_IN_VIEW") || answer.code().equals("BEHIND"))) {
                leave(member);
            }
            return reply;
        } catch (HttpConnectTimeoutException | ConnectException notSent) {
            leave(member);
            return Reply.same(Answer.refused(Answer.UNREACHABLE), count);
        } catch (HttpTimeoutException e) {
            leave(member);
            return Reply.same(Answer.unknown("TIMEOUT"), count);
        } catch (IOException e) {
            leave(member);
            return Reply.same(Answer.unknown("CONNECTION_LOST"), count);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Reply.same(Answer.unknown("INTERRUPTED"), count);
        }
    }

    private static long retryAfter(HttpResponse<?> response) {
        return response.headers().firstValue("Retry-After").filter(text -> text.matches("\\d{1,4}")).map(Long::parseLong).orElse(0L) * 1_000;
    }

    private static List<Answer> answers(HttpResponse<String> response, int count) {
        try {
            JsonNode body = JSON.readTree(response.body());
            JsonNode results = body.path("results");
            if (results.isArray() && results.size() == count) {
                List<Answer> answers = new ArrayList<>();
                results.forEach(result -> answers.add(answer(result)));
                return answers;
            }
            return Reply.same(response.statusCode() / 100 == 2 ? answer(body) : problem(body.path("code").asString("")), count).answers();
        } catch (JacksonException e) {
            return Reply.same(Answer.unknown("HTTP_" + response.statusCode()), count).answers();
        }
    }

    private static Answer answer(JsonNode result) {
        if (result.has("debitsPosted")) {
            return Answer.shown(result.path("sequence").asLong(), new Answer.Balance(minor(result, "debitsPosted"), minor(result, "creditsPosted"),
                    minor(result, "debitsPending"), minor(result, "creditsPending"), result.path("stale").asBoolean()));
        }
        return result.has("position") ? Answer.booked(result.path("position").asLong(), result.path("debitSequence").asLong(),
                result.path("creditSequence").asLong(), result.path("repeated").asBoolean()) : problem(result.path("code").asString(""));
    }

    /** A code that says nothing about the ledger leaves the outcome open. */
    private static Answer problem(String code) {
        return OPEN.contains(code) ? Answer.unknown(code) : Answer.refused(code);
    }

    private static long minor(JsonNode result, String field) {
        return new BigDecimal(result.path(field).asString()).movePointRight(SCALE).longValueExact();
    }

    private static JsonNode list(String name, List<Movement> movements) {
        ObjectNode body = JSON.createObjectNode();
        ArrayNode list = body.putArray(name);
        movements.forEach(movement -> list.add(body(movement, true)));
        return body;
    }

    private static ObjectNode body(Movement movement, boolean withId) {
        ObjectNode body = JSON.createObjectNode();
        if (withId) {
            body.put("id", movement.id().toString());
        }
        body.put("kind", switch (movement.kind()) {
            case Movement.PENDING -> "PENDING";
            case Movement.POST -> "POST_PENDING";
            case Movement.VOID -> "VOID_PENDING";
            case Movement.REVERSAL -> "REVERSAL";
            default -> "POSTED";
        });
        if (movement.debit() != 0) {
            body.put("debitAccount", Long.toString(movement.debit())).put("creditAccount", Long.toString(movement.credit()));
        }
        if (movement.amount() >= 0) {
            body.put("amount", BigDecimal.valueOf(movement.amount(), SCALE).toPlainString());
            body.put("currency", DrillAccounts.currency(movement.debit() != 0 ? movement.debit() : DrillAccounts.CASH).code());
        }
        if (movement.relatesTo() != null) {
            body.put("relatesTo", movement.relatesTo().toString());
        }
        if (movement.kind() == Movement.PENDING && GridChannel.expiry(movement) != null) {
            body.put("expiresAt", GridChannel.expiry(movement).toString());
        }
        return body;
    }
}
