package io.partita.member.positions;

import io.partita.member.rest.RequestCode;
import io.partita.member.rest.RequestProblem;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

@Tag(name = "Positions")
@RestController
@RequestMapping(path = "/api/v1/positions/imports")
final class ImportController {

    private final RowImports imports;
    private final ExternalPositions external;

    ImportController(RowImports imports, ExternalPositions external) {
        this.imports = imports;
        this.external = external;
    }

    @Operation(summary = "Take positions from elsewhere", description = """
            Up to 5,000 rows, each a lot that an account has, taken or refused alone, with its code. What a row of an import has said once, it says again: repeating it changes \
            nothing, and another content is refused as ROW_CHANGED. They count in portfolios beside what settled trades have left; the ledger knows nothing of them.""")
    @PostMapping(consumes = MediaType.APPLICATION_JSON_VALUE)
    RowJson.Taken take(@RequestBody RowJson.PositionRows rows) {
        return RowJson.Taken.of(imports.positions(rows));
    }

    @Operation(summary = "Take an import of positions back", description = "204. All its lots are gone, as if they had never been.")
    @DeleteMapping
    ResponseEntity<Void> remove(@RequestParam String name) {
        if (external.remove(name) == 0) {
            throw RequestProblem.of(RequestCode.NOT_FOUND, "No import of positions has that name.");
        }
        return ResponseEntity.noContent().build();
    }
}
