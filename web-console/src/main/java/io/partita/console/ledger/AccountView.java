package io.partita.console.ledger;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.icon.VaadinIcon;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.BeforeEnterObserver;
import com.vaadin.flow.router.HasDynamicTitle;
import com.vaadin.flow.router.Route;
import io.partita.console.api.Answer;
import io.partita.console.api.GridClient;
import io.partita.console.api.GridFeed;
import io.partita.console.ui.Amounts;
import io.partita.console.ui.Confirmation;
import io.partita.console.ui.EmptyState;
import io.partita.console.ui.Facts;
import io.partita.console.ui.KpiTile;
import io.partita.console.ui.Live;
import io.partita.console.ui.Notices;
import io.partita.console.ui.PageHead;
import io.partita.console.ui.Panel;
import io.partita.console.ui.Permitted;
import io.partita.console.ui.Refreshable;
import io.partita.ledger.AccountStatus;
import io.partita.ledger.Balance;
import io.partita.ledger.TransferIds;
import io.partita.money.Money;
import io.partita.security.Permission;
import java.util.Locale;
import java.util.TreeMap;
import java.util.UUID;

/** One account: its balances as they change, what is known of it, and its statement. */
@Route("accounts/:account([0-9]+)")
public class AccountView extends Div implements BeforeEnterObserver, HasDynamicTitle, Refreshable {

    private final LedgerApi api;
    private String id;
    private AccountInfo account;
    private KpiTile posted;
    private KpiTile pending;
    private KpiTile available;
    private StatementPanel statement;
    private long sequence;

    AccountView(LedgerApi api, GridClient client, GridFeed feed) {
        this.api = api;
        addClassName("page");
        // Not on the client's threads: the statement is asked for.
        Live.<Balance>of(this, listener -> feed.listen(_ -> client.balance(Long.parseLong(id))
                .thenAcceptAsync(found -> found.ifPresent(listener), Thread::startVirtualThread)), this::follow);
    }

    @Override
    public void beforeEnter(BeforeEnterEvent event) {
        id = event.getRouteParameters().get("account").orElseThrow();
        account = null;
        refresh();
    }

    @Override
    public String getPageTitle() {
        return (account == null ? "Account " + id : account.name()) + " \u00B7 Partita";
    }

    @Override
    public void refresh() {
        switch (api.account(id)) {
            case Answer.Done<AccountInfo>(AccountInfo found) -> show(found);
            case Answer.Refused<AccountInfo>(var problem) -> say(new EmptyState(VaadinIcon.SEARCH,
                    problem.notFound() ? "No account " + id : problem.code(), problem.meaning(), new Anchor("accounts", "All accounts")));
            case Answer.Unreachable<AccountInfo> _ when account != null -> { } // What is shown stays; the banner says why.
            case Answer.Unreachable<AccountInfo> _ -> say(new EmptyState(VaadinIcon.CONNECT_O, "Waiting for the grid",
                    "No member answers at the moment. The account appears by itself."));
        }
    }

    private void say(EmptyState state) {
        removeAll();
        add(new PageHead("Account " + id, ""), new Panel("", state).untitled());
    }

    private void show(AccountInfo found) {
        account = found;
        posted = new KpiTile("Posted", found.currency());
        pending = new KpiTile("Pending", found.currency());
        available = new KpiTile("Available to debit", found.currency());
        Div tiles = new Div(posted, pending, available);
        tiles.addClassNames("kpis", "kpis-3");
        statement = new StatementPanel(api, found);
        removeAll();
        add(new PageHead(found.name(), below(found)).with(actions(found)), tiles, statement, facts(found));
        showSums(found);
        getUI().ifPresent(ui -> ui.getPage().setTitle(getPageTitle()));
    }

    private static Component below(AccountInfo account) {
        Div line = new Div(new Span(Words.of(account.type()) + " account " + account.id() + " in " + account.currency()),
                StatusPill.of(account.status()));
        line.addClassName("inline");
        return line;
    }

