package io.partita.console.ledger;

import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.router.PageTitle;
import com.vaadin.flow.router.Route;
import io.partita.console.ui.PageHead;

/** Accounts. */
@Route("accounts")
@PageTitle("Accounts \u00B7 Partita")
public class AccountsView extends Div {

    AccountsView() {
        addClassName("page");
        add(new PageHead("Accounts", ""));
    }
}
