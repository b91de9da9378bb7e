package io.partita.console.drill;

import io.partita.console.api.Answer;
import io.partita.console.api.MemberApi;
import io.partita.console.api.MemberApi.Query;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** Drills as the console asks for them. Thread-safe; calls block. */
@Component
class DrillApi {

    /** As many lines of a run as a page shows. */
    static final int LINES = 400;

    private final MemberApi api;

    DrillApi(MemberApi api) {
        this.api = api;
    }

    /** A drill that there is. @param members how many it takes at least; 0 for any */
    record Known(String name, String breaks, String holds, int members) {
    }

    /** A way to run drills. @param missing what the member's machine lacks for it; null if nothing */
    record Way(String transport, String missing, String action) {
    }

    /** What there is. @param enabled whether the member runs any */
    record Drills(boolean enabled, long limitSeconds, List<Way> transports, List<Known> drills) {

        /** Why none can be run; empty if one can. */
        Optional<String> hindrance() {
            return !enabled ? Optional.of("This member runs no drills: partita.drills.enabled is not set.")
                    : transports.stream().allMatch(way -> way.missing() != null) ? Optional.of(transports.getLast().missing() + " " + transports.getLast().action()) : Optional.empty();
        }
    }

    /** What the clients of a side were told in the last second. */
    record Side(String side, double acknowledged, double refused, double unknown, double reads) {
    }

    /** What a run does now. */
    record Progress(String phase, Instant since, long expectedMillis, List<Side> sides) {
    }

    /** Something that a run said. */
    record Message(String kind, String what, Long atMillis, String node, String mark, Boolean passed, Long seed) {
    }

    /** A line of a run. @param number from 1 */
    record Line(int number, Message message) {
    }

    /** A run as far as it has come. @param lines null in lists */
    record Run(String id, String drill, String transport, int members, int seconds, int rate, long seed, String askedBy, String member, String state, Instant startedAt, Instant endedAt,
               String cancelledBy, Progress progress, String sentence, boolean report, List<Line> lines) {

        boolean running() {
            return state.equals("RUNNING");
        }
    }

    /** How one is to be run; nulls for what is usual. */
    record Wish(String id, String transport, Integer members, Integer seconds, Integer rate, Long seed) {
    }

    Answer<Drills> drills() {
        return api.get("/drills", Drills.class);
    }

    /** The newest first. */
    Answer<List<Run>> runs() {
        return api.get("/drills/runs", Run[].class).map(Arrays::asList);
    }

    Answer<Run> run(String id) {
        return api.get("/drills/runs/" + MemberApi.segment(id), Query.NONE.with("lines", LINES), Run.class);
    }

    Answer<String> report(String id) {
        return api.get("/drills/runs/" + MemberApi.segment(id) + "/report", String.class);
    }

    Answer<Run> start(String drill, Wish wish) {
        return api.post("/drills/" + MemberApi.segment(drill), wish, Run.class);
    }

    Answer<Run> cancel(String id) {
        return api.delete("/drills/runs/" + MemberApi.segment(id), Query.NONE, Run.class);
    }
}
