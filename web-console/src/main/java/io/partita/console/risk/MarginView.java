package io.partita.console.risk;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.dialog.Dialog;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.icon.VaadinIcon;
import com.vaadin.flow.router.PageTitle;
import com.vaadin.flow.router.Route;
import io.partita.console.risk.MarginApi.Call;
import io.partita.console.risk.MarginApi.Counterparty;
import io.partita.console.risk.MarginApi.Event;
import io.partita.console.risk.MarginApi.MarginAccount;
import io.partita.console.risk.MarginApi.NettingSet;
import io.partita.console.risk.MarginBoard.Seen;
import io.partita.console.ui.Amounts;
import io.partita.console.ui.Gain;
import io.partita.console.ui.KpiTile;
import io.partita.console.ui.Live;
import io.partita.console.ui.Outcomes;
import io.partita.console.ui.PageHead;
import io.partita.console.ui.Panel;
import io.partita.console.ui.Permitted;
import io.partita.console.ui.Pill;
import io.partita.console.ui.Table;
import io.partita.console.ui.TableRows;
import io.partita.console.ui.Times;
import io.partita.console.ui.TwoLines;
import io.partita.security.Permission;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What accounts have to have there in advance, who was called and until when, and what counterparties would owe. */
@Route("margin")
@PageTitle("Margin \u00B7 Partita")
public class MarginView extends Div {

    private final MarginApi api;
    private final KpiTile accounts = new KpiTile("Margin accounts", "");
    private final KpiTile calls = new KpiTile("Open calls", "");
    private final KpiTile late = new KpiTile("Past their deadline", "");
    private final Table accountTable = new Table("Account", "#Collateral", "#Worth", "#Equity", "#Initial margin", "#Maintenance", "#Short of it", "State")
            .withEmptyText("No account has terms of margin. PUT /api/v1/risk/margin/accounts/{account} gives it some.");
    private final TableRows<MarginAccount> accountRows = new TableRows<>(accountTable, MarginAccount::account, MarginView::row);
    private final Table callTable = new Table("Call", "State", "#Called", "#Outstanding", "Deadline", "Issued (UTC)", "").withEmptyText("Nobody was ever called.");
    private final TableRows<Call> callRows = new TableRows<>(callTable, Call::number, this::row);
    private final Table partyTable = new Table("Counterparty", "#Gross", "#Netted", "#Current exposure", "#Add-on", "#Total")
            .withEmptyText("No counterparty is known. PUT /api/v1/risk/counterparties/{code} makes one.");

    MarginView(MarginApi api, MarginBoard board) {
        this.api = api;
        addClassNames("page", "margin");
        Div tiles = new Div(accounts, calls, late);
        tiles.addClassNames("kpis", "kpis-3");
        Button evaluate = new Button("Evaluate now", VaadinIcon.REFRESH.create(), _ -> Outcomes.tell(api.evaluate(), "All margin accounts are looked at.", _ -> { }));
        add(new PageHead("Margin", "What accounts have to have there in advance, calls with their deadlines, and what counterparties would owe.").with(Permitted.only(Permission.RISK_WRITE, evaluate)), tiles,
                new Panel("Calls", callTable).flush(), new Panel("Accounts", accountTable).flush(),
                new Panel("Counterparties", partyTable).flush().withAside("What they would owe if they failed now"));
        Live.of(this, board::listen, this::show);
    }

    private void show(Seen now) {
        Instant instant = Instant.now();
        List<Call> open = now.calls().stream().filter(Call::open).toList();
        accounts.show(Amounts.count(now.accounts().size()), Amounts.count(now.accounts().stream().filter(each -> each.shortfall() != null && each.shortfall().signum() > 0).count())
                + " short of their margin");
        calls.show(Amounts.count(open.size()), open.isEmpty() ? "nobody has to pay" : "the next is due " + due(open.stream().map(Call::deadline).min(Instant::compareTo).orElseThrow(), instant));
        late.show(Amounts.count(open.stream().filter(each -> each.deadline().isBefore(instant)).count()), "positions are closed then, where terms say so");
        accountRows.show(now.accounts());
        callRows.show(now.calls());
        List<Component[]> parties = new ArrayList<>();
        now.counterparties().forEach(party -> add(parties, party));
        partyTable.show(parties);
    }

