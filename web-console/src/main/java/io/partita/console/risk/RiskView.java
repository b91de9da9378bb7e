package io.partita.console.risk;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.html.Anchor;
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
import io.partita.console.risk.RiskApi.Backtested;
import io.partita.console.risk.RiskApi.Concentration;
import io.partita.console.risk.RiskApi.Correlation;
import io.partita.console.risk.RiskApi.Exceeded;
import io.partita.console.risk.RiskApi.Measured;
import io.partita.console.ui.Absent;
import io.partita.console.ui.Amounts;
import io.partita.console.ui.Facts;
import io.partita.console.ui.KpiTile;
import io.partita.console.ui.Live;
import io.partita.console.ui.Outcomes;
import io.partita.console.ui.PageHead;
import io.partita.console.ui.Panel;
import io.partita.console.ui.Table;
import io.partita.console.ui.Times;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** What a portfolio may lose, by every method, who makes that, and whether the forecasts were right. */
@Route("risk")
@PageTitle("Risk \u00B7 Partita")
public class RiskView extends PortfolioPage {

    /** As many as can be told apart by their colours. */
    private static final int MOST_CORRELATED = 50;
    private static final String TESTED = "Gain or loss against the value at risk";

    private final RiskApi api;
    private final RiskForm form = new RiskForm(this::chosen);
    private final Live<OfMethod> figures = Live.of(this, this::show);
    private final Live<Answer<Backtested>> test = Live.of(this, this::show);
    private final Live<Answer<Concentration>> concentration = Live.of(this, this::showExposures);
    private final Live<Answer<Correlation>> together = Live.of(this, this::showCorrelation);
    private final Map<RiskMethod, KpiTile> tiles = new EnumMap<>(RiskMethod.class);
    private final Div history = new Div();
    private final Div verdict = new Div();
    private final Div parts = new Div();
    private final Div exceptions = new Div();
    private final Div how = new Div();
    private final Div exposures = new Div();
    private final Div correlation = new Div();
    private RiskSettings settings = RiskSettings.USUAL;

    private record OfMethod(RiskMethod method, Answer<Measured> answer) {
    }

    RiskView(PortfolioApi portfolios, RiskApi api) {
        super(portfolios, new PageHead("Risk", "What may be lost, who makes that, and whether the forecasts were right."));
        this.api = api;
        addClassName("risk");
        choose(form.fields());
        choose(form.more());
        Stream.of(history, verdict, parts, exceptions, how, exposures, correlation).forEach(each -> each.addClassName("stack"));
    }

    @Override
    protected void enter(QueryParameters query) {
        form.enter(query);
    }

    @Override
    protected Map<String, String> address() {
        return form.address();
    }

    @Override
    protected void show(Portfolio portfolio) {
        Stream.of(history, verdict, parts, exceptions, how, exposures, correlation).forEach(Div::removeAll);
        figures.follow(null);
        test.follow(null);
        concentration.follow(null);
        together.follow(null);
        form.settings().ifPresent(now -> {
            settings = now;
            content().add(tiles(portfolio), pair(history, verdict), parts, exposures, correlation, pair(exceptions, how));
            history.add(tall("chart-to-come", Absent.working("Forecasting the days")));
            parts.add(tall("table-to-come", Absent.working("Measuring")));
            figures.follow(Live.Source.asking(listener -> measure(portfolio.code(), now, listener)));
            concentration.follow(Live.Source.once(() -> api.concentration(portfolio.code(), now)));
            together.follow(Live.Source.once(() -> api.correlation(portfolio.code(), now, MOST_CORRELATED)));
            if (now.method().byHistory()) {
                test.follow(Live.Source.once(() -> api.backtest(portfolio.code(), now)));
            } else {
                history.removeAll();
                history.add(new Panel(TESTED, note("Back-tests are of methods that go by history. Choose one of them to see its forecasts.")));
            }
        });
    }

    private static Div pair(Div wide, Div narrow) {
        Div both = new Div(wide, narrow);
        both.addClassName("two-thirds");
        return both;
    }

    /** What follows need not make room when it comes. */
    private static Component tall(String css, Panel panel) {
        panel.addClassName(css);
        return panel;
    }

    private static Span note(String text) {
        Span span = new Span(text);
        span.addClassName("hint");
        return span;
    }

    private Div tiles(Portfolio portfolio) {
        tiles.clear();
        Div row = new Div();
        row.addClassName("kpis");
        for (RiskMethod method : RiskMethod.values()) {
            KpiTile tile = new KpiTile(method.label(), portfolio.base());
            tile.setClassName("chosen", method == settings.method());
            tile.getElement().setAttribute("title", method.meaning());
            tiles.put(method, tile);
            row.add(tile);
        }
        return row;
    }

    /** All methods one after another, the chosen one first. */
    private void measure(String portfolio, RiskSettings wanted, Consumer<OfMethod> listener) {
        Stream.concat(Stream.of(wanted.method()), Stream.of(RiskMethod.values()).filter(each -> each != wanted.method())).takeWhile(_ -> !Thread.currentThread().isInterrupted())
                .forEach(method -> listener.accept(new OfMethod(method, api.measure(portfolio, wanted.with(method)))));
    }

    private void show(OfMethod of) {
        KpiTile tile = tiles.get(of.method());
        switch (of.answer()) {
            case Answer.Done<Measured>(Measured measured) -> tile.show(Amounts.brief(measured.valueAtRisk()), "shortfall " + Amounts.brief(measured.expectedShortfall()));
            case Answer.Refused<Measured>(Problem problem) -> tile.show("\u2013", problem.code());
            case Answer.Unreachable<Measured> _ -> tile.fade();
        }
        if (of.method() == settings.method()) {
            parts.removeAll();
            how.removeAll();
            switch (of.answer()) {
                case Answer.Done<Measured>(Measured measured) -> show(measured);
                case Answer.Refused<Measured>(Problem problem) -> parts.add(Absent.refused(problem));
                case Answer.Unreachable<Measured>(String why) -> parts.add(Absent.unreachable(why));
            }
        }
    }

