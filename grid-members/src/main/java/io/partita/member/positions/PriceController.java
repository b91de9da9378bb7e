package io.partita.member.positions;

import io.partita.member.ledger.query.Times;
import io.partita.member.rest.Fields;
import io.partita.member.rest.RequestCode;
import io.partita.member.rest.RequestProblem;
import io.partita.positions.product.DailyPrice;
import io.partita.positions.product.Price;
import io.partita.positions.product.Terms;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.LocalDate;
import java.util.List;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

@Tag(name = "Prices")
@RestController
@RequestMapping(path = "/api/v1/prices")
final class PriceController {

    private static final int MOST_SYMBOLS = 10_000;

    private final Prices prices;
    private final RowImports imports;

    PriceController(Prices prices, RowImports imports) {
        this.prices = prices;
        this.imports = imports;
    }

    /** The prices of a day, as decimals. */
    @Schema(name = "DailyPrice")
    record PriceAnswer(String symbol, LocalDate day, @Schema(description = "0 for the first that was told; each correction is one more") int version,
            String open, String high,
                       String low, String close, Long volume, String source) {

        static PriceAnswer of(DailyPrice price) {
            return new PriceAnswer(price.symbol(), price.day(), price.version(), text(price.open()), text(price.high()), text(price.low()),
                    text(price.close()), price.volume(),
                    price.source());
        }

        private static String text(Price price) {
            return price == null ? null : price.toString();
        }
    }

    @Operation(summary = "Take daily prices", description = """
            Up to 5,000 rows, each taken or refused alone, with its code. What a row of an import has said once, it says again: repeating it changes nothing. A price that differs \
            from one of another import is refused as PRICE_EXISTS, or with correct=true becomes a new version; the old one stays. Rates are the closes of pairs such as EUR/USD.""")
    @PostMapping(consumes = MediaType.APPLICATION_JSON_VALUE)
    RowJson.Taken take(@RequestBody RowJson.PriceRows rows) {
        return RowJson.Taken.of(imports.prices(rows));
    }

    @Operation(summary = "Symbols that have prices", description = "By symbol; the next page begins after the last one.")
    @GetMapping
    List<Prices.Series> series(@RequestParam(defaultValue = "") String after, @RequestParam(defaultValue = "1000") int limit) {
        Fields.within("limit", limit, MOST_SYMBOLS);
        return prices.series(after, limit);
    }

    @Operation(summary = "Daily prices of a symbol",
            description = "The latest versions, the oldest day first; if there are more than limit, the last ones.")
    @GetMapping("/history")
    List<PriceAnswer> history(@RequestParam String symbol, @RequestParam(required = false) String from, @RequestParam(required = false) String to,
                              @RequestParam(defaultValue = "5000") int limit) {
        Fields.within("limit", limit, Prices.MOST_DAYS);
        LocalDate first = or(Times.date("from", from), Terms.FIRST_DAY);
        LocalDate last = or(Times.date("to", to), Terms.LAST_DAY);
        if (first.isAfter(last)) {
            throw RequestProblem.of(RequestCode.RANGE_REVERSED, first + " to " + last);
        }
        return prices.history(symbol, first, last, limit).stream().map(PriceAnswer::of).toList();
    }

    @Operation(summary = "All versions of a day's prices, the first one first")
    @GetMapping("/versions")
    List<PriceAnswer> versions(@RequestParam String symbol, @RequestParam String day) {
        return prices.versions(symbol, Terms.day(Times.date("day", day))).stream().map(PriceAnswer::of).toList();
    }

    private static LocalDate or(LocalDate day, LocalDate otherwise) {
        return day == null ? otherwise : Terms.day(day);
    }
}
