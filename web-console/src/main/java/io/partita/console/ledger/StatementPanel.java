package io.partita.console.ledger;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.datepicker.DatePicker;
import com.vaadin.flow.component.grid.ColumnTextAlign;
import com.vaadin.flow.component.grid.Grid;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.icon.VaadinIcon;
import com.vaadin.flow.data.renderer.LitRenderer;
import io.partita.console.ui.Amounts;
import io.partita.console.ui.Dates;
import io.partita.console.ui.EmptyState;
import io.partita.console.ui.LazyRows;
import io.partita.console.ui.Page;
import io.partita.console.ui.Panel;
import io.partita.console.ui.Screen;
import io.partita.console.ui.Sheet;
import io.partita.console.ui.Times;
import io.partita.ledger.Side;
import io.partita.money.Money;
import java.time.Instant;
import java.util.List;
import java.util.Locale;

/** An account's entries with the balance after each of them, newest first. */
final class StatementPanel extends Div {

    private final LedgerApi api;
    private final AccountInfo account;
    private final DatePicker from = Dates.picker("From");
    private final DatePicker to = Dates.picker("To");
    private final PendingPanel pending = new PendingPanel();
    private final Button newer = new Button("Show newer entries", VaadinIcon.ARROW_UP.create(), _ -> showNewer());
    private final LazyRows<StatementLine> rows;
    /** As it was when the newest entries were asked for. */
    private volatile List<StatementLine> waiting = List.of();

    StatementPanel(LedgerApi api, AccountInfo account) {
        this.api = api;
        this.account = account;
        this.rows = new LazyRows<>(grid(), this::nothing, Sheet.<StatementLine>of("statement-" + account.id()).with("Booked", StatementLine::bookedAt)
                .with("Transfer", StatementLine::id).with("Kind", StatementLine::kind).with("Reference", StatementLine::reference).with("Counterparty", StatementLine::counterparty)
                .with("Counterparty name", StatementLine::counterpartyName).with("Debit", line -> amount(line, Side.DEBIT)).with("Credit", line -> amount(line, Side.CREDIT))
                .with("Balance", line -> account.money(line.balance())).with("Currency", _ -> account.currency()).with("Value date", StatementLine::valueDate)
                .with("Position", StatementLine::position));
        from.addValueChangeListener(_ -> load());
        to.addValueChangeListener(_ -> load());
        newer.addThemeVariants(ButtonVariant.LUMO_TERTIARY, ButtonVariant.LUMO_SMALL);
        newer.setVisible(false);
        Div dates = new Div(newer, from, to);
        dates.addClassName("dates");
        addClassName("stack");
        add(pending, new Panel("Statement", rows).flush().withAction(dates));
        load();
    }

    /** There are newer entries: shown at once, or offered to whoever may be reading further down. */
    void moved() {
        if (rows.wholeInSight()) {
            reload();
        } else {
            newer.setVisible(true);
        }
    }

    private void showNewer() {
        newer.setVisible(false);
        reload();
    }

    private void reload() {
        rows.reload();
        pending.show(account, waiting);
    }

    private void load() {
        Instant start = Dates.startOf(from.getValue());
        Instant end = Dates.endOf(to.getValue());
        rows.show((cursor, limit) -> {
            LedgerApi.StatementPage page = api.statement(account.id(), start, end, cursor, limit);
            if (cursor == null) {
                waiting = page.pending();
            }
            return new Page<>(page.entries(), page.next());
        });
        pending.show(account, waiting);
    }

    private Grid<StatementLine> grid() {
        Grid<StatementLine> grid = new Grid<>();
        Grid.Column<StatementLine> booked = grid.addColumn(line -> Times.dateTime(line.bookedAt()))
                .setHeader("Booked (UTC)").setWidth("170px").setFlexGrow(0);
        grid.addColumn(LitRenderer.<StatementLine>of("""
                        <div class="two-lines"><a href="transfers/${item.id}">${item.what}</a><small>${item.who}</small></div>""")
                        .withProperty("id", line -> line.id().toString())
                        .withProperty("what", StatementPanel::what)
                        .withProperty("who", line -> line.counterpartyName() == null ? line.counterparty() : line.counterpartyName()))
                .setHeader("Entry").setFlexGrow(3).setWidth("140px");
        Grid.Column<StatementLine> debit = grid.addColumn(line -> side(line, Side.DEBIT)).setHeader("Debit")
                .setTextAlign(ColumnTextAlign.END).setWidth("130px");
        Grid.Column<StatementLine> credit = grid.addColumn(line -> side(line, Side.CREDIT)).setHeader("Credit")
                .setTextAlign(ColumnTextAlign.END).setWidth("130px");
        Grid.Column<StatementLine> signed = grid.addColumn(LitRenderer.<StatementLine>of(
                        "<div class=\"two-lines end\"><span>${item.amount}</span><small>${item.balance}</small></div>")
                        .withProperty("amount", line -> (line.side() == account.type().normalSide() ? "+" : "\u2212") + figure(line.amount()))
                        .withProperty("balance", line -> figure(line.balance())))
                .setHeader("Amount, balance").setTextAlign(ColumnTextAlign.END).setWidth("140px").setFlexGrow(0);
        Grid.Column<StatementLine> balance = grid.addColumn(LitRenderer.<StatementLine>of("<span class=\"strong\">${item.balance}</span>")
                        .withProperty("balance", line -> figure(line.balance())))
                .setHeader("Balance").setTextAlign(ColumnTextAlign.END).setWidth("150px");
        Screen.onWidth(grid, narrow -> {
            booked.setVisible(!narrow);
            debit.setVisible(!narrow);
            credit.setVisible(!narrow);
            balance.setVisible(!narrow);
            signed.setVisible(narrow);
        });
        return grid;
    }

    private static String what(StatementLine line) {
        String kind = EntryInfo.kindName(line.kind());
        boolean plain = line.kind() == io.partita.ledger.TransferKind.POSTED;
        if (line.reference() == null || line.reference().isBlank()) {
            return plain ? "Transfer" : kind;
        }
        return plain ? line.reference() : line.reference() + " (" + kind.toLowerCase(Locale.ROOT) + ")";
    }

    private Money amount(StatementLine line, Side side) {
        return line.side() == side ? account.money(line.amount()) : null;
    }

    private String side(StatementLine line, Side side) {
        return line.side() == side ? figure(line.amount()) : "";
    }

    private String figure(String major) {
        return Amounts.figure(account.money(major));
    }

    private EmptyState nothing() {
        boolean filtered = !from.isEmpty() || !to.isEmpty();
        return new EmptyState(VaadinIcon.FILE_TEXT_O, filtered ? "Nothing booked between these dates" : "No entries yet",
                filtered ? "Choose other dates to see more of the statement." : "The first transfer to or from this account appears here.",
                filtered ? new Component[] {new Button("All dates", _ -> {
                    from.clear();
                    to.clear();
                })} : new Component[0]);
    }
}
