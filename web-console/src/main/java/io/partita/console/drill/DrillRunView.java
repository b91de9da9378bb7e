package io.partita.console.drill;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.IFrame;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.icon.VaadinIcon;
import com.vaadin.flow.component.progressbar.ProgressBar;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.BeforeEnterObserver;
import com.vaadin.flow.router.HasDynamicTitle;
import com.vaadin.flow.router.Route;
import io.partita.console.api.Answer;
import io.partita.console.api.Problem;
import io.partita.console.drill.DrillApi.Line;
import io.partita.console.drill.DrillApi.Message;
import io.partita.console.drill.DrillApi.Run;
import io.partita.console.drill.DrillApi.Side;
import io.partita.console.ui.Absent;
import io.partita.console.ui.Amounts;
import io.partita.console.ui.Confirmation;
import io.partita.console.ui.EmptyState;
import io.partita.console.ui.Live;
import io.partita.console.ui.Outcomes;
import io.partita.console.ui.PageHead;
import io.partita.console.ui.Panel;
import io.partita.console.ui.Permitted;
import io.partita.console.ui.Pill;
import io.partita.console.ui.Table;
import io.partita.console.ui.Times;
import io.partita.security.Permission;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;

/** One run of a drill, live; and its report once it is over. */
@Route("drills/:run([0-9a-fA-F-]{36})")
public class DrillRunView extends Div implements BeforeEnterObserver, HasDynamicTitle {

    private final DrillApi api;
    private final Live<Run> live;
    private final DrillBoard board;
    private final Div state = new Div();
    private final ProgressBar bar = new ProgressBar();
    private final Span phase = new Span();
    private final Table sides = new Table("Side", "#Acknowledged / s", "#Refused / s", "#Unknown / s", "#Reads / s").withEmptyText("Clients tell while the load lasts.");
    private final Table lines = new Table("#At", "Kind", "Where", "What").withEmptyText("It has said nothing yet.");
    private final Table checks = new Table("Check", "Held").withEmptyText("What must hold is checked after the load.");
    private final Button cancel = new Button("End it", _ -> cancel());
    private final Div report = new Div();
    private String wanted = "";
    private Run shown;
    private int told;
    private boolean reported;

    DrillRunView(DrillApi api, DrillBoard board) {
        this.api = api;
        this.board = board;
        addClassNames("page", "drill-run");
        bar.getElement().setAttribute("aria-label", "How far the phase has come");
        cancel.addThemeVariants(ButtonVariant.LUMO_ERROR);
        state.addClassName("inline");
        live = Live.of(this, this::show);
    }

    @Override
    public void beforeEnter(BeforeEnterEvent event) {
        wanted = event.getRouteParameters().get("run").orElseThrow();
        shown = null;
        told = 0;
        reported = false;
        report.setVisible(false);
        removeAll();
        switch (api.run(wanted)) {
            case Answer.Done<Run>(Run run) -> {
                build(run);
                show(run);
                live.follow(listener -> board.listen(wanted, listener));
            }
            case Answer.Refused<Run>(var problem) -> add(new PageHead("Drill", ""), new Panel("", new EmptyState(VaadinIcon.SEARCH, problem.notFound() ? "No such run" : problem.code(), problem.meaning(),
                    new Anchor("drills", "All drills"))).untitled());
            case Answer.Unreachable<Run> _ -> {
                add(new PageHead("Drill", ""), new Panel("", new EmptyState(VaadinIcon.CONNECT_O, "Waiting for the grid", "No member answers at the moment.")).untitled());
                live.follow(listener -> board.listen(wanted, listener));
            }
        }
    }

    @Override
    public String getPageTitle() {
        return (shown == null ? "Drill" : "Drill " + shown.drill()) + " \u00B7 Partita";
    }

    private void build(Run run) {
        removeAll();
        Div going = new Div(phase, bar);
        going.addClassName("drill-phase");
        add(new PageHead(run.drill(), state).with(Permitted.only(Permission.GRID_OPERATE, cancel)), new Panel("Now", going, sides),
                new Panel("What must hold", checks).flush(), report, new Panel("What happened", lines).flush());
    }

    private void show(Run run) {
        if (state.getParent().isEmpty()) {
            // No member had answered when the page was opened.
            build(run);
        }
        shown = run;
        state.removeAll();
        state.add(Words.state(run), new Span("began " + Times.dateTime(run.startedAt()) + " UTC, " + Words.took(run) + ", seed " + run.seed() + ", " + run.members() + " members, " + run.transport()
                + ", asked by " + run.askedBy()));
        cancel.setVisible(run.running() && Permitted.may(Permission.GRID_OPERATE));
        cancel.setEnabled(run.cancelledBy() == null);
        progress(run);
        say(run.lines());
        if (!run.running() && !reported) {
            report(run);
        }
    }

