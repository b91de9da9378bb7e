package io.partita.console.marketdata;

import io.partita.console.api.Answer;
import io.partita.console.api.MemberApi;
import io.partita.console.api.MemberApi.Query;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.springframework.stereotype.Component;

/** Alert rules as the console asks for them. Thread-safe; calls block. */
@Component
class RuleApi {

    private final MemberApi api;

    RuleApi(MemberApi api) {
        this.api = api;
    }

    /** A rule. @param on BARS or ANOMALIES @param symbols none for all @param status ON, OFF or FAILED */
    record Rule(String name, String condition, String on, String size, List<String> symbols, String severity, boolean enabled, String status, Failed failure,
                String description, String actor, Instant changed) {
    }

    /** Why a rule is judged no more. */
    record Failed(String symbol, Instant time, String message) {
    }

    /** A rule as somebody wants it. */
    record Wanted(String name, String condition, String size, List<String> symbols, String severity, boolean enabled, String description, String actor) {
    }

    /** An alert that there would have been. */
    record Hit(String symbol, Instant from, Instant to, int bars, String explanation) {
    }

    /** What a condition would have said. @param failure why it could not be evaluated any further, or null */
    record Tried(String on, int judged, int absent, int matched, int alerts, int suppressed, List<Hit> hits, String failure) {
    }

    /** What there is to write rules with. */
    record Words(Map<String, String> words, List<String> functions) {
    }

    Answer<List<Rule>> rules() {
        return api.get("/marketdata/rules", Rule[].class).map(Arrays::asList);
    }

    Answer<Words> words() {
        return api.get("/marketdata/rules/words", Words.class);
    }

    Answer<Rule> add(Wanted rule) {
        return api.post("/marketdata/rules", rule, Rule.class);
    }

    Answer<Rule> replace(Wanted rule) {
        return api.put("/marketdata/rules/" + rule.name(), rule, Rule.class);
    }

    Answer<String> remove(String name) {
        return api.delete("/marketdata/rules/" + name, Query.NONE, String.class);
    }

    Answer<Tried> tried(String condition, String size, List<String> symbols) {
        record Trial(String condition, String size, List<String> symbols) {
        }
        return api.post("/marketdata/rules/dry-run", new Trial(condition, size, symbols), Tried.class);
    }
}
