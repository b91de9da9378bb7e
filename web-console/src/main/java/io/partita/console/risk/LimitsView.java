package io.partita.console.risk;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.dialog.Dialog;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.icon.VaadinIcon;
import com.vaadin.flow.component.tabs.Tab;
import com.vaadin.flow.component.textfield.TextField;
import com.vaadin.flow.router.PageTitle;
import com.vaadin.flow.router.Route;
import io.partita.console.api.Answer;
import io.partita.console.positions.PortfolioApi;
import io.partita.console.risk.LimitApi.Breach;
import io.partita.console.risk.LimitApi.Event;
import io.partita.console.risk.LimitApi.Limit;
import io.partita.console.risk.LimitBoard.Seen;
import io.partita.console.ui.Actors;
import io.partita.console.ui.Amounts;
import io.partita.console.ui.Confirmation;
import io.partita.console.ui.KpiTile;
import io.partita.console.ui.Live;
import io.partita.console.ui.Outcomes;
import io.partita.console.ui.PageHead;
import io.partita.console.ui.Panel;
import io.partita.console.ui.Permitted;
import io.partita.console.ui.Pill;
import io.partita.console.ui.TabRow;
import io.partita.console.ui.Table;
import io.partita.console.ui.TableRows;
import io.partita.console.ui.Times;
import io.partita.console.ui.TwoLines;
import io.partita.security.Permission;
import java.time.Instant;
import java.util.List;
import java.util.Locale;

/** Limits and how much of them is used, live; breaches, and who has seen them; and a form to keep one. */
@Route("limits")
@PageTitle("Limits \u00B7 Partita")
public class LimitsView extends Div {

    private final LimitApi api;
    private final LimitForm form;
    private final KpiTile all = new KpiTile("Limits", "");
    private final KpiTile soft = new KpiTile("Above soft", "");
    private final KpiTile hard = new KpiTile("Above hard", "");
    private final KpiTile unseen = new KpiTile("Not acknowledged", "");
    private final KpiTile held = new KpiTile("Accounts held", "");
    private final KpiTile unknown = new KpiTile("Without a figure", "");
    private final Table limitTable = new Table("Limit", "State", "#Used", "", "#Figure", "#Soft", "#Hard", "").withEmptyText("No limit yet. Keep one with the form below.");
    private final TableRows<Limit> limits = new TableRows<>(limitTable, Limit::code, this::row);
    private final Table breachTable = new Table("Breach", "State", "#Figure", "#At most", "Raised (UTC)", "Acknowledged", "").withEmptyText("No limit was broken.");
    private final TableRows<Breach> breaches = new TableRows<>(breachTable, Breach::number, this::row);
    private final Tab open = new Tab("Open");
    private final Tab ever = new Tab("All");
    private final TabRow tabs = new TabRow(open, ever);
    private Seen seen = new Seen(List.of(), List.of(), List.of());

    LimitsView(LimitApi api, PortfolioApi portfolios, LimitBoard board) {
        this.api = api;
        form = new LimitForm(api, portfolios, this::ask);
        addClassNames("page", "limits");
        Div tiles = new Div(all, soft, hard, unseen, held, unknown);
        tiles.addClassName("kpis");
        Button evaluate = new Button("Evaluate now", VaadinIcon.REFRESH.create(), _ -> Outcomes.tell(api.evaluate(), "All limits are held against the positions of now.", _ -> ask()));
        tabs.addSelectedChangeListener(_ -> list());
        add(new PageHead("Limits", "Who may risk how much. Above a hard level that holds, positions may only get smaller.").with(Permitted.only(Permission.RISK_WRITE, evaluate)), tiles,
                new Panel("Limits", limitTable).flush(), new Panel("Breaches", tabs, breachTable).flush(), new Panel("Keep a limit", Permitted.form(Permission.RISK_WRITE, form)));
        Live.of(this, board::listen, this::show);
    }

    private void ask() {
        api.limits().found().ifPresent(found -> show(new Seen(found, api.breaches(false, 200).found().orElse(seen.breaches()), api.held().found().orElse(seen.held()))));
    }

    private void show(Seen now) {
        seen = now;
        long waiting = now.breaches().stream().filter(each -> each.open() && each.acknowledgedBy() == null).count();
        all.show(Amounts.count(now.limits().size()), Amounts.count(count("OK")) + " within");
        soft.show(Amounts.count(count("SOFT")), "somebody is to look");
        hard.show(Amounts.count(count("HARD")), "positions may only get smaller");
        unseen.show(Amounts.count(waiting), "open breaches");
        held.show(Amounts.count(now.held().size()), now.held().isEmpty() ? "" : now.held().size() > 3 ? String.join(", ", now.held().subList(0, 3)) + "\u2026" : String.join(", ", now.held()));
        unknown.show(Amounts.count(count("UNKNOWN")), "a price or a history is missing");
        limits.show(now.limits());
        list();
    }

    private long count(String state) {
        return seen.limits().stream().filter(each -> each.state().equals(state)).count();
    }

    private void list() {
        breaches.show(tabs.getSelectedTab() == ever ? seen.breaches() : seen.breaches().stream().filter(Breach::open).toList());
    }

