package io.partita.member.positions;

import static io.partita.member.rest.Fields.required;

import io.partita.member.rest.Caller;
import io.partita.member.rest.Fields;
import io.partita.member.rest.RequestCode;
import io.partita.member.rest.RequestProblem;
import io.partita.security.Principal;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.net.URI;
import java.time.LocalDate;
import java.util.List;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

@Tag(name = "Positions")
@RestController
@RequestMapping(path = "/api/v1/positions/symbol-changes")
final class SymbolChangeController {

    private final SymbolChanges changes;

    SymbolChangeController(SymbolChanges changes) {
        this.changes = changes;
    }

    /** A new name for a product. */
    @Schema(name = "NewSymbolChange")
    record NewChange(@Schema(requiredMode = Schema.RequiredMode.REQUIRED, example = "FB") String former,
                     @Schema(requiredMode = Schema.RequiredMode.REQUIRED, description = "a product of the same kind and currency",
                     example = "META") String latter,
                     @Schema(requiredMode = Schema.RequiredMode.REQUIRED, description = "the first of the new name") LocalDate day,
                     @Schema(description = Caller.ACTOR) String actor) {
    }

    @Operation(summary = "Symbols that were changed, the oldest first")
    @GetMapping
    List<SymbolChanges.Change> all() {
        return changes.all();
    }

    @Operation(summary = "Call a product otherwise from a day on",
            description = "201; 200 if the same is there. Positions of the former symbol are of the latter from that day on, with their lots.")
    @PostMapping(consumes = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<SymbolChanges.Change> add(@RequestBody NewChange request, Principal caller) {
        SymbolChanges.Change wanted = new SymbolChanges.Change(request.former(), request.latter(), required("day", request.day()));
        boolean fresh = changes.add(wanted, Caller.actor(caller, request.actor()));
        return fresh ? ResponseEntity.created(URI.create("/api/v1/positions/symbol-changes")).body(wanted) : ResponseEntity.ok(wanted);
    }

    @Operation(summary = "Take one back that was entered by mistake")
    @DeleteMapping
    ResponseEntity<Void> remove(@RequestParam String former) {
        if (!changes.remove(former)) {
            throw RequestProblem.of(RequestCode.NOT_FOUND, former + " has no other name.");
        }
        return ResponseEntity.noContent().build();
    }
}
