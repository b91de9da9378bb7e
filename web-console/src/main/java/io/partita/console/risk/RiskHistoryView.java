package io.partita.console.risk;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.datepicker.DatePicker;
import com.vaadin.flow.component.grid.ColumnTextAlign;
import com.vaadin.flow.component.grid.Grid;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.icon.VaadinIcon;
import com.vaadin.flow.component.select.Select;
import com.vaadin.flow.data.renderer.LitRenderer;
import com.vaadin.flow.router.PageTitle;
import com.vaadin.flow.router.QueryParameters;
import com.vaadin.flow.router.Route;
import io.partita.console.api.Answer;
import io.partita.console.api.MemberApi;
import io.partita.console.api.Problem;
import io.partita.console.positions.PortfolioApi;
import io.partita.console.positions.PortfolioApi.Portfolio;
import io.partita.console.positions.PortfolioPage;
import io.partita.console.risk.RiskApi.History;
import io.partita.console.risk.RiskApi.Kept;
import io.partita.console.risk.RiskApi.Rerun;
import io.partita.console.risk.RiskApi.Run;
import io.partita.console.ui.Absent;
import io.partita.console.ui.Amounts;
import io.partita.console.ui.Dates;
import io.partita.console.ui.EmptyState;
import io.partita.console.ui.Facts;
import io.partita.console.ui.Fields;
import io.partita.console.ui.LazyRows;
import io.partita.console.ui.Live;
import io.partita.console.ui.Page;
import io.partita.console.ui.PageHead;
import io.partita.console.ui.Panel;
import io.partita.console.ui.Pill;
import io.partita.console.ui.Screen;
import io.partita.console.ui.Sheet;
import io.partita.console.ui.Table;
import io.partita.console.ui.Times;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Results of risk that were kept, with all that they were made of; and each calculated once more, to see whether it comes out the same. */
@Route("risk-history")
@PageTitle("Risk history \u00B7 Partita")
public class RiskHistoryView extends PortfolioPage {

    private static final int MOST_CHANGED = 12;

    private static final Sheet<Kept> SHEET = Sheet.<Kept>of("risk-history").with("Day", Kept::day).with("Result", Kept::id).with("Method", Kept::method).with("Level", Kept::level)
            .with("Window", Kept::window).with("Horizon", Kept::horizon).with("Value at risk", kept -> kept.exact().valueAtRisk())
            .with("Expected shortfall", kept -> kept.exact().expectedShortfall()).with("Scenarios", Kept::scenarios).with("Seed", Kept::seed).with("Engine", Kept::engine)
            .with("Code version", Kept::version).with("Inputs", Kept::inputs).with("Figures", Kept::figures).with("Kept", Kept::keptAt);

    private final RiskApi api;
    private final DatePicker from = Dates.picker("The first");
    private final DatePicker to = Dates.picker("The last");
    private final Select<RiskMethod> method = new Select<>();
    private final Div detail = new Div();
    private final Div verdict = new Div();
    private final Live<Answer<Kept>> chosenResult = Live.of(this, this::show);
    private final Live<Answer<Rerun>> rerun = Live.of(this, this::tell);
    private String result = "";

    RiskHistoryView(PortfolioApi portfolios, RiskApi api) {
        super(portfolios, new PageHead("Risk history", "Results that were kept, what they were made of, and whether they can be had again."));
        this.api = api;
        addClassName("risk-history");
        from.setLabel("From");
        to.setLabel("To");
        method.setLabel("Method");
        method.setItems(RiskMethod.values());
        method.setEmptySelectionAllowed(true);
        method.setEmptySelectionCaption("All methods");
        method.setItemLabelGenerator(each -> each == null ? "All methods" : each.label());
        from.addValueChangeListener(_ -> chosen());
        to.addValueChangeListener(_ -> chosen());
        method.addValueChangeListener(_ -> chosen());
        choose(from, to, method);
        detail.addClassName("stack");
        verdict.addClassName("stack");
    }

    /** Of one result. */
    static String address(String portfolio, String id) {
        return "risk-history?portfolio=" + MemberApi.segment(portfolio) + "&result=" + MemberApi.segment(id);
    }

