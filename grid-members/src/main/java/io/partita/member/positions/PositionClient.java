package io.partita.member.positions;

import io.partita.member.positions.RowJson.PositionRows;
import io.partita.member.positions.RowJson.PriceRows;
import io.partita.member.positions.RowJson.Taken;
import io.partita.member.rest.ClientKey;
import io.partita.member.rest.MemberCalls;
import io.partita.member.rest.MemberCalls.Answer;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.LocalDate;
import tools.jackson.databind.JsonNode;

/**
 * Prices, positions from elsewhere and portfolios from Java, by the REST of a member. What a member refuses is a value, with its code. Thread-safe;
 * calls block.
 */
public final class PositionClient implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final MemberCalls calls;

    private PositionClient(URI member, ClientKey key) {
        calls = new MemberCalls(member, "/api/v1", key, PATIENCE);
    }

    /**
     * @param member such as {@code http://127.0.0.1:8080}
     * @param key    what is presented to it; {@link ClientKey#usual} for tools
     */
    public static PositionClient of(URI member, ClientKey key) {
        return new PositionClient(member, key);
    }

    /** Takes daily prices; the same once more changes nothing. */
    public Answer<Taken> take(PriceRows rows) throws IOException, InterruptedException {
        return calls.call("POST", "/prices", rows, Taken.class);
    }

    /** Takes positions from elsewhere; the same once more changes nothing. */
    public Answer<Taken> take(PositionRows rows) throws IOException, InterruptedException {
        return calls.call("POST", "/positions/imports", rows, Taken.class);
    }

    /** What a portfolio is worth and has gained, as {@code GET /api/v1/portfolios/{code}} tells it. @param day null for today */
    public Answer<JsonNode> value(String code, LocalDate day) throws IOException, InterruptedException {
        return calls.get("/portfolios/" + MemberCalls.named(code) + (day == null ? "" : "?day=" + day), JsonNode.class);
    }

    @Override
    public void close() {
        calls.close();
    }
}
