package io.partita.console.marketdata;

import com.vaadin.flow.component.checkbox.Checkbox;
import com.vaadin.flow.component.combobox.ComboBox;
import com.vaadin.flow.component.combobox.MultiSelectComboBox;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.icon.VaadinIcon;
import com.vaadin.flow.component.select.Select;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.BeforeEnterObserver;
import com.vaadin.flow.router.HasDynamicTitle;
import com.vaadin.flow.router.Location;
import com.vaadin.flow.router.QueryParameters;
import com.vaadin.flow.router.Route;
import io.partita.console.api.Answer;
import io.partita.console.jobs.JobApi;
import io.partita.console.jobs.JobPrompt;
import io.partita.console.marketdata.AlertApi.Anomaly;
import io.partita.console.marketdata.ChartBoard.Seen;
import io.partita.console.marketdata.ChartBoard.Wanted;
import io.partita.console.marketdata.MarketDataApi.Listed;
import io.partita.console.marketdata.MarketDataApi.Reading;
import io.partita.console.marketdata.PriceChart.Drawn;
import io.partita.console.marketdata.PriceChart.Line;
import io.partita.console.marketdata.PriceChart.Mark;
import io.partita.console.marketdata.PriceChart.Pane;
import io.partita.console.ui.EmptyState;
import io.partita.console.ui.Live;
import io.partita.console.ui.PageHead;
import io.partita.console.ui.Panel;
import io.partita.console.ui.Refreshable;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The bars of an instrument with indicators of the reader's choice, and what was unusual; live. */
@Route("charts/:symbol?([A-Z0-9.:-]+)")
public class ChartView extends Div implements BeforeEnterObserver, HasDynamicTitle, Refreshable {

    private static final List<String> USUAL = List.of("bbands(20,2)", "rsi(14)");
    /** More panes than that nobody looks at together. */
    private static final int MOST = 8;

    private final MarketDataApi api;
    private final JobApi jobs;
    private final ChartBoard board;
    private final ComboBox<String> instrument = new ComboBox<>("Instrument");
    private final Select<String> size = new Select<>();
    private final MultiSelectComboBox<String> indicators = new MultiSelectComboBox<>("Indicators");
    private final Checkbox adjusted = new Checkbox("Adjusted");
    private final Div content = new Div();
    private final Live<Seen> latest = Live.of(this, this::show);
    private List<Listed> listed = List.of();
    private String symbol = "";
    private boolean entering;
    private PriceChart chart;
    private Seen shown;

    ChartView(MarketDataApi api, JobApi jobs, ChartBoard board) {
        this.api = api;
        this.jobs = jobs;
        this.board = board;
        addClassNames("page", "chart");
        size.setLabel("Bars of");
        size.setItems(Sizes.ALL);
        size.setItemLabelGenerator(Sizes::name);
        indicators.setItems(Indicators.all());
        indicators.setClearButtonVisible(true);
        instrument.addValueChangeListener(event -> {
            if (!entering && event.getValue() != null) {
                go(event.getValue());
            }
        });
        size.addValueChangeListener(_ -> go(symbol));
        indicators.addValueChangeListener(event -> {
            if (event.getValue().size() > MOST) {
                indicators.setValue(event.getOldValue());
            } else {
                go(symbol);
            }
        });
        adjusted.setTooltipText("As if nothing had been split or paid out. Indicators are of bars as they were traded, and are not drawn then.");
        adjusted.addValueChangeListener(event -> {
            indicators.setEnabled(!event.getValue());
            go(symbol);
        });
        Div choices = new Div(instrument, size, indicators, adjusted);
        choices.addClassName("chart-choices");
        content.addClassName("stack");
        add(new PageHead("Charts", "Bars as the job bars makes them. Dots are anomalies, and lead to them."), choices, content);
    }

    @Override
    public void beforeEnter(BeforeEnterEvent event) {
        entering = true;
        QueryParameters query = event.getLocation().getQueryParameters();
        size.setValue(query.getSingleParameter("size").filter(Sizes.ALL::contains).orElse(Sizes.USUAL));
        Set<String> chosen = new LinkedHashSet<>(query.getParameters("with").isEmpty() ? USUAL : query.getParameters("with"));
        chosen.retainAll(Indicators.all());
        indicators.setValue(chosen);
        adjusted.setValue(query.getSingleParameter("adjusted").filter("true"::equals).isPresent());
        symbol = event.getRouteParameters().get("symbol").orElse("");
        refresh();
        entering = false;
    }

    @Override
    public String getPageTitle() {
        return (symbol.isEmpty() ? "Charts" : symbol + " \u00B7 Chart") + " \u00B7 Partita";
    }

