package io.partita.console.risk;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.datepicker.DatePicker;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.icon.VaadinIcon;
import com.vaadin.flow.component.textfield.TextField;
import com.vaadin.flow.component.textfield.TextFieldVariant;
import com.vaadin.flow.router.PageTitle;
import com.vaadin.flow.router.QueryParameters;
import com.vaadin.flow.router.Route;
import io.partita.console.api.Answer;
import io.partita.console.api.Problem;
import io.partita.console.positions.PortfolioApi;
import io.partita.console.positions.PortfolioApi.Portfolio;
import io.partita.console.positions.PortfolioPage;
import io.partita.console.risk.StressApi.Grid;
import io.partita.console.risk.StressApi.Moved;
import io.partita.console.risk.StressApi.Outcome;
import io.partita.console.risk.StressApi.Reverse;
import io.partita.console.risk.StressApi.Scenario;
import io.partita.console.risk.StressApi.Stressed;
import io.partita.console.ui.Absent;
import io.partita.console.ui.Amounts;
import io.partita.console.ui.Dates;
import io.partita.console.ui.EmptyState;
import io.partita.console.ui.Facts;
import io.partita.console.ui.Fields;
import io.partita.console.ui.Gain;
import io.partita.console.ui.Live;
import io.partita.console.ui.PageHead;
import io.partita.console.ui.Panel;
import io.partita.console.ui.Permitted;
import io.partita.console.ui.Sheet;
import io.partita.console.ui.SpanBar;
import io.partita.console.ui.Table;
import io.partita.console.ui.Times;
import io.partita.console.ui.TwoLines;
import io.partita.security.Permission;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/** What a portfolio would lose if something bad happened, who would lose it, and what would have to happen for it to lose so much. */
@Route("stress")
@PageTitle("Stress \u00B7 Partita")
public class StressView extends PortfolioPage {

    private static final int SYMBOLS = 1_000;
    private static final int MOST_ROWS = 40;
    /** The whole of what is held, until somebody asks for another loss. */
    private static final BigDecimal USUAL_LOSS = new BigDecimal("0.05");

    private final StressApi api;
    private final RiskApi risk;
    private final DatePicker day = Dates.picker("Today");
    private final Live<Asked> outcomes = Live.of(this, this::show);
    private final Live<List<String>> priced = Live.of(this, this::offer);
    private final Live<Answer<Grid>> grid = Live.of(this, this::showGrid);
    private final Live<Answer<Reverse>> reverse = Live.of(this, this::showReverse);
    private final Div library = new Div();
    private final Div detail = new Div();
    private final Div gridPart = new Div();
    private final Div reversePart = new Div();
    /** Comes with the scenarios, so that it need not make room for them. */
    private final Div below = new Div();
    private final TextField loss = new TextField("Loss");
    private final ScenarioForm form;
    private List<Scenario> scenarios = List.of();
    private Stressed stressed;
    private String picked = "";

    private record Asked(List<Scenario> scenarios, Answer<Stressed> answer) {
    }

    StressView(PortfolioApi portfolios, StressApi api, RiskApi risk) {
        super(portfolios, new PageHead("Stress", "What would be lost if something bad happened, and what would have to happen for it to lose so much."));
        this.api = api;
        this.risk = risk;
        addClassName("stress");
        day.setLabel("At the end of");
        day.addValueChangeListener(_ -> chosen());
        loss.setAllowedCharPattern("[0-9.]");
        loss.addThemeVariants(TextFieldVariant.LUMO_ALIGN_RIGHT);
        loss.addValueChangeListener(event -> {
            if (event.isFromClient()) {
                remember();
                portfolio().ifPresent(this::askReverse);
            }
        });
        form = new ScenarioForm(api, code -> {
            picked = code;
            chosen();
        });
        choose(day);
        below.add(gridPart, reversePart, new Panel("A scenario of your own", Permitted.form(Permission.RISK_WRITE, form)));
        Stream.of(library, detail, gridPart, reversePart, below).forEach(each -> each.addClassName("stack"));
    }

