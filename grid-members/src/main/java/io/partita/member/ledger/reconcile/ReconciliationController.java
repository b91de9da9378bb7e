package io.partita.member.ledger.reconcile;

import io.partita.member.ledger.reconcile.ReconciliationRun.Cause;
import io.partita.member.rest.RequestCode;
import io.partita.member.rest.RequestProblem;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.net.URI;
import java.util.List;
import java.util.UUID;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

@Tag(name = "Reconciliation")
@RestController
@RequestMapping("/api/v1/ledger/reconciliations")
final class ReconciliationController {

    private static final int MAX_PAGE = 1_000;

    private final ReconciliationService service;
    private final ReconciliationRuns runs;

    ReconciliationController(ReconciliationService service, ReconciliationRuns runs) {
        this.service = service;
        this.runs = runs;
    }

    /** Runs, newest first. */
    @Schema(name = "Reconciliations")
    record RunsAnswer(List<ReconciliationRun> reconciliations) {
    }

    /** A run with a page of its breaks. */
    @Schema(name = "ReconciliationWithBreaks")
    record RunAnswer(ReconciliationRun reconciliation, List<BreakAnswer> breaks,
                     @Schema(description = "Give it as after for the next page; absent on the last") Integer next) {
    }

    /** One difference on the wire; sums and limits in minor units. */
    @Schema(name = "ReconciliationBreak")
    record BreakAnswer(int number, BreakReason reason, String meaning, String account, Integer shard, Long sequence, String field,
                       @Schema(description = "What the journal says") String expected, String found) {

        static BreakAnswer of(ReconciliationRuns.NumberedBreak numbered) {
            Break found = numbered.found();
            return new BreakAnswer(numbered.number(), found.reason(), found.reason().meaning(),
                    found.account() == 0 ? null : Long.toString(found.account()), found.shard() < 0 ? null : found.shard(),
                    found.sequence() == 0 ? null : found.sequence(), found.field(), found.expected(), found.found());
        }
    }

    @Operation(summary = "Reconcile the ledger with itself", description = """
            Folds the journal again and compares it, account by account, with the checkpoints, the table of accounts and the grid. Runs
            in the background, one at a time in the cluster: 202 with the run.""")
    @PostMapping
    ResponseEntity<ReconciliationRun> start() {
        UUID id = service.start(Cause.REQUEST);
        return ResponseEntity.accepted().location(URI.create("/api/v1/ledger/reconciliations/" + id)).body(runs.find(id).orElseThrow());
    }

    @Operation(summary = "The latest reconciliations")
    @GetMapping
    RunsAnswer list(@Parameter(description = "1 to 200") @RequestParam(defaultValue = "20") int limit) {
        return new RunsAnswer(runs.latest(checked(limit, 200)));
    }

    @Operation(summary = "A reconciliation and its breaks")
    @GetMapping("/{id}")
    RunAnswer get(@PathVariable UUID id, @Parameter(description = "Breaks, 1 to 1000") @RequestParam(defaultValue = "100") int limit,
                  @Parameter(description = "next of the page before") @RequestParam(defaultValue = "0") int after) {
        ReconciliationRun run = runs.find(id)
                .orElseThrow(() -> RequestProblem.of(RequestCode.RECONCILIATION_NOT_FOUND, "There is no reconciliation " + id + "."));
        List<ReconciliationRuns.NumberedBreak> breaks = runs.breaks(id, after, checked(limit, MAX_PAGE) + 1);
        boolean more = breaks.size() > limit;
        List<ReconciliationRuns.NumberedBreak> page = more ? breaks.subList(0, limit) : breaks;
        return new RunAnswer(run, page.stream().map(BreakAnswer::of).toList(), more ? page.getLast().number() : null);
    }

    static int checked(int limit, int most) {
        if (limit < 1 || limit > most) {
            throw RequestProblem.of(RequestCode.LIMIT_OUT_OF_RANGE, "limit is 1 to " + most + ", not " + limit + ".");
        }
        return limit;
    }
}
