package io.partita.console.ledger;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.icon.VaadinIcon;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.BeforeEnterObserver;
import com.vaadin.flow.router.HasDynamicTitle;
import com.vaadin.flow.router.Route;
import io.partita.console.api.Answer;
import io.partita.console.ui.Amounts;
import io.partita.console.ui.EmptyState;
import io.partita.console.ui.Facts;
import io.partita.console.ui.PageHead;
import io.partita.console.ui.Panel;
import io.partita.console.ui.Pill;
import io.partita.console.ui.Refreshable;
import io.partita.console.ui.Times;
import io.partita.ledger.TransferKind;
import io.partita.money.Currency;
import io.partita.money.Money;
import java.util.UUID;

/** One entry of the journal and the proof that it is there. */
@Route("transfers/:transfer([0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12})")
public class EntryView extends Div implements BeforeEnterObserver, HasDynamicTitle, Refreshable {

    private final LedgerApi api;
    private UUID id;
    private boolean shown;

    EntryView(LedgerApi api) {
        this.api = api;
        addClassName("page");
    }

    @Override
    public void beforeEnter(BeforeEnterEvent event) {
        id = UUID.fromString(event.getRouteParameters().get("transfer").orElseThrow());
        shown = false;
        refresh();
    }

    @Override
    public String getPageTitle() {
        return "Transfer " + id.toString().substring(0, 8) + " \u00B7 Partita";
    }

    @Override
    public void refresh() {
        switch (api.entry(id)) {
            case Answer.Done<EntryInfo>(EntryInfo entry) -> show(entry);
            case Answer.Refused<EntryInfo>(var problem) -> say(new EmptyState(VaadinIcon.SEARCH,
                    problem.notFound() ? "No such transfer" : problem.code(), problem.notFound() ? "Nothing was booked with the id " + id + "."
                    : problem.meaning(), new Anchor("transfers", "Journal")));
            case Answer.Unreachable<EntryInfo> _ when shown -> { } // What is shown stays; the banner says why.
            case Answer.Unreachable<EntryInfo> _ -> say(new EmptyState(VaadinIcon.CONNECT_O, "Waiting for the grid",
                    "No member answers at the moment. The entry appears by itself."));
        }
    }

    private void say(EmptyState state) {
        removeAll();
        add(new PageHead("Transfer", id.toString()), new Panel("", state).untitled());
    }

    private void show(EntryInfo entry) {
        shown = true;
        removeAll();
        Div line = new Div(new Span("Position " + Amounts.count(entry.position()) + " in the journal"), kind(entry));
        line.addClassName("inline");
        add(new PageHead(Amounts.withCurrency(entry.shown()), line).with(EntryActions.of(api, entry)), new Panel("", facts(entry)).untitled());
        if (!entry.related().isEmpty()) {
            add(new RelatedPanel(entry.related()));
        }
        add(proof(entry));
    }

    private static Pill kind(EntryInfo entry) {
        return new Pill(entry.kindName(), switch (entry.kind()) {
            case POSTED, POST_PENDING -> Pill.Tone.GOOD;
            case PENDING -> Pill.Tone.WAITING;
            case VOID_PENDING, EXPIRE_PENDING, REVERSAL, ADJUSTMENT -> Pill.Tone.CALM;
        });
    }

    private Facts facts(EntryInfo entry) {
        Facts facts = new Facts()
                .with("Debit", account(entry.debitAccount()))
                .with("Credit", account(entry.creditAccount()))
                .with("Booked", Times.exact(entry.bookedAt()))
                .with("Value date", Times.date(entry.valueDate()))
                .with("Reference", entry.reference())
                .with("Code", entry.code() == 0 ? "" : Integer.toString(entry.code()))
                .with("Expires", entry.kind() == TransferKind.PENDING && entry.expiresAt() == null ? "never" : Times.exact(entry.expiresAt()));
        if (entry.kind().resolvesPending() && entry.released() != null) {
            facts.with("Released from pending", Amounts.withCurrency(Money.parse(entry.released(), Currency.of(entry.currency()))));
        }
        if (entry.relatesTo() != null) {
            facts.with("Relates to", new Anchor("transfers/" + entry.relatesTo(), entry.relatesTo().toString()));
        }
        return facts.with("Shard sequences", Amounts.count(entry.debitSequence()) + " (debit), " + Amounts.count(entry.creditSequence()) + " (credit)")
                .withCode("Id", entry.id().toString());
    }

    private Component account(String account) {
        Anchor link = new Anchor("accounts/" + account, api.nameOf(account));
        link.addClassName("strong");
        Span number = new Span(account);
        number.addClassName("hint");
        Div both = new Div(link, number);
        both.addClassName("inline");
        return both;
    }

    private Component proof(EntryInfo entry) {
        return switch (api.proof(id)) {
            case Answer.Done<String>(String json) -> new ProofPanel(entry, json);
            case Answer.Refused<String>(var problem) -> new Panel("Proof", new EmptyState(VaadinIcon.HOURGLASS_START, "No proof yet",
                    problem.detail() == null ? problem.meaning() : problem.detail()));
            case Answer.Unreachable<String>(String why) -> new Panel("Proof", new EmptyState(VaadinIcon.CONNECT_O, "The proof cannot be had now", why));
        };
    }
}