    @Override
    protected void enter(QueryParameters query) {
        day.setValue(Dates.parse(query.getSingleParameter("day").orElse("")));
        picked = query.getSingleParameter("scenario").orElse("");
        loss.setValue(query.getSingleParameter("loss").orElse(""));
    }

    @Override
    protected Map<String, String> address() {
        Map<String, String> address = new LinkedHashMap<>();
        address.put("day", Times.date(day.getValue()));
        address.put("scenario", picked);
        address.put("loss", loss.getValue());
        return address;
    }

    @Override
    protected void show(Portfolio portfolio) {
        Stream.of(library, detail, gridPart, reversePart).forEach(Div::removeAll);
        stressed = null;
        Div both = new Div(library, detail);
        both.addClassName("stress-columns");
        priced.follow(Live.Source.once(() -> risk.priced(SYMBOLS).found().orElse(List.of())));
        below.setVisible(false);
        content().add(both, below);
        library.add(new Panel("", note("Valuing each position in each scenario\u2026")).untitled());
        ask(portfolio);
    }

    private void offer(List<String> symbols) {
        form.offer(symbols);
    }

    private void ask(Portfolio portfolio) {
        LocalDate asked = day.getValue();
        outcomes.follow(Live.Source.once(() -> new Asked(api.scenarios().found().orElse(List.of()), api.stress(portfolio.code(), asked))));
        grid.follow(Live.Source.once(() -> api.grid(portfolio.code(), asked, StressGrid.SPOT, StressGrid.VOLATILITY)));
        askReverse(portfolio);
    }

    private void askReverse(Portfolio portfolio) {
        reversePart.removeAll();
        reverse.follow(null);
        if (!loss.isEmpty() && Fields.check(loss, loss.getValue().matches("[0-9]{1,15}(\\.[0-9]{1,4})?") && new BigDecimal(loss.getValue()).signum() > 0 ? "" : "An amount above zero.")) {
            String wanted = loss.getValue();
            LocalDate asked = day.getValue();
            reverse.follow(Live.Source.once(() -> api.reverse(portfolio.code(), asked, wanted)));
        }
        reversePart.add(new Panel("The likeliest way to lose so much", ask(portfolio.base()), note(loss.isEmpty() ? "Say how much would be too much." : "Searching\u2026")));
    }

    private Component ask(String base) {
        loss.setSuffixComponent(new Span(base));
        Div row = new Div(loss);
        row.addClassName("choices");
        return row;
    }

    private static Span note(String text) {
        Span span = new Span(text);
        span.addClassName("hint");
        return span;
    }

    // ---- scenarios -------------------------------------------------------------------------------------------------------

    private void show(Asked asked) {
        library.removeAll();
        detail.removeAll();
        below.setVisible(true);
        scenarios = asked.scenarios();
        switch (asked.answer()) {
            case Answer.Done<Stressed>(Stressed found) -> {
                stressed = found;
                list();
                detail();
                if (loss.isEmpty() && found.worth() != null && found.worth().signum() != 0) {
                    loss.setPlaceholder(found.worth().abs().multiply(USUAL_LOSS).setScale(0, RoundingMode.HALF_EVEN).toPlainString());
                }
            }
            case Answer.Refused<Stressed>(Problem problem) -> library.add(Absent.refused(problem));
            case Answer.Unreachable<Stressed>(String why) -> library.add(Absent.unreachable(why));
        }
    }

    private void list() {
        library.removeAll();
        Table table = new Table("Scenario", "#Gain or loss", "", "#Of the worth").withEmptyText("There is no scenario.");
        double low = low(stressed.scenarios(), Outcome::profit);
        double high = high(stressed.scenarios(), Outcome::profit);
        table.show(stressed.scenarios().stream().sorted(Comparator.comparing(Outcome::profit)).map(each -> row(each, low, high)).toList());
        library.add(new Panel("Scenarios", table).flush().withAside("In " + stressed.base() + ", the worst first"));
        if (!stressed.left().isEmpty()) {
            List<String> left = stressed.left().stream().map(each -> each.symbol() + ": " + Words.left(each.reason())).distinct().toList();
            library.add(note("In no figure: " + String.join("; ", left.subList(0, Math.min(10, left.size()))) + (left.size() > 10 ? " and more" : "")));
        }
    }

