package io.partita.member.ledger.archive;

import io.partita.ledger.Refusal;
import io.partita.member.ledger.JournalDamagedException;
import io.partita.member.rest.RequestCode;
import io.partita.member.rest.RequestProblem;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.JdbiException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.io.FileSystemResource;
import org.springframework.core.io.Resource;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

@Tag(name = "Retention", description = "Closed periods leave the database for files that verify")
@RestController
@RequestMapping(path = "/api/v1/ledger/archives")
final class ArchiveController {

    private static final Logger LOG = LoggerFactory.getLogger(ArchiveController.class);

    private final LedgerArchive archive;

    ArchiveController(LedgerArchive archive) {
        this.archive = archive;
    }

    /** Up to where to archive. */
    @Schema(name = "ArchiveRequest")
    record Request(@Schema(requiredMode = Schema.RequiredMode.REQUIRED, example = "2026-10-01T00:00:00Z",
            description = "A time: everything booked before it; or a position: all batches that end before it") String upTo) {
    }

    /** Archived periods, by position. */
    record Periods(List<ArchivedPeriod> archives) {
    }

    @Operation(summary = "Archive a closed period", description = "Writes and verifies its bundle, then purges it from the database.")
    @PostMapping(consumes = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<ArchivedPeriod> archive(@RequestBody Request request) {
        if (request.upTo() == null) {
            throw RequestProblem.field("upTo", "is required");
        }
        try {
            return run(request.upTo()).map(period -> ResponseEntity.status(201).body(period))
                    .orElseThrow(() -> RequestProblem.field("upTo", "no complete batch lies between the last archived period and it"));
        } catch (JournalDamagedException e) {
            LOG.error("Nothing was archived: {}", e.getMessage());
            throw RequestProblem.of(RequestCode.JOURNAL_DAMAGED, e.getMessage());
        } catch (JdbiException e) {
            LOG.warn("Nothing was archived: {}", e.getMessage());
            throw RequestProblem.of(Refusal.STORE_UNAVAILABLE, "Nothing was archived");
        }
    }

    private Optional<ArchivedPeriod> run(String upTo) {
        if (upTo.matches("\\d{1,18}")) {
            return archive.archiveBefore(Long.parseLong(upTo));
        }
        Instant time;
        try {
            time = Instant.parse(upTo);
        } catch (DateTimeException e) {
            throw RequestProblem.field("upTo", "'" + upTo + "' is neither a time such as 2026-10-01T00:00:00Z nor a position");
        }
        return archive.archiveBefore(time);
    }

    @Operation(summary = "The archived periods")
    @GetMapping
    Periods periods() {
        return new Periods(archive.periods());
    }

    @Operation(summary = "The file of an archived period", description = "By the period's first position. On the member that wrote it, or on all that share its folder.")
    @GetMapping(path = "/{from}", produces = "application/gzip")
    ResponseEntity<Resource> file(@PathVariable long from) {
        Path file = archive.periods().stream().filter(period -> period.from() == from).map(archive::file).findFirst()
                .orElseThrow(() -> RequestProblem.of(RequestCode.NOT_FOUND, "No archived period begins at position " + from));
        if (!Files.isReadable(file)) {
            throw RequestProblem.of(RequestCode.NOT_FOUND, file.getFileName() + " is not on this member: ask the one that wrote it, or let "
                    + "members share a folder (partita.ledger.archive)");
        }
        return ResponseEntity.ok().header(HttpHeaders.CONTENT_DISPOSITION, "attachment; filename=\"" + file.getFileName() + "\"")
                .contentType(MediaType.parseMediaType("application/gzip")).body(new FileSystemResource(file));
    }
}
