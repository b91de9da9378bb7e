package io.partita.member.drill.desk;

import io.partita.member.drill.Drill;
import io.partita.member.drill.DrillCatalogue;
import io.partita.member.rest.Fields;
import io.partita.member.rest.RequestCode;
import io.partita.member.rest.RequestProblem;
import io.partita.security.Principal;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.net.URI;
import java.util.List;
import java.util.UUID;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

@Tag(name = "Drills")
@RestController
@RequestMapping(path = "/api/v1/drills")
final class DrillController {

    private static final int MOST_LINES = 1_000;

    private final DrillDesk desk;

    DrillController(DrillDesk desk) {
        this.desk = desk;
    }

    /** A drill that there is. @param members how many it takes at least; 0 for any */
    record Known(String name, String breaks, String holds, int members) {
    }

    /** A way to run drills. @param missing what this machine lacks for it; absent if nothing */
    record Way(String transport, String missing, String action) {
    }

    /** What there is. @param enabled whether this member runs any @param limitSeconds after which one is ended */
    record Drills(boolean enabled, long limitSeconds, List<Way> transports, List<Known> drills) {
    }

    @Operation(summary = "The drills, and how this member can run them", description = """
            A drill starts a cluster of its own in processes of its own, breaks it, and proves what it kept. Each way to run one says what is missing for it here.""")
    @GetMapping
    Drills drills() {
        return new Drills(desk.enabled(), desk.limit().toSeconds(), desk.ways().stream().map(way -> new Way(way.transport().toString(), way.missing(), way.action())).toList(),
                DrillCatalogue.all().stream().map(DrillController::known).toList());
    }

    private static Known known(Drill drill) {
        return new Known(drill.name(), drill.breaks(), drill.holds(), drill.members());
    }

    @Operation(summary = "Start a drill", description = "201, or 200 if a run with this id was there before. One runs at a time in the whole cluster.")
    @PostMapping(path = "/{drill}", consumes = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<DrillState> start(@PathVariable String drill, @RequestBody DrillRequest request, Principal caller) {
        DrillTables.Begun begun = desk.start(drill, request, caller.name());
        return begun.begun() ? ResponseEntity.created(URI.create("/api/v1/drills/runs/" + begun.run().id())).body(begun.run()) : ResponseEntity.ok(begun.run());
    }

    @Operation(summary = "Runs of drills, the newest first", description = "The last 50.")
    @GetMapping("/runs")
    List<DrillState> runs() {
        return desk.tables().all();
    }

    @Operation(summary = "A run of a drill, as far as it has come")
    @GetMapping("/runs/{run}")
    DrillState run(@PathVariable UUID run, @Parameter(description = "how many of the last lines, 1 to 1000") @RequestParam(defaultValue = "300") int lines) {
        Fields.within("lines", lines, MOST_LINES);
        return desk.tables().find(run, lines).orElseThrow(() -> RequestProblem.of(RequestCode.DRILL_RUN_NOT_FOUND, run.toString()));
    }

    @Operation(summary = "The report of a run, as a page that needs nothing else")
    @GetMapping(path = "/runs/{run}/report", produces = MediaType.TEXT_HTML_VALUE)
    ResponseEntity<String> page(@PathVariable UUID run) {
        // It has styles of its own, and neither scripts nor anything from elsewhere.
        return ResponseEntity.ok().header("Content-Security-Policy", "default-src 'none'; style-src 'unsafe-inline'; img-src data:")
                .body(desk.tables().page(run).orElseThrow(() -> noReport(run)));
    }

    @Operation(summary = "The report of a run, for programs")
    @GetMapping(path = "/runs/{run}/report.json", produces = MediaType.APPLICATION_JSON_VALUE)
    String document(@PathVariable UUID run) {
        return desk.tables().document(run).orElseThrow(() -> noReport(run));
    }

    private RequestProblem noReport(UUID run) {
        return RequestProblem.of(desk.tables().find(run, 0).isPresent() ? RequestCode.DRILL_REPORT_NOT_FOUND : RequestCode.DRILL_RUN_NOT_FOUND, run.toString());
    }

    @Operation(summary = "End a run of a drill", description = "202: it takes away what it made, which takes some seconds.")
    @DeleteMapping("/runs/{run}")
    ResponseEntity<DrillState> cancel(@PathVariable UUID run, Principal caller) {
        return ResponseEntity.accepted().body(desk.cancel(run, caller.name()));
    }
}
