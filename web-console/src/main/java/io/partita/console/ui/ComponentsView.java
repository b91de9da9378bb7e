package io.partita.console.ui;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.datepicker.DatePicker;
import com.vaadin.flow.component.grid.ColumnTextAlign;
import com.vaadin.flow.component.grid.Grid;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.icon.VaadinIcon;
import com.vaadin.flow.component.tabs.Tab;
import com.vaadin.flow.component.textfield.TextField;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.BeforeEnterObserver;
import com.vaadin.flow.router.PageTitle;
import com.vaadin.flow.router.Route;
import io.partita.console.api.Answer;
import io.partita.console.api.KeptFilters;
import io.partita.console.api.Problem;
import io.partita.money.Money;
import io.partita.security.Permission;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/** What pages are made of, each part as it is and with a line about when it is the right one. For whoever adds a page. */
@Route("components")
@PageTitle("Components \u00B7 Partita")
public class ComponentsView extends Div implements BeforeEnterObserver {

    private static final int ROWS = 100_000;
    private static final Instant THEN = Instant.parse("2026-11-22T14:15:16.123456Z");

    private final TextField search = new TextField();
    private final LazyRows<Integer> rows = new LazyRows<>(grid(), () -> new EmptyState(VaadinIcon.SEARCH, "No number ends like that", "Look for fewer digits."),
            Sheet.<Integer>of("numbers").with("Number", number -> number).with("Its square", number -> (long) number * number));
    private final Filters filters;

    /** A part, when it is the right one, and how it looks. @param types those that it shows */
    record Specimen(String title, String when, List<Class<?>> types, Supplier<Component> live) {
    }

    ComponentsView(KeptFilters kept) {
        filters = new Filters("components", kept, this::look);
        addClassNames("page", "components");
        add(new PageHead("Components", "What the pages of the console are made of, and when each part is the right one. All are in io.partita.console.ui."));
        specimens().forEach(specimen -> add(shown(specimen)));
    }

    @Override
    public void beforeEnter(BeforeEnterEvent event) {
        filters.enter(event);
        look();
    }

    private static Component shown(Specimen specimen) {
        Span when = new Span(specimen.when());
        when.addClassName("hint");
        Div live = new Div(specimen.live().get());
        live.addClassName("specimen");
        return new Panel(specimen.title(), when, live).withAside(String.join(", ", specimen.types().stream().map(Class::getSimpleName).toList()));
    }

    final List<Specimen> specimens() {
        return List.of(
                new Specimen("Grid with a filter", "For a list that may be longer than a screen: only what is looked at is loaded, the filter stands in the address and can be kept, and all of it comes as a file.",
                        List.of(LazyRows.class, Filters.class, Sheet.class, Page.class), this::list),
                new Specimen("Table", "For a list that is short and shown whole. While it is being asked for it says so, and what it says when it is empty tells what to do.",
                        List.of(Table.class, TableRows.class, TwoLines.class, Gain.class, TabRow.class), ComponentsView::tables),
                new Specimen("Nothing here", "In place of content that there is none of (why, and what to do about it), that is on its way, that a member refused, or that no member answers for.",
                        List.of(EmptyState.class, Absent.class, RefusalBox.class), ComponentsView::states),
                new Specimen("Figures at a glance", "At the head of a page: the few that matter. One that is out of date fades.", List.of(KpiTile.class), ComponentsView::tiles),
                new Specimen("States", "One word, in the colour of what it means for the reader, never for decoration. The word says it all without the colour.", List.of(Pill.class),
                        () -> row(new Pill("Open", Pill.Tone.GOOD), new Pill("Settled", Pill.Tone.CALM), new Pill("Pending", Pill.Tone.WAITING), new Pill("Frozen", Pill.Tone.BAD))),
                new Specimen("Names and values", "For all that is known of one thing. What there is nothing to say of is left out. Hashes and ids come with a button that copies them.",
                        List.of(Facts.class, CopyableCode.class), () -> new Facts().with("Name", "Ada Lovelace").with("Opened", Times.exact(THEN)).withCode("Transfer",
                                "0199c3a4-7f00-7000-8000-000000000001")),
                new Specimen("Amounts and times", "Groups of three, a real minus sign and all digits of the minor unit; ISO order, 24 hours, UTC. Never written by hand.", List.of(Amounts.class, Times.class),
                        () -> row(new Span(Amounts.withCurrency(Money.parse("EUR -1234567.80"))), new Span(Amounts.percent(0.0123, 2)), new Span(Amounts.rough(12_345_678)),
                                new Span(Times.dateTime(THEN)), new Span(Times.span(Duration.ofSeconds(93_784))))),
                new Specimen("Charts", "Minutes that go by, and bars that share a scale. What they show stands beside them as text.", List.of(SeriesChart.class, SpanBar.class), ComponentsView::charts),
                new Specimen("Fields", "Days in the one order that cannot be misread; what is wrong is said at the field.", List.of(Dates.class, Fields.class, Actors.class), ComponentsView::fields),
                new Specimen("Telling and asking", "What was done goes away by itself; what counts is asked first, with the consequence; a secret is shown once. A command says what became of it in one way.",
                        List.of(Notices.class, Confirmation.class, Secrets.class, Outcomes.class), ComponentsView::words),
                new Specimen("For those who may", "What somebody may not do is not offered; a form in the middle of a page says what it would need.", List.of(Permitted.class),
                        () -> Permitted.form(Permission.SECURITY_WRITE, new Span("You may manage users: here a form would be."))),
                new Specimen("Frames", "Each page has one head and panels below it. Live content listens while it is on a page, pages are asked again when the grid is back, and columns follow the width.",
                        List.of(PageHead.class, Panel.class, Live.class, Refreshable.class, Screen.class, ThemeToggle.class),
                        () -> new Panel("A panel", new Span("in a panel, with an aside and something to press")).withAside("An aside").withAction(new ThemeToggle())));
    }

