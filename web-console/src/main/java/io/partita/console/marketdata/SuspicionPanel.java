package io.partita.console.marketdata;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H2;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Span;
import io.partita.console.marketdata.AlertApi.Proof;
import io.partita.console.marketdata.AlertApi.Suspicion;
import io.partita.console.ui.Amounts;
import io.partita.console.ui.Facts;
import io.partita.console.ui.Panel;
import io.partita.console.ui.Pill;
import io.partita.console.ui.Table;
import io.partita.console.ui.Times;
import java.math.BigDecimal;

/** What looks like abuse of a market, with the reports that it rests on and the way to stop it. */
final class SuspicionPanel extends Div {

    /** @param scale decimals of the instrument's prices */
    SuspicionPanel(Suspicion suspicion, int scale) {
        addClassNames("stack", "alert");
        Div head = new Div(new H2(Words.of(suspicion.practice())), new Pill("Suspicion", Pill.Tone.WAITING));
        head.addClassName("inline");
        Paragraph explanation = new Paragraph(suspicion.explanation());
        explanation.addClassName("explanation");
        Facts facts = new Facts().with("Instrument", new Anchor("markets/" + suspicion.symbol(), suspicion.symbol()))
                .with("Account", suspicion.account())
                .with("From", Times.dateTime(suspicion.from())).with("Until", Times.dateTime(suspicion.to()))
                .with("Seen", suspicion.cycles() == 1 ? "once" : suspicion.cycles() + " times")
                .with("Score", Amounts.rough(Math.round(suspicion.score() * 10) / 10.0) + " times the limit");
        Anchor stop = new Anchor("kill-switches?account=" + suspicion.account(), "Stop the account");
        stop.addClassNames("button-link", "quiet");
        Div actions = new Div(stop);
        actions.addClassName("form-actions");
        Table table = new Table("Time", "Order", "What it was", "#Price", "#Quantity", "#Report");
        table.show(suspicion.evidence().stream().map(proof -> row(proof, scale)).toList());
        add(new Panel("", head, explanation, facts, actions).untitled(),
                new Panel("Evidence", table).flush().withAside("Execution reports of the book"));
    }

    private static Component[] row(Proof proof, int scale) {
        Span role = new Span(Words.of(proof.role()));
        role.addClassName("strong");
        return new Component[] {new Span(Times.clock(proof.time())), new Span(proof.orderId()), role, new Span(Amounts.figure(BigDecimal.valueOf(proof.price(), scale))),
                new Span(Amounts.count(proof.quantity())), new Span(Amounts.count(proof.sequence()))};
    }
}
