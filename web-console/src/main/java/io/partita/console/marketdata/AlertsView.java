package io.partita.console.marketdata;

import com.vaadin.flow.component.combobox.ComboBox;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.icon.VaadinIcon;
import com.vaadin.flow.component.select.Select;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.BeforeEnterObserver;
import com.vaadin.flow.router.PageTitle;
import com.vaadin.flow.router.Route;
import io.partita.console.api.Answer;
import io.partita.console.api.KeptFilters;
import io.partita.console.jobs.JobApi;
import io.partita.console.jobs.JobPrompt;
import io.partita.console.marketdata.AlertApi.Anomaly;
import io.partita.console.marketdata.AlertApi.Suspicion;
import io.partita.console.marketdata.AlertBoard.Alert;
import io.partita.console.marketdata.AlertBoard.Filter;
import io.partita.console.marketdata.MarketDataApi.Listed;
import io.partita.console.ui.EmptyState;
import io.partita.console.ui.Filters;
import io.partita.console.ui.Live;
import io.partita.console.ui.PageHead;
import io.partita.console.ui.Panel;
import io.partita.console.ui.Permitted;
import io.partita.console.ui.Pill;
import io.partita.console.ui.Refreshable;
import io.partita.console.ui.Times;
import io.partita.security.Permission;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.Stream;

/** What was unusual and what looks like abuse, the latest first; and one of them with all that is known of it. */
@Route("alerts/:kind?(anomaly|surveillance)/:id?")
@PageTitle("Alerts \u00B7 Partita")
public class AlertsView extends Div implements BeforeEnterObserver, Refreshable {

    private static final String ANOMALY = "anomaly";
    private static final List<String> SEVERITIES = List.of("INFO", "WARNING", "CRITICAL");
    private static final int SUSPICIONS = 1_000;

    private enum What {
        ALL("All alerts"), ANOMALIES("Anomalies"), SUSPICIONS("Suspicions");

        private final String label;

        What(String label) {
            this.label = label;
        }

        private static What of(String name) {
            return Stream.of(values()).filter(each -> each.name().equals(name)).findFirst().orElse(null);
        }
    }

    private final AlertApi api;
    private final MarketDataApi market;
    private final JobApi jobs;
    private final AlertBoard board;
    private final Select<What> what = new Select<>();
    private final Select<String> severity = new Select<>();
    private final ComboBox<String> instrument = new ComboBox<>();
    private final Filters filters;
    private final Div list = new Div();
    private final Panel inbox;
    private final Div detail = new Div();
    private final Live<List<Alert>> latest = Live.of(this, this::show);
    private Filter listening;
    private List<Alert> shown;
    private String kind = "";
    private String id = "";

    AlertsView(AlertApi api, MarketDataApi market, JobApi jobs, AlertBoard board, KeptFilters kept) {
        this.api = api;
        this.market = market;
        this.jobs = jobs;
        this.board = board;
        addClassNames("page", "alerts");
        // They come by the console's own key, for those who may see them.
        boolean suspicions = Permitted.may(Permission.SURVEILLANCE_READ) && Permitted.unbound();
        what.setAriaLabel("What");
        what.setItems(suspicions ? List.of(What.values()) : List.of(What.ANOMALIES));
        what.setItemLabelGenerator(each -> each.label);
        what.setValue(suspicions ? What.ALL : What.ANOMALIES);
        severity.setAriaLabel("Severity");
        severity.setItems(SEVERITIES);
        severity.setItemLabelGenerator(each -> each.equals("CRITICAL") ? "Critical" : "From " + Words.of(each).toLowerCase(Locale.ROOT));
        severity.setValue("WARNING");
        instrument.setAriaLabel("Instrument");
        instrument.setPlaceholder("All instruments");
        instrument.setClearButtonVisible(true);
        filters = new Filters("alerts", kept, this::listen).with("what", what, Enum::name, text -> suspicions ? What.of(text) : null)
                .with("severity", severity, Function.identity(), text -> SEVERITIES.contains(text) ? text : null).with("instrument", instrument, Function.identity(), this::listed);
        list.addClassName("inbox-list");
        inbox = new Panel("", filters, list).untitled().flush();
        detail.addClassName("stack");
        Div both = new Div(inbox, detail);
        both.addClassName("inbox");
        add(new PageHead("Alerts", "What was unusual in bars, and what looks like abuse in books. A suspicion is a question, never a verdict."), both);
    }

    @Override
    public void beforeEnter(BeforeEnterEvent event) {
        kind = event.getRouteParameters().get("kind").orElse("");
        id = event.getRouteParameters().get("id").orElse("");
        setClassName("chosen", !id.isEmpty());
        refresh();
        filters.enter(event);
        if (!filter().equals(listening)) {
            listen();
        }
        mark();
    }

