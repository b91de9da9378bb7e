package io.partita.console.risk;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.datepicker.DatePicker;
import com.vaadin.flow.component.grid.ColumnTextAlign;
import com.vaadin.flow.component.grid.Grid;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.icon.VaadinIcon;
import com.vaadin.flow.component.textfield.TextField;
import com.vaadin.flow.component.textfield.TextFieldVariant;
import com.vaadin.flow.data.renderer.LitRenderer;
import com.vaadin.flow.router.PageTitle;
import com.vaadin.flow.router.QueryParameters;
import com.vaadin.flow.router.Route;
import io.partita.console.api.Answer;
import io.partita.console.api.Problem;
import io.partita.console.positions.PortfolioApi;
import io.partita.console.positions.PortfolioApi.Portfolio;
import io.partita.console.positions.PortfolioPage;
import io.partita.console.risk.RiskApi.Greeked;
import io.partita.console.risk.RiskApi.Greeks;
import io.partita.console.risk.RiskApi.OfPosition;
import io.partita.console.risk.RiskApi.OfUnderlying;
import io.partita.console.ui.Absent;
import io.partita.console.ui.Amounts;
import io.partita.console.ui.Dates;
import io.partita.console.ui.EmptyState;
import io.partita.console.ui.Fields;
import io.partita.console.ui.Gain;
import io.partita.console.ui.KpiTile;
import io.partita.console.ui.LazyRows;
import io.partita.console.ui.Live;
import io.partita.console.ui.Page;
import io.partita.console.ui.PageHead;
import io.partita.console.ui.Panel;
import io.partita.console.ui.Screen;
import io.partita.console.ui.Sheet;
import io.partita.console.ui.Table;
import io.partita.console.ui.Times;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** How a portfolio's worth changes with what it depends on: in all, by underlying and by position. */
@Route("greeks")
@PageTitle("Greeks \u00B7 Partita")
public class GreeksView extends PortfolioPage {

    /** A table is no place for more; all of their positions are below. */
    private static final int MOST_UNDERLYINGS = 50;
    /** In percent; members take no more. */
    private static final BigDecimal HIGHEST_RATE = BigDecimal.valueOf(100);

    private static final Sheet<OfUnderlying> UNDERLYINGS = Sheet.<OfUnderlying>of("greeks-by-underlying").with("Underlying", OfUnderlying::symbol).with("Worth", OfUnderlying::worth)
            .with("Delta", OfUnderlying::delta).with("Gamma", OfUnderlying::gamma).with("Vega", OfUnderlying::vega).with("Theta", OfUnderlying::theta).with("Rho", OfUnderlying::rho);
    private static final Sheet<OfPosition> SHEET = Sheet.<OfPosition>of("greeks").with("Symbol", OfPosition::symbol).with("Kind", OfPosition::kind).with("Underlying", OfPosition::underlying)
            .with("Quantity", OfPosition::quantity).with("Underlying at", OfPosition::spot).with("Years", OfPosition::years).with("Volatility", OfPosition::volatility)
            .with("Worth", OfPosition::worth).with("Delta", OfPosition::delta).with("Gamma", OfPosition::gamma).with("Vega", OfPosition::vega).with("Theta", OfPosition::theta)
            .with("Rho", OfPosition::rho);

    private final RiskApi api;
    private final DatePicker day = Dates.picker("Today");
    private final TextField rate = new TextField("Rate, % a year");
    private final Live<Answer<Greeked>> latest = Live.of(this, this::show);

    GreeksView(PortfolioApi portfolios, RiskApi api) {
        super(portfolios, new PageHead("Greeks", "How much is gained or lost when prices, volatilities, rates or time move a little."));
        this.api = api;
        addClassName("greeks");
        day.setLabel("At the end of");
        day.addValueChangeListener(_ -> chosen());
        rate.addThemeVariants(TextFieldVariant.LUMO_ALIGN_RIGHT);
        rate.setAllowedCharPattern("[0-9.-]");
        rate.getElement().setAttribute("inputmode", "decimal");
        rate.addValueChangeListener(_ -> chosen());
        choose(day, rate);
    }

    @Override
    protected void enter(QueryParameters query) {
        day.setValue(Dates.parse(query.getSingleParameter("day").orElse("")));
        rate.setValue(query.getSingleParameter("rate").orElse("0"));
    }

    @Override
    protected Map<String, String> address() {
        Map<String, String> address = new LinkedHashMap<>();
        address.put("day", Times.date(day.getValue()));
        address.put("rate", rate.getValue().equals("0") ? "" : rate.getValue());
        return address;
    }

    @Override
    protected void show(Portfolio portfolio) {
        latest.follow(null);
        BigDecimal percent = rate.getValue().matches("-?[0-9]{1,3}(\\.[0-9]{1,6})?") ? new BigDecimal(rate.getValue()) : null;
        if (Fields.check(rate, percent != null && percent.abs().compareTo(HIGHEST_RATE) <= 0 ? "" : "\u2212100 to 100.")) {
            content().add(new Panel("", hint("Measuring\u2026")).untitled());
            latest.follow(Live.Source.once(() -> api.greeks(portfolio.code(), day.getValue(), percent.movePointLeft(2))));
        }
    }

    private static Span hint(String text) {
        Span span = new Span(text);
        span.addClassName("hint");
        return span;
    }

