package io.partita.console.ledger;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.icon.VaadinIcon;
import io.partita.console.ui.Amounts;
import io.partita.console.ui.Facts;
import io.partita.console.ui.Panel;
import io.partita.console.ui.Times;
import io.partita.ledger.TransferKind;
import io.partita.money.Currency;
import io.partita.money.Money;

/** The receipt of a booked transfer, with the way to its entry and proof. */
final class BookedPanel extends Div {

    BookedPanel(BookedTransfer booked, Runnable again) {
        TransferRequest request = booked.request();
        Receipt receipt = booked.receipt();
        Money amount = Money.parse(request.amount(), Currency.of(request.currency()));
        Div headline = new Div(VaadinIcon.CHECK_CIRCLE.create(), new Span(Amounts.withCurrency(amount)
                + (request.kind() == TransferKind.PENDING ? " set aside" : "")));
        headline.addClassName("receipt-head");
        Facts facts = new Facts()
                .with("Debit", new Anchor("accounts/" + booked.debit().id(), booked.debit().label()))
                .with("Credit", new Anchor("accounts/" + booked.credit().id(), booked.credit().label()))
                .with("Position in the journal", Amounts.count(receipt.position()))
                .with("Booked", Times.exact(receipt.bookedAt()))
                .with("Sequence of the debit shard", Amounts.count(receipt.debitSequence()))
                .with("Sequence of the credit shard", Amounts.count(receipt.creditSequence()))
                .withCode("Transfer id", receipt.id().toString());
        if (receipt.repeated()) {
            facts.with("Booked before", "This id had been booked already; this is the first result again.");
        }
        Anchor entry = new Anchor("transfers/" + receipt.id(), "Entry and proof");
        entry.addClassName("button-link");
        Button another = new Button("Another transfer", _ -> again.run());
        Div actions = new Div(entry, another);
        actions.addClassName("form-actions");
        Panel panel = new Panel("", headline, facts, actions).untitled();
        panel.addClassName("receipt");
        add(panel);
    }
}
