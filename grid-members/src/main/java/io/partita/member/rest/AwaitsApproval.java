package io.partita.member.rest;

import io.partita.security.Approval;
import io.partita.security.ApprovalKind;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.UUID;

/** Thrown by an endpoint that has done nothing yet, since somebody else must agree: it is answered with 202 and the request for approval. */
public final class AwaitsApproval extends RuntimeException {

    private static final long serialVersionUID = 1;

    private final transient Approval approval;

    public AwaitsApproval(Approval approval) {
        // Without a stack trace: it is an answer, not a fault.
        super(approval.kind() + " of " + approval.subject(), null, false, false);
        this.approval = approval;
    }

    Approval approval() {
        return approval;
    }

    /** What was asked for. @param approval under which it is found at /api/v1/approvals */
    @Schema(name = "AwaitsApproval")
    record Asked(UUID approval, ApprovalKind kind, String subject, Approval.State state) {

        static Asked of(Approval approval) {
            return new Asked(approval.id(), approval.kind(), approval.subject(), approval.state());
        }
    }
}