    private Component[] row(Outcome outcome, double low, double high) {
        Button name = new Button(outcome.name(), _ -> pick(outcome.code()));
        name.addThemeVariants(ButtonVariant.LUMO_TERTIARY_INLINE);
        name.addClassName("scenario-name");
        if (outcome.code().equals(picked)) {
            name.getElement().setAttribute("aria-current", "true");
        }
        String source = scenario(outcome.code()).map(Scenario::source).orElse("");
        return new Component[] {new TwoLines(name, source == null ? "" : source), new Gain(outcome.profit()),
            new SpanBar(0, outcome.profit().doubleValue(), low, high, Gain.tone(outcome.profit())), new Span(share(outcome.profit()))};
    }

    private String share(BigDecimal profit) {
        return stressed.worth() == null || stressed.worth().signum() == 0 ? "\u2013" : Amounts.percent(profit.doubleValue() / stressed.worth().abs().doubleValue(), 1);
    }

    private Optional<Scenario> scenario(String code) {
        return scenarios.stream().filter(each -> each.code().equals(code)).findFirst();
    }

    private void pick(String code) {
        picked = code;
        remember();
        list();
        detail();
    }

    private void detail() {
        detail.removeAll();
        Outcome outcome = stressed.scenarios().stream().filter(each -> each.code().equals(picked)).findFirst().orElse(null);
        if (outcome == null) {
            detail.add(new Panel("", new EmptyState(VaadinIcon.LIST_SELECT, "Choose a scenario", "What moves in it, and who gains or loses by that, shows here.")).untitled());
            return;
        }
        Facts facts = new Facts();
        String source = scenario(picked).map(Scenario::source).orElse("");
        scenario(picked).ifPresent(scenario -> {
            scenario.shocks().forEach(shock -> facts.with(shock.scope().equals("KIND") ? Words.of(shock.of()) : shock.of(), StressGrid.move(shock.move().doubleValue())));
            if (scenario.volatility() != null && scenario.volatility().signum() != 0) {
                facts.with("Volatility", StressGrid.move(scenario.volatility().doubleValue()));
            }
            if (scenario.rate() != null && scenario.rate().signum() != 0) {
                facts.with("Rates", Amounts.signed(scenario.rate().movePointRight(2).stripTrailingZeros()) + " points");
            }
            if (scenario.deviations() != null) {
                facts.with("Each factor", scenario.deviations().count().stripTrailingZeros().toPlainString() + " standard deviations "
                        + (scenario.deviations().direction().equals("AGAINST") ? "against the portfolio" : Words.of(scenario.deviations().direction()).toLowerCase(Locale.ROOT)));
            }
        });
        Button change = new Button("Change it", _ -> {
            form.show(scenario(picked).orElse(null));
            form.scrollIntoView();
        });
        change.addThemeVariants(ButtonVariant.LUMO_SMALL);
        detail.add(new Panel(outcome.name(), facts, note(source)).withAction(Permitted.only(Permission.RISK_WRITE, change)),
                new Panel("Who gains or loses", bars("Position", outcome.positions(), StressApi.OfPosition::symbol, StressApi.OfPosition::profit)).flush(),
                new Panel("What it comes from", bars("Factor alone", outcome.factors(), each -> Words.factor(each.factor()), StressApi.OfFactor::profit)).flush()
                        .withAside("Together " + Amounts.signed(outcome.together())));
    }

