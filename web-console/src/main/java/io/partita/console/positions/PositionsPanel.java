package io.partita.console.positions;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.grid.ColumnTextAlign;
import com.vaadin.flow.component.grid.Grid;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.icon.VaadinIcon;
import com.vaadin.flow.data.renderer.LitRenderer;
import io.partita.console.positions.PortfolioApi.Marked;
import io.partita.console.positions.PortfolioApi.Portfolio;
import io.partita.console.positions.PortfolioApi.Position;
import io.partita.console.positions.PortfolioApi.Positions;
import io.partita.console.ui.Amounts;
import io.partita.console.ui.EmptyState;
import io.partita.console.ui.Gain;
import io.partita.console.ui.LazyRows;
import io.partita.console.ui.Page;
import io.partita.console.ui.Panel;
import io.partita.console.ui.Screen;
import io.partita.console.ui.Sheet;
import io.partita.console.ui.Times;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** The positions of a portfolio, by account and symbol; a press on one shows its lots. */
final class PositionsPanel extends Div {

    /** What is further down keeps its last close. */
    private static final int MOST_MARKED = 1_000;
    /** Of the cost of a unit: more than a price has. */
    private static final int DIGITS = 4;

    private final PortfolioApi api;
    private final Portfolio portfolio;
    private final LocalDate day;
    private final String method;
    private final Button newer = new Button("Show newer prices", VaadinIcon.REFRESH.create(), _ -> reload());
    private final LazyRows<Position> rows;
    private boolean live;

    /** @param day null for today */
    PositionsPanel(PortfolioApi api, Portfolio portfolio, LocalDate day, String method) {
        this.api = api;
        this.portfolio = portfolio;
        this.day = day;
        this.method = method;
        rows = new LazyRows<>(grid(), PositionsPanel::nothing, sheet());
        newer.addThemeVariants(ButtonVariant.LUMO_TERTIARY, ButtonVariant.LUMO_SMALL);
        newer.setVisible(false);
        add(new Panel("Positions", rows).flush().withAside("Gains in " + portfolio.base()).withAction(newer));
        rows.show(this::page);
    }

    /** Whether prices are those of the last trades, not of the last closes. */
    void marked(boolean with) {
        if (live != with) {
            live = with;
            rows.reload();
        }
    }

    /** Something is worth another amount: shown at once, or offered to whoever may be reading further down. */
    void moved() {
        if (rows.wholeInSight()) {
            rows.reload();
        } else {
            newer.setVisible(true);
        }
    }

    private void reload() {
        newer.setVisible(false);
        rows.reload();
    }

    private Page<Position> page(String cursor, int limit) {
        Positions page = api.positions(portfolio.code(), day, method, cursor == null ? 0 : Integer.parseInt(cursor), limit).orThrow();
        Map<String, Marked> marks = new HashMap<>();
        if (live) {
            api.marked(portfolio.code(), MOST_MARKED).found().orElse(List.of()).forEach(mark -> marks.put(mark.account() + ' ' + mark.symbol(), mark));
        }
        List<Position> positions = page.positions().stream().map(position -> {
            Marked mark = marks.get(position.account() + ' ' + position.symbol());
            return mark == null ? position : position.marked(mark);
        }).toList();
        return new Page<>(positions, page.next() == null ? null : page.next().toString());
    }

    private Sheet<Position> sheet() {
        return Sheet.<Position>of("positions-" + portfolio.code()).with("Account", Position::account).with("Symbol", Position::symbol).with("Kind", Position::kind)
                .with("Currency", Position::currency).with("Quantity", Position::quantity).with("Price", Position::price).with("Price day", Position::priceDay)
                .with("Price time", Position::priceTime).with("Cost", Position::cost).with("Worth", Position::worth).with("Base currency", _ -> portfolio.base())
                .with("Worth in base", Position::worthInBase).with("Unrealised", Position::unrealized).with("Realised", Position::realized).with("Income", Position::income)
                .with("Fees", Position::fees).with("Missing", Position::missing);
    }

