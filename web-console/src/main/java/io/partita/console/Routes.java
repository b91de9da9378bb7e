package io.partita.console;

import static io.partita.security.Permission.APPROVALS_DECIDE;
import static io.partita.security.Permission.AUDIT_READ;
import static io.partita.security.Permission.GRID_READ;
import static io.partita.security.Permission.LEDGER_READ;
import static io.partita.security.Permission.LEDGER_WRITE;
import static io.partita.security.Permission.MARKETDATA_READ;
import static io.partita.security.Permission.POSITIONS_READ;
import static io.partita.security.Permission.RISK_READ;
import static io.partita.security.Permission.SECURITY_WRITE;
import static io.partita.security.Permission.TRADING_READ;

import com.vaadin.flow.component.Component;
import io.partita.console.drill.DrillRunView;
import io.partita.console.drill.DrillsView;
import io.partita.console.grid.ClusterView;
import io.partita.console.jobs.JobView;
import io.partita.console.jobs.JobsView;
import io.partita.console.ledger.AccountView;
import io.partita.console.ledger.AccountsView;
import io.partita.console.ledger.EntryView;
import io.partita.console.ledger.JournalView;
import io.partita.console.ledger.TransferView;
import io.partita.console.lineage.LineageView;
import io.partita.console.marketdata.AlertsView;
import io.partita.console.marketdata.ChartView;
import io.partita.console.marketdata.QualityView;
import io.partita.console.marketdata.RulesView;
import io.partita.console.overview.OverviewView;
import io.partita.console.positions.ExplainView;
import io.partita.console.positions.PortfolioView;
import io.partita.console.risk.GreeksView;
import io.partita.console.risk.LimitsView;
import io.partita.console.risk.MarginView;
import io.partita.console.risk.RiskHistoryView;
import io.partita.console.risk.RiskView;
import io.partita.console.risk.StressView;
import io.partita.console.risk.WhatIfView;
import io.partita.console.security.ApprovalsView;
import io.partita.console.security.AuditView;
import io.partita.console.security.KeysView;
import io.partita.console.security.ProfileView;
import io.partita.console.security.UsersView;
import io.partita.console.trading.InstrumentView;
import io.partita.console.trading.KillSwitchView;
import io.partita.console.trading.MarketHaltView;
import io.partita.console.trading.MarketsView;
import io.partita.console.trading.StrategyView;
import io.partita.console.trading.WatchlistView;
import io.partita.console.ui.ComponentsView;
import io.partita.security.Permission;
import io.partita.security.Principal;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Every page, and who may open it; what is not here opens for nobody. Members hold their own table against each request; this one decides what is offered. */
final class Routes {

    private static final Map<Class<? extends Component>, Rule> RULES = new HashMap<>();
    /** Where people begin: whoever has no page of choice sees the first of these that they may open. */
    private static final List<Class<? extends Component>> FIRST = List.of(OverviewView.class, MarketsView.class, AccountsView.class, PortfolioView.class, UsersView.class,
            ApprovalsView.class, AuditView.class);

    /**
     * What a page asks of whoever opens it.
     *
     * @param permissions all of them are needed
     * @param everybodys  whether it is about the accounts of everybody, and so for nobody who is bound to some
     */
    record Rule(Set<Permission> permissions, boolean everybodys) {

        boolean allows(Principal principal) {
            return permissions.stream().allMatch(principal::may) && (principal.accounts().isEmpty() || !everybodys);
        }
    }

    static {
        open(OverviewView.class, GRID_READ);
        open(ClusterView.class, GRID_READ);
        open(DrillsView.class, GRID_READ);
        open(DrillRunView.class, GRID_READ);
        open(LineageView.class, LEDGER_READ);
        everybodys(AccountsView.class, LEDGER_READ);
        open(AccountView.class, LEDGER_READ);
        everybodys(JournalView.class, LEDGER_READ);
        open(EntryView.class, LEDGER_READ);
        open(TransferView.class, LEDGER_READ, LEDGER_WRITE);
        open(MarketsView.class, MARKETDATA_READ);
        open(InstrumentView.class, MARKETDATA_READ, TRADING_READ);
        everybodys(StrategyView.class, TRADING_READ);
        everybodys(KillSwitchView.class, TRADING_READ);
        open(MarketHaltView.class, MARKETDATA_READ);
        everybodys(PortfolioView.class, POSITIONS_READ, RISK_READ);
        everybodys(ExplainView.class, POSITIONS_READ);
        for (Class<? extends Component> page : List.of(RiskView.class, GreeksView.class, RiskHistoryView.class, WhatIfView.class, StressView.class, LimitsView.class)) {
            everybodys(page, RISK_READ, POSITIONS_READ);
        }
        everybodys(MarginView.class, RISK_READ);
        open(WatchlistView.class, MARKETDATA_READ);
        open(ChartView.class, MARKETDATA_READ);
        open(AlertsView.class, MARKETDATA_READ);
        open(RulesView.class, MARKETDATA_READ);
        open(QualityView.class, MARKETDATA_READ);
        open(JobsView.class, GRID_READ);
        open(JobView.class, GRID_READ);
        everybodys(ApprovalsView.class, APPROVALS_DECIDE);
        open(UsersView.class, SECURITY_WRITE);
        open(KeysView.class, SECURITY_WRITE);
        everybodys(AuditView.class, AUDIT_READ);
        open(ProfileView.class);
        open(ComponentsView.class);
    }

    private Routes() {
    }

    private static void open(Class<? extends Component> page, Permission... permissions) {
        RULES.put(page, new Rule(Set.of(permissions), false));
    }

    private static void everybodys(Class<? extends Component> page, Permission... permissions) {
        RULES.put(page, new Rule(Set.of(permissions), true));
    }

    static boolean allowed(Class<?> page, Principal principal) {
        return Optional.ofNullable(RULES.get(page)).map(rule -> rule.allows(principal)).orElse(false);
    }

    static Map<Class<? extends Component>, Rule> rules() {
        return Map.copyOf(RULES);
    }

    /** The first page that somebody may open; everybody may see their profile. */
    static Class<? extends Component> first(Principal principal) {
        return FIRST.stream().filter(page -> allowed(page, principal)).findFirst().orElse(ProfileView.class);
    }
}
