package io.partita.console.jobs;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.icon.VaadinIcon;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.BeforeEnterObserver;
import com.vaadin.flow.router.HasDynamicTitle;
import com.vaadin.flow.router.Route;
import io.partita.console.jobs.JobApi.Job;
import io.partita.console.jobs.JobBoard.Seen;
import io.partita.console.jobs.JobBoard.Stage;
import io.partita.console.ui.Amounts;
import io.partita.console.ui.EmptyState;
import io.partita.console.ui.KpiTile;
import io.partita.console.ui.Live;
import io.partita.console.ui.PageHead;
import io.partita.console.ui.Panel;
import io.partita.console.ui.Pill;
import io.partita.console.ui.RefusalBox;
import io.partita.console.ui.SeriesChart;
import io.partita.console.ui.SeriesChart.Line;
import io.partita.console.ui.Table;
import io.partita.console.ui.TableRows;
import io.partita.console.ui.Times;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** One job: its stages and what flows between them, live. */
@Route("jobs/:job")
public class JobView extends Div implements BeforeEnterObserver, HasDynamicTitle {

    private final JobApi api;
    private String wanted = "";
    private Job shown;
    private Pill state;
    private JobButtons buttons;
    private Span since;
    private RefusalBox reason;
    private KpiTile in;
    private KpiTile waiting;
    private KpiTile lag;
    private KpiTile snapshot;
    private JobDrawing drawing;
    private SeriesChart chart;
    private TableRows<Stage> stages;

    JobView(JobApi api, JobBoard board) {
        this.api = api;
        addClassNames("page", "job");
        Live.of(this, board::listen, this::show);
    }

    @Override
    public void beforeEnter(BeforeEnterEvent event) {
        wanted = event.getRouteParameters().get("job").orElseThrow();
        shown = null;
        removeAll();
        add(new PageHead(wanted, "\u2026"));
    }

    @Override
    public String getPageTitle() {
        return (shown == null ? wanted : shown.name()) + " \u00B7 Partita";
    }

    private void show(List<Seen> seen) {
        Optional<Seen> found = seen.stream().filter(each -> each.job().id().equals(wanted) || each.job().name().equals(wanted)).findFirst();
        if (found.isEmpty()) {
            shown = null;
            removeAll();
            add(new PageHead(wanted, ""), new Panel("", new EmptyState(VaadinIcon.SEARCH, "No such job", "No job " + wanted + " runs, or has ended lately.",
                    new Anchor("jobs", "All jobs"))).untitled());
            return;
        }
        if (shown == null) {
            shown = found.get().job();
            build();
            getUI().ifPresent(ui -> ui.getPage().setTitle(getPageTitle()));
        }
        fill(found.get());
    }

    private void build() {
        state = JobStates.pill(shown);
        since = new Span();
        buttons = new JobButtons(api);
        reason = new RefusalBox();
        in = new KpiTile("Comes in", "/ s");
        waiting = new KpiTile("Waits", "items");
        lag = new KpiTile("Event time", "");
        snapshot = new KpiTile("Snapshot", "");
        drawing = new JobDrawing();
        chart = new SeriesChart("Items a second, last five minutes", "/s", JobBoard.REMEMBERED_SECONDS, new Line("In", "--series-1"), new Line("Out", "--series-2"));
        Table table = new Table("Stage", "#In / s", "#Out / s", "#Waiting", "#Wait", "#Behind", "#Received", "#Sent on", "#Snapshot")
                .withEmptyText("Stages tell what they do while the job runs.");
        stages = new TableRows<>(table, Stage::name, JobView::row);
        Div below = new Div(state, since);
        below.addClassName("inline");
        Div tiles = new Div(in, waiting, lag, snapshot);
        tiles.addClassNames("kpis", "kpis-4");
        removeAll();
        add(new PageHead(shown.name(), below).with(buttons), reason, tiles, new Panel("Stages", drawing), new Panel("Throughput", chart),
                new Panel("Stage by stage", table).flush().withAside("Wait: what waits, over what comes through. Behind: event time against the clock."));
    }

    private void fill(Seen seen) {
        shown = seen.job();
        state.show(JobStates.name(shown), JobStates.tone(shown));
        since.setText("since " + Times.dateTime(shown.submitted()) + " UTC");
        buttons.of(shown);
        if (JobStates.broken(shown)) {
            reason.show(JobStates.name(shown), shown.reason());
        } else {
            reason.hide();
        }
        in.show(JobsView.rate(seen.in()), Amounts.count(seen.stages().size()) + " stages");
        waiting.show(Amounts.rough(seen.waiting()), "before all stages");
        lag.show(seen.lag() == null ? "\u2013" : lag(seen.lag()), seen.lag() == null ? "goes by the time of ticks" : "behind the clock");
        snapshot.show(bytes(seen.stages().stream().mapToLong(stage -> stage.done().snapshotBytes()).sum()), shown.guarantee().toLowerCase(Locale.ROOT).replace('_', ' '));
        drawing.show(seen.graph(), seen.stages());
        chart.reset(seen.history());
        stages.show(ordered(seen));
    }

    /** From the beginning of the job to its end. */
    private static List<Stage> ordered(Seen seen) {
        Map<String, Integer> places = new HashMap<>();
        GraphLayout.of(seen.graph()).boxes().forEach(box -> places.put(box.vertex().name(), places.size()));
        List<Stage> ordered = new ArrayList<>(seen.stages());
        ordered.sort(Comparator.comparingInt(stage -> places.getOrDefault(stage.name(), Integer.MAX_VALUE)));
        return ordered;
    }

    private static Component[] row(Stage stage) {
        Span name = new Span(stage.name());
        name.addClassName("strong");
        return new Component[] {name, new Span(JobsView.rate(stage.in())), new Span(JobsView.rate(stage.out())), new Span(Amounts.count(stage.done().queued())),
                new Span(wait(stage.waitMillis())), new Span(lag(stage.done().lagMillis())),
                new Span(Amounts.count(stage.done().received())), new Span(Amounts.count(stage.done().emitted())), new Span(bytes(stage.done().snapshotBytes()))};
    }

    private static String wait(double millis) {
        return Double.isNaN(millis) ? "\u2013" : millis == 0 ? "0 ms" : Amounts.millis(millis) + " ms";
    }

    static String lag(Long millis) {
        return millis == null ? "\u2013" : millis < 10_000 ? Amounts.count(millis) + " ms" : Times.span(Duration.ofMillis(millis));
    }

    private static String bytes(long bytes) {
        return bytes < 1_024 ? bytes + " B" : bytes < 1 << 20 ? Amounts.count(bytes >> 10) + " KiB" : Amounts.rough((double) bytes / (1 << 20)) + " MiB";
    }
}
