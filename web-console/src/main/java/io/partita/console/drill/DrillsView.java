package io.partita.console.drill;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.icon.VaadinIcon;
import com.vaadin.flow.router.PageTitle;
import com.vaadin.flow.router.Route;
import io.partita.console.api.Answer;
import io.partita.console.drill.DrillApi.Drills;
import io.partita.console.drill.DrillApi.Known;
import io.partita.console.drill.DrillApi.Run;
import io.partita.console.ui.EmptyState;
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
import java.util.List;

/** Which drills there are, a form that starts one, and what came of those before. */
@Route("drills")
@PageTitle("Drills \u00B7 Partita")
public class DrillsView extends Div implements Refreshable {

    private final DrillApi api;
    private final DrillBoard board;
    private final Div form = new Div();
    private final Table runs = new Table("Drill", "State", "Began", "#Took", "Asked by", "What came of it").withEmptyText("No drill has been run from here yet.");
    private final TableRows<Run> rows = new TableRows<>(runs, Run::id, DrillsView::row);
    private final Table catalogue = new Table("Drill", "What is broken", "What must hold, beside the checks of every drill").withEmptyText("No member has told.");

    DrillsView(DrillApi api, DrillBoard board) {
        this.api = api;
        this.board = board;
        addClassNames("page", "drills");
        add(new PageHead("Drills", "Break a cluster on purpose, a throw-away one, and see what it kept. Times are UTC."), new Panel("Start a drill", form), new Panel("Runs", runs).flush(),
                new Panel("What there is", catalogue).flush());
        Live.of(this, board::listen, this::show);
        refresh();
    }

    @Override
    public void refresh() {
        form.removeAll();
        switch (api.drills()) {
            case Answer.Done<Drills>(Drills drills) -> {
                form.add(Permitted.form(Permission.GRID_OPERATE, new DrillForm(api, drills, this::started)));
                catalogue.show(drills.drills().stream().map(DrillsView::row).toList());
            }
            case Answer.Refused<Drills>(var problem) -> form.add(new EmptyState(VaadinIcon.WARNING, problem.code(), problem.meaning()));
            case Answer.Unreachable<Drills> _ -> form.add(new EmptyState(VaadinIcon.CONNECT_O, "Waiting for the grid", "No member answers at the moment."));
        }
    }

    private void started(Run run) {
        board.askNow();
        getUI().ifPresent(ui -> ui.navigate("drills/" + run.id()));
    }

    private void show(List<Run> seen) {
        rows.show(seen);
    }

    private static Component[] row(Run run) {
        Span came = new Span(came(run));
        came.setTitle(came.getText());
        return new Component[] {new TwoLines(new Anchor("drills/" + run.id(), run.drill()), "seed " + run.seed()), Words.state(run), new Span(Times.dateTime(run.startedAt())),
                new Span(Words.took(run)), new Span(run.askedBy()), came};
    }

    private static String came(Run run) {
        if (run.running()) {
            return run.progress().phase();
        }
        boolean silent = run.sentence() == null || run.sentence().isBlank();
        return !silent ? run.sentence() : run.cancelledBy() == null ? "" : "Cancelled by " + run.cancelledBy();
    }

    private static Component[] row(Known known) {
        Span name = new Span(known.name());
        name.addClassName("strong");
        return new Component[] {name, new Span(known.breaks()), new Span(known.holds())};
    }
}
