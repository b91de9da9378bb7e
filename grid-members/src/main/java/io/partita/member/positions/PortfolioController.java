package io.partita.member.positions;

import static io.partita.member.rest.Fields.required;

import io.partita.member.ledger.query.Times;
import io.partita.member.positions.PortfolioJson.Explained;
import io.partita.member.positions.PortfolioJson.One;
import io.partita.member.positions.PortfolioJson.OneExplained;
import io.partita.member.positions.PortfolioJson.OnePosition;
import io.partita.member.positions.PortfolioJson.Parts;
import io.partita.member.positions.PortfolioJson.Positions;
import io.partita.member.positions.PortfolioJson.Snapshot;
import io.partita.member.positions.PortfolioJson.Sums;
import io.partita.member.positions.PortfolioJson.Value;
import io.partita.member.positions.PortfolioJson.Wanted;
import io.partita.member.rest.AccountId;
import io.partita.member.rest.Fields;
import io.partita.member.rest.RequestCode;
import io.partita.member.rest.RequestProblem;
import io.partita.money.Currency;
import io.partita.positions.book.Hierarchy;
import io.partita.positions.book.Portfolio;
import io.partita.positions.book.Valued;
import io.partita.positions.lots.Holding.Method;
import io.partita.positions.product.Terms;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.net.URI;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

@Tag(name = "Portfolios")
@RestController
@RequestMapping(path = "/api/v1/portfolios")
final class PortfolioController {

    private static final int MOST_PAGE = 10_000;
    private static final int MOST_ACCOUNTS = 10_000;

    private final PortfolioTables portfolios;
    private final PositionBook book;
    private final PositionSnapshots snapshots;
    private final InstantSource clock;

    PortfolioController(PortfolioTables portfolios, PositionBook book, PositionSnapshots snapshots, InstantSource clock) {
        this.portfolios = portfolios;
        this.book = book;
        this.snapshots = snapshots;
        this.clock = clock;
    }

    private LocalDate day(String text) {
        LocalDate day = Times.date("day", text);
        return day == null ? today() : Terms.day(day);
    }

    private LocalDate today() {
        return LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
    }

    private static One one(Hierarchy hierarchy, Portfolio portfolio) {
        return new One(portfolio.code(), portfolio.name(), portfolio.level(), portfolio.parent(), portfolio.base().code(),
                hierarchy.below(portfolio.code()).stream().map(Portfolio::code).toList(),
                hierarchy.accountsOf(portfolio.code()).stream().map(Object::toString).toList());
    }

    @Operation(summary = "All portfolios, by code")
    @GetMapping
    List<One> all() {
        Hierarchy hierarchy = portfolios.hierarchy();
        return hierarchy.all().stream().map(portfolio -> one(hierarchy, portfolio)).toList();
    }

