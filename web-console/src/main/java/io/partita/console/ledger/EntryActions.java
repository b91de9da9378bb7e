package io.partita.console.ledger;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.icon.VaadinIcon;
import io.partita.console.api.Answer;
import io.partita.console.ui.Amounts;
import io.partita.console.ui.Confirmation;
import io.partita.console.ui.Notices;
import io.partita.console.ui.Permitted;
import io.partita.ledger.TransferIds;
import io.partita.ledger.TransferKind;
import io.partita.security.Permission;
import java.util.UUID;

/** What can still be done about an entry: post or void what is pending, reverse what moved money. */
final class EntryActions {

    private final LedgerApi api;
    private final EntryInfo entry;

    private EntryActions(LedgerApi api, EntryInfo entry) {
        this.api = api;
        this.entry = entry;
    }

    static Component[] of(LedgerApi api, EntryInfo entry) {
        EntryActions actions = new EntryActions(api, entry);
        if (!Permitted.may(Permission.LEDGER_WRITE)) {
            return none();
        }
        return switch (entry.kind()) {
            case PENDING -> entry.related().stream().anyMatch(other -> other.kind().resolvesPending()) ? none() : actions.pending();
            case POSTED, POST_PENDING, ADJUSTMENT ->
                    entry.related().stream().anyMatch(other -> other.kind() == TransferKind.REVERSAL) ? none() : actions.reverse();
            case VOID_PENDING, EXPIRE_PENDING, REVERSAL -> none();
        };
    }

    private static Component[] none() {
        return new Component[0];
    }

    private Component[] pending() {
        Button post = button("Post", VaadinIcon.CHECK, TransferKind.POST_PENDING, "Post " + amount() + "?",
                "The amount that was set aside moves now.", false);
        post.addThemeVariants(ButtonVariant.LUMO_PRIMARY);
        return new Component[] {button("Void", VaadinIcon.CLOSE_SMALL, TransferKind.VOID_PENDING, "Void " + amount() + "?",
                "What was set aside is released, and nothing moves.", true), post};
    }

    private Component[] reverse() {
        if (!Permitted.may(Permission.LEDGER_REVERSE)) {
            return none();
        }
        return new Component[] {button("Reverse", VaadinIcon.ARROW_BACKWARD, TransferKind.REVERSAL, "Reverse " + amount() + "?",
                "A new entry moves the whole amount back. This one stays in the journal.", true)};
    }

    private String amount() {
        return Amounts.withCurrency(entry.money());
    }

    private Button button(String verb, VaadinIcon icon, TransferKind kind, String question, String consequence, boolean danger) {
        // One id for each button shown: pressing it twice is one command.
        UUID id = TransferIds.next();
        return new Button(verb, icon.create(), event -> Confirmation.ask(question, consequence, verb, danger,
                () -> event.getSource().getUI().ifPresent(ui -> book(ui, id, kind))));
    }

    private void book(UI ui, UUID id, TransferKind kind) {
        TransferRequest request = new TransferRequest(id, kind, null, null, null, null, entry.id(), null, null, null);
        switch (api.book(request)) {
            case Answer.Done<Receipt>(Receipt receipt) -> {
                Notices.done("Booked at position " + Amounts.count(receipt.position()) + ".");
                ui.navigate("transfers/" + receipt.id());
            }
            case Answer.Refused<Receipt>(var problem) when problem.waits() -> Notices.waits(problem.detail());
            case Answer.Refused<Receipt>(var problem) -> Notices.failed(problem.code() + ": " + problem.meaning());
            case Answer.Unreachable<Receipt> _ -> Notices.failed("No member answered. Doing it again is safe: it is booked once at most.");
        }
    }
}