    @Override
    protected void enter(QueryParameters query) {
        from.setValue(Dates.parse(query.getSingleParameter("from").orElse("")));
        to.setValue(Dates.parse(query.getSingleParameter("to").orElse("")));
        method.setValue(query.getSingleParameter("method").flatMap(RiskMethod::of).orElse(null));
        result = query.getSingleParameter("result").orElse("");
    }

    @Override
    protected Map<String, String> address() {
        Map<String, String> address = new LinkedHashMap<>();
        address.put("from", Times.date(from.getValue()));
        address.put("to", Times.date(to.getValue()));
        address.put("method", method.isEmpty() ? "" : method.getValue().name());
        address.put("result", result);
        return address;
    }

    @Override
    protected void show(Portfolio portfolio) {
        chosenResult.follow(null);
        rerun.follow(null);
        if (!Fields.check(to, from.isEmpty() || to.isEmpty() || !to.getValue().isBefore(from.getValue()) ? "" : "Before the other day.")) {
            return;
        }
        LazyRows<Kept> rows = new LazyRows<>(grid(), () -> new EmptyState(VaadinIcon.ARCHIVE, "Nothing was kept",
                "Members keep three results of every portfolio a day, of the day before; on the page Risk any result can be kept."), SHEET);
        rows.show((cursor, limit) -> page(portfolio, cursor, limit));
        Div both = new Div(new Panel("Results", rows).flush().withAside("In " + portfolio.base()), detail);
        both.addClassName("two-thirds");
        content().add(both);
        detail.removeAll();
        if (result.isEmpty()) {
            detail.add(new Panel("", new EmptyState(VaadinIcon.SEARCH, "Choose a result", "What it was made of shows here, and it can be calculated once more.")).untitled());
        } else {
            open(portfolio);
        }
    }

    private Page<Kept> page(Portfolio portfolio, String cursor, int limit) {
        History page = api.history(portfolio.code(), from.getValue(), to.getValue(), method.getValue(), cursor, limit).orThrow();
        return new Page<>(page.results(), page.next());
    }

    private void open(Portfolio portfolio) {
        detail.removeAll();
        detail.add(Absent.working("Looking it up"));
        rerun.follow(null);
        chosenResult.follow(Live.Source.once(() -> api.kept(portfolio.code(), result)));
    }

    private Grid<Kept> grid() {
        Grid<Kept> grid = new Grid<>();
        grid.addColumn(LitRenderer.<Kept>of("<div class=\"two-lines\"><button class=\"text-button\" @click=\"${open}\">${item.day}</button><small>${item.id}</small></div>")
                .withProperty("day", kept -> kept.day().toString()).withProperty("id", Kept::id).withFunction("open", kept -> {
                    result = kept.id();
                    remember();
                    portfolio().ifPresent(this::open);
                })).setHeader("Day").setFlexGrow(2).setWidth("150px");
        Grid.Column<Kept> how = grid.addColumn(LitRenderer.<Kept>of("<div class=\"two-lines\"><span>${item.method}</span><small>${item.below}</small></div>")
                .withProperty("method", kept -> label(kept.method())).withProperty("below", kept -> Amounts.percent(kept.level(), 1) + ", " + ahead(kept.horizon())))
                .setHeader("Method").setWidth("160px");
        grid.addColumn(kept -> Amounts.figure(kept.valueAtRisk())).setHeader("Value at risk").setTextAlign(ColumnTextAlign.END).setWidth("130px");
        Grid.Column<Kept> shortfall = grid.addColumn(kept -> Amounts.figure(kept.expectedShortfall())).setHeader("Shortfall").setTextAlign(ColumnTextAlign.END).setWidth("130px");
        Screen.onWidth(grid, narrow -> Stream.of(how, shortfall).forEach(column -> column.setVisible(!narrow)));
        return grid;
    }

    private static String label(String method) {
        return RiskMethod.of(method).map(RiskMethod::label).orElse(method);
    }

    private static String ahead(int days) {
        return days == 1 ? "1 day ahead" : Amounts.count(days) + " days ahead";
    }

