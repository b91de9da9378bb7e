package io.partita.member.risk.live;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.partita.member.positions.PnlJson;
import io.partita.member.risk.limits.LimitJson.OneBreach;
import io.partita.positions.live.LivePortfolio;
import java.time.Instant;
import java.util.List;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/** The messages of {@code /ws/risk} as text; docs/pnl.md describes them. Thread-safe. */
final class RiskMessages {

    static final int MAX_REQUEST = 4_096;

    private final JsonMapper json;

    RiskMessages(JsonMapper json) {
        this.json = json;
    }

    /** What a reader asks for. */
    record Request(Op op, List<String> portfolios, List<RiskChannel> channels) {
        enum Op { SUBSCRIBE, UNSUBSCRIBE }
    }

    record Subscribed(String type, List<String> portfolios, List<RiskChannel> channels) {
    }

    record Error(String type, RiskFeedError code, String detail) {
    }

    record Heartbeat(String type, Instant time, boolean live) {
    }

    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Pnl(RiskChannel type, Boolean snapshot, boolean live, PnlJson.Pnl pnl) {
    }

    record OpenBreaches(RiskChannel type, String portfolio, List<OneBreach> breaches) {
    }

    /** Null if it is no request. */
    Request read(String text) {
        try {
            Request request = json.readValue(text, Request.class);
            boolean complete = request != null && request.op() != null && request.portfolios() != null && !request.portfolios().isEmpty() && !request.portfolios().contains(null)
                    && request.channels() != null && !request.channels().isEmpty() && !request.channels().contains(null);
            return complete ? request : null;
        } catch (JacksonException malformed) {
            return null;
        }
    }

    String subscribed(String type, Request request) {
        return json.writeValueAsString(new Subscribed(type, request.portfolios(), request.channels()));
    }

    String error(RiskFeedError code) {
        return json.writeValueAsString(new Error("ERROR", code, code.meaning()));
    }

    String heartbeat(Instant now, boolean live) {
        return json.writeValueAsString(new Heartbeat("HEARTBEAT", now, live));
    }

    /** @param snapshot true for the first of a subscription */
    String pnl(LivePortfolio row, boolean live, boolean snapshot) {
        return json.writeValueAsString(new Pnl(RiskChannel.PNL, snapshot ? true : null, live, PnlJson.Pnl.of(row)));
    }

    String breaches(String portfolio, List<OneBreach> open) {
        return json.writeValueAsString(new OpenBreaches(RiskChannel.BREACHES, portfolio, open));
    }
}
