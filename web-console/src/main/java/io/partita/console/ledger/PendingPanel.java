package io.partita.console.ledger;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Span;
import io.partita.console.ui.Amounts;
import io.partita.console.ui.Panel;
import io.partita.console.ui.Table;
import io.partita.console.ui.Times;
import io.partita.ledger.Side;
import java.util.List;

/** What is set aside on an account and neither posted nor released. */
final class PendingPanel extends Div {

    private final Table table = new Table("Booked (UTC)", "Entry", "With", "#Debit", "#Credit");

    PendingPanel() {
        add(new Panel("Pending", table).flush());
        setVisible(false);
    }

    void show(AccountInfo account, List<StatementLine> lines) {
        setVisible(!lines.isEmpty());
        table.show(lines.stream().map(line -> row(account, line)).toList());
    }

    private static Component[] row(AccountInfo account, StatementLine line) {
        String amount = Amounts.figure(account.money(line.amount()));
        Anchor entry = new Anchor("transfers/" + line.id(), line.reference() == null || line.reference().isBlank() ? "Pending" : line.reference());
        entry.addClassName("strong");
        return new Component[] {new Span(Times.dateTime(line.bookedAt())), entry,
                new Anchor("accounts/" + line.counterparty(), line.counterpartyName() == null ? line.counterparty() : line.counterpartyName()),
                new Span(line.side() == Side.DEBIT ? amount : ""), new Span(line.side() == Side.CREDIT ? amount : "")};
    }
}