    private void progress(Run run) {
        phase.setText(run.running() ? run.progress().phase().isEmpty() ? "starting" : run.progress().phase() : run.sentence() == null || run.sentence().isBlank() ? Words.name(run) : run.sentence());
        bar.setVisible(run.running());
        boolean known = run.progress().expectedMillis() > 0 && run.progress().since() != null;
        bar.setIndeterminate(!known);
        if (known) {
            bar.setValue(Math.clamp((double) Duration.between(run.progress().since(), Instant.now()).toMillis() / run.progress().expectedMillis(), 0, 1));
        }
        sides.setVisible(run.running());
        sides.show(run.progress().sides() == null ? List.of() : run.progress().sides().stream().map(DrillRunView::row).toList());
    }

    private static Component[] row(Side side) {
        return new Component[] {new Span(side.side()), new Span(Amounts.rough(side.acknowledged())), new Span(Amounts.rough(side.refused())), new Span(Amounts.rough(side.unknown())),
                new Span(Amounts.rough(side.reads()))};
    }

    /** The latest first, so that nobody has to scroll. */
    private void say(List<Line> all) {
        int last = all == null || all.isEmpty() ? 0 : all.getLast().number();
        if (last == told) {
            return;
        }
        told = last;
        lines.show(all.reversed().stream().filter(line -> !line.message().kind().equals("CHECK")).map(line -> row(line.message())).toList());
        checks.show(all.stream().filter(line -> line.message().kind().equals("CHECK")).map(line -> check(line.message())).toList());
    }

    private static Component[] row(Message message) {
        Span what = new Span(message.what());
        what.setTitle(message.what());
        return new Component[] {new Span(message.atMillis() == null ? "" : String.format(Locale.ROOT, "%.1f s", message.atMillis() / 1_000.0)), mark(message),
                new Span(message.node() == null ? "" : message.node()), what};
    }

    private static Component mark(Message message) {
        return switch (message.mark() == null ? message.kind() : message.mark()) {
            case "FAULT" -> new Pill("Broken", Pill.Tone.BAD);
            case "MENDED" -> new Pill("Mended", Pill.Tone.GOOD);
            case "NOTICED" -> new Pill("Noticed", Pill.Tone.WAITING);
            case "RECOVERED" -> new Pill("Recovered", Pill.Tone.GOOD);
            case "ALERT" -> new Pill("Alert", Pill.Tone.WAITING);
            case "PHASE" -> new Pill("Phase", Pill.Tone.CALM);
            case "BEGINS", "ENDED" -> new Pill(message.kind().equals("ENDED") ? "Ended" : "Begins", Pill.Tone.CALM);
            default -> new Span("");
        };
    }

    private static Component[] check(Message message) {
        boolean passed = Boolean.TRUE.equals(message.passed());
        return new Component[] {new Span(message.what()), new Pill(passed ? "\u2713 Yes" : "\u2717 No", passed ? Pill.Tone.GOOD : Pill.Tone.BAD)};
    }

    private void report(Run run) {
        report.removeAll();
        report.setVisible(run.report());
        reported = true;
        if (run.report()) {
            Answer<String> answer = api.report(run.id());
            // Asked for again with the next news of the run.
            reported = !(answer instanceof Answer.Unreachable);
            report.add(switch (answer) {
                case Answer.Done<String>(String html) -> new Panel("Report", page(run, html)).flush();
                case Answer.Refused<String>(Problem problem) -> new Panel("Report", Absent.refused(problem));
                case Answer.Unreachable<String>(String why) -> Absent.unreachable(why);
            });
        }
    }

    private static IFrame page(Run run, String html) {
        IFrame page = new IFrame();
        page.getElement().setAttribute("title", "Report of the drill " + run.drill());
        // It needs no script, and gets none.
        page.getElement().setAttribute("sandbox", "");
        page.getElement().setAttribute("srcdoc", html);
        page.addClassName("drill-report");
        return page;
    }

    private void cancel() {
        Confirmation.ask("End the drill?", "It takes away its members, networks and folders, which takes some seconds. There will be no verdict.", "End it", true,
                () -> Outcomes.tell(api.cancel(wanted), "The drill ends.", run -> cancel.setEnabled(false)));
    }
}
