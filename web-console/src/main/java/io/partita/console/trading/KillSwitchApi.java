package io.partita.console.trading;

import io.partita.console.api.Answer;
import io.partita.console.api.MemberApi;
import io.partita.console.api.MemberApi.Query;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.springframework.stereotype.Component;

/** The members' kill switches. Thread-safe; calls block. */
@Component
class KillSwitchApi {

    private final MemberApi api;

    KillSwitchApi(MemberApi api) {
        this.api = api;
    }

    /** What a switch stops. */
    enum Kind {
        ACCOUNT("Account", "accounts"), FIRM("Firm", "firms"), INSTRUMENT("Instrument", "instruments");

        private final String label;
        private final String path;

        Kind(String label, String path) {
            this.label = label;
            this.path = path;
        }

        String label() {
            return label;
        }

        /** {@code account 7}, as it stands within a sentence. */
        String named(String target) {
            return this == INSTRUMENT ? target : label.toLowerCase(Locale.ROOT) + " " + target;
        }
    }

    /** On or off, who, and why; under an id, so that repeating it is harmless. */
    record Turn(long id, boolean engaged, boolean flatten, String actor, String reason) {
    }

    /** Something that was done with a switch. */
    record Event(String event, Kind kind, String target, boolean engaged, boolean flatten, String actor, String reason, Instant at) {
    }

    /** A position that is left after closing. */
    record Left(String account, String symbol, long quantity) {
    }

    /** What came of it. */
    record Outcome(Event event, long cancelled, long open, int closed, List<Left> left) {
    }

    Answer<Outcome> turn(Kind kind, String target, Turn turn) {
        return api.put("/kill-switch/" + kind.path + "/" + MemberApi.segment(target), turn, Outcome.class);
    }

    /** The switches that are on, the newest first. */
    Answer<List<Event>> engaged() {
        return api.get("/kill-switch/engaged", Event[].class).map(Arrays::asList);
    }

    /** What was done last, the newest first. */
    Answer<List<Event>> events(int limit) {
        return api.get("/kill-switch", Query.NONE.with("limit", limit), Event[].class).map(Arrays::asList);
    }
}
