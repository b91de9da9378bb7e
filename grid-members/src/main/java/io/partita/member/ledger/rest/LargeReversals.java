package io.partita.member.ledger.rest;

import io.partita.ledger.LedgerResult;
import io.partita.ledger.Transfer;
import io.partita.ledger.TransferKind;
import io.partita.member.PartitaProperties;
import io.partita.member.rest.AwaitsApproval;
import io.partita.member.rest.RequestCode;
import io.partita.member.rest.RequestProblem;
import io.partita.member.security.Approvals;
import io.partita.money.Money;
import io.partita.security.Approval;
import io.partita.security.ApprovalKind;
import io.partita.security.Principal;
import java.math.BigDecimal;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;

/** Reversals of more than the settings let one person take back. Thread-safe. */
public final class LargeReversals {

    private final LedgerCalls ledger;
    private final Function<UUID, Money> amounts;
    private final Approvals approvals;
    private final BigDecimal most;

    /** @param amounts what a transfer moved; throws a problem if there is no such transfer */
    public LargeReversals(LedgerCalls ledger, Function<UUID, Money> amounts, Approvals approvals, PartitaProperties settings) {
        this.ledger = ledger;
        this.amounts = amounts;
        this.approvals = approvals;
        this.most = settings.security().reversalAbove();
        approvals.register(ApprovalKind.REVERSAL, this::carryOut);
    }

    /** Whether somebody else must agree. What is booked already is answered as it was; an original whose amount nobody knows any more may have been large. */
    boolean needApproval(Transfer transfer) {
        return transfer.kind() == TransferKind.REVERSAL && approvals.needs(ApprovalKind.REVERSAL) && amount(transfer.id()).isEmpty()
                && amount(transfer.relatesTo()).map(amount -> amount.major().compareTo(most) > 0).orElse(true);
    }

    private Optional<Money> amount(UUID transfer) {
        try {
            return Optional.of(amounts.apply(transfer));
        } catch (RequestProblem problem) {
            if (problem.code().equals(RequestCode.TRANSFER_NOT_FOUND.name())) {
                return Optional.empty();
            }
            throw problem;
        }
    }

    AwaitsApproval awaiting(Principal maker, TransferRequest request) {
        return approvals.awaiting(maker, ApprovalKind.REVERSAL, request.relatesTo().toString(), request);
    }

    private String carryOut(Approval approval) {
        LedgerResult.Booked booked = LedgerCalls.booked(ledger.submit(approvals.payload(approval, TransferRequest.class).transfer()));
        return "booked at position " + booked.position();
    }
}