    private void show(Measured measured) {
        parts.add(new Panel("Who makes the risk", new Contributions(measured)).flush()
                .withAside(settings.method().label() + ", " + settings.level().toPlainString() + "\u202F%, " + days(measured.horizon()) + " ahead, in " + measured.base()));
        if (!measured.left().isEmpty()) {
            how.add(LeftOutPanel.of(measured.left()));
        }
        Facts facts = new Facts().with("Method", settings.method().meaning())
                .with("History", measured.from() == null ? "none" : measured.from() + " to " + measured.to() + ", " + days(measured.observations()))
                .with("Value at risk", money(measured.valueAtRisk(), measured.base())).with("Expected shortfall", money(measured.expectedShortfall(), measured.base()));
        if (measured.low() != null) {
            facts.with("True in 95 of 100 cases", Amounts.figure(measured.low()) + " to " + money(measured.high(), measured.base()))
                    .with("Scenarios", Amounts.count(measured.scenarios()) + ", seed " + measured.seed()).with("Engine", measured.engine());
        }
        facts.with("Version", measured.version()).withCode("Digest of the inputs", measured.inputs());
        how.add(new Panel("How it was measured", facts, keeping(measured)));
    }

    /** Pressed twice it keeps one: the id is made with the button. */
    private Component keeping(Measured measured) {
        RiskSettings asked = settings;
        String id = measured.day() + "-" + asked.method().name().toLowerCase(Locale.ROOT).replace('_', '-') + "-" + UUID.randomUUID().toString().substring(0, 8);
        Button keep = new Button("Keep this result", VaadinIcon.ARCHIVE.create());
        keep.setDisableOnClick(true);
        Div row = new Div(keep);
        row.addClassName("form-actions");
        keep.addClickListener(_ -> {
            keep.setEnabled(true);
            Outcomes.tell(api.keep(measured.portfolio(), id, asked, measured.day()), "It is kept as " + id + ".",
                    kept -> row.add(new Anchor(RiskHistoryView.address(measured.portfolio(), kept.id()), "Open it")));
        });
        return row;
    }

    private static String money(BigDecimal amount, String currency) {
        return Amounts.figure(amount) + "\u00A0" + currency;
    }

    private static String days(int days) {
        return days == 1 ? "1 day" : Amounts.count(days) + " days";
    }

    private void show(Answer<Backtested> answer) {
        Stream.of(history, verdict, exceptions).forEach(Div::removeAll);
        switch (answer) {
            case Answer.Done<Backtested>(Backtested report) -> show(report);
            case Answer.Refused<Backtested>(Problem problem) -> history.add(new Panel(TESTED, Absent.refused(problem)));
            case Answer.Unreachable<Backtested>(String why) -> history.add(Absent.unreachable(why));
        }
    }

    private void show(Backtested report) {
        BacktestChart chart = new BacktestChart("Gain or loss of each day from " + report.from() + " to " + report.to() + " against the value at risk: "
                + report.exceptions().size() + " exceptions", report.base());
        chart.show(report.daily());
        history.add(new Panel(TESTED, chart).withAside("What is held now, over " + days(report.days())));
        verdict.add(new Panel("Was it right?", new Verdict(report)));
        Table table = new Table("Day", "#Lost", "#Value at risk", "#Times").withEmptyText("No day has lost more than was forecast.");
        table.show(report.exceptions().reversed().stream().map(RiskView::row).toList());
        exceptions.add(new Panel("Exceptions", table).flush().withAside(Amounts.count(report.exceptions().size()) + " in " + days(report.days())));
    }

    private void showExposures(Answer<Concentration> answer) {
        switch (answer) {
            case Answer.Done<Concentration>(Concentration held) -> exposures.add(new ExposurePanel(held));
            case Answer.Refused<Concentration>(Problem problem) -> exposures.add(new Panel("Exposures", Absent.refused(problem)));
            case Answer.Unreachable<Concentration> _ -> { } // The figures say so.
        }
    }

    private void showCorrelation(Answer<Correlation> answer) {
        switch (answer) {
            case Answer.Done<Correlation>(Correlation found) when found.symbols().size() > 1 -> correlation.add(new Panel("How factors move together", new CorrelationChart(found))
                    .withAside("Mean " + decimal(found.mean()) + (found.intensity() == null ? "" : ", shrunk by " + Amounts.percent(found.intensity(), 0)) + ", "
                            + days(found.observations())));
            case Answer.Refused<Correlation>(Problem problem) -> correlation.add(new Panel("How factors move together", Absent.refused(problem)));
            case Answer.Done<Correlation> _, Answer.Unreachable<Correlation> _ -> { } // One factor moves with nothing.
        }
    }

    private static String decimal(double value) {
        return Amounts.figure(BigDecimal.valueOf(value).setScale(2, RoundingMode.HALF_EVEN));
    }

    private static Component[] row(Exceeded exceeded) {
        return new Component[] {new Span(Times.date(exceeded.day())), new Span(Amounts.figure(exceeded.loss())), new Span(Amounts.figure(exceeded.valueAtRisk())),
            new Span(exceeded.valueAtRisk().signum() == 0 ? "\u2013" : Amounts.figure(exceeded.loss().divide(exceeded.valueAtRisk(), 2, RoundingMode.HALF_EVEN)))};
    }
}
