package io.partita.console.trading;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.dialog.Dialog;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.textfield.TextField;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.BeforeEnterObserver;
import com.vaadin.flow.router.PageTitle;
import com.vaadin.flow.router.Route;
import io.partita.console.trading.KillSwitchApi.Event;
import io.partita.console.trading.KillSwitchApi.Turn;
import io.partita.console.trading.KillSwitchBoard.Seen;
import io.partita.console.ui.Actors;
import io.partita.console.ui.Live;
import io.partita.console.ui.Outcomes;
import io.partita.console.ui.PageHead;
import io.partita.console.ui.Panel;
import io.partita.console.ui.Permitted;
import io.partita.console.ui.Pill;
import io.partita.console.ui.Refreshable;
import io.partita.console.ui.Table;
import io.partita.console.ui.Times;
import io.partita.console.ui.TwoLines;
import io.partita.security.Permission;
import java.util.List;
import java.util.Locale;

/** Stops accounts, firms and instruments, and lets them go on; shows who is stopped, and all that was done. */
@Route("kill-switches")
@PageTitle("Kill switches \u00B7 Partita")
public class KillSwitchView extends Div implements BeforeEnterObserver, Refreshable {

    private final KillSwitchApi api;
    private final KillSwitchBoard board;
    private final StopForm form;
    private final Table engaged = new Table("What", "Why", "").withEmptyText("Nothing is stopped.");
    private final Table history = new Table("What", "Why", "").withEmptyText("No switch was ever used.");
    private final Panel now = new Panel("Stopped now", engaged).flush();
    private List<Event> on;
    private List<Event> done;

    KillSwitchView(KillSwitchApi api, TradingApi trading, KillSwitchBoard board) {
        this.api = api;
        this.board = board;
        form = new StopForm(api, trading, this::look);
        addClassNames("page", "kill-switches");
        Div right = new Div(now, new Panel("What was done", history).flush().withAside("UTC"));
        right.addClassName("stack");
        Div both = new Div(new Panel("Stop", Permitted.form(Permission.TRADING_OPERATE, form)), right);
        both.addClassName("form-beside");
        add(new PageHead("Kill switches", "Stops an account, all accounts of a firm, or an instrument. Orders are refused, and what is open is cancelled."), both);
        Live.of(this, board::listen, this::show);
    }

    /** {@code ?instrument=ACME}, {@code ?account=7}, {@code ?firm=NORTH}: what the form is filled with. */
    @Override
    public void beforeEnter(BeforeEnterEvent event) {
        for (KillSwitchApi.Kind kind : KillSwitchApi.Kind.values()) {
            event.getLocation().getQueryParameters().getSingleParameter(kind.name().toLowerCase(Locale.ROOT)).ifPresent(target -> form.about(kind, target));
        }
    }

    @Override
    public void refresh() {
        form.load();
    }

    /** What a command has changed shows at once. */
    private void look() {
        board.ask().ifPresent(this::show);
    }

    private void show(Seen seen) {
        if (!seen.engaged().equals(on)) {
            on = seen.engaged();
            engaged.show(on.stream().map(this::stopped).toList());
            now.withAside(on.isEmpty() ? "" : Integer.toString(on.size()));
        }
        if (!seen.events().equals(done)) {
            done = seen.events();
            history.show(done.stream().map(KillSwitchView::past).toList());
        }
    }

    private Component[] stopped(Event event) {
        Button release = new Button("Release", _ -> release(event));
        release.addThemeVariants(ButtonVariant.LUMO_SMALL);
        return new Component[] {what(event), why(event), Permitted.only(Permission.TRADING_OPERATE, release)};
    }

    private static Component[] past(Event event) {
        Pill pill = event.engaged() ? new Pill(event.flatten() ? "Stopped, closed" : "Stopped", Pill.Tone.BAD) : new Pill("Released", Pill.Tone.GOOD);
        return new Component[] {what(event), why(event), pill};
    }

    private static Component what(Event event) {
        return new TwoLines(event.target(), event.kind().label());
    }

    private static Component why(Event event) {
        return new TwoLines(event.reason(), event.actor() + ", " + Times.dateTime(event.at()));
    }

    private void release(Event event) {
        TextField actor = Actors.field();
        TextField reason = StopForm.line("Reason");
        Dialog dialog = new Dialog("Release " + event.kind().named(event.target()) + "?");
        Div fields = new Div(new Paragraph("Its orders are taken again. What was cancelled stays cancelled."), actor, reason);
        fields.addClassName("form");
        dialog.add(fields);
        Button go = new Button("Release", _ -> {
            if (StopForm.filled(reason)) {
                dialog.close();
                Outcomes.tell(api.turn(event.kind(), event.target(), new Turn(CommandIds.next(), false, false, actor.getValue().strip(), reason.getValue().strip())),
                        event.kind().label() + " " + event.target() + " is released.", _ -> look());
            }
        });
        go.addThemeVariants(ButtonVariant.LUMO_PRIMARY);
        dialog.getFooter().add(new Button("Leave it stopped", _ -> dialog.close()), go);
        dialog.open();
    }
}