    private Grid<Position> grid() {
        Grid<Position> grid = new Grid<>();
        grid.addColumn(LitRenderer.<Position>of("<div class=\"two-lines\"><button class=\"text-button\" @click=\"${lots}\">${item.symbol}</button><small>${item.below}</small></div>")
                .withProperty("symbol", Position::symbol).withProperty("below", position -> Words.of(position.kind()) + " \u00B7 account " + position.account())
                .withFunction("lots", position -> LotsDialog.open(api, position, day, portfolio.base()))).setHeader("Position").setFlexGrow(2).setWidth("170px");
        Grid.Column<Position> quantity = grid.addColumn(position -> Amounts.figure(position.quantity())).setHeader("Quantity").setTextAlign(ColumnTextAlign.END).setWidth("110px");
        Grid.Column<Position> price = grid.addColumn(lines(PositionsPanel::price, PositionsPanel::priced)).setHeader("Price").setTextAlign(ColumnTextAlign.END).setWidth("120px");
        Grid.Column<Position> cost = grid.addColumn(lines(PositionsPanel::averageCost, position -> Amounts.figure(position.cost()) + " in all"))
                .setHeader("Average cost").setTextAlign(ColumnTextAlign.END).setWidth("150px");
        grid.addColumn(LitRenderer.<Position>of("<div class=\"two-lines end\"><span class=\"amount\">${item.worth}<small>${item.currency}</small></span><small>${item.base}</small></div>")
                .withProperty("worth", position -> position.worth() == null ? Words.missing(position.missing()) : Amounts.figure(position.worth()))
                .withProperty("currency", position -> position.worth() == null ? "" : position.currency()).withProperty("base", this::inBase))
                .setHeader("Worth").setTextAlign(ColumnTextAlign.END).setWidth("150px");
        grid.addColumn(gain(Position::unrealized)).setHeader("Unrealised").setTextAlign(ColumnTextAlign.END).setWidth("130px");
        Grid.Column<Position> realized = grid.addColumn(gain(Position::realized)).setHeader("Realised").setTextAlign(ColumnTextAlign.END).setWidth("120px");
        Grid.Column<Position> income = grid.addColumn(gain(position -> position.income() == null ? null : position.income().subtract(position.fees())))
                .setHeader("Income less fees").setTextAlign(ColumnTextAlign.END).setWidth("130px");
        Screen.onWidth(grid, narrow -> {
            quantity.setVisible(!narrow);
            price.setVisible(!narrow);
            cost.setVisible(!narrow);
            realized.setVisible(!narrow);
            income.setVisible(!narrow);
        });
        return grid;
    }

    private static LitRenderer<Position> lines(Function<Position, String> text, Function<Position, String> below) {
        return LitRenderer.<Position>of("<div class=\"two-lines end\"><span>${item.text}</span><small>${item.below}</small></div>")
                .withProperty("text", text::apply).withProperty("below", below::apply);
    }

    private static LitRenderer<Position> gain(Function<Position, BigDecimal> amount) {
        return LitRenderer.<Position>of("<span class=\"${item.tone}\">${item.amount}</span>").withProperty("tone", position -> Gain.tone(amount.apply(position)))
                .withProperty("amount", position -> amount.apply(position) == null ? "\u2013" : Amounts.signed(amount.apply(position)));
    }

    private static String price(Position position) {
        return position.price() == null ? "\u2013" : Amounts.figure(position.price());
    }

    private static String priced(Position position) {
        String expired = Boolean.TRUE.equals(position.expired()) ? "expired" : "";
        if (position.priceTime() != null && expired.isEmpty()) {
            return Times.brief(position.priceTime(), Instant.now());
        }
        return position.priceDay() == null || !expired.isEmpty() ? expired : Boolean.TRUE.equals(position.stale()) ? "old: " + position.priceDay() : position.priceDay().toString();
    }

    /** What was paid for a unit, as a price is told. */
    private static String averageCost(Position position) {
        return position.quantity().signum() == 0 || position.kind().equals("CASH") ? "\u2013"
                : Amounts.figure(position.cost().divide(position.quantity(), DIGITS, RoundingMode.HALF_EVEN));
    }

    private String inBase(Position position) {
        return position.worthInBase() == null || position.currency().equals(portfolio.base()) ? "" : Amounts.figure(position.worthInBase()) + " " + portfolio.base();
    }

    private static EmptyState nothing() {
        return new EmptyState(VaadinIcon.BRIEFCASE, "No positions", "Settled trades of its accounts show here, and what ./partita import positions has brought in.");
    }
}
