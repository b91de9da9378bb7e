package io.partita.member.streams;

import io.partita.marketdata.bars.BarSize;
import io.partita.marketdata.bars.TradeBar;
import io.partita.marketdata.stream.IndicatorRow;
import io.partita.marketdata.stream.SourceReport;
import io.partita.marketdata.ticks.DeadLetter;
import io.partita.marketdata.ticks.Fault;
import io.partita.member.ledger.query.Times;
import io.partita.member.rest.Fields;
import io.partita.member.rest.RequestCode;
import io.partita.member.rest.RequestProblem;
import io.partita.member.trading.Listing;
import io.partita.member.trading.rest.TradingCalls;
import io.partita.time.EpochNanos;
import io.partita.trading.TradingRefusal;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.enums.ParameterIn;
import io.swagger.v3.oas.annotations.media.ArraySchema;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.jdbi.v3.core.JdbiException;
import org.springframework.http.ResponseEntity;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

@Tag(name = "Ticks")
@RestController
@RequestMapping(path = "/api/v1/marketdata")
public final class SeriesController {

    private static final int MOST = 2_000;
    private static final int MORE_DIGITS = 4;
    private static final LocalDate LAST_DAY = LocalDate.of(9999, 12, 31);

    /** Of an answer that the archive is missing from. */
    private static final String ARCHIVE = "Partita-Archive";

    private final SeriesReader series;
    private final BarHistory history;
    private final AdjustedBars adjustment;
    private final ArchiveTables archive;
    private final TradingCalls trading;

    SeriesController(SeriesReader series, BarHistory history, AdjustedBars adjustment, ArchiveTables archive, TradingCalls trading) {
        this.series = series;
        this.history = history;
        this.adjustment = adjustment;
        this.archive = archive;
        this.trading = trading;
    }

    /** A bar in the words of JSON. */
    @Schema(name = "StreamedBar")
    public record BarAnswer(String start, String open, String high, String low, String close, long volume, String vwap, long trades,
                     @Schema(description = "units that buyers took; auctions are in neither") long bought, long sold,
                     @Schema(description = "(bought - sold) / (bought + sold); absent if nobody took anything") Double imbalance,
                     @Schema(description = "0 when the bar was over, one more with each correction") int revision) {

        public static BarAnswer of(Listing listing, TradeBar bar) {
            BigDecimal vwap = new BigDecimal(bar.turnover()).divide(BigDecimal.valueOf(bar.volume()), MORE_DIGITS, RoundingMode.HALF_EVEN)
                    .movePointLeft(listing.priceScale());
            return new BarAnswer(iso(bar.start()), price(listing, bar.open()), price(listing, bar.high()), price(listing, bar.low()), price(listing, bar.close()),
                    bar.volume(), vwap.toPlainString(), bar.trades(), bar.bought(), bar.sold(), Double.isNaN(bar.imbalance()) ? null : bar.imbalance(),
                    bar.revision());
        }

        static BarAnswer of(Listing listing, AdjustedBars.Adjusted adjusted) {
            TradeBar bar = adjusted.bar();
            return new BarAnswer(iso(bar.start()), adjusted(listing, adjusted, bar.open()), adjusted(listing, adjusted, bar.high()), adjusted(listing, adjusted, bar.low()),
                    adjusted(listing, adjusted, bar.close()), adjusted.shares(bar.volume()), adjusted.vwap(MORE_DIGITS).movePointLeft(listing.priceScale()).toPlainString(),
                    bar.trades(), adjusted.shares(bar.bought()), adjusted.shares(bar.sold()), Double.isNaN(bar.imbalance()) ? null : bar.imbalance(), bar.revision());
        }

        private static String adjusted(Listing listing, AdjustedBars.Adjusted adjusted, long ticks) {
            return adjusted.price(ticks, MORE_DIGITS).movePointLeft(listing.priceScale()).toPlainString();
        }
    }

    /** A day in the words of JSON. */
    @Schema(name = "MarketDay")
    record DayAnswer(LocalDate day, String open, String high, String low, String close, long volume, String vwap, String turnover, long trades, long bought, long sold,
                     @Schema(description = "minutes that had trades") int minutes,
                     @Schema(description = "square root of the sum of squared logarithmic returns from minute to minute; absent with fewer than two") Double volatility,
                     @Schema(description = "the minute with the largest volume") Instant busiest) {

        static DayAnswer of(Listing listing, ArchiveTables.Day day) {
            BigDecimal turnover = day.turnover().movePointLeft(listing.priceScale());
            return new DayAnswer(day.day(), price(listing, day.open()), price(listing, day.high()), price(listing, day.low()), price(listing, day.close()), day.volume(),
                    turnover.divide(BigDecimal.valueOf(day.volume()), listing.priceScale() + MORE_DIGITS, RoundingMode.HALF_EVEN).toPlainString(),
                    turnover.toPlainString(), day.trades(), day.bought(), day.sold(), day.minutes(), day.variance() == null ? null : Math.sqrt(day.variance()),
                    day.busiest());
        }
    }

