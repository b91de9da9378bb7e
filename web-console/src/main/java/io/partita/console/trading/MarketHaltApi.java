package io.partita.console.trading;

import io.partita.console.api.Answer;
import io.partita.console.api.MemberApi;
import java.time.Instant;
import java.util.List;
import org.springframework.stereotype.Component;

/** The members' market-wide circuit breaker. Thread-safe; calls block. */
@Component
class MarketHaltApi {

    private final MemberApi api;

    MarketHaltApi(MemberApi api) {
        this.api = api;
    }

    /** An instrument of the basket. */
    record Part(String symbol, int weight) {
    }

    /** When the whole market is halted; levels in ten-thousandths. */
    record Rules(List<Integer> levels, List<Part> basket, int haltSeconds, int auctionSeconds, String reopens, String calendar) {
    }

    /** A halt of the whole market; level 0 is a person's. */
    record Halt(String halt, int level, boolean closes, int decline, Instant beganAt, Instant endsAt, String actor, String reason, String liftedBy,
                String liftedBecause, boolean done) {
    }

    /** How the market is doing; without rules nobody looks at its decline. */
    record State(Rules rules, Integer decline, List<Halt> halts) {
    }

    /** A halt that a person wants, or, without seconds, its end. */
    record Order(Integer seconds, String actor, String reason) {
    }

    Answer<State> state() {
        return api.get("/market-breaker", State.class);
    }

    Answer<State> halt(Order order) {
        return api.post("/market-breaker/halt", order, State.class);
    }

    Answer<State> lift(Order order) {
        return api.post("/market-breaker/lift", order, State.class);
    }
}
