package io.partita.console.security;

import io.partita.console.api.Answer;
import io.partita.console.api.MemberApi;
import io.partita.console.api.MemberApi.Query;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;

/** What takes two people. Thread-safe; calls block. */
@Component
class ApprovalApi {

    private final MemberApi api;

    ApprovalApi(MemberApi api) {
        this.api = api;
    }

    /** What somebody has asked for. @param payload what is to be carried out @param checker null while nobody has decided, as are the time and the reason @param outcome what came of it */
    record Approval(String id, String kind, String subject, JsonNode payload, String maker, Instant askedAt, String state, String checker, Instant decidedAt, String reason,
                    String outcome) {

        boolean waits() {
            return state.equals("PENDING");
        }
    }

    /** @param state null for all */
    Answer<List<Approval>> approvals(String state) {
        return api.get("/approvals", Query.NONE.with("state", state), Approval[].class).map(Arrays::asList);
    }

    Answer<Approval> approval(String id) {
        return api.get("/approvals/" + MemberApi.segment(id), Approval.class);
    }

    Answer<Approval> decide(String id, boolean agreed, String reason) {
        return api.post("/approvals/" + MemberApi.segment(id) + (agreed ? "/approve" : "/reject"), Map.of("reason", reason), Approval.class);
    }
}
