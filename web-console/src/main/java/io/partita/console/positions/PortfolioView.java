package io.partita.console.positions;

import com.vaadin.flow.component.datepicker.DatePicker;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.icon.VaadinIcon;
import com.vaadin.flow.component.select.Select;
import com.vaadin.flow.router.PageTitle;
import com.vaadin.flow.router.QueryParameters;
import com.vaadin.flow.router.Route;
import io.partita.console.api.Answer;
import io.partita.console.positions.PortfolioApi.Portfolio;
import io.partita.console.positions.PortfolioApi.Sums;
import io.partita.console.positions.PortfolioApi.Value;
import io.partita.console.ui.Amounts;
import io.partita.console.ui.Dates;
import io.partita.console.ui.EmptyState;
import io.partita.console.ui.KpiTile;
import io.partita.console.ui.Live;
import io.partita.console.ui.PageHead;
import io.partita.console.ui.Panel;
import io.partita.console.ui.Times;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;

/** What portfolios are worth and what they have gained, from the firm down to the book; and the positions of one. Live for today. */
@Route("portfolios")
@PageTitle("Portfolios \u00B7 Partita")
public class PortfolioView extends PortfolioPage {

    static final String AVERAGE = "AVERAGE";
    private static final String FIFO = "FIFO";

    private final PortfolioApi api;
    private final PortfolioBoard board;
    private final DatePicker day = Dates.picker("Today");
    private final Select<String> method = new Select<>();
    private final Live<Answer<Value>> latest = Live.of(this, this::show);
    private final Live<Value> moves = Live.of(this, this::moved);
    private PortfolioTree tree;
    private Panel panel;
    private PositionsPanel positions;
    private KpiTile worth;
    private KpiTile gain;
    private KpiTile unrealized;
    private KpiTile realized;
    private KpiTile income;
    private KpiTile exposure;
    private Sums shown;
    /** What the positions below are of. */
    private Sums listed;

    PortfolioView(PortfolioApi api, PortfolioBoard board) {
        super(api, new PageHead("Portfolios", "What accounts hold, what that is worth and what it has gained: books, desks, and the whole firm."));
        this.api = api;
        this.board = board;
        day.setLabel("At the end of");
        method.setLabel("Cost of what is sold");
        method.setItems(AVERAGE, FIFO);
        method.setItemLabelGenerator(each -> each.equals(FIFO) ? "First in, first out" : "Average");
        day.addValueChangeListener(_ -> chosen());
        method.addValueChangeListener(_ -> chosen());
        choose(day, method);
        addClassName("portfolios");
    }

    @Override
    protected void enter(QueryParameters query) {
        day.setValue(Dates.parse(query.getSingleParameter("day").orElse("")));
        method.setValue(query.getSingleParameter("method").filter(FIFO::equals).orElse(AVERAGE));
    }

    @Override
    protected Map<String, String> address() {
        Map<String, String> address = new LinkedHashMap<>();
        address.put("day", Times.date(day.getValue()));
        address.put("method", method.getValue().equals(FIFO) ? FIFO : "");
        return address;
    }

    @Override
    protected void show(Portfolio portfolio) {
        shown = null;
        listed = null;
        worth = new KpiTile("Worth", portfolio.base());
        gain = new KpiTile("Gain", portfolio.base());
        unrealized = new KpiTile("Unrealised", portfolio.base());
        realized = new KpiTile("Realised", portfolio.base());
        income = new KpiTile("Income less fees", portfolio.base());
        exposure = new KpiTile("Exposure", portfolio.base());
        Div tiles = new Div(worth, gain, unrealized, realized, income, exposure);
        tiles.addClassName("kpis");
        Portfolio firm = firm(portfolio);
        tree = new PortfolioTree(all(), firm, portfolio, address());
        positions = new PositionsPanel(api, portfolio, day.getValue(), method.getValue());
        panel = new Panel(firm.name() + ", all levels", tree).flush();
        content().add(tiles, panel, positions);
        LocalDate asked = day.getValue();
        String by = method.getValue();
        latest.follow(asked == null ? listener -> board.listen(firm.code(), by, value -> listener.accept(new Answer.Done<>(value)))
                : Live.Source.once(() -> api.value(firm.code(), asked, by)));
        moves.follow(asked == null ? listener -> board.listenSlowly(firm.code(), by, listener) : null);
    }

    private Portfolio firm(Portfolio portfolio) {
        Map<String, Portfolio> byCode = new HashMap<>();
        all().forEach(each -> byCode.put(each.code(), each));
        Portfolio above = portfolio;
        while (above.parent() != null && byCode.containsKey(above.parent())) {
            above = byCode.get(above.parent());
        }
        return above;
    }

    private void show(Answer<Value> answer) {
        switch (answer) {
            case Answer.Done<Value>(Value value) -> show(value);
            case Answer.Refused<Value>(var problem) -> {
                content().removeAll();
                content().add(new Panel("", new EmptyState(VaadinIcon.WARNING, problem.code(), problem.meaning(), new Paragraph(problem.detail() == null ? "" : problem.detail()),
                        new Anchor("portfolios", "Today"))).untitled());
            }
            case Answer.Unreachable<Value> _ -> { } // What is shown stays; the banner says why.
        }
    }

    private void show(Value value) {
        tree.show(value.sums());
        boolean live = Boolean.TRUE.equals(value.live());
        positions.marked(live);
        panel.withAside(live ? "Marked with each price" : day.isEmpty() ? "By the last closes" : "At the end of " + day.getValue());
        Sums sums = chosen(value);
        if (sums.equals(shown)) {
            return;
        }
        shown = sums;
        worth.show(Amounts.brief(sums.worth()), sums.positions() == 1 ? "1 position" : Amounts.count(sums.positions()) + " positions"
                + (sums.unpriced() == 0 ? "" : ", " + Amounts.count(sums.unpriced()) + " without a price"));
        gain.show(signed(sums.gain()), sums.dayGain() == null ? "since they were opened" : signed(sums.dayGain()) + " since the last close");
        unrealized.show(signed(sums.unrealized()), rates(sums.unrealizedFx()));
        realized.show(signed(sums.realized()), rates(sums.realizedFx()));
        income.show(signed(sums.income().subtract(sums.fees())), "fees " + Amounts.brief(sums.fees()));
        exposure.show(Amounts.brief(sums.exposure()), sums.valueAtRisk() == null ? "long and short, without signs" : "value at risk " + Amounts.brief(sums.valueAtRisk()));
    }

    /** Positions are asked for when they are worth another amount, which is not as often as that is told. */
    private void moved(Value value) {
        Sums sums = chosen(value);
        if (listed != null && !sums.equals(listed)) {
            positions.moved();
        }
        listed = sums;
    }

    private Sums chosen(Value value) {
        return portfolio().flatMap(portfolio -> value.sums().stream().filter(each -> each.code().equals(portfolio.code())).findFirst()).orElse(value.total());
    }

    private static String signed(BigDecimal amount) {
        return (amount.signum() > 0 ? "+" : "") + Amounts.brief(amount);
    }

    private static String rates(BigDecimal fx) {
        return fx.signum() == 0 ? "none of it by rates" : signed(fx) + " by rates alone";
    }
}
