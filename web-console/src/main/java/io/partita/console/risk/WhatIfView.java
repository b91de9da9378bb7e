package io.partita.console.risk;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.icon.VaadinIcon;
import com.vaadin.flow.router.PageTitle;
import com.vaadin.flow.router.QueryParameters;
import com.vaadin.flow.router.Route;
import io.partita.console.api.Answer;
import io.partita.console.api.Problem;
import io.partita.console.positions.PortfolioApi;
import io.partita.console.positions.PortfolioApi.Portfolio;
import io.partita.console.positions.PortfolioPage;
import io.partita.console.risk.RiskApi.Factor;
import io.partita.console.risk.RiskApi.Measured;
import io.partita.console.risk.RiskApi.WhatIf;
import io.partita.console.ui.Absent;
import io.partita.console.ui.Amounts;
import io.partita.console.ui.EmptyState;
import io.partita.console.ui.KpiTile;
import io.partita.console.ui.Live;
import io.partita.console.ui.PageHead;
import io.partita.console.ui.Panel;
import io.partita.console.ui.Sheet;
import io.partita.console.ui.SpanBar;
import io.partita.console.ui.Table;
import java.math.BigDecimal;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What trades would change of a portfolio's risk, before anybody makes them. Nothing of it is kept. */
@Route("what-if")
@PageTitle("What if \u00B7 Partita")
public class WhatIfView extends PortfolioPage {

    private static final int SYMBOLS = 1_000;
    private static final int MOST_ROWS = 50;

    private final RiskApi api;
    private final RiskForm form = new RiskForm(this::chosen);
    private final TradeRows trades = new TradeRows(this::chosen);
    private final Div result = new Div();
    private final Live<Answer<WhatIf>> latest = Live.of(this, this::show);
    private final Live<List<String>> priced = Live.of(this, trades::offer);

    private static final Sheet<Line> SHEET = Sheet.<Line>of("what-if").with("Factor", Line::symbol).with("Before", Line::before).with("After", Line::after).with("Change", Line::change);

    private record Line(String symbol, BigDecimal before, BigDecimal after) {

        BigDecimal change() {
            return after.subtract(before);
        }
    }

    WhatIfView(PortfolioApi portfolios, RiskApi api) {
        super(portfolios, new PageHead("What if", "What trades would change of the risk. Nothing is kept, and nothing is ordered."));
        this.api = api;
        addClassName("what-if");
        choose(form.fields());
        choose(form.scenarios());
        result.addClassName("stack");
    }

    @Override
    protected void enter(QueryParameters query) {
        form.enter(query);
        trades.enter(query.getSingleParameter("trades").orElse(""));
        priced.follow(Live.Source.once(() -> api.priced(SYMBOLS).found().orElse(List.of())));
    }

    @Override
    protected Map<String, String> address() {
        Map<String, String> address = new LinkedHashMap<>(form.address());
        address.put("trades", trades.text());
        return address;
    }

    @Override
    protected void show(Portfolio portfolio) {
        result.removeAll();
        Div both = new Div(new Panel("Trades", trades), result);
        both.addClassName("what-if-columns");
        content().add(both);
        latest.follow(null);
        form.settings().ifPresent(settings -> trades.trades().ifPresent(written -> {
            if (written.isEmpty()) {
                result.add(new Panel("", new EmptyState(VaadinIcon.LIGHTBULB, "Write a trade", "Its effect on the value at risk and on each factor's part shows here.")).untitled());
            } else {
                result.add(Absent.working("Measuring before and after"));
                latest.follow(Live.Source.once(() -> api.whatIf(portfolio.code(), settings, written)));
            }
        }));
    }

    private void show(Answer<WhatIf> answer) {
        result.removeAll();
        switch (answer) {
            case Answer.Done<WhatIf>(WhatIf whatIf) -> show(whatIf);
            case Answer.Refused<WhatIf>(Problem problem) -> result.add(Absent.refused(problem));
            case Answer.Unreachable<WhatIf>(String why) -> result.add(Absent.unreachable(why));
        }
    }

