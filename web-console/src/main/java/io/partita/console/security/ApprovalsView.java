package io.partita.console.security;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.dialog.Dialog;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Pre;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.tabs.Tab;
import com.vaadin.flow.component.textfield.TextField;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.BeforeEnterObserver;
import com.vaadin.flow.router.PageTitle;
import com.vaadin.flow.router.Route;
import io.partita.console.api.Answer;
import io.partita.console.api.Callers;
import io.partita.console.security.ApprovalApi.Approval;
import io.partita.console.ui.Facts;
import io.partita.console.ui.Fields;
import io.partita.console.ui.Outcomes;
import io.partita.console.ui.PageHead;
import io.partita.console.ui.Panel;
import io.partita.console.ui.Pill;
import io.partita.console.ui.RefusalBox;
import io.partita.console.ui.Refreshable;
import io.partita.console.ui.TabRow;
import io.partita.console.ui.Table;
import io.partita.console.ui.Times;
import io.partita.console.ui.TwoLines;
import java.time.Instant;
import java.util.List;

/** What takes two people: what waits for the second one, and what was decided. */
@Route("approvals")
@PageTitle("Approvals \u00B7 Partita")
public class ApprovalsView extends Div implements BeforeEnterObserver, Refreshable {

    private static final int LONGEST = 200;

    private final ApprovalApi api;
    private final Tab waiting = new Tab("Waiting");
    private final Tab all = new Tab("All");
    private final TabRow tabs = new TabRow(waiting, all);
    private final Table table = new Table("What", "Asked by", "Asked (UTC)", "State", "Decided", "").withEmptyText("Nothing waits for somebody to agree.");
    private final RefusalBox refusal = new RefusalBox();

    ApprovalsView(ApprovalApi api) {
        this.api = api;
        addClassNames("page", "approvals");
        tabs.addSelectedChangeListener(_ -> refresh());
        Button again = new Button("Look again", _ -> refresh());
        add(new PageHead("Approvals", "Some things take two people: one who asks, and another one who agrees.").with(again), refusal, new Panel("Requests", tabs, table).flush());
    }

    @Override
    public void beforeEnter(BeforeEnterEvent event) {
        String opened = event.getLocation().getQueryParameters().getSingleParameter("id").orElse("");
        refresh();
        if (!opened.isEmpty()) {
            switch (api.approval(opened)) {
                case Answer.Done<Approval>(Approval found) -> details(found);
                case Answer.Refused<Approval>(var problem) -> refusal.show(problem);
                case Answer.Unreachable<Approval> _ -> { } // The banner says why.
            }
        }
    }

    @Override
    public void refresh() {
        refusal.hide();
        switch (api.approvals(tabs.getSelectedTab() == waiting ? "PENDING" : null)) {
            case Answer.Done<List<Approval>>(List<Approval> found) -> table.show(found.stream().map(this::row).toList());
            case Answer.Refused<List<Approval>>(var problem) -> refusal.show(problem);
            case Answer.Unreachable<List<Approval>> _ -> { } // What is shown stays; the banner says why.
        }
    }

    private Component[] row(Approval approval) {
        Div actions = new Div();
        actions.addClassName("row-actions");
        if (approval.waits() && !mine(approval)) {
            actions.add(small("Approve", () -> decide(approval, true)), small("Reject", () -> decide(approval, false)));
        }
        actions.add(small("Details", () -> details(approval)));
        Component decided = approval.checker() == null ? new Span(approval.waits() && mine(approval) ? "Somebody else has to" : "\u2013")
                : new TwoLines(approval.checker(), approval.reason() == null ? "" : approval.reason());
        return new Component[] {new TwoLines(Words.of(approval.kind()), approval.subject()), new Span(approval.maker()), new Span(Times.brief(approval.askedAt(), Instant.now())),
            state(approval), decided, actions};
    }

    private static boolean mine(Approval approval) {
        return Callers.person().map(person -> person.name().equals(approval.maker())).orElse(false);
    }

    private static Pill state(Approval approval) {
        return new Pill(Words.of(approval.state()), switch (approval.state()) {
            case "PENDING", "APPROVED" -> Pill.Tone.WAITING;
            case "EXECUTED" -> Pill.Tone.GOOD;
            case "REJECTED", "FAILED" -> Pill.Tone.BAD;
            default -> Pill.Tone.CALM;
        });
    }

    private static Button small(String text, Runnable action) {
        Button button = new Button(text, _ -> action.run());
        button.addThemeVariants(ButtonVariant.LUMO_SMALL, ButtonVariant.LUMO_TERTIARY);
        return button;
    }

    private void details(Approval approval) {
        Dialog dialog = new Dialog(Words.of(approval.kind()) + ": " + approval.subject());
        Facts facts = new Facts().with("Asked by", approval.maker()).with("Asked", Times.exact(approval.askedAt())).with("State", state(approval))
                .with("Decided by", approval.checker()).with("Decided", approval.decidedAt() == null ? "" : Times.exact(approval.decidedAt())).with("Reason", approval.reason())
                .with("What came of it", approval.outcome()).withCode("Id", approval.id());
        Div content = new Div(facts);
        if (approval.payload() != null) {
            content.add(new Pre(approval.payload().isString() ? approval.payload().asString() : approval.payload().toPrettyString()));
        }
        content.addClassNames("stack", "approval");
        dialog.add(content);
        if (approval.waits() && !mine(approval)) {
            dialog.getFooter().add(small("Reject", () -> decide(dialog, approval, false)), small("Approve", () -> decide(dialog, approval, true)));
        }
        dialog.getFooter().add(new Button("Close", _ -> dialog.close()));
        dialog.open();
    }

    private void decide(Dialog open, Approval approval, boolean agreed) {
        open.close();
        decide(approval, agreed);
    }

    private void decide(Approval approval, boolean agreed) {
        String verb = agreed ? "Approve" : "Reject";
        Dialog dialog = new Dialog(verb + ": " + approval.subject() + "?");
        TextField reason = new TextField("Reason");
        reason.setMaxLength(LONGEST);
        Div form = new Div(new Paragraph(approval.maker() + " has asked for it. " + (agreed ? "It is carried out at once." : "It is over then.")), reason);
        form.addClassName("form");
        dialog.add(form);
        Button go = new Button(verb, _ -> {
            if (Fields.check(reason, reason.getValue().isBlank() ? "It is kept with the decision." : "")) {
                dialog.close();
                Outcomes.tell(api.decide(approval.id(), agreed, reason.getValue().strip()),
                        decided -> Words.of(decided.state()) + (decided.outcome() == null ? "." : ": " + decided.outcome()), _ -> refresh());
            }
        });
        go.addThemeVariants(ButtonVariant.LUMO_PRIMARY);
        if (!agreed) {
            go.addThemeVariants(ButtonVariant.LUMO_ERROR);
        }
        dialog.getFooter().add(new Button("Leave it", _ -> dialog.close()), go);
        dialog.open();
    }
}
