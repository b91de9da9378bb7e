package io.partita.member.ledger.reconcile;

import io.partita.member.ledger.reconcile.StatementMatching.Result;
import io.partita.member.rest.AccountId;
import io.partita.member.rest.RequestCode;
import io.partita.member.rest.RequestProblem;
import io.partita.money.Currency;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.net.URI;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

@Tag(name = "Reconciliation")
@RestController
@RequestMapping("/api/v1/ledger/statements")
final class StatementFileController {

    private static final int MAX_PAGE = 1_000;
    private static final int MAX_NAME = 200;

    private final ExternalReconciliation reconciliation;
    private final StatementFiles files;
    private final InstantSource clock;

    StatementFileController(ExternalReconciliation reconciliation, StatementFiles files, InstantSource clock) {
        this.reconciliation = reconciliation;
        this.files = files;
        this.clock = clock;
    }

    /** What a statement came to. */
    @Schema(name = "StatementFile")
    record FileAnswer(UUID id, String account, String name, @Schema(description = "Days by which dates may differ") int tolerance, Instant loadedAt,
                      Instant matchedAt, @Schema(description = "Whether the same file had been loaded before; only in the answer to that") Boolean repeated,
                      List<CountAnswer> counts) {
    }

    /** How many items have a result, for a reason; open ones by their age in days. */
    @Schema(name = "StatementCount")
    record CountAnswer(Result result, @Schema(example = "NOT_IN_LEDGER") String reason,
                       @Schema(description = "0-1, 2-7, 8-30 or >30 days; only of what is open", example = "2-7") String age, long items) {
    }

    /** Files, the latest first. */
    @Schema(name = "StatementFiles")
    record FilesAnswer(List<FileAnswer> statements) {
    }

    /** A file with a page of its items. */
    @Schema(name = "StatementFileWithItems")
    record ItemsAnswer(FileAnswer statement, List<ItemAnswer> items,
                       @Schema(description = "Give it as after for the next page; absent on the last") Integer next) {
    }

    /** A line of the file, or an entry of the journal that no line accounts for. */
    @Schema(name = "StatementItem")
    record ItemAnswer(int number, @Schema(description = "Line of the file; absent for an entry without one") Integer line, Result result,
                      String reason, LocalDate date, @Schema(example = "-12.34") String amount, String currency, String reference,
                      String description, @Schema(description = "Entries of the journal that it was compared with") List<Long> positions,
                      String detail) {

        static ItemAnswer of(StatementFiles.StoredItem item) {
            return new ItemAnswer(item.number(), item.line() == 0 ? null : item.line(), item.result(), item.reason(), item.date(),
                    item.date() == null ? null : Currency.of(item.currency()).toMajor(item.amount()).toPlainString(),
                    item.date() == null ? null : item.currency(), item.reference(), item.description(), item.positions(), item.detail());
        }
    }

    @Operation(summary = "Reconcile an account with a statement from outside", description = """
            The body is CSV with a header: date, amount (or credit and debit), and if there are any currency, reference and
            description, under their usual names; separated by comma, semicolon or tab. An amount is positive when it increases the
            balance of the account. 201 with the result; 200 when the same file had been loaded before.""")
    @PostMapping(consumes = "text/csv")
    ResponseEntity<FileAnswer> load(@Parameter(example = "1001") @RequestParam String account,
            @Parameter(description = "Days by which dates may differ, 0 to 31") @RequestParam(defaultValue = "2") int tolerance,
            @Parameter(description = "Of the file, for people") @RequestParam(defaultValue = "") String name, @RequestBody byte[] body) {
        if (tolerance < 0 || tolerance > 31) {
            throw RequestProblem.parameter("tolerance", "is 0 to 31 days.");
        }
        if (name.length() > MAX_NAME) {
            throw RequestProblem.parameter("name", "has at most " + MAX_NAME + " characters.");
        }
        ExternalReconciliation.Loaded loaded = reconciliation.load(AccountId.parse(account).value(), name, body, tolerance);
        FileAnswer answer = answer(find(loaded.file()), loaded.repeated());
        return loaded.repeated() ? ResponseEntity.ok(answer)
                : ResponseEntity.created(URI.create("/api/v1/ledger/statements/" + loaded.file())).body(answer);
    }

    @Operation(summary = "Match a statement again", description = "With what the ledger has now.")
    @PostMapping("/{id}/match")
    FileAnswer match(@PathVariable UUID id) {
        reconciliation.matchAgain(id);
        return answer(find(id), null);
    }

    @Operation(summary = "The latest statements")
    @GetMapping
    FilesAnswer list(@RequestParam(required = false) String account, @RequestParam(defaultValue = "20") int limit) {
        return new FilesAnswer(files.latest(account == null ? 0 : AccountId.parse(account).value(), ReconciliationController.checked(limit, 200))
                .stream().map(file -> answer(file, null)).toList());
    }

    @Operation(summary = "A statement and its items")
    @GetMapping("/{id}")
    ItemsAnswer get(@PathVariable UUID id, @RequestParam(required = false) Result result,
            @Parameter(description = "1 to 1000") @RequestParam(defaultValue = "100") int limit,
            @Parameter(description = "next of the page before") @RequestParam(defaultValue = "0") int after) {
        StatementFiles.Stored file = find(id);
        List<StatementFiles.StoredItem> items = files.items(id, result, after, ReconciliationController.checked(limit, MAX_PAGE) + 1);
        boolean more = items.size() > limit;
        List<StatementFiles.StoredItem> page = more ? items.subList(0, limit) : items;
        return new ItemsAnswer(answer(file, null), page.stream().map(ItemAnswer::of).toList(), more ? page.getLast().number() : null);
    }

    private StatementFiles.Stored find(UUID id) {
        return files.stored(id).orElseThrow(() -> RequestProblem.of(RequestCode.RECONCILIATION_NOT_FOUND, "There is no statement " + id + "."));
    }

    private FileAnswer answer(StatementFiles.Stored file, Boolean repeated) {
        LocalDate today = clock.instant().atZone(ZoneOffset.UTC).toLocalDate();
        return new FileAnswer(file.file(), Long.toString(file.account()), file.name(), file.tolerance(), file.loadedAt(), file.matchedAt(), repeated,
                files.counts(file.file(), today).stream().map(c -> new CountAnswer(c.result(), c.reason(), c.age(), c.items())).toList());
    }
}