    private void show(WhatIf whatIf) {
        Measured before = whatIf.before();
        Measured after = whatIf.after();
        Div tiles = new Div(tile("Value at risk before", before.valueAtRisk(), "", before.base()), tile("After", after.valueAtRisk(), "", before.base()),
                tile("Change", whatIf.change().valueAtRisk(), share(whatIf.change().valueAtRisk(), before.valueAtRisk()), before.base()),
                tile("Shortfall before", before.expectedShortfall(), "", before.base()), tile("After", after.expectedShortfall(), "", before.base()),
                tile("Change", whatIf.change().expectedShortfall(), share(whatIf.change().expectedShortfall(), before.expectedShortfall()), before.base()));
        tiles.addClassNames("kpis", "kpis-3", "kpis-two-rows");
        List<Line> lines = lines(before, after);
        Table table = new Table("Factor", "#Before", "#After", "#Change", "").withEmptyText("Nothing in it has a history of prices.").withFile(SHEET, () -> lines);
        double low = Math.min(0, lines.stream().mapToDouble(each -> each.change().doubleValue()).min().orElse(0));
        double high = Math.max(0, lines.stream().mapToDouble(each -> each.change().doubleValue()).max().orElse(0));
        table.show(lines.stream().limit(MOST_ROWS).map(line -> row(line, low, high)).toList());
        result.add(tiles, new Panel("Parts of the value at risk", table).flush().withAside("In " + before.base() + ", what changes most first"));
        List<String> left = after.left().stream().map(each -> each.symbol() + ": " + Words.left(each.reason())).distinct().toList();
        if (!left.isEmpty()) {
            Span note = new Span("In no figure: " + String.join("; ", left.subList(0, Math.min(left.size(), 10))) + (left.size() > 10 ? " and more" : ""));
            note.addClassName("hint");
            result.add(note);
        }
    }

    private static KpiTile tile(String label, BigDecimal amount, String hint, String base) {
        KpiTile tile = new KpiTile(label, base);
        boolean change = label.equals("Change");
        tile.show((change && amount.signum() > 0 ? "+" : "") + Amounts.brief(amount), hint);
        if (change && amount.signum() != 0) {
            tile.addClassName(amount.signum() > 0 ? "worse" : "better");
        }
        return tile;
    }

    private static String share(BigDecimal change, BigDecimal before) {
        return before.signum() == 0 ? "" : (change.signum() > 0 ? "+" : "") + Amounts.percent(change.doubleValue() / before.doubleValue(), 1) + (change.signum() > 0 ? ", more risk" : ", less risk");
    }

    private static List<Line> lines(Measured before, Measured after) {
        Map<String, Line> lines = new TreeMap<>();
        before.factors().forEach(each -> lines.put(each.symbol(), new Line(each.symbol(), each.component(), BigDecimal.ZERO)));
        for (Factor each : after.factors()) {
            lines.merge(each.symbol(), new Line(each.symbol(), BigDecimal.ZERO, each.component()), (there, now) -> new Line(there.symbol(), there.before(), now.after()));
        }
        return lines.values().stream().sorted(Comparator.comparing((Line line) -> line.change().abs()).reversed()).toList();
    }

    private static Component[] row(Line line, double low, double high) {
        Span name = new Span(line.symbol());
        name.addClassName("strong");
        Span change = new Span(Amounts.signed(line.change()));
        // More risk is worse, whatever its sign.
        change.addClassName(line.change().signum() > 0 ? "bad" : line.change().signum() < 0 ? "good" : "plain");
        return new Component[] {name, new Span(Amounts.figure(line.before())), new Span(Amounts.figure(line.after())), change,
            new SpanBar(0, line.change().doubleValue(), low, high, line.change().signum() > 0 ? "bad" : "good")};
    }
}
