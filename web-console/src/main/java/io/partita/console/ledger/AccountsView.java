package io.partita.console.ledger;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.combobox.ComboBox;
import com.vaadin.flow.component.grid.ColumnTextAlign;
import com.vaadin.flow.component.grid.Grid;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.icon.VaadinIcon;
import com.vaadin.flow.component.select.Select;
import com.vaadin.flow.component.textfield.TextField;
import com.vaadin.flow.data.renderer.LitRenderer;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.BeforeEnterObserver;
import com.vaadin.flow.router.PageTitle;
import com.vaadin.flow.router.Route;
import io.partita.console.api.KeptFilters;
import io.partita.console.ledger.LedgerApi.AccountFilter;
import io.partita.console.ui.Amounts;
import io.partita.console.ui.EmptyState;
import io.partita.console.ui.Filters;
import io.partita.console.ui.LazyRows;
import io.partita.console.ui.PageHead;
import io.partita.console.ui.Panel;
import io.partita.console.ui.Refreshable;
import io.partita.console.ui.Screen;
import io.partita.console.ui.Sheet;
import io.partita.ledger.AccountStatus;
import io.partita.ledger.AccountType;
import java.util.Locale;
import java.util.function.Function;

/** All accounts, found by name, number or reference. */
@Route("accounts")
@PageTitle("Accounts \u00B7 Partita")
public class AccountsView extends Div implements BeforeEnterObserver, Refreshable {

    private static final Sheet<AccountInfo> SHEET = Sheet.<AccountInfo>of("accounts").with("Account", AccountInfo::id).with("Name", AccountInfo::name)
            .with("Reference", AccountInfo::reference).with("Type", AccountInfo::type).with("Status", AccountInfo::status).with("Currency", AccountInfo::currency)
            .with("Pending", account -> account.money(account.balance().pending())).with("Balance", account -> account.money(account.balance().posted()))
            .with("Available", account -> account.balance().available() == null ? null : account.money(account.balance().available()));

    private final LedgerApi api;
    private final TextField search = new TextField();
    private final Select<AccountType> type = new Select<>();
    private final ComboBox<String> currency = new ComboBox<>();
    private final Select<AccountStatus> status = new Select<>();
    private final Filters filters;
    private final LazyRows<AccountInfo> rows;

    AccountsView(LedgerApi api, KeptFilters kept) {
        this.api = api;
        this.rows = new LazyRows<>(grid(), this::nothingFound, SHEET);
        this.filters = filters(kept);
        addClassName("page");
        add(new PageHead("Accounts", "Every account of the ledger with its balance now."),
                new Panel("", filters, rows).flush().untitled());
    }

    @Override
    public void beforeEnter(BeforeEnterEvent event) {
        filters.enter(event);
        refresh();
    }

    @Override
    public void refresh() {
        AccountFilter filter = new AccountFilter(search.getValue().strip(), type.getValue(), currency.getValue(), status.getValue());
        rows.show((after, limit) -> api.accounts(filter, after, limit));
    }

    private Filters filters(KeptFilters kept) {
        search.setAriaLabel("Search accounts");
        search.setPrefixComponent(VaadinIcon.SEARCH.create());
        search.addClassName("search");
        type.setItems(AccountType.values());
        type.setItemLabelGenerator(value -> value == null ? "Any type" : Words.of(value));
        currency.setItems(Currencies.common());
        currency.setPlaceholder("Any currency");
        currency.setAriaLabel("Currency");
        currency.setClearButtonVisible(true);
        status.setItems(AccountStatus.values());
        status.setItemLabelGenerator(value -> value == null ? "Any status" : StatusPill.name(value));
        type.setEmptySelectionAllowed(true);
        type.setEmptySelectionCaption("Any type");
        type.setAriaLabel("Type");
        status.setEmptySelectionAllowed(true);
        status.setEmptySelectionCaption("Any status");
        status.setAriaLabel("Status");
        return new Filters("accounts", kept, this::refresh).with("search", search, "Name, number or reference").with("type", type, AccountType.class)
                .with("currency", currency, Function.identity(), text -> Currencies.common().contains(text) ? text : null).with("status", status, AccountStatus.class);
    }

    private Grid<AccountInfo> grid() {
        Grid<AccountInfo> grid = new Grid<>();
        grid.addColumn(LitRenderer.<AccountInfo>of("""
                        <div class="two-lines"><a href="accounts/${item.id}">${item.name}</a><small>${item.below}</small></div>""")
                        .withProperty("id", AccountInfo::id).withProperty("name", AccountInfo::name)
                        .withProperty("below", AccountsView::below))
                .setHeader("Account").setFlexGrow(3).setWidth("180px");
        Grid.Column<AccountInfo> number = grid.addColumn(AccountInfo::id).setHeader("Number").setWidth("110px").setFlexGrow(0)
                .setTextAlign(ColumnTextAlign.END);
        Grid.Column<AccountInfo> kind = grid.addColumn(account -> Words.of(account.type())).setHeader("Type").setWidth("110px").setFlexGrow(0);
        Grid.Column<AccountInfo> state = grid.addColumn(LitRenderer.<AccountInfo>of("<span class=\"${item.tone}\">${item.status}</span>")
                        .withProperty("tone", account -> StatusPill.className(account.status()))
                        .withProperty("status", account -> StatusPill.name(account.status())))
                .setHeader("Status").setWidth("110px").setFlexGrow(0);
        Grid.Column<AccountInfo> pending = grid.addColumn(account -> figure(account, account.balance().pending(), true))
                .setHeader("Pending").setWidth("140px").setTextAlign(ColumnTextAlign.END);
        grid.addColumn(LitRenderer.<AccountInfo>of("<span class=\"amount\">${item.amount}<small>${item.currency}</small></span>")
                        .withProperty("amount", account -> figure(account, account.balance().posted(), false))
                        .withProperty("currency", AccountInfo::currency))
                .setHeader("Balance").setWidth("170px").setFlexGrow(0).setTextAlign(ColumnTextAlign.END);
        grid.addItemClickListener(event -> event.getSource().getUI()
                .ifPresent(ui -> ui.navigate("accounts/" + event.getItem().id())));
        grid.addClassName("clickable");
        Screen.onWidth(grid, narrow -> {
            number.setVisible(!narrow);
            kind.setVisible(!narrow);
            state.setVisible(!narrow);
            pending.setVisible(!narrow);
        });
        return grid;
    }

    private static String below(AccountInfo account) {
        String what = account.reference() == null || account.reference().isBlank() ? Words.of(account.type()) : account.reference();
        return account.status() == AccountStatus.OPEN ? what : what + " \u00B7 " + StatusPill.name(account.status()).toLowerCase(Locale.ROOT);
    }

    private static String figure(AccountInfo account, String major, boolean hideZero) {
        var money = account.money(major);
        return hideZero && money.minor() == 0 ? "" : Amounts.figure(money);
    }

    private EmptyState nothingFound() {
        return filters.isEmpty() ? new EmptyState(VaadinIcon.PIGGY_BANK_COIN, "No accounts yet",
                "Accounts are opened through the REST interface, the Java client or an import, and appear here at once.")
                : new EmptyState(VaadinIcon.SEARCH, "No account matches", "Look for another name, number or reference, or with fewer filters.",
                        new Button("Clear filters", _ -> filters.clear()));
    }
}
