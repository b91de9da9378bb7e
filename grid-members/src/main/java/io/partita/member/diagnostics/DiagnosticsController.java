package io.partita.member.diagnostics;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.servlet.mvc.method.annotation.StreamingResponseBody;

@Tag(name = "Status")
@RestController
final class DiagnosticsController {

    private final Diagnostics diagnostics;

    DiagnosticsController(Diagnostics diagnostics) {
        this.diagnostics = diagnostics;
    }

    @Operation(summary = "What whoever helps needs to know of this member", description = """
            One archive: versions, settings, health, status, metrics, threads, heap, cluster, jobs, the database's schema, sizes and slow statements, and the last events of the log.
            Secrets are masked. ./partita diagnose asks for it and adds the files of the log.""",
            responses = @ApiResponse(responseCode = "200", content = @Content(mediaType = "application/zip")))
    @GetMapping(path = "/api/v1/diagnostics", produces = "application/zip")
    ResponseEntity<StreamingResponseBody> archive() {
        return ResponseEntity.ok().header(HttpHeaders.CONTENT_DISPOSITION, "attachment; filename=\"partita-diagnostics.zip\"").body(diagnostics::write);
    }
}
