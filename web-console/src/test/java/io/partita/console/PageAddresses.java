package io.partita.console;

import com.microsoft.playwright.Page;
import com.vaadin.flow.component.Component;
import com.vaadin.flow.router.Route;
import io.partita.console.drill.DrillRunView;
import io.partita.console.jobs.JobView;
import io.partita.console.ledger.AccountView;
import io.partita.console.ledger.EntryView;
import io.partita.console.lineage.LineageView;
import io.partita.console.marketdata.AlertsView;
import io.partita.console.marketdata.ChartView;
import io.partita.console.positions.ExplainView;
import io.partita.console.risk.GreeksView;
import io.partita.console.risk.RiskView;
import io.partita.console.risk.StressView;
import io.partita.console.risk.WhatIfView;
import io.partita.console.testing.MemberProcess;
import io.partita.console.testing.RiskWorld;
import io.partita.console.trading.InstrumentView;
import java.util.Comparator;
import java.util.Map;
import java.util.TreeMap;

/** The address of each page, with something to see at it; a page that somebody adds is among them. */
final class PageAddresses {

    private static final String ACCOUNT = "7291";
    private static final String TRANSFER = "0199c3a4-7f00-7000-8000-000000007291";
    /** Some of them, for whoever mends one: {@code -Dpartita.pages='Risk|Stress'}. */
    private static final String ONLY = System.getProperty("partita.pages", ".*");

    /** What an address needs that the route does not say. */
    private static final Map<Class<? extends Component>, String> ADDRESSES = Map.ofEntries(
            Map.entry(AccountView.class, "accounts/" + ACCOUNT), Map.entry(EntryView.class, "transfers/" + TRANSFER), Map.entry(InstrumentView.class, "markets/ACME"),
            Map.entry(ChartView.class, "charts/ACME"), Map.entry(JobView.class, "jobs/surveillance"), Map.entry(AlertsView.class, "alerts"),
            Map.entry(DrillRunView.class, "drills/" + TRANSFER), Map.entry(LineageView.class, "lineage/" + TRANSFER), Map.entry(ExplainView.class, "pnl?to=" + RiskWorld.LAST), Map.entry(RiskView.class, "risk?day=" + RiskWorld.LAST), Map.entry(GreeksView.class, "greeks?day=" + RiskWorld.LAST),
            Map.entry(WhatIfView.class, "what-if?trades=AAPL:100&day=" + RiskWorld.LAST), Map.entry(StressView.class, "stress?scenario=gfc-2008&day=" + RiskWorld.LAST));

    private PageAddresses() {
    }

    /** The account and the transfer that addresses are of; to do so again changes nothing. */
    static void fill(MemberProcess member) {
        member.post("/accounts", "{\"id\":\"7290\",\"name\":\"Nostro\",\"type\":\"ASSET\",\"currency\":\"EUR\"}");
        member.post("/accounts", "{\"id\":\"%s\",\"name\":\"Emmy Noether\",\"type\":\"LIABILITY\",\"currency\":\"EUR\",\"reference\":\"DE02120300000000202051\"}".formatted(ACCOUNT));
        member.post("/transfers", "{\"id\":\"%s\",\"debitAccount\":\"7290\",\"creditAccount\":\"%s\",\"amount\":\"1250.00\",\"currency\":\"EUR\",\"reference\":\"Opening deposit\"}"
                .formatted(TRANSFER, ACCOUNT));
    }

    /** By the classes of the pages, in the order of their names. */
    static Map<Class<? extends Component>, String> all() {
        Map<Class<? extends Component>, String> addresses = new TreeMap<>(Comparator.comparing(PageAddresses::name));
        Routes.rules().keySet().stream().filter(page -> name(page).matches(ONLY))
                .forEach(page -> addresses.put(page, "/" + ADDRESSES.getOrDefault(page, page.getAnnotation(Route.class).value())));
        return addresses;
    }

    /** What people call it. */
    static String name(Class<? extends Component> page) {
        return page.getSimpleName().replaceFirst("View$", "");
    }

    /** Waits until everything is there that was asked for. */
    static void settled(Page page) {
        page.waitForFunction("() => Object.values(window.Vaadin?.Flow?.clients ?? {}).every(client => !client.isActive || !client.isActive())");
        // The page of components shows what waiting looks like.
        page.waitForFunction("() => ![...document.querySelectorAll('.table-empty, .working')].some(each => each.textContent.endsWith('\u2026') && each.checkVisibility() && !each.closest('.specimen'))");
    }
}