    private void show(Answer<Greeked> answer) {
        content().removeAll();
        switch (answer) {
            case Answer.Done<Greeked>(Greeked greeked) -> show(greeked);
            case Answer.Refused<Greeked>(Problem problem) -> content().add(Absent.refused(problem));
            case Answer.Unreachable<Greeked>(String why) -> content().add(Absent.unreachable(why));
        }
    }

    private void show(Greeked greeked) {
        Greeks total = greeked.total();
        Div tiles = new Div(tile("Worth", total.worth(), "of what has a price", greeked.base()), tile("Delta", total.delta(), "if prices gain all of themselves", greeked.base()),
                tile("Gamma", total.gamma(), "more delta, a hundredth up", greeked.base()), tile("Vega", total.vega(), "a point of volatility more", greeked.base()),
                tile("Theta", total.theta(), "a day later", greeked.base()), tile("Rho", total.rho(), "a hundredth of a point of the rate more", greeked.base()));
        tiles.addClassName("kpis");
        List<OfUnderlying> underlyings = greeked.underlyings().stream().sorted(Comparator.comparing((OfUnderlying each) -> each.delta().abs()).reversed()).toList();
        Table table = new Table("Underlying", "#Worth", "#Delta", "#Gamma", "#Vega", "#Theta", "#Rho").withEmptyText("Nothing is held that has a price.")
                .withFile(UNDERLYINGS, () -> underlyings);
        table.show(underlyings.stream().limit(MOST_UNDERLYINGS).map(GreeksView::row).toList());
        LazyRows<OfPosition> positions = new LazyRows<>(grid(), () -> new EmptyState(VaadinIcon.BRIEFCASE, "No positions", "Nothing is held on that day that has a price."), SHEET);
        positions.show((_, _) -> new Page<>(greeked.positions(), null));
        content().add(tiles, new Panel("By underlying", table).flush().withAside(underlyings.size() > MOST_UNDERLYINGS
                ? "The " + MOST_UNDERLYINGS + " with the largest delta of " + Amounts.count(underlyings.size()) : "In " + greeked.base() + ", the largest delta first"));
        content().add(new Panel("By position", positions).flush().withAside("In " + greeked.base() + ", at the end of " + greeked.day()));
        if (!greeked.left().isEmpty()) {
            content().add(LeftOutPanel.of(greeked.left()));
        }
    }

    private static KpiTile tile(String label, BigDecimal amount, String hint, String base) {
        KpiTile tile = new KpiTile(label, base);
        tile.show(Amounts.brief(amount), hint);
        return tile;
    }

    private static Component[] row(OfUnderlying of) {
        Span name = new Span(of.symbol());
        name.addClassName("strong");
        return new Component[] {name, new Span(Amounts.figure(of.worth())), new Span(Amounts.figure(of.delta())), new Span(Amounts.figure(of.gamma())),
            new Span(Amounts.figure(of.vega())), new Gain(of.theta()), new Span(Amounts.figure(of.rho()))};
    }

    private static Grid<OfPosition> grid() {
        Grid<OfPosition> grid = new Grid<>();
        grid.addColumn(LitRenderer.<OfPosition>of("<div class=\"two-lines\"><span>${item.symbol}</span><small>${item.below}</small></div>")
                .withProperty("symbol", OfPosition::symbol).withProperty("below", of -> Words.of(of.kind()) + (of.underlying() == null ? "" : " on " + of.underlying())))
                .setHeader("Position").setFlexGrow(2).setWidth("130px");
        Grid.Column<OfPosition> quantity = figure(grid, "Quantity", "90px", of -> Amounts.figure(of.quantity()));
        Grid.Column<OfPosition> spot = grid.addColumn(LitRenderer.<OfPosition>of("<div class=\"two-lines end\"><span>${item.spot}</span><small>${item.below}</small></div>")
                .withProperty("spot", of -> of.spot() == null ? "\u2013" : decimal(of.spot())).withProperty("below", GreeksView::volatility))
                .setHeader("Underlying at").setTextAlign(ColumnTextAlign.END).setWidth("110px");
        Grid.Column<OfPosition> worth = figure(grid, "Worth", "110px", of -> Amounts.figure(of.worth()));
        figure(grid, "Delta", "120px", of -> Amounts.figure(of.delta()));
        List<Grid.Column<OfPosition>> wide = List.of(quantity, spot, worth, figure(grid, "Gamma", "90px", of -> Amounts.figure(of.gamma())),
                figure(grid, "Theta", "90px", of -> Amounts.figure(of.theta())), figure(grid, "Rho", "80px", of -> Amounts.figure(of.rho())));
        figure(grid, "Vega", "90px", of -> Amounts.figure(of.vega()));
        Screen.onWidth(grid, narrow -> wide.forEach(column -> column.setVisible(!narrow)));
        return grid;
    }

    private static Grid.Column<OfPosition> figure(Grid<OfPosition> grid, String header, String width, Function<OfPosition, String> text) {
        return grid.addColumn(text::apply).setHeader(header).setTextAlign(ColumnTextAlign.END).setWidth(width);
    }

    /** Of an option: by which volatility its price is explained, and how long it has. */
    private static String volatility(OfPosition of) {
        return of.volatility() == null ? "" : Amounts.percent(of.volatility(), 1) + ", " + Amounts.count(Math.round(of.years() * 365)) + " d";
    }

    private static String decimal(double value) {
        return Amounts.figure(BigDecimal.valueOf(value).setScale(2, RoundingMode.HALF_EVEN));
    }
}
