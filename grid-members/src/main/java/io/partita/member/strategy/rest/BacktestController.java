package io.partita.member.strategy.rest;

import io.partita.ledger.Refusal;
import io.partita.marketdata.MarketDataClient;
import io.partita.member.rest.RequestCode;
import io.partita.member.rest.RequestProblem;
import io.partita.member.strategy.BacktestReport;
import io.partita.member.strategy.PaperRun;
import io.partita.member.trading.Listing;
import io.partita.member.trading.rest.TradingCalls;
import io.partita.trading.TradingRefusal;
import io.partita.trading.feed.Bar;
import io.partita.trading.feed.TradeHistory;
import io.partita.trading.strategy.Backtest;
import io.partita.trading.strategy.BacktestResult;
import io.partita.trading.strategy.FillModel;
import io.partita.trading.strategy.PriceBar;
import io.partita.trading.strategy.PriceFile;
import io.partita.trading.strategy.StrategyCatalogue;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Semaphore;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

@Tag(name = "Strategies")
@RestController
@RequestMapping(path = "/api/v1/strategies/backtests")
final class BacktestController {

    private static final int MOST_RUNS = 10;
    private static final int MOST_SYMBOLS = 10;
    private static final int MOST_DECIMALS = 9;
    private static final long BAR_NANOS = Duration.ofMinutes(1).toNanos();
    private static final BigDecimal MILLION = BigDecimal.valueOf(1_000_000);

    private final TradingCalls trading;
    private final MarketDataClient market;
    /** Each takes all processors for a moment. */
    private final Semaphore atWork = new Semaphore(2);

    BacktestController(TradingCalls trading, MarketDataClient market) {
        this.trading = trading;
        this.market = market;
    }

    /** A strategy that is to trade through history. */
    @Schema(name = "BacktestStrategy")
    record Chosen(@Schema(requiredMode = Schema.RequiredMode.REQUIRED, example = "crossover") String strategy,
                  @Schema(description = "where they differ from the strategy's own", example = "{\"fast\":5}") Map<String, Double> parameters) {
    }

    /** Strategies, and the history that each of them trades through. */
    @Schema(name = "NewBacktest")
    record NewBacktest(@Schema(requiredMode = Schema.RequiredMode.REQUIRED, description = "1 to 10") List<Chosen> strategies,
                       @Schema(description = "listed ones, whose bars of a minute are traded through; or those of the rows, none if they are of one") List<String> symbols,
                       @Schema(description = "prices in CSV as ./partita backtest reads them, a header and rows; instead of the books' bars",
                               example = "[\"date,open,high,low,close,volume\"]") List<String> csv,
                       @Schema(description = "of prices in CSV; 2 unless said") Integer decimals,
                       @Schema(description = "to begin with; 100000 unless said", example = "100000.00") String cash,
                       @Schema(description = "part of price times quantity; 0.0005 unless said", example = "0.0005") String commission,
                       @Schema(description = "part of the price, of market and stop orders; 0.0005 unless said", example = "0.0005") String slippage,
                       @Schema(description = "of a bar's volume that orders can get; 0 for no bound; 0.1 unless said", example = "0.1") String share) {
    }

    /** What came of one strategy. */
    @Schema(name = "BacktestRun")
    record Run(String strategy, Map<String, Double> parameters, String cash, String equity, PaperRun.Figures figures, List<PaperRun.Point> curve) {
    }

    /** What came of all. */
    @Schema(name = "Backtest")
    record Answer(@Schema(description = "bars of each instrument") List<Integer> bars, @Schema(description = "rows that are no bars") int skipped,
                  List<Run> runs) {
    }

    /** Prices of each instrument, in order. */
    private record History(List<List<PriceBar>> bars, int decimals, int skipped) {
    }

    @Operation(summary = "Let strategies trade through history", description = """
            Up to ten side by side, through the bars that books keep, or through prices in CSV (as much as a body may have). Nothing is kept.""")
    @PostMapping(consumes = MediaType.APPLICATION_JSON_VALUE)
    Answer run(@RequestBody NewBacktest request) {
        if (request.strategies() == null || request.strategies().isEmpty() || request.strategies().size() > MOST_RUNS) {
            throw RequestProblem.field("strategies", "are 1 to " + MOST_RUNS);
        }
        FillModel model = new FillModel(millionths("commission", request.commission(), "0.0005"), millionths("slippage", request.slippage(), "0.0005"),
                millionths("share", request.share(), "0.1"));
        if (!atWork.tryAcquire()) {
            throw RequestProblem.of(RequestCode.TOO_MANY_RUNS, "Backtests are under way; try again in a moment.");
        }
        try {
            History history = history(request);
            long cash = cash(request, history.decimals());
            List<Backtest> backtests = request.strategies().stream().map(chosen -> backtest(chosen, history.bars(), cash, model)).toList();
            return answer(request, history, results(backtests));
        } finally {
            atWork.release();
        }
    }

    private static List<BacktestResult> results(List<Backtest> backtests) {
        try {
            return Backtest.runAll(backtests, Math.clamp(Runtime.getRuntime().availableProcessors(), 1, MOST_RUNS));
        } catch (ArithmeticException tooLarge) {
            throw RequestProblem.of(Refusal.INVALID_REQUEST, "Prices times quantities are out of range: less cash, or smaller quantities.");
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            throw RequestProblem.of(RequestCode.TOO_MANY_RUNS, "The member is stopping.");
        }
    }

