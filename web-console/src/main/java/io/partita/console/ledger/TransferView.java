package io.partita.console.ledger;

import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.BeforeEnterObserver;
import com.vaadin.flow.router.PageTitle;
import com.vaadin.flow.router.QueryParameters;
import com.vaadin.flow.router.Route;
import io.partita.console.ui.PageHead;
import io.partita.console.ui.Panel;
import java.util.Optional;

/** Books a transfer: the form beside what it will do to both accounts, and afterwards what was booked. */
@Route("transfers/new")
@PageTitle("New transfer \u00B7 Partita")
public class TransferView extends Div implements BeforeEnterObserver {

    private final LedgerApi api;

    TransferView(LedgerApi api) {
        this.api = api;
        addClassName("page");
    }

    @Override
    public void beforeEnter(BeforeEnterEvent event) {
        QueryParameters asked = event.getLocation().getQueryParameters();
        begin(account(asked, "debit"), account(asked, "credit"));
    }

    private Optional<AccountInfo> account(QueryParameters asked, String side) {
        return asked.getSingleParameter(side).filter(id -> id.matches("[0-9]{1,19}")).flatMap(id -> api.account(id).found());
    }

    private void begin(Optional<AccountInfo> debit, Optional<AccountInfo> credit) {
        TransferPreview preview = new TransferPreview();
        TransferForm form = new TransferForm(api, preview, this::booked);
        form.choose(debit, credit);
        Div columns = new Div(new Panel("", form).untitled(), preview);
        columns.addClassName("form-beside");
        removeAll();
        add(new PageHead("New transfer", "Moves an amount from the debit side of one account to the credit side of another, at once and for good."),
                columns);
    }

    private void booked(BookedTransfer booked) {
        removeAll();
        add(new PageHead("Transfer booked", "It is in the journal, committed to the database."),
                new BookedPanel(booked, () -> begin(Optional.empty(), Optional.empty())));
    }
}