    private Component list() {
        search.setAriaLabel("Ends with");
        search.addClassName("search");
        Div list = new Div(filters.with("ends", search, "Ends with"), rows);
        list.addClassName("listed");
        return list;
    }

    private void look() {
        String wanted = search.getValue().strip();
        rows.show((cursor, limit) -> {
            List<Integer> found = IntStream.range(cursor == null ? 0 : Integer.parseInt(cursor), ROWS).filter(number -> Integer.toString(number).endsWith(wanted)).limit(limit + 1L).boxed().toList();
            return found.size() > limit ? new Page<>(found.subList(0, limit), found.get(limit).toString()) : new Page<>(found, null);
        });
    }

    private static Grid<Integer> grid() {
        Grid<Integer> grid = new Grid<>();
        grid.addColumn(Amounts::count).setHeader("Number").setTextAlign(ColumnTextAlign.END);
        grid.addColumn(number -> Amounts.count((long) number * number)).setHeader("Its square").setTextAlign(ColumnTextAlign.END);
        return grid;
    }

    private static Component tables() {
        Table table = new Table("Instrument", "#Last", "#Gain").withEmptyText("Nothing is listed yet.");
        new TableRows<String>(table, each -> each, each -> new Component[] {new TwoLines(each, "Shares"), new Span(Amounts.figure(new BigDecimal("101.50"))),
            new Gain(new BigDecimal(each.equals("ACME") ? "1250.00" : "-310.25"))}).show(List.of("ACME", "BRIO"));
        Table none = new Table("Instrument", "#Last", "#Gain").withEmptyText("Nothing is listed yet.");
        none.show(List.of());
        return stack(new TabRow(new Tab("Open"), new Tab("All")), halves(table, halves(none, new Table("Instrument", "#Last").withEmptyText(""))));
    }

    private static Component states() {
        return halves(new EmptyState(VaadinIcon.PIGGY_BANK_COIN, "No accounts yet", "Accounts that are opened through any interface appear here at once.", new Button("Something to do about it")),
                stack(Absent.working("Measuring"), Absent.refused(new Problem(409, "INSUFFICIENT_FUNDS", "Debits would exceed credits by more than the account's limit.", "Account 5002")),
                        Absent.unreachable("No answer from the member.")));
    }

    private static Component tiles() {
        KpiTile fresh = new KpiTile("Throughput", "/ s");
        fresh.show(Amounts.rough(1_234), "over ten seconds");
        KpiTile stale = new KpiTile("Commit latency", "ms");
        stale.show(Amounts.millis(3.21), "99 % of them are faster");
        stale.fade();
        Div tiles = new Div(fresh, stale, new KpiTile("Not known yet", ""));
        tiles.addClassNames("kpis", "kpis-3");
        return tiles;
    }

    private static Component charts() {
        SeriesChart chart = new SeriesChart("A wave", "/ s", 60, new SeriesChart.Line("Wave", "--series-1"));
        Instant now = Instant.now();
        chart.reset(IntStream.rangeClosed(0, 60).mapToObj(second -> SeriesChart.Point.of(now.minusSeconds(60 - second), 10 + 8 * Math.sin(second / 8.0))).toList());
        return halves(chart, stack(new SpanBar(0, 40, -60, 60, "good"), new SpanBar(0, -25, -60, 60, "bad"), new SpanBar(-25, 40, -60, 60, "total")));
    }

    private static Component fields() {
        TextField wrong = new TextField("Amount");
        wrong.setValue("1.999");
        Fields.check(wrong, "Enter a number with at most 2 decimals.");
        DatePicker day = Dates.picker("From");
        return row(day, wrong, Actors.field());
    }

    private static Component words() {
        return row(new Button("Done", _ -> Notices.done("It is done.")), new Button("Failed", _ -> Notices.failed("It was not done.")),
                new Button("Ask first", _ -> Confirmation.ask("Freeze the account?", "Nothing can be booked on it until somebody opens it again.", "Freeze", true, () -> Notices.done("Frozen."))),
                new Button("A secret", _ -> Secrets.show("A key", "It is not good for anything.", "pk_not_a_key")),
                new Button("What became of it", _ -> Outcomes.tell(new Answer.Refused<>(new Problem(409, "ID_REUSED", "The id was used for another command.", null)), "", _ -> { })));
    }

    private static Div row(Component... parts) {
        Div row = new Div(parts);
        row.addClassName("inline");
        return row;
    }

    private static Div stack(Component... parts) {
        Div stack = new Div(parts);
        stack.addClassName("stack");
        return stack;
    }

    private static Div halves(Component... parts) {
        Div halves = new Div(parts);
        halves.addClassName("halves");
        return halves;
    }
}
