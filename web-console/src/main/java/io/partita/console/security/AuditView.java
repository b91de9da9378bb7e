package io.partita.console.security;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.datepicker.DatePicker;
import com.vaadin.flow.component.dialog.Dialog;
import com.vaadin.flow.component.grid.Grid;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.icon.VaadinIcon;
import com.vaadin.flow.component.select.Select;
import com.vaadin.flow.component.textfield.TextField;
import com.vaadin.flow.data.renderer.LitRenderer;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.BeforeEnterObserver;
import com.vaadin.flow.router.PageTitle;
import com.vaadin.flow.router.Route;
import io.partita.console.api.Answer;
import io.partita.console.api.KeptFilters;
import io.partita.console.security.AuditApi.Event;
import io.partita.console.security.AuditApi.Filter;
import io.partita.console.security.AuditApi.Verification;
import io.partita.console.ui.Absent;
import io.partita.console.ui.Amounts;
import io.partita.console.ui.Dates;
import io.partita.console.ui.EmptyState;
import io.partita.console.ui.Facts;
import io.partita.console.ui.Filters;
import io.partita.console.ui.LazyRows;
import io.partita.console.ui.Live;
import io.partita.console.ui.PageHead;
import io.partita.console.ui.Panel;
import io.partita.console.ui.Pill;
import io.partita.console.ui.Refreshable;
import io.partita.console.ui.Screen;
import io.partita.console.ui.Sheet;
import io.partita.console.ui.Times;
import java.util.List;
import java.util.function.Function;

/** The audit trail: every command and every denied access, and whether the chain of their hashes is whole. */
@Route("audit")
@PageTitle("Audit \u00B7 Partita")
public class AuditView extends Div implements BeforeEnterObserver, Refreshable {

    private static final List<String> METHODS = List.of("POST", "PUT", "PATCH", "DELETE", "GET", "WS", "FIX", "MEMBER");
    private static final int MOST_VERIFIED = 1_000_000;
    private static final int REFUSED = 400;

    private static final Sheet<Event> SHEET = Sheet.<Event>of("audit").with("Event", Event::sequence).with("At", Event::at).with("Who", Event::who).with("From", Event::address)
            .with("Method", Event::method).with("Path", Event::path).with("About", Event::subject).with("Status", Event::status).with("Code", Event::code).with("Member", Event::member)
            .with("Session or key", Event::session).with("Correlation", Event::correlationId).with("Hash", Event::hash);

    private final AuditApi api;
    private final TextField who = text("Who");
    private final Select<String> method = new Select<>();
    private final TextField code = text("Code");
    private final DatePicker from = Dates.picker("From");
    private final DatePicker to = Dates.picker("To");
    private final LazyRows<Event> rows = new LazyRows<>(grid(), () -> new EmptyState(VaadinIcon.CLIPBOARD_TEXT, "No such event", "Nothing like that was done or denied."), SHEET);
    private final Filters filters;
    private final Div verdict = new Div();
    private final Live<Answer<Verification>> verification = Live.of(this, this::show);

    AuditView(AuditApi api, KeptFilters kept) {
        this.api = api;
        addClassNames("page", "audit");
        method.setItems(METHODS);
        method.setEmptySelectionAllowed(true);
        method.setPlaceholder("Any method");
        method.setAriaLabel("Method");
        filters = new Filters("audit", kept, this::refresh).with("who", who, "Who").with("method", method, Function.identity(), text -> METHODS.contains(text) ? text : null)
                .with("code", code, "Code").with("from", from).with("to", to);
        verdict.addClassName("stack");
        Button verify = new Button("Verify the chain", VaadinIcon.CHECK_CIRCLE_O.create(), _ -> {
            verdict.removeAll();
            verdict.add(Absent.working("Computing the hashes again"));
            verification.follow(Live.Source.once(() -> api.verify(1, MOST_VERIFIED)));
        });
        add(new PageHead("Audit trail", "Every command, whatever came of it, and every access that was denied. Bodies are not kept.").with(verify), verdict,
                new Panel("", filters, rows).flush().untitled());
    }

