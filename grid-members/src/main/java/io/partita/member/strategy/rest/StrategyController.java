package io.partita.member.strategy.rest;

import static io.partita.member.rest.Fields.required;

import io.partita.ledger.Refusal;
import io.partita.member.rest.AccountId;
import io.partita.member.rest.Guarded;
import io.partita.member.rest.OwnAccounts;
import io.partita.member.rest.RequestCode;
import io.partita.member.rest.RequestProblem;
import io.partita.member.strategy.PaperRun;
import io.partita.member.strategy.PaperRuns;
import io.partita.member.trading.Listing;
import io.partita.member.trading.rest.TradingCalls;
import io.partita.trading.TradingRefusal;
import io.partita.trading.strategy.StrategyCatalogue;
import io.partita.trading.strategy.TradingStrategy;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.math.BigDecimal;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

@Tag(name = "Strategies")
@RestController
@RequestMapping(path = "/api/v1/strategies")
final class StrategyController {

    private static final int LONGEST_BAR = 86_400;
    private static final int MOST_SYMBOLS = 10;

    private final PaperRuns runs;
    private final TradingCalls trading;

    StrategyController(PaperRuns runs, TradingCalls trading) {
        this.runs = runs;
        this.trading = trading;
    }

    /** A strategy that is there from the start. */
    @Schema(name = "Strategy")
    record Known(String name, String summary, @Schema(example = "fast=10 slow=30 quantity=100", description = "what they are unless said") String parameters,
                 @Schema(description = "how many it trades") int instruments) {
    }

    /** A strategy that is to trade in live books. */
    @Schema(name = "NewStrategyRun")
    record NewRun(@Schema(requiredMode = Schema.RequiredMode.REQUIRED, description = "a positive number of your choice; repeating it is harmless") Long id,
                  @Schema(requiredMode = Schema.RequiredMode.REQUIRED, example = "crossover") String strategy,
                  @Schema(description = "where they differ from the strategy's own", example = "{\"fast\":5}") Map<String, Double> parameters,
                  @Schema(requiredMode = Schema.RequiredMode.REQUIRED, description = "as many as the strategy trades; of one currency") List<String> symbols,
                  @Schema(requiredMode = Schema.RequiredMode.REQUIRED, description = "whose orders they are; a trading account's go through its risk")
                  AccountId account,
                  @Schema(requiredMode = Schema.RequiredMode.REQUIRED, description = "what equity begins with; moves no money", example = "100000.00") String cash,
                  @Schema(description = "length of the bars that it is shown; 60 unless said") Integer barSeconds) implements Guarded {

        @Override
        public Stream<Long> mustOwn() {
            return Stream.ofNullable(account).map(AccountId::value);
        }
    }

    @Operation(summary = "Strategies that are there from the start")
    @GetMapping
    List<Known> catalogue() {
        return StrategyCatalogue.all().stream().map(one -> new Known(one.name(), one.summary(), one.parameters(), one.instruments())).toList();
    }

    @Operation(summary = "Let a strategy trade in live books", description = """
            201, or 200 when the same run had been started before. At most ten run at once. A run is at work on the member that was asked, and ends with it.""")
    @PostMapping(path = "/runs", consumes = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<PaperRun> start(@RequestBody NewRun request) {
        long id = required("id", request.id());
        if (id < 1) {
            throw RequestProblem.field("id", "is a positive number");
        }
        List<Listing> listings = required("symbols", request.symbols()).stream().limit(MOST_SYMBOLS).map(trading::listing).toList();
        TradingStrategy strategy = strategy(request, listings);
        int bar = request.barSeconds() == null ? 60 : request.barSeconds();
        if (bar < 1 || bar > LONGEST_BAR) {
            throw RequestProblem.field("barSeconds", "is 1 to " + LONGEST_BAR);
        }
        BigDecimal cash = cash(request.cash(), listings.getFirst().priceScale());
        AccountId account = required("account", request.account());
        PaperRun.Order order = new PaperRun.Order(request.strategy(), request.parameters() == null ? Map.of() : new TreeMap<>(request.parameters()),
                request.symbols(), account.toString(), cash.toPlainString(), bar);
        return switch (runs.start(id, order, listings, strategy, account.value(), listings.getFirst().ticks(cash))) {
            case PaperRuns.Started.Run run when run.repeated() -> ResponseEntity.ok(run.run());
            case PaperRuns.Started.Run run -> ResponseEntity.created(URI.create("/api/v1/strategies/runs/" + id)).body(run.run());
            case PaperRuns.Started.Reused reused -> throw RequestProblem.of(TradingRefusal.ID_REUSED, "Another run has the id " + id + ".");
            case PaperRuns.Started.TooMany many -> throw RequestProblem.of(RequestCode.TOO_MANY_RUNS, "Stop one first.");
            case PaperRuns.Started.Unavailable gone -> throw RequestProblem.of(TradingRefusal.BOOK_UNAVAILABLE, gone.detail());
        };
    }

    static StrategyCatalogue named(String strategy) {
        return StrategyCatalogue.named(required("strategy", strategy))
                .orElseThrow(() -> RequestProblem.field("strategy", "is one of those that GET /api/v1/strategies has"));
    }

    private static TradingStrategy strategy(NewRun request, List<Listing> listings) {
        StrategyCatalogue known = named(request.strategy());
        if (listings.size() != known.instruments() || listings.stream().distinct().count() != listings.size()) {
            throw RequestProblem.field("symbols", "are " + known.instruments() + ", each once");
        }
        if (listings.stream().map(listing -> listing.currency() + listing.priceScale()).distinct().count() != 1) {
            throw RequestProblem.field("symbols", "have one currency and one number of decimals");
        }
        try {
            return known.with(request.parameters() == null ? Map.of() : request.parameters()).get();
        } catch (IllegalArgumentException | NullPointerException wrong) {
            throw RequestProblem.of(Refusal.INVALID_REQUEST, "parameters: " + wrong.getMessage());
        }
    }

    static BigDecimal cash(String amount, int decimals) {
        try {
            BigDecimal cash = new BigDecimal(required("cash", amount));
            if (cash.signum() > 0 && cash.precision() - cash.scale() <= 9 && cash.scale() >= 0 && cash.scale() <= decimals) {
                return cash;
            }
        } catch (NumberFormatException notANumber) {
            // Answered below.
        }
        throw RequestProblem.field("cash", "is a positive amount, less than 10^9, with at most the decimals of a price");
    }

    @Operation(summary = "Runs, the newest first", description = "All that run, and the last 100 that have ended; without fills and curves.")
    @GetMapping("/runs")
    List<PaperRun> all() {
        return runs.all().stream().map(PaperRun::summary).toList();
    }

    @Operation(summary = "A run with its equity curve and its last fills")
    @GetMapping("/runs/{id}")
    PaperRun one(@PathVariable long id) {
        return runs.find(id).filter(StrategyController::own).orElseThrow(() -> noRun(id));
    }

    /** Runs of others are not there for those who have accounts of their own only. */
    private static boolean own(PaperRun run) {
        return OwnAccounts.owns(Long.parseLong(run.order().account()));
    }

    private static RequestProblem noRun(long id) {
        return RequestProblem.of(RequestCode.NOT_FOUND, "There is no run " + id + ".");
    }

    @Operation(summary = "Stop a run", description = "Its open orders are cancelled; what it holds stays. A run that has ended stays as it is.")
    @DeleteMapping("/runs/{id}")
    PaperRun stop(@PathVariable long id) {
        one(id);
        return runs.stop(id).orElseThrow(() -> noRun(id));
    }
}