    private void show(Answer<Kept> answer) {
        detail.removeAll();
        verdict.removeAll();
        switch (answer) {
            case Answer.Done<Kept>(Kept kept) -> detail.add(facts(kept), verdict);
            case Answer.Refused<Kept>(Problem problem) -> detail.add(Absent.refused(problem));
            case Answer.Unreachable<Kept>(String why) -> detail.add(Absent.unreachable(why));
        }
    }

    private Panel facts(Kept kept) {
        Facts facts = new Facts().with("Value at risk", kept.exact().valueAtRisk()).with("Expected shortfall", kept.exact().expectedShortfall())
                .with("Method", label(kept.method()) + ", " + Amounts.percent(kept.level(), 1)).with("Window", Amounts.count(kept.window()) + " days, " + ahead(kept.horizon()))
                .with("Rate", kept.rate() == 0 ? "" : Amounts.percent(kept.rate(), 2) + " a year")
                .with("Scenarios", kept.scenarios() == null ? "" : Amounts.count(kept.scenarios())).with("Seed", kept.seed()).with("Engine", kept.engine())
                .with("Code version", kept.version()).with("Kept", Times.dateTime(kept.keptAt()) + " UTC").withCode("Digest of the inputs", kept.inputs())
                .withCode("Digest of the figures", kept.figures());
        Button again = new Button("Calculate it again", VaadinIcon.REFRESH.create(), _ -> portfolio().ifPresent(portfolio -> {
            verdict.removeAll();
            verdict.add(Absent.working("Calculating"));
            rerun.follow(Live.Source.once(() -> api.rerun(portfolio.code(), kept.id())));
        }));
        Div actions = new Div(again);
        actions.addClassName("form-actions");
        return new Panel(kept.id(), facts, actions);
    }

    private void tell(Answer<Rerun> answer) {
        verdict.removeAll();
        switch (answer) {
            case Answer.Done<Rerun>(Rerun found) -> verdict.add(verdict(found));
            case Answer.Refused<Rerun>(Problem problem) -> verdict.add(Absent.refused(problem));
            case Answer.Unreachable<Rerun>(String why) -> verdict.add(new Panel("", new EmptyState(VaadinIcon.CONNECT_O, "No answer", why)).untitled());
        }
    }

    private static Panel verdict(Rerun found) {
        Pill pill = found.same() ? new Pill("Equal to the bit", Pill.Tone.GOOD) : new Pill("Not the same", Pill.Tone.BAD);
        Span why = new Span(found.same() ? "Every number of the result, the parts of all factors included, is the same to the last bit." : found.sameInputs()
                ? "The same positions and prices gave other numbers: the engine or the code version is another one." : "It is not made of the same any more" + changed(found.changed()));
        why.addClassName("hint");
        Table table = new Table("", "Kept", "Now");
        Run kept = found.kept();
        Run now = found.now();
        table.show(List.of(row("Value at risk", kept.valueAtRisk(), now.valueAtRisk()), row("Shortfall", kept.expectedShortfall(), now.expectedShortfall()),
                row("Inputs", brief(kept.inputs()), brief(now.inputs())), row("Figures", brief(kept.figures()), brief(now.figures())), row("Engine", kept.engine(), now.engine()),
                row("Code version", kept.version(), now.version())));
        Panel panel = new Panel("Calculated again", why, table);
        panel.withAction(pill);
        return panel;
    }

    private static String changed(List<String> symbols) {
        return symbols.isEmpty() ? "." : ": " + String.join(", ", symbols.subList(0, Math.min(symbols.size(), MOST_CHANGED)))
                + (symbols.size() > MOST_CHANGED ? " and " + Amounts.count(symbols.size() - MOST_CHANGED) + " more." : ".");
    }

    private static String brief(String digest) {
        return digest.length() > 12 ? digest.substring(0, 12) + "\u2026" : digest;
    }

    private static Component[] row(String name, String kept, String now) {
        Span then = new Span(kept);
        Span today = new Span(now);
        today.addClassName(kept.equals(now) ? "plain" : "bad");
        return new Component[] {new Span(name), then, today};
    }
}
