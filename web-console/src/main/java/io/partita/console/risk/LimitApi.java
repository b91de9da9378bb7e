package io.partita.console.risk;

import io.partita.console.api.Answer;
import io.partita.console.api.MemberApi;
import io.partita.console.api.MemberApi.Query;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.springframework.stereotype.Component;

/** Limits of risk and their breaches as the console asks for them; amounts are in major units. Thread-safe; calls block. */
@Component
class LimitApi {

    private final MemberApi api;

    LimitApi(MemberApi api) {
        this.api = api;
    }

    /** A limit and how it stands. @param left positions that are in no figure @param reason why there is none, while its state is UNKNOWN @param breach number of the open one, or null */
    record Limit(String code, String scope, String target, String measure, String currency, BigDecimal soft, BigDecimal hard, String method, BigDecimal level, Integer horizon,
                 Integer window, boolean holds, String actor, String state, BigDecimal value, Integer left, String reason, Instant evaluatedAt, String breach) {

        boolean share() {
            return measure.equals("CONCENTRATION");
        }
    }

    /** A limit as somebody wants it; what is null is as usual. */
    record Wanted(String scope, String target, String measure, String currency, BigDecimal soft, BigDecimal hard, String method, BigDecimal level, Integer horizon, Integer window,
                  boolean holds, String actor) {
    }

    /** A figure above a level, from when it was raised until it cleared. */
    record Breach(String number, String limit, String scope, String target, String measure, String currency, BigDecimal soft, BigDecimal hard, boolean open, String state,
                  boolean wasHard, BigDecimal value, BigDecimal peak, Instant raisedAt, Instant escalatedAt, String acknowledgedBy, String note, Instant acknowledgedAt,
                  Instant clearedAt) {

        boolean share() {
            return measure.equals("CONCENTRATION");
        }
    }

    /** What happened of a breach. */
    record Event(String event, String kind, boolean hard, BigDecimal value, String actor, String note, Instant at) {
    }

    Answer<List<Limit>> limits() {
        return api.get("/risk/limits", Limit[].class).map(Arrays::asList);
    }

    Answer<Limit> put(String code, Wanted limit) {
        return api.put("/risk/limits/" + MemberApi.segment(code), limit, Limit.class);
    }

    Answer<String> remove(String code) {
        return api.delete("/risk/limits/" + MemberApi.segment(code), Query.NONE, String.class);
    }

    /** Holds all of them against the positions and prices of now. */
    Answer<List<Limit>> evaluate() {
        return api.post("/risk/limits/evaluations", Map.of(), Limit[].class).map(Arrays::asList);
    }

    /** The newest first. @param open whether only those that are not over */
    Answer<List<Breach>> breaches(boolean open, int most) {
        return api.get("/risk/breaches", Query.NONE.with("open", open ? true : null).with("limit", most), Breach[].class).map(Arrays::asList);
    }

    Answer<List<Event>> events(String breach) {
        return api.get("/risk/breaches/" + breach + "/events", Event[].class).map(Arrays::asList);
    }

    Answer<Breach> acknowledge(String breach, String actor, String note) {
        record Acknowledgement(String actor, String note) {
        }
        return api.put("/risk/breaches/" + breach + "/acknowledgement", new Acknowledgement(actor, note), Breach.class);
    }

    /** Accounts whose positions may only get smaller. */
    Answer<List<String>> held() {
        return api.get("/risk/held-accounts", String[].class).map(Arrays::asList);
    }
}