    // ---- limits ----------------------------------------------------------------------------------------------------------

    private Component[] row(Limit limit) {
        Component target = limit.scope().equals("PORTFOLIO") ? new Anchor("risk?portfolio=" + limit.target(), Measures.name(limit.measure()) + " of " + limit.target())
                : new Span(Measures.name(limit.measure()) + " of " + Words.of(limit.scope()).toLowerCase(Locale.ROOT) + " " + limit.target());
        String how = limit.method() == null ? limit.code() : limit.code() + ", " + Amounts.percent(limit.level().doubleValue(), 0) + ", "
                + RiskMethod.of(limit.method()).map(RiskMethod::label).orElse(limit.method()).toLowerCase(Locale.ROOT);
        Pill state = Measures.state(limit.state());
        if (limit.reason() != null) {
            state.setTitle(Words.left(limit.reason()));
        }
        String used = limit.value() == null || limit.hard().signum() == 0 ? "\u2013" : Amounts.percent(limit.value().doubleValue() / limit.hard().doubleValue(), 0);
        Component figure = new TwoLines(Measures.figure(limit.value(), limit.share()), limit.share() || limit.currency() == null ? "" : limit.currency()).atEnd();
        return new Component[] {new TwoLines(target, how), state, new Span(used), new UseBar(limit.value(), limit.soft(), limit.hard(), limit.state()), figure,
            new Span(Measures.figure(limit.soft(), limit.share())), new Span(Measures.figure(limit.hard(), limit.share())), actions(limit)};
    }

    private Component actions(Limit limit) {
        Div actions = new Div(small("Change", () -> form.show(limit)), small("Remove", () -> Confirmation.ask("Take " + limit.code() + " away?",
                "Its breach is over, and nobody is held for it any more.", "Take it away", true, () -> Outcomes.tell(api.remove(limit.code()), "It is gone.", _ -> ask()))));
        actions.addClassName("row-actions");
        return Permitted.only(Permission.RISK_WRITE, actions);
    }

    private static Button small(String text, Runnable action) {
        Button button = new Button(text, _ -> action.run());
        button.addThemeVariants(ButtonVariant.LUMO_SMALL, ButtonVariant.LUMO_TERTIARY);
        return button;
    }

    // ---- breaches --------------------------------------------------------------------------------------------------------

    private Component[] row(Breach breach) {
        Pill state = breach.open() ? Measures.state(breach.state()) : new Pill(breach.wasHard() ? "Cleared, was hard" : "Cleared", Pill.Tone.CALM);
        Div actions = new Div();
        actions.addClassName("row-actions");
        if (breach.open() && breach.acknowledgedBy() == null) {
            actions.add(Permitted.only(Permission.RISK_WRITE, small("Acknowledge", () -> acknowledge(breach))));
        }
        actions.add(small("History", () -> history(breach)));
        Component seenBy = breach.acknowledgedBy() == null ? new Span("\u2013") : new TwoLines(breach.acknowledgedBy(), breach.note() == null ? "" : breach.note());
        return new Component[] {new TwoLines(Measures.name(breach.measure()) + " of " + breach.target(), breach.limit() + ", breach " + breach.number()), state,
            new Span(Measures.figure(breach.value(), breach.share())), new Span(Measures.figure(breach.peak(), breach.share())),
            new Span(Times.brief(breach.raisedAt(), Instant.now())), seenBy, actions};
    }

    private void acknowledge(Breach breach) {
        TextField actor = Actors.field();
        TextField note = new TextField("What is done about it");
        note.setMaxLength(200);
        Dialog dialog = new Dialog("Acknowledge breach " + breach.number() + "?");
        Div fields = new Div(new Paragraph("That somebody has seen it. It lifts nothing, and ends when the breach escalates."), actor, note);
        fields.addClassName("form");
        dialog.add(fields);
        Button go = new Button("Acknowledge", _ -> {
            dialog.close();
            Outcomes.tell(api.acknowledge(breach.number(), actor.getValue(), note.isEmpty() ? null : note.getValue().strip()), "It is acknowledged.", _ -> ask());
        });
        go.addThemeVariants(ButtonVariant.LUMO_PRIMARY);
        dialog.getFooter().add(new Button("Leave it open", _ -> dialog.close()), go);
        dialog.open();
    }

    private void history(Breach breach) {
        Dialog dialog = new Dialog(Measures.name(breach.measure()) + " of " + breach.target());
        Table table = new Table("When (UTC)", "What", "#Figure", "Who").withEmptyText("Nothing is known of it.");
        Answer<List<Event>> answer = api.events(breach.number());
        table.show(answer.found().orElse(List.of()).stream().map(event -> new Component[] {new Span(Times.dateTime(event.at())), new Span(Words.of(event.kind())),
            new Span(Measures.figure(event.value(), breach.share())), new TwoLines(event.actor() == null ? "\u2013" : event.actor(), event.note() == null ? "" : event.note())}).toList());
        dialog.add(table);
        dialog.getFooter().add(new Button("Close", _ -> dialog.close()));
        dialog.open();
    }
}
