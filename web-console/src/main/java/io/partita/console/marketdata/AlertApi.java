package io.partita.console.marketdata;

import io.partita.console.api.Answer;
import io.partita.console.api.MemberApi;
import io.partita.console.api.MemberApi.Query;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.springframework.stereotype.Component;

/** Anomalies and suspicions as the console asks for them. Thread-safe; calls block. */
@Component
class AlertApi {

    private final MemberApi api;

    AlertApi(MemberApi api) {
        this.api = api;
    }

    /** Something unusual in bars. @param symbol null for the market as a whole @param real what somebody said of it, or null @param rule that says so, or null */
    record Anomaly(String id, String symbol, String size, String kind, String severity, Instant from, Instant to, Instant detected, double score, String unit,
                   String explanation, int bars, List<Part> attributions, Outlook outlook, Boolean real, String rule) {

        Anomaly {
            attributions = attributions == null ? List.of() : List.copyOf(attributions);
        }
    }

    /** How far one feature was from what was expected; what is no number is null. */
    record Part(String feature, Double observed, Double expected, Double deviation, double share) {
    }

    /** What followed similar episodes, logarithmic returns. */
    record Outlook(int episodes, double soon, double week, double month, double rose) {
    }

    /** A window of history. @param from end of its first bar */
    record Episode(String symbol, Instant from, Instant to, double similarity, Aftermath followed) {
    }

    /** Logarithmic returns after one, five and twenty bars. */
    record Aftermath(double soon, double week, double month, double lowest, double highest) {
    }

    /** What looks like abuse of a market. */
    record Suspicion(String id, String symbol, String practice, String account, Instant from, Instant to, double score, int cycles, String explanation,
                     List<Proof> evidence) {
    }

    /** A report that a suspicion rests on. @param price in ticks */
    record Proof(long sequence, Instant time, String orderId, String role, long price, long quantity) {
    }

    /** What follows from an opinion. */
    record Tuned(String symbol, String kind, double threshold, String unit) {
    }

    /** The latest first. @param symbol null for all @param size null for all */
    Answer<List<Anomaly>> anomalies(String symbol, String size, String severity, int most) {
        return api.get("/marketdata/anomalies", Query.NONE.with("symbol", symbol).with("size", size).with("severity", severity).with("limit", most), Anomaly[].class)
                .map(Arrays::asList);
    }

    Answer<Anomaly> anomaly(String id) {
        return api.get("/marketdata/anomalies/" + MemberApi.segment(id), Anomaly.class);
    }

    /** The most alike first. */
    Answer<List<Episode>> similar(String id) {
        return api.get("/marketdata/anomalies/" + id + "/similar", Episode[].class).map(Arrays::asList);
    }

    Answer<Tuned> judge(String id, boolean real, String actor, String reason) {
        record Opinion(boolean real, String actor, String reason) {
        }
        return api.post("/marketdata/anomalies/" + id + "/feedback", new Opinion(real, actor, reason), Tuned.class);
    }

    /** The latest first. @param symbol null for all */
    Answer<List<Suspicion>> suspicions(String symbol, int most) {
        return api.get("/surveillance/alerts", Query.NONE.with("symbol", symbol).with("limit", most), Suspicion[].class).map(Arrays::asList);
    }
}
