package io.partita.member.positions;

import io.partita.member.ledger.query.Times;
import io.partita.member.positions.PortfolioJson.Lots;
import io.partita.member.rest.AccountId;
import io.partita.member.rest.RequestCode;
import io.partita.member.rest.RequestProblem;
import io.partita.money.Currency;
import io.partita.positions.PositionRefusal;
import io.partita.positions.book.Portfolio;
import io.partita.positions.product.Product;
import io.partita.positions.product.Terms;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

@Tag(name = "Positions")
@RestController
@RequestMapping(path = "/api/v1/positions/lots")
final class LotController {

    private final PortfolioTables portfolios;
    private final PositionBook book;
    private final Products products;
    private final InstantSource clock;

    LotController(PortfolioTables portfolios, PositionBook book, Products products, InstantSource clock) {
        this.portfolios = portfolios;
        this.book = book;
        this.products = products;
        this.clock = clock;
    }

    @Operation(summary = "A position of an account, lot by lot", description = """
            The first opened first; they are closed in that order. Beside it the average cost. Settled trades and lots from elsewhere count, splits and dividends with them. The base \
            currency is that of the account's book unless said, or else the product's.""")
    @GetMapping
    Lots lots(@RequestParam String account, @RequestParam String symbol, @RequestParam(required = false) String day,
            @RequestParam(required = false) String base) {
        long number = AccountId.parse(account).value();
        Product product = products.find(symbol).orElseThrow(() -> RequestProblem.of(PositionRefusal.UNKNOWN_PRODUCT, symbol));
        Currency currency = base != null ? RowText.currency(base)
                : portfolios.hierarchy().path(number).stream().findFirst().map(Portfolio::base).orElse(product.currency());
        LocalDate asked = Times.date("day", day);
        LocalDate until = asked == null ? LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC) : Terms.day(asked);
        PositionBook.Story story = book.story(number, symbol, currency, until)
                .orElseThrow(() -> RequestProblem.of(RequestCode.NOT_FOUND,
                "Account " + number + " has had no position in " + symbol + " by " + until + "."));
        if (!story.whole()) {
            throw RequestProblem.of(PositionRefusal.MISSING_RATE, product.currency() + " to " + currency + ".");
        }
        return Lots.of(number, product, story.holding(), currency);
    }
}
