package io.partita.console.overview;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Span;
import io.partita.console.ledger.LedgerFeed.NamedEntry;
import io.partita.console.ui.Amounts;
import io.partita.console.ui.Panel;
import io.partita.console.ui.Table;
import io.partita.console.ui.Times;
import java.util.List;

/** The last transfers, as they are booked. */
final class LatestTransfers extends Div {

    private final Table table = new Table("Booked", "From (debit)", "To (credit)", "#Amount").withEmptyText("No transfers yet.");
    private long newest = -1;

    LatestTransfers() {
        addClassName("latest");
        add(new Panel("Latest transfers", table).flush().withAction(new Anchor("transfers", "Journal")));
    }

    void show(List<NamedEntry> entries) {
        long seen = newest;
        newest = entries.isEmpty() ? -1 : entries.getFirst().entry().position();
        if (newest == seen && seen >= 0) {
            return;
        }
        table.show(entries.stream().map(LatestTransfers::row).toList());
        if (seen >= 0) {
            table.mark((int) entries.stream().filter(entry -> entry.entry().position() > seen).count());
        }
    }

    private static Component[] row(NamedEntry named) {
        Anchor time = new Anchor("transfers/" + named.entry().id(), Times.clock(named.entry().bookedAt()));
        return new Component[] {time, account(named.debitName(), named.entry().debitAccount()),
                account(named.creditName(), named.entry().creditAccount()),
                new Span(Amounts.withCurrency(named.entry().shown()))};
    }

    private static Component account(String name, String id) {
        return new Anchor("accounts/" + id, name);
    }
}
