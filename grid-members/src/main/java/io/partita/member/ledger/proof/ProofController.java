package io.partita.member.ledger.proof;

import io.partita.ledger.Refusal;
import io.partita.ledger.proof.InclusionProof;
import io.partita.ledger.proof.VerificationKey;
import io.partita.member.ledger.JournalDamagedException;
import io.partita.member.ledger.PeriodArchivedException;
import io.partita.member.rest.RequestCode;
import io.partita.member.rest.RequestProblem;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jdbi.v3.core.JdbiException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

@Tag(name = "Evidence", description = "Proofs that hold without this server; check them with ./partita verify")
@RestController
@RequestMapping(path = "/api/v1")
final class ProofController {

    private static final Logger LOG = LoggerFactory.getLogger(ProofController.class);

    private final ProofService proofs;

    ProofController(ProofService proofs) {
        this.proofs = proofs;
    }

    @Operation(summary = "The proof that a transfer is in the journal", description = "The entry, the path to the root, the signed tree head and the key.")
    @GetMapping(path = "/transfers/{id}/proof", produces = MediaType.APPLICATION_JSON_VALUE)
    String proof(@PathVariable UUID id) {
        return answer(() -> proofs.inclusion(id).map(InclusionProof::toJson).orElseThrow(() ->
                RequestProblem.of(RequestCode.TRANSFER_NOT_FOUND, "No transfer " + id + " is in the journal")));
    }

    @Operation(summary = "The proof of the entry at a position of the journal")
    @GetMapping(path = "/ledger/proof", produces = MediaType.APPLICATION_JSON_VALUE)
    String proofAt(@RequestParam long position) {
        return answer(() -> proofs.inclusion(position).map(InclusionProof::toJson).orElseThrow(() ->
                RequestProblem.of(RequestCode.NOT_FOUND, "The journal has no position " + position)));
    }

    @Operation(summary = "The signed tree head", description = "Keep it: whatever happens to the journal later can be held against it.")
    @GetMapping(path = "/ledger/tree-head", produces = MediaType.APPLICATION_JSON_VALUE)
    String treeHead(@Parameter(description = "Where a batch ended; by default the whole journal") @RequestParam(required = false) Long size) {
        return answer(() -> (size == null ? proofs.heads().latest() : proofs.heads().at(size).orElseThrow(() -> noBoundary(size))).toJson());
    }

    @Operation(summary = "The proof that the journal only grew between two sizes")
    @GetMapping(path = "/ledger/consistency", produces = MediaType.APPLICATION_JSON_VALUE)
    String consistency(@RequestParam long first, @Parameter(description = "By default the whole journal") @RequestParam(required = false) Long second) {
        long larger = second == null ? answer(() -> proofs.heads().latest().size()) : second;
        if (first <= 0 || first > larger) {
            throw RequestProblem.parameter("first", "is positive and not above second");
        }
        return answer(() -> proofs.consistency(first, larger).orElseThrow(() -> noBoundary(first)).toJson());
    }

    private static RequestProblem noBoundary(long size) {
        return RequestProblem.of(RequestCode.NOT_FOUND, "No batch ended at size " + size + ": nobody signs for a part of one");
    }

    @Operation(summary = "The public keys that tree heads are signed with", description = "PEM, this member's first.")
    @GetMapping(path = "/ledger/key", produces = {"application/x-pem-file", MediaType.TEXT_PLAIN_VALUE})
    String key() {
        return answer(() -> proofs.heads().keys().values().stream().map(VerificationKey::pem).collect(Collectors.joining()));
    }

    @Operation(summary = "A part of the journal to take away", description = "Whole batches, as gzip'd JSON lines that ./partita verify checks offline.")
    @GetMapping(path = "/ledger/bundle", produces = "application/gzip")
    void bundle(@Parameter(description = "First position") @RequestParam(defaultValue = "0") long from,
                @Parameter(description = "Position after the last; by default the whole journal") @RequestParam(defaultValue = "" + Long.MAX_VALUE) long to,
                HttpServletResponse response) throws IOException {
        if (from < 0 || to < from) {
            throw RequestProblem.parameter("from", "is not negative and not above to");
        }
        ProofService.Range range = answer(() -> proofs.range(from, to));
        if (range.from() < answer(proofs::firstPosition)) {
            throw RequestProblem.of(RequestCode.ENTRY_ARCHIVED, "The database begins at position " + proofs.firstPosition());
        }
        response.setContentType("application/gzip");
        response.setHeader("Content-Disposition",
                "attachment; filename=\"journal-%d-%d.jsonl.gz\"".formatted(range.from(), range.to()));
        // Not asynchronous: an export may take longer than any time-out of that.
        try {
            proofs.bundle(range, response.getOutputStream());
        } catch (JournalDamagedException e) {
            LOG.error("An export broke off, the journal is damaged: {}", e.getMessage());
            if (response.isCommitted()) {
                throw e;
            }
            response.reset();
            throw RequestProblem.of(RequestCode.JOURNAL_DAMAGED, e.getMessage());
        }
    }

    private static <T> T answer(Supplier<T> question) {
        try {
            return question.get();
        } catch (JournalDamagedException e) {
            LOG.error("The journal is damaged: {}", e.getMessage());
            throw RequestProblem.of(RequestCode.JOURNAL_DAMAGED, e.getMessage());
        } catch (PeriodArchivedException e) {
            throw RequestProblem.of(RequestCode.ENTRY_ARCHIVED, e.getMessage());
        } catch (JdbiException e) {
            throw RequestProblem.of(Refusal.STORE_UNAVAILABLE, "The journal cannot be read now");
        }
    }
}
