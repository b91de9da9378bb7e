package io.partita.member.positions;

import io.partita.member.positions.PnlJson.All;
import io.partita.member.positions.PnlJson.Marking;
import io.partita.member.positions.PnlJson.OfPortfolio;
import io.partita.member.positions.PnlJson.OnePosition;
import io.partita.member.positions.PnlJson.Pnl;
import io.partita.member.positions.PnlJson.Positions;
import io.partita.member.rest.Fields;
import io.partita.member.rest.RequestProblem;
import io.partita.positions.PositionRefusal;
import io.partita.positions.PositionRefused;
import io.partita.positions.book.Hierarchy;
import io.partita.positions.book.Portfolio;
import io.partita.positions.book.Portfolio.Level;
import io.partita.positions.live.LivePortfolio;
import io.partita.positions.live.LivePosition;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

@Tag(name = "Live P&L")
@RestController
@RequestMapping("/api/v1")
final class PnlController {

    private static final int MOST_PAGE = 10_000;

    private final LivePnl live;
    private final PortfolioTables portfolios;

    PnlController(LivePnl live, PortfolioTables portfolios) {
        this.live = live;
        this.portfolios = portfolios;
    }

    @Operation(summary = "All portfolios as they were marked last", description = "By code. The job pnl marks them with each price; /ws/risk tells of it as it happens.")
    @GetMapping("/pnl")
    All all() {
        return new All(live.beats(), live.pulse().map(Marking::of).orElse(null), live.all().stream().map(Pnl::of).toList());
    }

    @Operation(summary = "What a portfolio has gained, marked with each price",
            description = "By the last trades of the stream of ticks and the last closes and rates, whichever is later. NOT_MARKED while the job pnl has not told of it.")
    @GetMapping("/portfolios/{code}/pnl")
    OfPortfolio one(@PathVariable String code) {
        Hierarchy hierarchy = portfolios.hierarchy();
        List<String> codes = under(hierarchy, code);
        Map<String, LivePortfolio> rows = live.find(Set.copyOf(codes));
        if (!rows.containsKey(code)) {
            throw new PositionRefused(PositionRefusal.NOT_MARKED, code + " has not been marked.");
        }
        return new OfPortfolio(live.beats(), Pnl.of(rows.get(code)), codes.stream().map(rows::get).filter(Objects::nonNull).map(Pnl::of).toList());
    }

    /** A portfolio and all below it, the highest first. */
    private static List<String> under(Hierarchy hierarchy, String code) {
        Set<String> codes = new LinkedHashSet<>(List.of(hierarchy.find(code).code()));
        List<String> level = List.copyOf(codes);
        while (!level.isEmpty()) {
            List<String> next = new ArrayList<>();
            level.forEach(one -> hierarchy.below(one).stream().map(Portfolio::code).forEach(next::add));
            codes.addAll(next);
            level = next;
        }
        return List.copyOf(codes);
    }

    @Operation(summary = "The positions of a portfolio as they were marked last", description = "By account and symbol; a position is told twice a second at most.")
    @GetMapping("/portfolios/{code}/pnl/positions")
    Positions positions(@PathVariable String code, @RequestParam(defaultValue = "0") int after, @RequestParam(defaultValue = "1000") int limit) {
        Fields.within("limit", limit, MOST_PAGE);
        if (after < 0) {
            throw RequestProblem.parameter("after", "is next of the page before");
        }
        Hierarchy hierarchy = portfolios.hierarchy();
        List<String> books = under(hierarchy, code).stream().filter(one -> hierarchy.find(one).level() == Level.BOOK).toList();
        if (live.find(code).isEmpty()) {
            throw new PositionRefused(PositionRefusal.NOT_MARKED, code + " has not been marked.");
        }
        List<LivePosition> all = live.positions(books);
        List<OnePosition> page = all.stream().skip(after).limit(limit).map(OnePosition::of).toList();
        return new Positions(live.beats(), code, hierarchy.find(code).base().code(), page, after + page.size() < all.size() ? after + page.size() : null);
    }
}