    private static Backtest backtest(Chosen chosen, List<List<PriceBar>> history, long cash, FillModel model) {
        StrategyCatalogue known = StrategyController.named(chosen == null ? null : chosen.strategy());
        if (known.instruments() > history.size()) {
            throw RequestProblem.field("symbols", "are " + known.instruments() + " at least for " + known.name());
        }
        try {
            return new Backtest(known.name(), known.with(parameters(chosen)), history.subList(0, known.instruments()), cash, model);
        } catch (IllegalArgumentException | NullPointerException wrong) {
            throw RequestProblem.of(Refusal.INVALID_REQUEST, known.name() + ": parameters: " + wrong.getMessage());
        }
    }

    private static Map<String, Double> parameters(Chosen chosen) {
        return chosen.parameters() == null ? Map.of() : chosen.parameters();
    }

    private static Answer answer(NewBacktest request, History history, List<BacktestResult> results) {
        BacktestReport report = new BacktestReport(List.of(), FillModel.FREE, history.decimals(), results);
        List<Run> runs = new ArrayList<>();
        for (int i = 0; i < results.size(); i++) {
            BacktestResult result = results.get(i);
            runs.add(new Run(result.name(), parameters(request.strategies().get(i)), report.amount(result.cash()), report.equity(result),
                    PaperRun.Figures.of(result.metrics(), report::amount), PaperRun.Point.of(result.curve(), report::amount)));
        }
        return new Answer(history.bars().stream().map(List::size).toList(), history.skipped(), runs);
    }

    // ---- history ---------------------------------------------------------------------------------------------------------

    private History history(NewBacktest request) {
        List<String> symbols = request.symbols() == null ? List.of() : request.symbols();
        if (symbols.size() > MOST_SYMBOLS || symbols.stream().anyMatch(Objects::isNull)) {
            throw RequestProblem.field("symbols", "are up to " + MOST_SYMBOLS);
        }
        return request.csv() == null ? kept(symbols) : read(request, symbols);
    }

    private History kept(List<String> symbols) {
        if (symbols.isEmpty()) {
            throw RequestProblem.field("symbols", "name at least one instrument, or send csv");
        }
        List<Listing> listings = symbols.stream().map(trading::listing).toList();
        if (listings.stream().map(listing -> listing.currency() + listing.priceScale()).distinct().count() != 1) {
            throw RequestProblem.field("symbols", "have one currency and one number of decimals");
        }
        return new History(listings.stream().map(this::kept).toList(), listings.getFirst().priceScale(), 0);
    }

    /** All but the last one, which may not be over. */
    private List<PriceBar> kept(Listing listing) {
        try {
            List<Bar> bars = market.bars(listing.instrument(), TradeHistory.MAX_BARS)
                    .orElseThrow(() -> RequestProblem.of(TradingRefusal.BOOK_UNAVAILABLE, listing.symbol()));
            List<PriceBar> over = bars.stream().limit(Math.max(0, bars.size() - 1)).map(bar -> new PriceBar(bar.start(), bar.start() + BAR_NANOS,
                    bar.open(), bar.high(), bar.low(), bar.close(), bar.volume())).toList();
            if (over.isEmpty()) {
                throw RequestProblem.field("symbols", listing.symbol() + " has traded in fewer than two minutes");
            }
            return over;
        } catch (CompletionException unanswered) {
            throw RequestProblem.of(TradingRefusal.BOOK_UNAVAILABLE, listing.symbol());
        }
    }

    private static History read(NewBacktest request, List<String> symbols) {
        int decimals = Optional.ofNullable(request.decimals()).orElse(2);
        if (decimals < 0 || decimals > MOST_DECIMALS) {
            throw RequestProblem.field("decimals", "are 0 to " + MOST_DECIMALS);
        }
        if (request.csv().stream().anyMatch(Objects::isNull)) {
            throw RequestProblem.field("csv", "has a string for each row");
        }
        Path file = null;
        try {
            // The reader goes through a file once for each instrument.
            file = Files.createTempFile("backtest", ".csv");
            Files.write(file, request.csv());
            List<List<PriceBar>> bars = new ArrayList<>();
            int skipped = 0;
            for (int i = 0; i < Math.max(1, symbols.size()); i++) {
                PriceFile read = PriceFile.read(file, symbols.isEmpty() ? null : symbols.get(i), decimals, 0);
                bars.add(read.bars());
                skipped += read.skipped();
            }
            return new History(bars, decimals, skipped);
        } catch (IllegalArgumentException wrong) {
            throw RequestProblem.of(RequestCode.MALFORMED_CSV, String.valueOf(wrong.getMessage()).replace(String.valueOf(file), "The csv"));
        } catch (IOException noRoom) {
            throw new UncheckedIOException(noRoom);
        } finally {
            delete(file);
        }
    }

    private static void delete(Path file) {
        try {
            if (file != null) {
                Files.deleteIfExists(file);
            }
        } catch (IOException left) {
            throw new UncheckedIOException(left);
        }
    }

    // ---- figures ---------------------------------------------------------------------------------------------------------

    private static long cash(NewBacktest request, int decimals) {
        return StrategyController.cash(Optional.ofNullable(request.cash()).orElse("100000"), decimals).movePointRight(decimals).longValueExact();
    }

    private static int millionths(String name, String part, String otherwise) {
        try {
            BigDecimal millionths = new BigDecimal(part == null ? otherwise : part).multiply(MILLION);
            if (millionths.signum() >= 0 && millionths.compareTo(MILLION) <= 0) {
                return millionths.intValue();
            }
        } catch (NumberFormatException notANumber) {
            // Answered below.
        }
        throw RequestProblem.field(name, "is a part, 0 to 1");
    }
}
