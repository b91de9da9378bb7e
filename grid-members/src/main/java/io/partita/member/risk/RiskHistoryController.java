package io.partita.member.risk;

import static io.partita.member.risk.RiskJson.money;

import io.partita.member.ledger.query.Times;
import io.partita.member.rest.Fields;
import io.partita.member.rest.RequestCode;
import io.partita.member.rest.RequestProblem;
import io.partita.money.Currency;
import io.partita.positions.product.Terms;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.net.URI;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

@Tag(name = "Risk")
@RestController
@RequestMapping("/api/v1/risk/portfolios/{code}/history")
final class RiskHistoryController {

    private static final Pattern ID = Pattern.compile("[a-z0-9][a-z0-9-]{0,79}");
    private static final int MOST_PAGE = 5_000;

    private final PortfolioRisk risk;
    private final RiskResults results;
    private final QuestionDay days;
    private final String version;

    RiskHistoryController(PortfolioRisk risk, RiskResults results, QuestionDay days, String version) {
        this.risk = risk;
        this.results = results;
        this.days = days;
        this.version = version;
    }

    @Schema(name = "ExactRisk")
    record Exact(String valueAtRisk, String expectedShortfall) {
    }

    @Schema(name = "KeptRisk")
    record Kept(String id, LocalDate day, RiskMethod method, double level, int window, int horizon, double rate, String valueAtRisk, String expectedShortfall,
                @Schema(description = "as they are, not rounded") Exact exact, Integer scenarios, String seed, String engine, String version, String inputs,
                @Schema(description = "SHA-256 of every number of the result") String figures, Instant keptAt) {

        static Kept of(RiskResult result) {
            RiskSettings settings = result.settings();
            Currency base = Currency.of(result.base());
            boolean drawn = settings.method() == RiskMethod.MONTE_CARLO;
            return new Kept(result.id(), result.day(), settings.method(), settings.level(), settings.window(), settings.horizon(), settings.rate(),
                    money(result.valueAtRisk(), base), money(result.expectedShortfall(), base),
                    new Exact(Double.toString(result.valueAtRisk()), Double.toString(result.expectedShortfall())), drawn ? settings.scenarios() : null,
                    drawn ? Long.toString(settings.seed()) : null, result.engine(), result.version(), result.inputs(), result.figures(), result.keptAt());
        }
    }

    @Schema(name = "RiskHistory")
    record History(String portfolio, List<Kept> results, @Schema(description = "after of the next page; absent on the last") String next) {
    }

    @Schema(name = "RiskRun")
    record Run(String valueAtRisk, String expectedShortfall, String inputs, String figures, String engine, String version) {

        static Run of(RiskResult result) {
            return new Run(Double.toString(result.valueAtRisk()), Double.toString(result.expectedShortfall()), result.inputs(), result.figures(), result.engine(),
                    result.version());
        }
    }

    @Schema(name = "RiskRerun")
    record Rerun(String id, @Schema(description = "to the last bit") boolean same, boolean sameInputs,
                 @Schema(description = "of what quantity, terms or prices are not what they were") List<String> changed, Run kept, Run now) {
    }

    @Operation(summary = "Results that were kept, by day")
    @GetMapping
    History history(@PathVariable String code, @RequestParam(required = false) String from, @RequestParam(required = false) String to,
                    @RequestParam(required = false) RiskMethod method, @RequestParam(required = false) String after, @RequestParam(defaultValue = "1000") int limit) {
        Fields.within("limit", limit, MOST_PAGE);
        LocalDate first = Optional.ofNullable(Times.date("from", from)).map(Terms::day).orElse(Terms.FIRST_DAY);
        LocalDate last = Optional.ofNullable(Times.date("to", to)).map(Terms::day).orElse(Terms.LAST_DAY);
        if (last.isBefore(first)) {
            throw RequestProblem.of(RequestCode.RANGE_REVERSED, first + " to " + last);
        }
        List<RiskResult> found = results.list(code, first, last, method, place(after), limit + 1);
        List<RiskResult> page = found.subList(0, Math.min(limit, found.size()));
        return new History(code, page.stream().map(Kept::of).toList(), found.size() > limit ? page.getLast().day() + "," + page.getLast().id() : null);
    }

    private static RiskResults.Place place(String after) {
        if (after == null) {
            return null;
        }
        try {
            String[] parts = after.split(",", 2);
            return new RiskResults.Place(LocalDate.parse(parts[0]), parts[1]);
        } catch (DateTimeException | ArrayIndexOutOfBoundsException none) {
            throw RequestProblem.of(RequestCode.BAD_CURSOR, "after is next of the page before.");
        }
    }

    @Operation(summary = "A result that was kept")
    @GetMapping("/{id}")
    Kept one(@PathVariable String code, @PathVariable String id) {
        return Kept.of(find(code, id));
    }

    private RiskResult find(String code, String id) {
        return results.find(code, id).orElseThrow(() -> RequestProblem.of(RequestCode.RISK_RESULT_NOT_FOUND, id + " of " + code));
    }

    @Operation(summary = "Measure and keep the result", description = """
            201. The same id once more gives the first result; RISK_RESULT_EXISTS if it was asked for with other parameters. A kept result never changes.""")
    @PutMapping("/{id}")
    ResponseEntity<Kept> keep(@PathVariable String code, @PathVariable String id, @RequestParam(required = false) String day,
                              @RequestParam(defaultValue = "FILTERED_HISTORICAL") RiskMethod method, @RequestParam(defaultValue = "0.99") double level,
                              @RequestParam(defaultValue = "500") int window, @RequestParam(defaultValue = "1") int horizon,
                              @RequestParam(defaultValue = "100000") int scenarios, @RequestParam(defaultValue = "1") long seed, @RequestParam(defaultValue = "0") double rate) {
        if (!ID.matcher(id).matches()) {
            throw RequestProblem.parameter("id", "has 1 to 80 small letters, digits and -");
        }
        RiskSettings settings = new RiskSettings(method, level, window, horizon, scenarios, seed, rate);
        LocalDate until = days.of(day);
        Optional<RiskResult> there = results.find(code, id);
        if (there.isPresent()) {
            return ResponseEntity.ok(Kept.of(asked(there.get(), settings, day == null ? there.get().day() : until)));
        }
        RiskResult made = RiskResult.of(id, risk.measure(code, until, settings, Map.of()), version);
        return ResponseEntity.created(URI.create("/api/v1/risk/portfolios/" + code + "/history")).body(Kept.of(asked(results.keep(made), settings, until)));
    }

    /** Somebody may have been faster. */
    private static RiskResult asked(RiskResult kept, RiskSettings settings, LocalDate day) {
        if (!kept.settings().equals(settings) || !kept.day().equals(day)) {
            throw RequestProblem.of(RequestCode.RISK_RESULT_EXISTS, kept.id() + " is of " + kept.day() + ": " + kept.settings());
        }
        return kept;
    }

    @Operation(summary = "Calculate a kept result once more", description = """
            From what is known now: says whether every number is the same to the last bit, and if not, whether it was made of the same positions and prices.""")
    @PostMapping("/{id}/rerun")
    Rerun rerun(@PathVariable String code, @PathVariable String id) {
        RiskResult kept = find(code, id);
        RiskResult now = RiskResult.of(id, risk.measure(code, kept.day(), kept.settings(), Map.of()), version);
        return new Rerun(id, kept.same(now), kept.inputs().equals(now.inputs()), kept.changed(now), Run.of(kept), Run.of(now));
    }
}
