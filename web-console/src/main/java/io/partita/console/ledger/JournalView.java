package io.partita.console.ledger;

import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.router.PageTitle;
import com.vaadin.flow.router.Route;
import io.partita.console.ui.PageHead;

/** Journal. */
@Route("transfers")
@PageTitle("Journal \u00B7 Partita")
public class JournalView extends Div {

    JournalView() {
        addClassName("page");
        add(new PageHead("Journal", ""));
    }
}
