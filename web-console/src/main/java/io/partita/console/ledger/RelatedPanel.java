package io.partita.console.ledger;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Span;
import io.partita.console.ui.Amounts;
import io.partita.console.ui.Panel;
import io.partita.console.ui.Table;
import io.partita.console.ui.Times;
import java.util.List;

/** Later entries that refer to this one. */
final class RelatedPanel extends Div {

    RelatedPanel(List<EntryInfo> related) {
        Table table = new Table("Booked (UTC)", "Kind", "#Position", "#Amount");
        table.show(related.stream().map(RelatedPanel::row).toList());
        add(new Panel("What became of it", table).flush());
    }

    private static Component[] row(EntryInfo entry) {
        return new Component[] {new Anchor("transfers/" + entry.id(), Times.dateTime(entry.bookedAt())), new Span(entry.kindName()),
                new Span(Amounts.count(entry.position())), new Span(Amounts.withCurrency(entry.shown()))};
    }
}
