package io.partita.console;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.HasElement;
import com.vaadin.flow.component.Svg;
import com.vaadin.flow.component.applayout.AppLayout;
import com.vaadin.flow.component.applayout.DrawerToggle;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Main;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.icon.VaadinIcon;
import com.vaadin.flow.component.orderedlayout.Scroller;
import com.vaadin.flow.component.sidenav.SideNav;
import com.vaadin.flow.component.sidenav.SideNavItem;
import com.vaadin.flow.router.Layout;
import io.partita.console.api.GridFeed;
import io.partita.console.api.GridPulse;
import io.partita.console.api.GridStatus;
import io.partita.console.jobs.JobsView;
import io.partita.console.ledger.AccountsView;
import io.partita.console.ledger.JournalView;
import io.partita.console.ledger.TransferView;
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
import io.partita.console.trading.KillSwitchView;
import io.partita.console.trading.MarketHaltView;
import io.partita.console.trading.MarketsView;
import io.partita.console.trading.StrategyView;
import io.partita.console.trading.WatchlistView;
import io.partita.console.ui.Live;
import io.partita.console.ui.Refreshable;
import io.partita.console.ui.ThemeToggle;
import java.util.List;

/** The frame around every page: the way from page to page, the state of the grid, and the banner while it is away. */
@Layout
public class MainLayout extends AppLayout {

    private final Div banner = new Div();
    private final Span state = new Span();
    private final Main frame = new Main();
    private HasElement page;
    private boolean up = true;

    MainLayout(GridFeed feed) {
        setPrimarySection(Section.DRAWER);
        DrawerToggle toggle = new DrawerToggle();
        toggle.setAriaLabel("Menu");
        state.addClassName("grid-state");
        Div bar = new Div(state, new ThemeToggle());
        bar.addClassName("bar");
        banner.addClassName("banner");
        banner.getElement().setAttribute("role", "status");
        banner.setVisible(false);
        addToNavbar(toggle, bar);
        addToDrawer(brand(), new Scroller(new Div(
                group("Grid", new SideNavItem("Overview", OverviewView.class, VaadinIcon.DASHBOARD.create())),
                group("Ledger", new SideNavItem("Accounts", AccountsView.class, VaadinIcon.PIGGY_BANK_COIN.create()),
                        new SideNavItem("Journal", JournalView.class, VaadinIcon.BOOK.create()),
                        new SideNavItem("New transfer", TransferView.class, VaadinIcon.EXCHANGE.create())),
                group("Trading", new SideNavItem("Markets", MarketsView.class, VaadinIcon.CHART_LINE.create()),
                        new SideNavItem("Strategies", StrategyView.class, VaadinIcon.AUTOMATION.create()),
                        new SideNavItem("Kill switches", KillSwitchView.class, VaadinIcon.BAN.create()),
                        new SideNavItem("Market halts", MarketHaltView.class, VaadinIcon.HAND.create())),
                group("Risk", new SideNavItem("Portfolios", PortfolioView.class, VaadinIcon.BRIEFCASE.create()),
                        new SideNavItem("P&L explain", ExplainView.class, VaadinIcon.BAR_CHART_H.create()),
                        new SideNavItem("Risk", RiskView.class, VaadinIcon.TRENDING_DOWN.create()),
                        new SideNavItem("Greeks", GreeksView.class, VaadinIcon.SLIDERS.create()),
                        new SideNavItem("Risk history", RiskHistoryView.class, VaadinIcon.ARCHIVE.create()),
                        new SideNavItem("What if", WhatIfView.class, VaadinIcon.QUESTION_CIRCLE_O.create()),
                        new SideNavItem("Stress", StressView.class, VaadinIcon.BOLT.create()),
                        new SideNavItem("Limits", LimitsView.class, VaadinIcon.FLAG_O.create()),
                        new SideNavItem("Margin", MarginView.class, VaadinIcon.SAFE_LOCK.create())),
                group("Market data", new SideNavItem("Watchlist", WatchlistView.class, VaadinIcon.EYE.create()),
                        nested(new SideNavItem("Charts", ChartView.class, VaadinIcon.SPLINE_CHART.create())),
                        nested(new SideNavItem("Alerts", AlertsView.class, VaadinIcon.BELL.create())),
                        new SideNavItem("Alert rules", RulesView.class, VaadinIcon.SCALE.create()),
                        new SideNavItem("Data quality", QualityView.class, VaadinIcon.CHECK_CIRCLE_O.create()),
                        nested(new SideNavItem("Jobs", JobsView.class, VaadinIcon.COGS.create()))))));
        show(feed.latest());
        // Not on the feed's thread: a page that asks for its content again makes whoever shows it wait.
        Live.of(this, listener -> feed.listen(pulse -> Thread.startVirtualThread(() -> listener.accept(pulse))), this::show);
    }

    private static Component brand() {
        Svg mark = new Svg(MainLayout.class.getResourceAsStream("/META-INF/resources/partita/favicon.svg"));
        mark.addClassName("mark");
        Div brand = new Div(mark, new Span("Partita"));
        brand.addClassName("brand");
        return brand;
    }

    /** Stays marked on the pages below it. */
    private static SideNavItem nested(SideNavItem item) {
        item.setMatchNested(true);
        return item;
    }

    private static SideNav group(String domain, SideNavItem... items) {
        SideNav nav = new SideNav(domain);
        nav.addItem(items);
        return nav;
    }

    @Override
    public void showRouterLayoutContent(HasElement content) {
        page = content;
        frame.removeAll();
        frame.add(banner);
        frame.getElement().appendChild(content.getElement());
        setContent(frame);
    }

    @Override
    public void removeRouterLayoutContent(HasElement content) {
        page = null;
        frame.getElement().removeChild(content.getElement());
    }

    private void show(GridPulse pulse) {
        if (pulse == GridPulse.NOT_ASKED) {
            return;
        }
        List<String> apart = pulse.status().map(GridStatus::apart).orElse(List.of());
        banner.setVisible(!pulse.up() || !apart.isEmpty());
        state.setClassName("up", pulse.up());
        state.setClassName("down", !pulse.up());
        state.setText(pulse.status().map(status -> status.members().size() == 1 ? "1 member" : status.members().size() + " members")
                .orElse("Waiting for the grid"));
        if (!pulse.up()) {
            banner.setText("Waiting for the grid. " + pulse.trouble() + ". This page goes on by itself as soon as a member is there.");
        } else if (!apart.isEmpty()) {
            banner.setText("The cluster stays apart although the network is whole: " + String.join(", ", apart)
                    + " can be reached and has not joined. The member's log says what to do.");
        }
        if (pulse.up() && !up && page instanceof Refreshable refreshable) {
            refreshable.refresh();
        }
        up = pulse.up();
    }
}
