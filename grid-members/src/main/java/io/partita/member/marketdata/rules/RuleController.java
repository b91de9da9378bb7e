package io.partita.member.marketdata.rules;

import static io.partita.member.rest.Fields.required;

import io.partita.marketdata.anomaly.Severity;
import io.partita.marketdata.bars.BarSize;
import io.partita.marketdata.rules.AlertRule;
import io.partita.marketdata.stream.MarketInstrument;
import io.partita.member.rest.Caller;
import io.partita.member.rest.Fields;
import io.partita.member.rest.RequestCode;
import io.partita.member.rest.RequestProblem;
import io.partita.member.trading.rest.TradingCalls;
import io.partita.pipelines.marketdata.rules.RuleCondition;
import io.partita.pipelines.marketdata.rules.RuleLanguage;
import io.partita.security.Principal;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.LongFunction;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

@Tag(name = "Alert rules")
@RestController
@RequestMapping(path = "/api/v1/marketdata/rules")
final class RuleController {

    private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9-]{0,39}");
    private static final int MOST_SYMBOLS = 1_000;
    private static final int MOST_TRIED = 10;

    private final Rules rules;
    private final RuleTrials trials;
    private final RuleLanguage language;
    private final TradingCalls trading;

    RuleController(Rules rules, RuleTrials trials, RuleLanguage language, TradingCalls trading) {
        this.rules = rules;
        this.trials = trials;
        this.language = language;
        this.trading = trading;
    }

    @Operation(summary = "Rules, by name")
    @GetMapping
    List<RuleJson.Rule> all() {
        LongFunction<String> symbols = symbols();
        return rules.all().stream().map(kept -> answer(kept, symbols)).toList();
    }

    @Operation(summary = "What there is to write rules with")
    @GetMapping("/words")
    RuleJson.Words words() {
        return new RuleJson.Words(RuleLanguage.words(), List.of("previous", "abs", "least", "greatest"));
    }

    @Operation(summary = "A rule", description = "FAILED with the reason if it could not be evaluated; it is judged again when it is changed.")
    @GetMapping("/{name}")
    RuleJson.Rule one(@PathVariable String name) {
        return answer(rules.find(name).orElseThrow(() -> RequestProblem.of(RequestCode.RULE_NOT_FOUND, name)), symbols());
    }

    @Operation(summary = "A new rule", description = """
            201. The condition is in CEL, true or false, of at most 2,000 characters; RULE_INVALID tells what is wrong with it, and where. \
            RULE_EXISTS for a name that another rule has; the same once more is answered 200.""")
    @PostMapping(consumes = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<RuleJson.Rule> add(@RequestBody RuleJson.Wanted wanted, Principal caller) {
        String name = required("name", wanted.name());
        if (!NAME.matcher(name).matches()) {
            throw RequestProblem.field("name", "is 1 to 40 small letters, digits and -, and begins with no -");
        }
        AlertRule rule = rule(name, wanted);
        boolean added = rules.add(rule, description(wanted), Caller.actor(caller, wanted.actor()));
        KeptRule kept = rules.find(name).orElseThrow(() -> RequestProblem.of(RequestCode.TOO_MANY_RULES, ""));
        if (!added && !kept.same(rule, wanted.description())) {
            throw RequestProblem.of(RequestCode.RULE_EXISTS, name);
        }
        RuleJson.Rule answer = answer(kept, symbols());
        return added ? ResponseEntity.created(URI.create("/api/v1/marketdata/rules/" + name)).body(answer) : ResponseEntity.ok(answer);
    }

    @Operation(summary = "Another rule in place of one", description = "All of it: what is left out is as usual. A rule that has failed is judged again.")
    @PutMapping(path = "/{name}", consumes = MediaType.APPLICATION_JSON_VALUE)
    RuleJson.Rule replace(@PathVariable String name, @RequestBody RuleJson.Wanted wanted, Principal caller) {
        if (wanted.name() != null && !wanted.name().equals(name)) {
            throw RequestProblem.field("name", "is that of the address, or left out");
        }
        if (!rules.replace(rule(name, wanted), description(wanted), Caller.actor(caller, wanted.actor()))) {
            throw RequestProblem.of(RequestCode.RULE_NOT_FOUND, name);
        }
        return one(name);
    }

    @Operation(summary = "Take a rule away", description = "204. Its alerts stay.")
    @DeleteMapping("/{name}")
    ResponseEntity<Void> remove(@PathVariable String name) {
        if (!rules.remove(name)) {
            throw RequestProblem.of(RequestCode.RULE_NOT_FOUND, name);
        }
        return ResponseEntity.noContent().build();
    }

    @Operation(summary = "What a rule would have said", description = """
            Judges a condition on the bars and indicators, or the anomalies, that the grid has of some instruments, without keeping anything: how often it was true, and \
            which alerts there would have been. Of each instrument the last 10,000 bars at most.""")
    @PostMapping(path = "/dry-run", consumes = MediaType.APPLICATION_JSON_VALUE)
    RuleJson.Tried tried(@RequestBody RuleJson.Trial trial) {
        if (trial.symbols() == null || trial.symbols().isEmpty() || trial.symbols().size() > MOST_TRIED) {
            throw RequestProblem.field("symbols", "has 1 to " + MOST_TRIED + " instruments");
        }
        List<MarketInstrument> instruments = trial.symbols().stream().distinct().map(symbol -> trading.listing(required("symbols", symbol)))
                .map(listing -> new MarketInstrument(listing.instrument(), listing.symbol(), listing.currency(), listing.priceScale())).toList();
        RuleCondition condition = condition(trial.condition());
        AlertRule rule = new AlertRule("dry-run", 0, trial.condition(), size(trial.size()), Set.of(), severity(trial.severity()), true);
        long from = trial.from() == null ? 0 : Fields.nanos("from", trial.from());
        long to = trial.to() == null ? Long.MAX_VALUE : Fields.nanos("to", trial.to());
        if (to <= from) {
            throw RequestProblem.of(RequestCode.RANGE_REVERSED, "from is " + trial.from() + " and to is " + trial.to());
        }
        return trials.run(rule, condition, instruments, from, to).map(run -> RuleJson.Tried.of(on(condition), run, symbols()))
                .orElseThrow(() -> RequestProblem.of(RequestCode.TOO_MANY_QUERIES, "two dry runs at a time"));
    }

    private AlertRule rule(String name, RuleJson.Wanted wanted) {
        condition(wanted.condition());
        List<String> symbols = wanted.symbols() == null ? List.of() : wanted.symbols();
        if (symbols.size() > MOST_SYMBOLS) {
            throw RequestProblem.field("symbols", "has at most " + MOST_SYMBOLS + " instruments; none stands for all");
        }
        Set<Long> instruments = symbols.stream().map(symbol -> trading.listing(required("symbols", symbol)).instrument()).collect(Collectors.toSet());
        return new AlertRule(name, 0, wanted.condition(), size(wanted.size()), instruments, severity(wanted.severity()), wanted.enabled() == null || wanted.enabled());
    }

    private static String description(RuleJson.Wanted wanted) {
        return wanted.description() == null ? null : Fields.text("description", wanted.description());
    }

    private RuleCondition condition(String text) {
        return switch (language.read(required("condition", text))) {
            case RuleLanguage.Read.Readable(RuleCondition condition) -> condition;
            case RuleLanguage.Read.Unreadable(List<RuleLanguage.Flaw> flaws) -> {
                RuleLanguage.Flaw first = flaws.getFirst();
                throw RequestProblem.of(RequestCode.RULE_INVALID, "line " + first.line() + ", column " + first.column() + ": " + first.message())
                        .with("field", "condition").with("flaws", flaws);
            }
        };
    }

    private static RuleJson.On on(RuleCondition condition) {
        return condition.onAnomalies() ? RuleJson.On.ANOMALIES : RuleJson.On.BARS;
    }

    private RuleJson.Rule answer(KeptRule kept, LongFunction<String> symbols) {
        RuleJson.On on = language.read(kept.rule().condition()) instanceof RuleLanguage.Read.Readable(RuleCondition condition) ? on(condition) : null;
        return RuleJson.Rule.of(kept, on, rules.failure(kept.rule()).map(failure -> RuleJson.Failed.of(failure, symbols)).orElse(null), symbols);
    }

    private LongFunction<String> symbols() {
        Map<Long, String> symbols = trading.symbols();
        return instrument -> symbols.getOrDefault(instrument, Long.toString(instrument));
    }

    private static BarSize size(String text) {
        return text == null ? BarSize.MINUTE : BarSize.parse(text).orElseThrow(() -> RequestProblem.field("size", "is 1s, 1m, 5m, 1h or 1d"));
    }

    private static Severity severity(Severity told) {
        return told == null ? Severity.WARNING : told;
    }
}