    /** Indicators after a bar; what is absent is left out. */
    public record IndicatorAnswer(String start, Map<String, Double> values) {

        /** @param names of those that are told, where they are there */
        public static IndicatorAnswer of(IndicatorRow row, Collection<String> names) {
            Map<String, Double> values = row.present();
            values.keySet().retainAll(names);
            return new IndicatorAnswer(iso(row.start()), values);
        }
    }

    /** A source, over all its instruments. */
    record SourceAnswer(String source, int instruments, @Schema(description = "0 to 100") double score, long received, long used, long missing, long late,
                        @Schema(description = "how long the quickest of its last ticks took, over all instruments; negative if its clock is ahead") long clockMillis,
                        String lastReceived, Map<Fault, Long> faults) {
    }

    /** Something that was not used. */
    record LetterAnswer(String key, String source, String received, Fault fault, String detail, String record) {
    }

    @Operation(summary = "Bars, the newest last", description = """
            Sizes: 1s, 1m, 5m, 1h, 1d. Times without trades have no bar. The job bars makes them; what the grid no longer keeps comes from the archive, to which the \
            job archive writes. For those before, ask again with to= the first start. While the database is away the header Partita-Archive says unavailable, and \
            bars are those of the grid. With adjusted=true prices and volumes are as if nothing had been split or paid out, up to the newest bar that there is.""")
    @GetMapping("/bars/{instrument}")
    ResponseEntity<List<BarAnswer>> bars(@PathVariable String instrument, @RequestParam(defaultValue = "1m") String size, @RequestParam(required = false) String from,
                                         @RequestParam(required = false) String to, @RequestParam(defaultValue = "240") int limit,
                                         @RequestParam(defaultValue = "false") boolean adjusted) {
        Range range = Range.of(size, from, to, limit);
        Listing listing = trading.listing(instrument);
        BarHistory.Series found = history.bars(listing.instrument(), range.size(), range.from(), range.to(), limit);
        if (!adjusted) {
            return answer(found.whole(), found.bars().stream().map(bar -> BarAnswer.of(listing, bar)).toList());
        }
        AdjustedBars.Series series = stored(() -> adjustment.of(listing, range.size(), found));
        return answer(series.whole(), series.bars().stream().map(bar -> BarAnswer.of(listing, bar)).toList());
    }

    private static ResponseEntity<List<BarAnswer>> answer(boolean whole, List<BarAnswer> bars) {
        ResponseEntity.BodyBuilder answer = ResponseEntity.ok();
        return (whole ? answer : answer.header(ARCHIVE, "unavailable")).body(bars);
    }

    private static <T> T stored(Supplier<T> question) {
        try {
            return question.get();
        } catch (JdbiException away) {
            throw RequestProblem.of(TradingRefusal.STORE_UNAVAILABLE, "");
        }
    }

    @Operation(summary = "Days in figures, the newest last", description = "Of days of UTC that are over, out of the archive: the job archive sums them up over all sources.")
    @GetMapping("/days/{instrument}")
    List<DayAnswer> days(@PathVariable String instrument, @RequestParam(required = false) String from, @RequestParam(required = false) String to,
                         @RequestParam(defaultValue = "240") int limit) {
        Fields.within("limit", limit, MOST);
        LocalDate first = Times.date("from", from);
        LocalDate last = Times.date("to", to);
        if (first != null && last != null && last.isBefore(first)) {
            throw RequestProblem.of(RequestCode.RANGE_REVERSED, "from is " + from + " and to is " + to);
        }
        Listing listing = trading.listing(instrument);
        return stored(() -> archive.days(listing.instrument(), first == null ? LocalDate.EPOCH : first, last == null ? LAST_DAY : last, limit)).stream()
                .map(day -> DayAnswer.of(listing, day)).toList();
    }

