package io.partita.member.risk.limits;

import io.partita.member.rest.ClientKey;
import io.partita.member.rest.MemberCalls;
import io.partita.member.rest.MemberCalls.Answer;
import io.partita.member.risk.limits.LimitJson.One;
import io.partita.member.risk.limits.LimitJson.OneBreach;
import io.partita.member.risk.limits.LimitJson.Seen;
import io.partita.member.risk.limits.LimitJson.Wanted;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import tools.jackson.databind.JsonNode;

/**
 * Limits of risk, their breaches and margin from Java, by the REST of a member. What a member refuses is a value, with its code. Thread-safe; calls block.
 */
public final class RiskLimitClient implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final MemberCalls calls;

    private RiskLimitClient(URI member, ClientKey key) {
        calls = new MemberCalls(member, "/api/v1/risk", key, PATIENCE);
    }

    /**
     * @param member such as {@code http://127.0.0.1:8080}
     * @param key    what is presented to it; {@link ClientKey#usual} for tools
     */
    public static RiskLimitClient of(URI member, ClientKey key) {
        return new RiskLimitClient(member, key);
    }

    /** All limits and how they were found last, by code. */
    public Answer<List<One>> limits() throws IOException, InterruptedException {
        return calls.list("GET", "/limits", One[].class);
    }

    /** Makes a limit, or changes its levels, its tail or whether it stops orders; it is evaluated at once. */
    public Answer<One> put(String code, Wanted limit) throws IOException, InterruptedException {
        return calls.call("PUT", "/limits/" + MemberCalls.named(code), limit, One.class);
    }

    /** Takes a limit away. */
    public Answer<Void> remove(String code) throws IOException, InterruptedException {
        return calls.call("DELETE", "/limits/" + MemberCalls.named(code), null, Void.class);
    }

    /** Holds all limits against their figures now. */
    public Answer<List<One>> evaluate() throws IOException, InterruptedException {
        return calls.list("POST", "/limits/evaluations", One[].class);
    }

    /** The newest breaches, at most 100. */
    public Answer<List<OneBreach>> breaches(boolean openOnly) throws IOException, InterruptedException {
        return calls.list("GET", "/breaches?open=" + openOnly, OneBreach[].class);
    }

    /** Says that a breach was seen; the same once more is the same. */
    public Answer<OneBreach> acknowledge(String number, String actor, String note) throws IOException, InterruptedException {
        return calls.call("PUT", "/breaches/" + MemberCalls.named(number) + "/acknowledgement", new Seen(actor, note), OneBreach.class);
    }

    /** All margin accounts, as {@code GET /api/v1/risk/margin/accounts} tells them. */
    public Answer<JsonNode> marginAccounts() throws IOException, InterruptedException {
        return calls.get("/margin/accounts", JsonNode.class);
    }

    /** The newest margin calls, as {@code GET /api/v1/risk/margin/calls} tells them. */
    public Answer<JsonNode> marginCalls(boolean openOnly) throws IOException, InterruptedException {
        return calls.get("/margin/calls?open=" + openOnly, JsonNode.class);
    }

    @Override
    public void close() {
        calls.close();
    }
}
