package io.partita.member.status;

import io.swagger.v3.oas.annotations.Hidden;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

@Tag(name = "Status")
@RestController
final class StatusController {

    private final StatusService service;

    StatusController(StatusService service) {
        this.service = service;
    }

    @Operation(summary = "What works, and how this member's promises were kept", description = """
            Each promise has a target, and what is left of the cases that may fail (the error budget), over the last hour and the last day, as far as the member has run for
            so long. A burn rate above 1 spends the budget faster than allowed.""")
    @GetMapping(path = "/api/v1/status", produces = MediaType.APPLICATION_JSON_VALUE)
    StatusAnswer status() {
        return service.status();
    }

    @Hidden
    @GetMapping(path = "/status", produces = MediaType.TEXT_HTML_VALUE)
    String page() {
        return StatusPage.of(service.status());
    }
}