    private static TextField text(String label) {
        TextField field = new TextField();
        field.setAriaLabel(label);
        return field;
    }

    @Override
    public void beforeEnter(BeforeEnterEvent event) {
        filters.enter(event);
        refresh();
    }

    @Override
    public void refresh() {
        Filter filter = new Filter(who.getValue().strip(), method.getValue(), code.getValue().strip(), Dates.startOf(from.getValue()), Dates.endOf(to.getValue()));
        rows.show((before, limit) -> api.events(filter, before, limit));
    }

    private static Grid<Event> grid() {
        Grid<Event> grid = new Grid<>();
        grid.addColumn(LitRenderer.<Event>of("<div class=\"two-lines\"><button class=\"text-button\" @click=\"${open}\">${item.at}</button><small>${item.number}<span class=\"narrow-only\"> · ${item.who}</span></small></div>")
                .withProperty("at", event -> Times.dateTime(event.at())).withProperty("number", event -> "Event " + Amounts.count(event.sequence())).withProperty("who", AuditView::who)
                .withFunction("open", AuditView::details)).setHeader("When (UTC)").setWidth("180px").setFlexGrow(0);
        Grid.Column<Event> somebody = grid.addColumn(LitRenderer.<Event>of("<div class=\"two-lines\"><span>${item.who}</span><small>${item.from}</small></div>")
                .withProperty("who", AuditView::who).withProperty("from", event -> event.address() == null ? "" : event.address()))
                .setHeader("Who").setWidth("150px");
        grid.addColumn(LitRenderer.<Event>of("<div class=\"two-lines\"><span>${item.what}</span><small>${item.subject}</small></div>")
                .withProperty("what", event -> event.method() + " " + event.path()).withProperty("subject", event -> event.subject() == null ? "" : event.subject()))
                .setHeader("What").setFlexGrow(3).setWidth("200px");
        grid.addColumn(LitRenderer.<Event>of("<span class=\"pill ${item.tone}\">${item.outcome}</span>").withProperty("tone", event -> event.status() >= REFUSED ? "pill-bad" : "pill-good")
                .withProperty("outcome", event -> event.code() == null ? Integer.toString(event.status()) : event.code())).setHeader("What came of it").setWidth("190px");
        Screen.onWidth(grid, narrow -> somebody.setVisible(!narrow));
        return grid;
    }

    private static String who(Event event) {
        return event.who() == null ? "Nobody known" : event.who();
    }

    private static void details(Event event) {
        Dialog dialog = new Dialog("Event " + Amounts.count(event.sequence()));
        dialog.add(new Facts().with("When", Times.exact(event.at())).with("Who", who(event)).with("From", event.address())
                .with("What", event.method() + " " + event.path()).with("About", event.subject()).with("Answer", event.status() + (event.code() == null ? "" : " " + event.code()))
                .with("Member", event.member()).withCode("Session or key", event.session()).withCode("Correlation", event.correlationId()).withCode("Hash", event.hash()));
        dialog.getFooter().add(new Button("Close", _ -> dialog.close()));
        dialog.open();
    }

    private void show(Answer<Verification> answer) {
        verdict.removeAll();
        switch (answer) {
            case Answer.Done<Verification>(Verification found) -> {
                Pill pill = found.whole() ? new Pill("Whole", Pill.Tone.GOOD) : new Pill("Broken", Pill.Tone.BAD);
                Facts facts = new Facts().with("Looked at", Amounts.count(found.events()) + " events, " + Amounts.count(found.first()) + " to " + Amounts.count(found.last()))
                        .with("Broken at", found.brokenAt() == null ? "" : "event " + Amounts.count(found.brokenAt()))
                        .withCode("Hash of the last one: keep it elsewhere, and hold it against the chain later", found.hash());
                verdict.add(new Panel("The chain of hashes", facts).withAction(pill));
            }
            case Answer.Refused<Verification>(var problem) -> verdict.add(Absent.refused(problem));
            case Answer.Unreachable<Verification>(String why) -> verdict.add(Absent.unreachable(why));
        }
    }
}
