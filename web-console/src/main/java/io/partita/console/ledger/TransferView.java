package io.partita.console.ledger;

import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.router.PageTitle;
import com.vaadin.flow.router.Route;
import io.partita.console.ui.PageHead;

/** New transfer. */
@Route("transfers/new")
@PageTitle("New transfer \u00B7 Partita")
public class TransferView extends Div {

    TransferView() {
        addClassName("page");
        add(new PageHead("New transfer", ""));
    }
}