    private static Component[] row(MarginAccount account) {
        Pill state = account.reason() != null ? new Pill("No figure", Pill.Tone.CALM) : account.call() != null ? new Pill("Called", Pill.Tone.BAD)
                : account.shortfall() != null && account.shortfall().signum() > 0 ? new Pill("Short", Pill.Tone.WAITING) : new Pill("Covered", Pill.Tone.GOOD);
        if (account.reason() != null) {
            state.setTitle(Words.left(account.reason()));
        }
        return new Component[] {new TwoLines(account.account(), account.currency() + ", " + Measures.name(account.measure()).toLowerCase(Locale.ROOT) + " "
                + Amounts.percent(account.level().doubleValue(), 0) + " over " + account.horizon() + " days"), figure(account.collateral()), figure(account.worth()),
            strong(account.equity()), figure(account.initial()), figure(account.maintenanceMargin()),
            account.shortfall() == null || account.shortfall().signum() == 0 ? new Span("\u2013") : new Gain(account.shortfall().negate()), state};
    }

    private Component[] row(Call call) {
        Button history = new Button("History", _ -> history(call));
        history.addThemeVariants(ButtonVariant.LUMO_SMALL, ButtonVariant.LUMO_TERTIARY);
        Instant now = Instant.now();
        boolean overdue = call.open() && call.deadline().isBefore(now);
        Pill state = new Pill(Words.of(call.status()), !call.open() ? Pill.Tone.CALM : overdue ? Pill.Tone.BAD : Pill.Tone.WAITING);
        return new Component[] {new TwoLines("Account " + call.account(), "call " + call.number()), state, amount(call.amount(), call.currency()), amount(call.outstanding(), call.currency()),
            new TwoLines(Times.dateTime(call.deadline()), call.open() ? due(call.deadline(), now) : "over"), new Span(Times.brief(call.issuedAt(), now)), history};
    }

    /** {@code in 12 min 5 s}, or how long ago it was. */
    private static String due(Instant deadline, Instant now) {
        return deadline.isAfter(now) ? "in " + Times.span(Duration.between(now, deadline)) : Times.span(Duration.between(deadline, now)) + " ago";
    }

    private void history(Call call) {
        Dialog dialog = new Dialog("Call " + call.number() + " of account " + call.account());
        Table table = new Table("When (UTC)", "State", "#Outstanding").withEmptyText("Nothing is known of it.");
        table.show(api.events(call.number()).found().orElse(List.<Event>of()).stream().map(event -> new Component[] {new Span(Times.dateTime(event.at())),
            new Span(Words.of(event.status())), figure(event.outstanding())}).toList());
        dialog.add(table);
        dialog.getFooter().add(new Button("Close", _ -> dialog.close()));
        dialog.open();
    }

    private static void add(List<Component[]> rows, Counterparty party) {
        Span name = new Span(party.name());
        name.addClassName("strong");
        rows.add(new Component[] {new TwoLines(name, party.code() + ", in " + party.currency() + (party.unpriced() == 0 ? "" : ", " + party.unpriced() + " unpriced")), figure(party.gross()),
            figure(party.netted()), figure(party.current()), figure(party.addOn()), strong(party.total())});
        for (NettingSet set : party.nettingSets()) {
            TwoLines of = new TwoLines(set.code(), (set.enforceable() ? "netting set" : "not enforceable") + ", collateral " + Amounts.figure(set.collateral()));
            of.addClassName("indented");
            rows.add(new Component[] {of, figure(set.gross()), figure(set.netted()), figure(set.current()), figure(set.addOn()), figure(set.total())});
        }
    }

    private static Component amount(BigDecimal amount, String currency) {
        return new TwoLines(Amounts.figure(amount), currency).atEnd();
    }

    private static Component figure(BigDecimal amount) {
        return new Span(amount == null ? "\u2013" : Amounts.figure(amount));
    }

    private static Component strong(BigDecimal amount) {
        Span text = new Span(amount == null ? "\u2013" : Amounts.figure(amount));
        text.addClassName("strong");
        return text;
    }
}