    private Component[] actions(AccountInfo shown) {
        Button pay = new Button("Debit this account", VaadinIcon.ARROW_RIGHT.create(),
                event -> event.getSource().getUI().ifPresent(ui -> ui.navigate("transfers/new?debit=" + id)));
        pay.addThemeVariants(ButtonVariant.LUMO_PRIMARY);
        pay.setEnabled(shown.status() == AccountStatus.OPEN);
        if (!Permitted.may(Permission.LEDGER_WRITE)) {
            return new Component[0];
        }
        return switch (shown.status()) {
            case OPEN -> new Component[] {new Button("Freeze", VaadinIcon.LOCK.create(), _ -> confirm(AccountStatus.FROZEN)), pay};
            case FROZEN -> new Component[] {new Button("Unfreeze", VaadinIcon.UNLOCK.create(), _ -> confirm(AccountStatus.OPEN)), pay};
            case CLOSED -> new Component[] {};
        };
    }

    private void confirm(AccountStatus status) {
        boolean freeze = status == AccountStatus.FROZEN;
        // Made when the dialog opens: confirming twice is one command.
        UUID command = TransferIds.next();
        Confirmation.ask((freeze ? "Freeze " : "Unfreeze ") + account.name() + "?",
                freeze ? "The account will take no entries until it is unfrozen. Pending transfers can still be voided or expire."
                        : "The account will take entries again.",
                freeze ? "Freeze" : "Unfreeze", freeze, () -> change(command, status));
    }

    private void change(UUID command, AccountStatus status) {
        switch (api.changeStatus(command, id, status)) {
            case Answer.Done<AccountInfo>(AccountInfo changed) -> {
                show(changed);
                Notices.done(status == AccountStatus.FROZEN ? "The account is frozen." : "The account is open again.");
            }
            case Answer.Refused<AccountInfo>(var problem) when problem.waits() -> Notices.waits(problem.detail());
            case Answer.Refused<AccountInfo>(var problem) -> Notices.failed(problem.code() + ": " + problem.meaning());
            case Answer.Unreachable<AccountInfo> _ -> Notices.failed("No member answered. Whether it was done shows when the grid is back.");
        }
    }

    private Component facts(AccountInfo shown) {
        AccountInfo.Sums sums = shown.balance();
        Facts facts = new Facts().with("Type", Words.of(shown.type()) + ", grows on the "
                        + shown.type().normalSide().name().toLowerCase(Locale.ROOT) + " side")
                .withCode("Reference", shown.reference())
                .with("Debits posted", Amounts.withCurrency(shown.money(sums.debitsPosted())))
                .with("Credits posted", Amounts.withCurrency(shown.money(sums.creditsPosted())))
                .with("Debits may exceed credits by", limit(shown, shown.limits().maxNetDebit()))
                .with("Credits may exceed debits by", limit(shown, shown.limits().maxNetCredit()));
        if (shown.parent() != null && !shown.parent().isBlank() && !shown.parent().equals("0")) {
            facts.with("Part of", new Anchor("accounts/" + shown.parent(), api.nameOf(shown.parent())));
        }
        new TreeMap<>(shown.metadata()).forEach(facts::with);
        return new Panel("About this account", facts);
    }

    private static String limit(AccountInfo account, String major) {
        return major == null ? "any amount" : Amounts.withCurrency(account.money(major));
    }

    private void showSums(AccountInfo shown) {
        AccountInfo.Sums sums = shown.balance();
        sequence = sums.sequence();
        posted.show(Amounts.figure(shown.money(sums.posted())), "as of sequence " + Amounts.count(sequence));
        pending.show(Amounts.figure(shown.money(sums.pending())), "set aside, not yet posted");
        showAvailable(sums.available() == null ? null : shown.money(sums.available()));
    }

    private void showAvailable(Money amount) {
        available.show(amount == null ? "no limit" : Amounts.figure(amount), amount == null ? "debits are not limited" : "before its limit refuses");
    }

    /** Shows a newer balance from the grid, and the entries that made it. */
    private void follow(Balance balance) {
        if (account == null || balance.account() != Long.parseLong(account.id()) || balance.sequence() <= sequence) {
            return;
        }
        sequence = balance.sequence();
        posted.show(Amounts.figure(balance.posted()), "as of sequence " + Amounts.count(sequence));
        pending.show(Amounts.figure(balance.pending()), "set aside, not yet posted");
        long left = balance.availableToDebit();
        showAvailable(left == Long.MAX_VALUE ? null : Money.of(left, balance.currency()));
        statement.moved();
        if (balance.status() != account.status()) {
            refresh();
        }
    }
}