    @Override
    public void refresh() {
        List<Listed> listed = market.instruments().found().orElse(List.of());
        if (!listed.isEmpty() && instrument.getListDataView().getItemCount() != listed.size()) {
            instrument.setItems(listed.stream().map(Listed::symbol).toList());
        }
        detail.removeAll();
        if (id.isEmpty()) {
            detail.add(new Panel("", new EmptyState(VaadinIcon.BELL_O, "Choose an alert", "Its explanation, its evidence and the times when it was like that before show here."))
                    .untitled());
        } else if (kind.equals(ANOMALY)) {
            switch (api.anomaly(id)) {
                case Answer.Done<Anomaly>(Anomaly anomaly) -> detail.add(new AnomalyPanel(api, market, anomaly, this::refresh));
                case Answer.Refused<Anomaly>(var problem) -> refused(problem.code(), problem.meaning());
                case Answer.Unreachable<Anomaly>(String why) -> refused("Waiting for the grid", why);
            }
        } else {
            switch (api.suspicions(null, SUSPICIONS)) {
                case Answer.Done<List<Suspicion>>(List<Suspicion> all) -> all.stream().filter(each -> each.id().equals(id)).findFirst()
                        .ifPresentOrElse(found -> detail.add(new SuspicionPanel(found, scale(listed, found.symbol()))),
                                () -> refused("No such suspicion", "Only the last ones are kept."));
                case Answer.Refused<List<Suspicion>>(var problem) -> refused(problem.code(), problem.meaning());
                case Answer.Unreachable<List<Suspicion>>(String why) -> refused("Waiting for the grid", why);
            }
        }
    }

    /** Null if there is no such instrument. */
    private String listed(String symbol) {
        return instrument.getListDataView().contains(symbol) ? symbol : null;
    }

    private static int scale(List<Listed> listed, String symbol) {
        return listed.stream().filter(each -> each.symbol().equals(symbol)).mapToInt(Listed::priceScale).findFirst().orElse(0);
    }

    private void refused(String title, String text) {
        detail.add(new Panel("", new EmptyState(VaadinIcon.SEARCH, title, text, new Anchor("alerts", "All alerts"))).untitled());
    }

    private void listen() {
        shown = null;
        severity.setEnabled(what.getValue() != What.SUSPICIONS);
        Filter filter = filter();
        listening = filter;
        latest.follow(listener -> board.listen(filter, listener));
    }

    private Filter filter() {
        return new Filter(what.getValue() == What.SUSPICIONS ? "" : severity.getValue(), instrument.getValue() == null ? "" : instrument.getValue(), what.getValue() != What.ANOMALIES);
    }

    private void show(List<Alert> alerts) {
        if (alerts.equals(shown)) {
            return;
        }
        shown = alerts;
        list.removeAll();
        if (alerts.isEmpty()) {
            boolean suspicions = what.getValue() == What.SUSPICIONS;
            list.add(suspicions ? new JobPrompt(jobs, "surveillance", "No suspicions", "It runs, and has seen nothing in the books that looks like abuse.")
                    : new JobPrompt(jobs, "anomalies", "No alerts", "It runs. An instrument needs forty bars before anything can be unusual; choose a lower severity to see more."));
        }
        Instant now = Instant.now();
        alerts.forEach(alert -> list.add(item(alert, now)));
        mark();
    }

    private Anchor item(Alert alert, Instant now) {
        Span name = new Span(alert.name());
        name.addClassName("strong");
        Span time = new Span(Times.brief(alert.time(), now));
        time.addClassName("inbox-time");
        Div head = new Div(new Pill(alert.severity().isEmpty() ? "Suspicion" : Words.of(alert.severity()), alert.severity().isEmpty() ? Pill.Tone.WAITING
                : Words.severity(alert.severity())), name, new Span(alert.symbol()), time);
        head.addClassName("inbox-head");
        Span text = new Span(alert.explanation());
        text.addClassName("inbox-text");
        Anchor item = new Anchor(alert.address() + (filters.isEmpty() ? "" : "?" + filters.query()), head, text);
        item.addClassName("inbox-item");
        item.getElement().setAttribute("data-alert", alert.id());
        return item;
    }

    /** Shows which one is open. */
    private void mark() {
        list.getChildren().forEach(item -> {
            boolean open = !id.isEmpty() && id.equals(item.getElement().getAttribute("data-alert"));
            item.setClassName("open", open);
            if (open) {
                item.getElement().setAttribute("aria-current", "true");
            } else {
                item.getElement().removeAttribute("aria-current");
            }
        });
    }
}