    private static <T> Table bars(String title, List<T> all, Function<T, String> name, Function<T, BigDecimal> profit) {
        Table table = new Table(title, "#Gain or loss", "").withEmptyText("Nothing moves.")
                .withFile(Sheet.<T>of("stress-" + title.toLowerCase(Locale.ROOT).replace(' ', '-')).with(title, name).with("Gain or loss", profit), () -> all);
        double low = low(all, profit);
        double high = high(all, profit);
        table.show(all.stream().sorted(Comparator.comparing((T each) -> profit.apply(each).abs()).reversed()).limit(MOST_ROWS).map(each -> {
            Span text = new Span(name.apply(each));
            text.addClassName("strong");
            BigDecimal amount = profit.apply(each);
            return new Component[] {text, new Gain(amount), new SpanBar(0, amount.doubleValue(), low, high, Gain.tone(amount))};
        }).toList());
        return table;
    }

    private static <T> double low(List<T> all, Function<T, BigDecimal> profit) {
        return Math.min(0, all.stream().mapToDouble(each -> profit.apply(each).doubleValue()).min().orElse(0));
    }

    private static <T> double high(List<T> all, Function<T, BigDecimal> profit) {
        return Math.max(0, all.stream().mapToDouble(each -> profit.apply(each).doubleValue()).max().orElse(0));
    }

    // ---- grid and reverse --------------------------------------------------------------------------------------------------

    private void showGrid(Answer<Grid> answer) {
        gridPart.removeAll();
        switch (answer) {
            case Answer.Done<Grid>(Grid found) -> gridPart.add(new Panel("Prices against volatility", new StressGrid(found)).flush().withAside("Gain or loss in " + found.base()));
            case Answer.Refused<Grid>(Problem problem) -> gridPart.add(Absent.refused(problem));
            case Answer.Unreachable<Grid> _ -> { } // The scenarios say so.
        }
    }

    private void showReverse(Answer<Reverse> answer) {
        reversePart.removeAll();
        Component asked = ask(portfolio().map(Portfolio::base).orElse(""));
        switch (answer) {
            case Answer.Done<Reverse>(Reverse found) -> {
                Table moves = new Table("Factor", "#Move", "#Of its standard deviations", "").withEmptyText("Nothing moves.");
                double low = Math.min(0, found.factors().stream().mapToDouble(Moved::deviations).min().orElse(0));
                double high = Math.max(0, found.factors().stream().mapToDouble(Moved::deviations).max().orElse(0));
                moves.show(found.factors().stream().sorted(Comparator.comparing((Moved each) -> Math.abs(each.deviations())).reversed()).limit(MOST_ROWS).map(each -> {
                    Span name = new Span(each.symbol());
                    name.addClassName("strong");
                    return new Component[] {name, new Span((each.move() > 0 ? "+" : "") + Amounts.percent(each.move(), 2)), new Span(number(each.deviations())),
                        new SpanBar(0, each.deviations(), low, high, "total")};
                }).toList());
                Facts facts = new Facts().with("How far from an ordinary day", number(found.distance()) + " standard deviations").with("A day as bad or worse", likely(found.probability()));
                Div both = new Div(moves, bars("Position", found.positions(), StressApi.OfPosition::symbol, StressApi.OfPosition::profit));
                both.addClassName("halves");
                reversePart.add(new Panel("The likeliest way to lose so much", asked, facts, both));
            }
            case Answer.Refused<Reverse>(Problem problem) -> reversePart.add(new Panel("The likeliest way to lose so much", asked, Absent.refused(problem)));
            case Answer.Unreachable<Reverse>(String why) -> reversePart.add(new Panel("The likeliest way to lose so much", asked, note(why)));
        }
    }

    private static String number(double value) {
        return Amounts.figure(BigDecimal.valueOf(value).setScale(2, RoundingMode.HALF_EVEN));
    }

    /** By the normal distribution, which takes such days for rarer than they are. */
    private static String likely(double probability) {
        return probability <= 0 || 1 / probability > 1e9 ? "once in more than a billion, if days were normal" : "once in " + Amounts.count(Math.round(1 / probability)) + ", if days were normal";
    }
}
