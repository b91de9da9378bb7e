package io.partita.member.ledger.query;

import io.partita.ledger.TransferKind;
import io.partita.member.rest.AccountId;
import io.partita.member.rest.OwnAccounts;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.List;
import java.util.UUID;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

@Tag(name = "Transfers")
@RestController
@RequestMapping("/api/v1/transfers")
final class TransferQueryController {

    private final LedgerQueries queries;

    TransferQueryController(LedgerQueries queries) {
        this.queries = queries;
    }

    /** A page of transfers, newest first. */
    @Schema(name = "BookedTransfers")
    record TransfersAnswer(List<TransferAnswer> transfers,
                           @Schema(description = "Cursor of the page with earlier ones; absent at the end") String next) {
    }

    @Operation(summary = "Find transfers in the journal", description = """
            Newest first. Without a reference or an account, one call looks through two million entries at most: a page may be
            short, or empty, and yet have a `next`.""")
    @GetMapping
    TransfersAnswer transfers(
            @Parameter(description = "The whole reference", example = "E2E-4711") @RequestParam(required = false) String reference,
            @Parameter(description = "Debited or credited", example = "1001") @RequestParam(required = false) String account,
            @Parameter(description = "Booked at or after; a time or a date") @RequestParam(required = false) String from,
            @Parameter(description = "Booked before; a date is included") @RequestParam(required = false) String to,
            @RequestParam(required = false) TransferKind kind, @RequestParam(required = false) Integer code,
            @Parameter(description = "1 to 200") @RequestParam(defaultValue = "50") int limit, @RequestParam(required = false) String cursor) {
        LedgerQueries.TransferFilter filter = new LedgerQueries.TransferFilter(reference == null || reference.isEmpty() ? null : reference,
                account == null || account.isBlank() ? null : AccountId.parse(account).value(), Times.from("from", from), Times.to("to", to), kind, code);
        JournalLine.Page page = queries.transfers(filter, limit, cursor);
        return new TransfersAnswer(page.lines().stream().map(line -> TransferAnswer.of(line, null)).toList(), page.next());
    }

    @Operation(summary = "A transfer, and what refers to it")
    @GetMapping("/{id}")
    TransferAnswer transfer(@PathVariable UUID id) {
        LedgerQueries.TransferWithRelated found = queries.transfer(id);
        if (!OwnAccounts.owns(found.transfer().debitAccount()) && !OwnAccounts.owns(found.transfer().creditAccount())) {
            throw LedgerQueries.noTransfer(id);
        }
        return TransferAnswer.of(found.transfer(), found.related());
    }
}