    @Operation(summary = "Indicators after each bar, the newest last", description = "What has not warmed up is left out. The job indicators makes them.")
    @Parameter(name = "name", in = ParameterIn.QUERY, description = "Those that are told, again for each; else all", array = @ArraySchema(schema = @Schema(type = "string")))
    @GetMapping("/indicators/{instrument}")
    List<IndicatorAnswer> indicators(@PathVariable String instrument, @RequestParam(defaultValue = "1m") String size, @RequestParam(required = false) String from,
                                     @RequestParam(required = false) String to, @RequestParam(defaultValue = "1") int limit,
                                     @Parameter(hidden = true) @RequestParam MultiValueMap<String, String> all) {
        Range range = Range.of(size, from, to, limit);
        // Not as a list: of one name alone, Spring would take its commas for ends of names.
        List<String> names = all.getOrDefault("name", IndicatorRow.NAMES);
        names.stream().filter(each -> !IndicatorRow.NAMES.contains(each)).findFirst().ifPresent(unknown -> {
            throw RequestProblem.parameter("name", "is one of " + String.join(" ", IndicatorRow.NAMES));
        });
        Listing listing = trading.listing(instrument);
        return series.indicators(listing.instrument(), range.size(), range.from(), range.to(), limit).stream()
                .map(row -> IndicatorAnswer.of(row, names)).toList();
    }

    @Operation(summary = "How good each source is", description = "Since the job bars was submitted.")
    @GetMapping("/quality")
    List<SourceAnswer> quality() {
        Map<String, List<SourceReport>> bySource = new TreeMap<>();
        series.reports().forEach(report -> bySource.computeIfAbsent(report.source(), _ -> new ArrayList<>()).add(report));
        return bySource.entrySet().stream().map(each -> together(each.getKey(), each.getValue())).toList();
    }

    /** Scores weigh as much as there were ticks. */
    private static SourceAnswer together(String source, List<SourceReport> reports) {
        long received = reports.stream().mapToLong(SourceReport::received).sum();
        double score = reports.stream().mapToDouble(report -> report.score() * report.received()).sum() / Math.max(1, received);
        Map<Fault, Long> faults = new TreeMap<>();
        for (Fault fault : Fault.values()) {
            long count = reports.stream().mapToLong(report -> report.count(fault)).sum();
            if (count > 0) {
                faults.put(fault, count);
            }
        }
        return new SourceAnswer(source, reports.size(), Math.round(score * 10) / 10.0, received, reports.stream().mapToLong(SourceReport::used).sum(),
                reports.stream().mapToLong(SourceReport::missing).sum(), reports.stream().mapToLong(SourceReport::late).sum(),
                reports.stream().mapToLong(SourceReport::clock).min().orElse(0) / 1_000_000,
                reports.stream().map(SourceReport::lastReceived).max(Comparator.naturalOrder()).map(SeriesController::iso).orElse(null), faults);
    }

    @Operation(summary = "What was not used, and why; the newest first", description = "The last 20,000 of a member, for a day.")
    @GetMapping("/dead-letters")
    List<LetterAnswer> letters(@RequestParam(required = false) String source, @RequestParam(defaultValue = "100") int limit) {
        Fields.within("limit", limit, MOST);
        return series.letters(source, limit).stream().map(each -> {
            DeadLetter letter = each.getValue();
            return new LetterAnswer(each.getKey(), letter.source(), iso(letter.received()), letter.fault(), letter.detail(), letter.record());
        }).toList();
    }

    /** Which bars. @param to not in it */
    private record Range(BarSize size, long from, long to) {

        static Range of(String size, String from, String to, int limit) {
            Fields.within("limit", limit, MOST);
            BarSize parsed = BarSize.parse(size).orElseThrow(() -> RequestProblem.parameter("size", "is 1s, 1m, 5m, 1h or 1d"));
            Instant begin = Times.from("from", from);
            Instant end = Times.to("to", to);
            if (begin != null && end != null && end.isBefore(begin)) {
                throw RequestProblem.of(RequestCode.RANGE_REVERSED, "from is " + from + " and to is " + to);
            }
            return new Range(parsed, begin == null ? 0 : nanos(begin), end == null ? Long.MAX_VALUE : nanos(end));
        }

        /** What lies beyond the range of a long is as far as that goes. */
        private static long nanos(Instant instant) {
            try {
                return EpochNanos.of(instant);
            } catch (ArithmeticException beyond) {
                return instant.isBefore(Instant.EPOCH) ? 0 : Long.MAX_VALUE;
            }
        }
    }

    private static String price(Listing listing, long ticks) {
        return listing.price(ticks).toPlainString();
    }

    private static String iso(long nanos) {
        return EpochNanos.instant(nanos).toString();
    }
}
