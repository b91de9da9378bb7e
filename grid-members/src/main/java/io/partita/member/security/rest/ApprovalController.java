package io.partita.member.security.rest;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonRawValue;
import io.partita.member.rest.Fields;
import io.partita.member.security.Approvals;
import io.partita.security.Approval;
import io.partita.security.Approval.State;
import io.partita.security.ApprovalKind;
import io.partita.security.Principal;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

@Tag(name = "Approvals")
@RestController
@RequestMapping("/api/v1/approvals")
final class ApprovalController {

    private static final int MOST = 500;

    private final Approvals approvals;

    ApprovalController(Approvals approvals) {
        this.approvals = approvals;
    }

    /** A request for approval. */
    @Schema(name = "Approval")
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record One(UUID id, ApprovalKind kind, String subject, @JsonRawValue @Schema(type = "object", description = "what is to be done, as it was asked for") String payload, String maker,
               Instant askedAt, Instant expiresAt, State state, String checker, Instant decidedAt, String reason, @Schema(description = "what came of it") String outcome) {

        static One of(Approval approval) {
            return new One(approval.id(), approval.kind(), approval.subject(), approval.payload(), approval.maker(), approval.askedAt(), approval.askedAt().plus(Approval.LIFE),
                    approval.state(), approval.checker(), approval.decidedAt(), approval.reason(), approval.outcome());
        }
    }

    /** Why somebody agrees, or does not. */
    @Schema(name = "Decision")
    record Decision(@Schema(requiredMode = Schema.RequiredMode.REQUIRED, maxLength = Fields.MOST_TEXT) String reason) {
    }

    @Operation(summary = "What was asked for and takes two people, the newest first")
    @GetMapping
    List<One> all(@RequestParam(required = false) State state, @RequestParam(defaultValue = "100") int limit) {
        Fields.within("limit", limit, MOST);
        return approvals.all(state, limit).stream().map(One::of).toList();
    }

    @Operation(summary = "What the caller has asked for and takes two people, the newest first")
    @GetMapping("/mine")
    List<One> mine(@RequestParam(required = false) State state, @RequestParam(defaultValue = "100") int limit, Principal caller) {
        Fields.within("limit", limit, MOST);
        return approvals.of(caller, state, limit).stream().map(One::of).toList();
    }

    @Operation(summary = "A request for approval", description = "For whoever decides, and for whoever has asked for it.")
    @GetMapping("/{id}")
    One one(@PathVariable UUID id, Principal caller) {
        return One.of(approvals.find(id, caller));
    }

    @Operation(summary = "Agree", description = "It is carried out at once; outcome tells what came of it. Not by whoever has asked for it.")
    @PostMapping(path = "/{id}/approve", consumes = MediaType.APPLICATION_JSON_VALUE)
    One approve(@PathVariable UUID id, @RequestBody Decision decision, Principal caller) {
        return One.of(approvals.decide(id, true, Fields.text("reason", decision.reason()), caller));
    }

    @Operation(summary = "Do not agree", description = "Nothing is done.")
    @PostMapping(path = "/{id}/reject", consumes = MediaType.APPLICATION_JSON_VALUE)
    One reject(@PathVariable UUID id, @RequestBody Decision decision, Principal caller) {
        return One.of(approvals.decide(id, false, Fields.text("reason", decision.reason()), caller));
    }
}
