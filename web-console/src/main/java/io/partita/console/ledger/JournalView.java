package io.partita.console.ledger;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.datepicker.DatePicker;
import com.vaadin.flow.component.grid.ColumnTextAlign;
import com.vaadin.flow.component.grid.Grid;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.icon.VaadinIcon;
import com.vaadin.flow.component.textfield.TextField;
import com.vaadin.flow.data.renderer.LitRenderer;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.BeforeEnterObserver;
import com.vaadin.flow.router.PageTitle;
import com.vaadin.flow.router.Route;
import io.partita.console.api.KeptFilters;
import io.partita.console.ledger.LedgerApi.EntryFilter;
import io.partita.console.ui.Amounts;
import io.partita.console.ui.Dates;
import io.partita.console.ui.EmptyState;
import io.partita.console.ui.Filters;
import io.partita.console.ui.LazyRows;
import io.partita.console.ui.PageHead;
import io.partita.console.ui.Panel;
import io.partita.console.ui.Permitted;
import io.partita.console.ui.Refreshable;
import io.partita.console.ui.Screen;
import io.partita.console.ui.Sheet;
import io.partita.console.ui.Times;
import io.partita.security.Permission;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;

/** Everything that was ever booked, newest first, found by reference, account, time or id. */
@Route("transfers")
@PageTitle("Journal \u00B7 Partita")
public class JournalView extends Div implements BeforeEnterObserver, Refreshable {

    private final LedgerApi api;
    private final Sheet<EntryInfo> sheet = Sheet.<EntryInfo>of("journal").with("Position", EntryInfo::position).with("Booked", EntryInfo::bookedAt).with("Transfer", EntryInfo::id)
            .with("Kind", EntryInfo::kind).with("Debit account", EntryInfo::debitAccount).with("Debit name", entry -> nameOf(entry.debitAccount()))
            .with("Credit account", EntryInfo::creditAccount).with("Credit name", entry -> nameOf(entry.creditAccount())).with("Amount", EntryInfo::shown)
            .with("Currency", EntryInfo::currency).with("Reference", EntryInfo::reference).with("Value date", EntryInfo::valueDate).with("Relates to", EntryInfo::relatesTo);
    private final TextField reference = new TextField();
    private final TextField account = new TextField();
    private final DatePicker from = Dates.picker("From");
    private final DatePicker to = Dates.picker("To");
    private final Filters filters;
    private final LazyRows<EntryInfo> rows;

    JournalView(LedgerApi api, KeptFilters kept) {
        this.api = api;
        this.filters = filters(kept);
        this.rows = new LazyRows<>(grid(), this::nothingFound, sheet);
        addClassName("page");
        Button create = new Button("New transfer", VaadinIcon.PLUS.create(),
                event -> event.getSource().getUI().ifPresent(ui -> ui.navigate(TransferView.class)));
        create.addThemeVariants(ButtonVariant.LUMO_PRIMARY);
        add(new PageHead("Journal", "Every transfer that was booked, newest first. None is ever changed; those of closed periods may be in the archive.").with(Permitted.only(Permission.LEDGER_WRITE, create)),
                new Panel("", filters, rows).flush().untitled());
    }

    @Override
    public void beforeEnter(BeforeEnterEvent event) {
        filters.enter(event);
        refresh();
    }

    @Override
    public void refresh() {
        EntryFilter filter = new EntryFilter(reference.getValue().strip(), account.getValue().strip(),
                Dates.startOf(from.getValue()), Dates.endOf(to.getValue()));
        rows.show((cursor, limit) -> api.entries(filter, cursor, limit));
    }

    private Filters filters(KeptFilters kept) {
        reference.setAriaLabel("Search by reference or transfer id");
        reference.setPrefixComponent(VaadinIcon.SEARCH.create());
        reference.addClassName("search");
        account.setAriaLabel("Account number");
        account.setAllowedCharPattern("[0-9]");
        return new Filters("journal", kept, this::chosen).with("reference", reference, "Reference or transfer id").with("account", account, "Account").with("from", from).with("to", to);
    }

    /** An id is one entry, and no list. */
    private void chosen() {
        idIn(reference.getValue()).ifPresentOrElse(id -> getUI().ifPresent(ui -> ui.navigate("transfers/" + id)), this::refresh);
    }

    private static Optional<UUID> idIn(String text) {
        return text.strip().length() == 36 ? parse(text.strip()) : Optional.empty();
    }

    private static Optional<UUID> parse(String text) {
        try {
            return Optional.of(UUID.fromString(text.toLowerCase(Locale.ROOT)));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private Grid<EntryInfo> grid() {
        Grid<EntryInfo> grid = new Grid<>();
        Grid.Column<EntryInfo> position = grid.addColumn(entry -> Amounts.count(entry.position())).setHeader("Position")
                .setWidth("120px").setFlexGrow(0).setTextAlign(ColumnTextAlign.END);
        Grid.Column<EntryInfo> booked = grid.addColumn(entry -> Times.dateTime(entry.bookedAt())).setHeader("Booked (UTC)")
                .setWidth("170px").setFlexGrow(0);
        grid.addColumn(LitRenderer.<EntryInfo>of("""
                        <div class="two-lines"><a href="transfers/${item.id}">${item.what}</a><small>${item.accounts}</small></div>""")
                        .withProperty("id", entry -> entry.id().toString())
                        .withProperty("what", JournalView::what)
                        .withProperty("accounts", entry -> api.nameOf(entry.debitAccount()) + " \u2192 " + api.nameOf(entry.creditAccount())))
                .setHeader("Transfer").setFlexGrow(3).setWidth("160px");
        Grid.Column<EntryInfo> kind = grid.addColumn(EntryInfo::kindName).setHeader("Kind").setWidth("140px").setFlexGrow(0);
        grid.addColumn(LitRenderer.<EntryInfo>of("<span class=\"amount\">${item.amount}<small>${item.currency}</small></span>")
                        .withProperty("amount", entry -> Amounts.figure(entry.shown()))
                        .withProperty("currency", EntryInfo::currency))
                .setHeader("Amount").setTextAlign(ColumnTextAlign.END).setWidth("150px").setFlexGrow(0);
        grid.addItemClickListener(event -> event.getSource().getUI()
                .ifPresent(ui -> ui.navigate("transfers/" + event.getItem().id())));
        grid.addClassName("clickable");
        Screen.onWidth(grid, narrow -> {
            position.setVisible(!narrow);
            booked.setVisible(!narrow);
            kind.setVisible(!narrow);
        });
        return grid;
    }

    private String nameOf(String account) {
        return api.nameOf(account);
    }

    private static String what(EntryInfo entry) {
        return entry.reference() == null || entry.reference().isBlank() ? "Transfer" : entry.reference();
    }

    private EmptyState nothingFound() {
        return filters.isEmpty() ? new EmptyState(VaadinIcon.BOOK, "Nothing booked yet", "The first transfer appears here.")
                : new EmptyState(VaadinIcon.SEARCH, "No transfer matches",
                        "A reference has to be the whole one. Look with fewer filters, or for a transfer's id.",
                        new Button("Clear filters", _ -> filters.clear()));
    }
}
