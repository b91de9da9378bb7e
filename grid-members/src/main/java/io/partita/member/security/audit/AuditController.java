package io.partita.member.security.audit;

import io.partita.member.rest.Fields;
import io.partita.member.rest.RequestCode;
import io.partita.member.rest.RequestProblem;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

@Tag(name = "Audit")
@RestController
@RequestMapping(path = "/api/v1/audit")
final class AuditController {

    private static final int MOST = 500;
    private static final long MOST_VERIFIED = 1_000_000;

    private final AuditTable table;

    AuditController(AuditTrail trail) {
        this.table = trail.table();
    }

    /** Something that was done, or denied. */
    @Schema(name = "AuditEvent")
    record EventAnswer(long sequence, Instant at, String member, @Schema(description = "absent for nobody known") String who,
                       @Schema(description = "the session or key") String session, String address, String method,
                       @Schema(description = "as docs/access.md has it") String path, @Schema(description = "what stood in its variables") String subject,
                       int status, @Schema(description = "why it was not done") String code, String correlationId,
                       @Schema(description = "over the event and the hash before it") String hash) {

        static EventAnswer of(AuditTable.Row row) {
            AuditEvent event = row.event();
            return new EventAnswer(row.sequence(), event.at(), event.member(), event.who(), event.session(), event.address(), event.method(), event.path(),
                    event.subject(), event.status(), event.code(), event.correlation(), HexFormat.of().formatHex(row.hash()));
        }
    }

    /** A page of events. */
    @Schema(name = "AuditEvents")
    record EventsAnswer(List<EventAnswer> events, @Schema(description = "Give it as before for the next page; absent on the last") Long next) {
    }

    /** What came of computing the chain again. */
    @Schema(name = "AuditVerification")
    record VerificationAnswer(boolean whole, long first, long last, long events,
                              @Schema(description = "the first event that is not what was written; absent if there is none") Long brokenAt,
                              @Schema(description = "of the last event: keep it elsewhere, and hold it against the chain later") String hash,
                              @Schema(description = "Give it as from to go on; absent at the end") Long next) {
    }

    @Operation(summary = "Who did what, and what was denied", description = "Every command and every refusal of access, the newest first.")
    @GetMapping
    EventsAnswer events(@RequestParam(required = false) String who, @Parameter(example = "POST") @RequestParam(required = false) String method,
                        @Parameter(example = "FORBIDDEN") @RequestParam(required = false) String code,
                        @Parameter(description = "At or after") @RequestParam(required = false) Instant from,
                        @Parameter(description = "Before") @RequestParam(required = false) Instant to,
                        @Parameter(description = "next of the page before") @RequestParam(defaultValue = "9223372036854775807") long before,
                        @Parameter(description = "1 to 500") @RequestParam(defaultValue = "50") int limit) {
        Fields.within("limit", limit, MOST);
        if (from != null) {
            Fields.nanos("from", from);
        }
        if (to != null) {
            Fields.nanos("to", to);
        }
        if (from != null && to != null && to.isBefore(from)) {
            throw RequestProblem.of(RequestCode.RANGE_REVERSED, from + " is after " + to + ".");
        }
        List<AuditTable.Row> rows = table.page(new AuditTable.Filter(text(who), text(method), text(code), from, to, before), limit + 1);
        List<AuditTable.Row> shown = rows.size() > limit ? rows.subList(0, limit) : rows;
        return new EventsAnswer(shown.stream().map(EventAnswer::of).toList(), rows.size() > limit ? shown.getLast().sequence() : null);
    }

    private static String text(String parameter) {
        return parameter == null ? null : parameter.replace('\0', ' ');
    }

    @Operation(summary = "Whether the audit trail is what was written", description = """
            Computes the hashes again. It shows any event that was changed, taken away or slipped in afterwards, unless somebody has computed all later hashes anew: \
            against that, keep the last hash elsewhere.""")
    @GetMapping("/verification")
    VerificationAnswer verification(@Parameter(description = "The first event") @RequestParam(defaultValue = "1") long from,
                                    @Parameter(description = "1 to 1000000") @RequestParam(defaultValue = "100000") long limit) {
        if (from < 1) {
            throw RequestProblem.parameter("from", "is positive.");
        }
        if (limit < 1 || limit > MOST_VERIFIED) {
            throw RequestProblem.of(RequestCode.LIMIT_OUT_OF_RANGE, "limit is " + limit + "; it is 1 to " + MOST_VERIFIED);
        }
        AuditTable.Verified verified = table.verify(from, limit);
        return new VerificationAnswer(verified.brokenAt() == 0, verified.first(), verified.last(), verified.events(), verified.brokenAt() == 0 ? null : verified.brokenAt(),
                verified.hash(), verified.brokenAt() == 0 && verified.events() == limit ? verified.last() + 1 : null);
    }
}
