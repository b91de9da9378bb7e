package io.partita.console.overview;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Span;
import io.partita.console.ledger.TrialBalance;
import io.partita.console.ui.Amounts;
import io.partita.console.ui.Panel;
import io.partita.console.ui.Pill;
import io.partita.console.ui.Table;

/** Debits against credits per currency, and whether they agree. */
final class TrialBalancePanel extends Div {

    private final Table table = new Table("Currency", "#Debits = credits", "#Difference").withEmptyText("Nothing booked yet.");
    private final Pill verdict = new Pill("\u2026", Pill.Tone.CALM);

    TrialBalancePanel() {
        add(new Panel("Trial balance", table).flush().withAction(verdict));
    }

    void show(TrialBalance balance) {
        table.show(balance.currencies().stream().map(TrialBalancePanel::row).toList());
        boolean sound = balance.currencies().stream().allMatch(TrialBalance.Row::balanced);
        verdict.show(sound ? "\u2713 Balanced" : "Out of balance", sound ? Pill.Tone.GOOD : Pill.Tone.BAD);
    }

    private static Component[] row(TrialBalance.Row row) {
        Span difference = new Span((row.balanced() ? "\u2713 " : "") + Amounts.figure(row.difference()));
        difference.addClassName(row.balanced() ? "good" : "bad");
        Span code = new Span(row.currency());
        code.addClassName("strong");
        return new Component[] {code, new Span(Amounts.figure(row.debits())), difference};
    }
}