    /** Follows what was chosen; the address follows too, so that it can be kept. */
    private void go(String wanted) {
        if (entering || wanted.isEmpty()) {
            return;
        }
        boolean other = !wanted.equals(symbol);
        symbol = wanted;
        getUI().ifPresent(ui -> {
            Map<String, List<String>> query = new LinkedHashMap<>();
            query.put("size", List.of(size.getValue()));
            query.put("with", indicators.getValue().isEmpty() ? List.of("none") : List.copyOf(indicators.getValue()));
            if (adjusted.getValue()) {
                query.put("adjusted", List.of("true"));
            }
            ui.getPage().getHistory().replaceState(null, new Location("charts/" + symbol, new QueryParameters(query)));
            ui.getPage().setTitle(getPageTitle());
            if (other) {
                chart = null;
            }
            listen();
        });
    }

    @Override
    public void refresh() {
        Answer<List<Listed>> answer = api.instruments();
        listed = answer.found().orElse(List.of());
        boolean before = entering;
        entering = true;
        instrument.setItems(listed.stream().map(Listed::symbol).toList());
        if (symbol.isEmpty() && !listed.isEmpty()) {
            symbol = listed.getFirst().symbol();
        }
        Optional<Listed> found = find();
        instrument.setValue(found.map(Listed::symbol).orElse(null));
        entering = before;
        chart = null;
        content.removeAll();
        if (found.isEmpty()) {
            boolean away = answer instanceof Answer.Unreachable;
            content.add(new Panel("", away ? new EmptyState(VaadinIcon.CONNECT_O, "Waiting for the grid", "No member answers at the moment. The chart appears by itself.")
                    : new EmptyState(VaadinIcon.SEARCH, symbol.isEmpty() ? "No instrument is listed" : "No instrument " + symbol,
                    "POST /api/v1/instruments lists one.", new Anchor("markets", "All markets"))).untitled());
        }
        listen();
    }

    private Optional<Listed> find() {
        return listed.stream().filter(each -> each.symbol().equals(symbol)).findFirst();
    }

    private void listen() {
        shown = null;
        List<String> names = drawn().stream().flatMap(name -> Indicators.values(name).stream()).toList();
        Wanted wanted = new Wanted(symbol, size.getValue(), names, adjusted.getValue());
        latest.follow(find().isEmpty() ? null : listener -> board.listen(wanted, listener));
    }

    private Set<String> drawn() {
        return adjusted.getValue() ? Set.of() : indicators.getValue();
    }

    private void show(Seen seen) {
        if (seen.equals(shown)) {
            return;
        }
        shown = seen;
        if (seen.bars().isEmpty()) {
            chart = null;
            content.removeAll();
            content.add(new Panel("", new JobPrompt(jobs, "bars", "No bars of " + Sizes.name(size.getValue()) + " yet",
                    "It runs; the first bar shows here when it is over.")).untitled());
            return;
        }
        if (chart == null) {
            chart = new PriceChart("Bars of " + symbol + " with indicators", find().map(Listed::priceScale).orElse(2));
            content.removeAll();
            content.add(new Panel("", chart).untitled());
        }
        boolean missing = !drawn().isEmpty() && seen.readings().isEmpty();
        if (missing && content.getComponentCount() == 1) {
            content.add(new Panel("", new JobPrompt(jobs, "indicators", "No indicators of these bars yet", "It runs; values show here as soon as they have warmed up.")).untitled());
        } else if (!missing && content.getComponentCount() > 1) {
            content.remove(content.getComponentAt(1));
        }
        chart.show(drawn(seen));
    }

    private Drawn drawn(Seen seen) {
        Map<Instant, Map<String, Double>> readings = new HashMap<>();
        seen.readings().stream().map(reading -> Map.entry(reading.start(), reading)).forEach(each -> readings.put(each.getKey(), values(each.getValue())));
        List<Line> over = drawn().stream().filter(Indicators::overThePrice).flatMap(name -> lines(name, seen, readings).stream()).toList();
        List<Pane> beneath = drawn().stream().filter(name -> !Indicators.overThePrice(name)).map(name -> new Pane(lines(name, seen, readings))).toList();
        return new Drawn(seen.bars().stream().map(bar -> new double[] {bar.start().toEpochMilli(), bar.open(), bar.high(), bar.low(), bar.close(), bar.volume()}).toList(),
                over, beneath, seen.alerts().stream().map(this::mark).toList());
    }

    private static Map<String, Double> values(Reading reading) {
        return reading.values() == null ? Map.of() : reading.values();
    }

    private static List<Line> lines(String name, Seen seen, Map<Instant, Map<String, Double>> readings) {
        return Indicators.values(name).stream().map(value -> new Line(value,
                seen.bars().stream().map(bar -> readings.getOrDefault(bar.start(), Map.of()).get(value)).toList())).toList();
    }

    private Mark mark(Anomaly anomaly) {
        return new Mark(anomaly.from().toEpochMilli(), Sizes.length(anomaly.size()).toMillis(), "alerts/anomaly/" + anomaly.id(),
                Words.severity(anomaly.severity()).name().toLowerCase(Locale.ROOT), Words.of(anomaly.kind()) + ": " + anomaly.explanation());
    }
}
