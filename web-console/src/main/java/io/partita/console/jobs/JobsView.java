package io.partita.console.jobs;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.router.PageTitle;
import com.vaadin.flow.router.Route;
import io.partita.console.jobs.JobApi.Job;
import io.partita.console.jobs.JobBoard.Seen;
import io.partita.console.ui.Amounts;
import io.partita.console.ui.Live;
import io.partita.console.ui.PageHead;
import io.partita.console.ui.Panel;
import io.partita.console.ui.Permitted;
import io.partita.console.ui.Refreshable;
import io.partita.console.ui.Table;
import io.partita.console.ui.TableRows;
import io.partita.console.ui.Times;
import io.partita.console.ui.TwoLines;
import io.partita.security.Permission;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** Streaming jobs of the cluster, live; and a form for more. */
@Route("jobs")
@PageTitle("Jobs \u00B7 Partita")
public class JobsView extends Div implements Refreshable {

    private static final int MOST_ENDED = 8;

    /** What a row shows; a new state is a new row, so that its buttons fit. */
    private record Row(Job job, double in, long waiting, Long lag) {
    }

    private final JobApi api;
    private final JobForm form;
    private final Table table = new Table("Job", "State", "", "#Items / s", "#Waiting", "#Behind", "Since", "Why")
            .withEmptyText("No job runs. Choose one below and press Submit: bars first, since the others live on them.");
    private final TableRows<Row> rows = new TableRows<>(table, row -> row.job().id() + row.job().status(), this::row);
    private final Panel panel = new Panel("On the cluster", table).flush();

    JobsView(JobApi api, JobBoard board) {
        this.api = api;
        form = new JobForm(api);
        addClassNames("page", "jobs");
        add(new PageHead("Jobs", "Streaming jobs make bars, indicators and alerts out of ticks and orders. They go on when a member dies."), panel,
                new Panel("Submit a job", Permitted.form(Permission.JOBS_WRITE, form)));
        Live.of(this, board::listen, this::show);
    }

    @Override
    public void refresh() {
        form.load();
    }

    private void show(List<Seen> seen) {
        List<Seen> going = seen.stream().filter(each -> !each.job().ended()).sorted(Comparator.comparing(each -> each.job().name())).toList();
        List<Seen> ended = seen.stream().filter(each -> each.job().ended()).limit(MOST_ENDED).toList();
        panel.withAside(going.stream().filter(each -> each.job().is("RUNNING")).count() + " running");
        rows.show(Stream.concat(going.stream(), ended.stream())
                .map(each -> new Row(each.job(), each.stages().isEmpty() ? Double.NaN : each.in(), each.waiting(), each.lag())).toList());
    }

    private Component[] row(Row row) {
        Job job = row.job();
        Anchor name = new Anchor("jobs/" + job.id(), job.name().isEmpty() ? job.id() : job.name());
        Span why = new Span(job.reason() == null ? "" : job.reason().lines().findFirst().orElse(""));
        why.setTitle(job.reason() == null ? "" : job.reason());
        why.setClassName("bad", JobStates.broken(job));
        return new Component[] {new TwoLines(name, guarantee(job.guarantee())), JobStates.pill(job), new JobButtons(api).of(job), new Span(rate(row.in())),
                new Span(job.ended() ? "" : Amounts.count(row.waiting())), new Span(JobView.lag(row.lag())), new Span(Times.dateTime(job.submitted())), why};
    }

    static String rate(double rate) {
        return Double.isNaN(rate) ? "\u2013" : Amounts.rough(rate);
    }

    private static String guarantee(String guarantee) {
        return switch (guarantee) {
            case "EXACTLY_ONCE" -> "exactly once";
            case "AT_LEAST_ONCE" -> "at least once";
            default -> "no guarantee";
        };
    }
}