    @Operation(summary = "Make a portfolio, or change one",
            description = "201 for a new one. A book stands below a desk, a desk below a firm; all of a firm have its base currency.")
    @PutMapping(path = "/{code}", consumes = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<One> put(@PathVariable String code, @RequestBody Wanted wanted) {
        Portfolio portfolio = new Portfolio(code, wanted.name(), wanted.level(), wanted.parent(), RowText.currency(required("base", wanted.base())));
        boolean fresh = portfolios.put(portfolio);
        One answer = one(portfolios.hierarchy(), portfolio);
        return fresh ? ResponseEntity.created(URI.create("/api/v1/portfolios/" + code)).body(answer) : ResponseEntity.ok(answer);
    }

    @Operation(summary = "Take an empty portfolio away")
    @DeleteMapping("/{code}")
    ResponseEntity<Void> remove(@PathVariable String code) {
        portfolios.remove(code);
        return ResponseEntity.noContent().build();
    }

    @Operation(summary = "Put accounts into a book", description = "All or none; those that are in it stay. An account is in one book at most.")
    @PostMapping(path = "/{code}/accounts", consumes = MediaType.APPLICATION_JSON_VALUE)
    One addAccounts(@PathVariable String code, @RequestBody List<AccountId> accounts) {
        Fields.within("accounts", accounts.size(), MOST_ACCOUNTS);
        portfolios.addAccounts(code, accounts.stream().map(AccountId::value).toList());
        Hierarchy hierarchy = portfolios.hierarchy();
        return one(hierarchy, hierarchy.find(code));
    }

    @Operation(summary = "Take an account out of a book")
    @DeleteMapping("/{code}/accounts/{account}")
    ResponseEntity<Void> removeAccount(@PathVariable String code, @PathVariable String account) {
        if (!portfolios.removeAccount(code, AccountId.parse(account).value())) {
            throw RequestProblem.of(RequestCode.NOT_FOUND, account + " is not in " + code + ".");
        }
        return ResponseEntity.noContent().build();
    }

    @Operation(summary = "What a portfolio is worth, and what it has gained", description = """
            At the end of a day, today unless said: settled trades and positions from elsewhere, by the last prices and rates of that day or before. Each portfolio is the sum of what is \
            below it. Positions without a price or a rate are counted in unpriced and are in no sum.""")
    @GetMapping("/{code}")
    Value value(@PathVariable String code, @RequestParam(required = false) String day, @RequestParam(defaultValue = "AVERAGE") Method method) {
        PositionBook.Valuation valuation = book.value(code, day(day), method);
        Hierarchy hierarchy = portfolios.hierarchy();
        List<Sums> sums = valuation.totals().entrySet().stream().map(entry -> Sums.of(hierarchy.find(entry.getKey()), entry.getValue())).toList();
        return new Value(code, valuation.portfolio().base().code(), valuation.day(), method, Sums.of(valuation.portfolio(), valuation.total()), sums);
    }

    @Operation(summary = "The positions of a portfolio, by account and symbol",
            description = "Those of which nothing is left are there for what they gained.")
    @GetMapping("/{code}/positions")
    Positions positions(@PathVariable String code, @RequestParam(required = false) String day, @RequestParam(defaultValue = "AVERAGE") Method method,
                        @RequestParam(defaultValue = "0") int after, @RequestParam(defaultValue = "1000") int limit) {
        Fields.within("limit", limit, MOST_PAGE);
        if (after < 0) {
            throw RequestProblem.parameter("after", "is next of the page before");
        }
        PositionBook.Valuation valuation = book.value(code, day(day), method);
        Currency base = valuation.portfolio().base();
        List<Valued> all = valuation.positions();
        List<OnePosition> page = all.stream().skip(after).limit(limit).map(valued -> OnePosition.of(valued, base, valuation.day())).toList();
        return new Positions(code, base.code(), valuation.day(), method, page, after + page.size() < all.size() ? after + page.size() : null);
    }

    @Operation(summary = "Keep what a portfolio held when a day began", description = """
            201. What is known now of the time before that day; it never changes, and SNAPSHOT_EXISTS tells that it is there. Positions whose rates are not known are left out.""")
    @PutMapping("/{code}/snapshots/{day}")
    ResponseEntity<Snapshot> snapshot(@PathVariable String code, @PathVariable String day) {
        LocalDate start = day(day);
        if (start.isAfter(today())) {
            throw RequestProblem.parameter("day", "has to have begun.");
        }
        int positions = snapshots.take(code, start);
        return ResponseEntity.created(URI.create("/api/v1/portfolios/" + code + "/explain?day=" + start)).body(new Snapshot(code, start, positions));
    }

    @Operation(summary = "Why a portfolio gained in a day", description = """
            total = price + trades + carry + fx - fees + corrections + residual, from the close of the day before to that of the day. Corrections are what was told of the time before after \
            the snapshot was taken.""")
    @GetMapping("/{code}/explain")
    Explained explain(@PathVariable String code, @RequestParam(required = false) String day) {
        PositionSnapshots.OfPortfolio explained = snapshots.explain(code, day(day));
        Currency base = explained.portfolio().base();
        return new Explained(code, base.code(), explained.day(), explained.taken(), Parts.of(explained.total(), base),
                explained.positions().stream().map(one -> new OneExplained(Long.toString(one.account()), one.symbol(),
                        one.explanation() == null ? null : Parts.of(one.explanation(), base), one.missing())).toList());
    }
}
