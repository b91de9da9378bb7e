package io.partita.console;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.HasElement;
import com.vaadin.flow.component.Svg;
import com.vaadin.flow.component.UI;
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
import io.partita.console.api.Callers;
import io.partita.console.api.GridFeed;
import io.partita.console.api.GridPulse;
import io.partita.console.api.GridStatus;
import io.partita.console.api.Person;
import io.partita.console.drill.DrillsView;
import io.partita.console.find.Action;
import io.partita.console.find.Finder;
import io.partita.console.find.Finders;
import io.partita.console.grid.ClusterView;
import io.partita.console.jobs.JobsView;
import io.partita.console.ledger.AccountsView;
import io.partita.console.ledger.JournalView;
import io.partita.console.ledger.TransferView;
import io.partita.console.lineage.LineageView;
import io.partita.console.marketdata.AlertsView;
import io.partita.console.marketdata.ChartView;
import io.partita.console.marketdata.QualityView;
import io.partita.console.marketdata.RulesView;
import io.partita.console.notices.Bell;
import io.partita.console.notices.NoticeBoard;
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
import io.partita.console.security.People;
import io.partita.console.security.PersonMenu;
import io.partita.console.security.ProfileView;
import io.partita.console.security.UsersView;
import io.partita.console.tour.Tour;
import io.partita.console.trading.KillSwitchView;
import io.partita.console.trading.MarketHaltView;
import io.partita.console.trading.MarketsView;
import io.partita.console.trading.StrategyView;
import io.partita.console.trading.WatchlistView;
import io.partita.console.ui.Live;
import io.partita.console.ui.Refreshable;
import io.partita.console.ui.ThemeToggle;
import io.partita.security.Permission;
import io.partita.security.Principal;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** The frame around every page: the way from page to page, the state of the grid, and the banner while it is away. */
@Layout
public class MainLayout extends AppLayout {

    private static final Principal NOBODY = new Principal("nobody", Principal.Kind.USER, Set.of(), Set.of(), Optional.empty(), "");

    private final Div banner = new Div();
    private final Span state = new Span();
    private final Main frame = new Main();
    private final Principal principal;
    private HasElement page;
    private boolean up = true;

    MainLayout(GridFeed feed, People people, Finders finders, NoticeBoard notices) {
        // An address that leads nowhere shows this frame to anybody, and then there is nothing in it.
        Optional<Person> person = Callers.person();
        principal = person.map(Person::principal).orElse(NOBODY);
        setPrimarySection(Section.DRAWER);
        DrawerToggle toggle = new DrawerToggle();
        toggle.setAriaLabel("Menu");
        state.addClassName("grid-state");
        Div bar = new Div(state, new ThemeToggle());
        bar.addClassName("bar");
        banner.addClassName("banner");
        banner.getElement().setAttribute("role", "status");
        banner.setVisible(false);
        SideNav[] navigation = groups(principal);
        addToNavbar(toggle);
        person.ifPresent(known -> {
            Tour tour = new Tour(known);
            addToNavbar(finder(finders.of(known, Stream.of(navigation)), known, people, tour));
            bar.addComponentAtIndex(1, new Bell(notices, known));
            bar.add(new PersonMenu(known, people, tour::start), tour);
        });
        addToNavbar(bar);
        addToDrawer(brand(), new Scroller(new Div(navigation)));
        show(feed.latest());
        // Not on the feed's thread: a page that asks for its content again makes whoever shows it wait.
        Live.of(this, listener -> feed.listen(pulse -> Thread.startVirtualThread(() -> listener.accept(pulse))), this::show);
        person.ifPresent(known -> Live.<String>of(this, listener -> known.onEnd(() -> listener.accept("")), _ -> getUI().ifPresent(ui -> ui.getPage().setLocation("/sign-in"))));
    }

    /** With what can be done from everywhere. */
    private static Finder finder(Finder finder, Person known, People people, Tour tour) {
        if (Routes.allowed(TransferView.class, known.principal())) {
            finder.with(new Action("transfer", "New transfer", "Book or set aside", "pay send money book", () -> UI.getCurrent().navigate(TransferView.class)));
        }
        return finder.with(new Action("theme", "Switch between light and dark", "", "theme mode colour night", () -> UI.getCurrent().getPage().executeJs("window.partitaTheme.toggle()")))
                .with(new Action("profile", "Open my profile", known.name(), "password second factor sessions account", () -> UI.getCurrent().navigate(ProfileView.class)))
                .with(new Action("shortcuts", "Show all keys", "?", "keyboard shortcuts help", finder::shortcuts))
                .with(new Action("tour", "Take the tour", "What is where", "help guide introduction", tour::start))
                .with(new Action("sign-out", "Sign out", known.name(), "log off leave end session", () -> people.signOut(known)));
    }

    private static SideNav[] groups(Principal principal) {
        return Stream.of(group("Grid", item(principal, "Overview", OverviewView.class, VaadinIcon.DASHBOARD), item(principal, "Cluster", ClusterView.class, VaadinIcon.CLUSTER),
                        nested(item(principal, "Lineage", LineageView.class, VaadinIcon.CONNECT)), nested(item(principal, "Drills", DrillsView.class, VaadinIcon.AMBULANCE))),
                group("Ledger", item(principal, "Accounts", AccountsView.class, VaadinIcon.PIGGY_BANK_COIN), item(principal, "Journal", JournalView.class, VaadinIcon.BOOK),
                        item(principal, "New transfer", TransferView.class, VaadinIcon.EXCHANGE)),
                group("Trading", item(principal, "Markets", MarketsView.class, VaadinIcon.CHART_LINE), item(principal, "Strategies", StrategyView.class, VaadinIcon.AUTOMATION),
                        item(principal, "Kill switches", KillSwitchView.class, VaadinIcon.BAN), item(principal, "Market halts", MarketHaltView.class, VaadinIcon.HAND)),
                group("Risk", item(principal, "Portfolios", PortfolioView.class, VaadinIcon.BRIEFCASE), item(principal, "P&L explain", ExplainView.class, VaadinIcon.BAR_CHART_H),
                        item(principal, "Risk", RiskView.class, VaadinIcon.TRENDING_DOWN), item(principal, "Greeks", GreeksView.class, VaadinIcon.SLIDERS),
                        item(principal, "Risk history", RiskHistoryView.class, VaadinIcon.ARCHIVE), item(principal, "What if", WhatIfView.class, VaadinIcon.QUESTION_CIRCLE_O),
                        item(principal, "Stress", StressView.class, VaadinIcon.BOLT), item(principal, "Limits", LimitsView.class, VaadinIcon.FLAG_O), item(principal, "Margin", MarginView.class, VaadinIcon.SAFE_LOCK)),
                group("Market data", item(principal, "Watchlist", WatchlistView.class, VaadinIcon.EYE), nested(item(principal, "Charts", ChartView.class, VaadinIcon.SPLINE_CHART)),
                        nested(item(principal, "Alerts", AlertsView.class, VaadinIcon.BELL)), item(principal, "Alert rules", RulesView.class, VaadinIcon.SCALE),
                        item(principal, "Data quality", QualityView.class, VaadinIcon.CHECK_CIRCLE_O), nested(item(principal, "Jobs", JobsView.class, VaadinIcon.COGS))),
                group("Access", item(principal, "Approvals", ApprovalsView.class, VaadinIcon.HANDSHAKE), item(principal, "Users", UsersView.class, VaadinIcon.USERS), item(principal, "API keys", KeysView.class, VaadinIcon.KEY),
                        item(principal, "Audit trail", AuditView.class, VaadinIcon.CLIPBOARD_TEXT))).flatMap(Optional::stream).toArray(SideNav[]::new);
    }

    /** Nothing if they may not open it. */
    private static Optional<SideNavItem> item(Principal principal, String name, Class<? extends Component> page, VaadinIcon icon) {
        return Routes.allowed(page, principal) ? Optional.of(new SideNavItem(name, page, icon.create())) : Optional.empty();
    }

    private static Component brand() {
        Svg mark = new Svg(MainLayout.class.getResourceAsStream("/META-INF/resources/partita/favicon.svg"));
        mark.addClassName("mark");
        Div brand = new Div(mark, new Span("Partita"));
        brand.addClassName("brand");
        return brand;
    }

    /** Stays marked on the pages below it. */
    private static Optional<SideNavItem> nested(Optional<SideNavItem> item) {
        item.ifPresent(each -> each.setMatchNested(true));
        return item;
    }

    @SafeVarargs
    private static Optional<SideNav> group(String domain, Optional<SideNavItem>... items) {
        SideNav nav = new SideNav(domain);
        for (Optional<SideNavItem> item : items) {
            item.ifPresent(nav::addItem);
        }
        return nav.getItems().isEmpty() ? Optional.empty() : Optional.of(nav);
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
        banner.setVisible(!pulse.up() || !apart.isEmpty() && principal.may(Permission.GRID_READ));
        state.setClassName("up", pulse.up());
        state.setClassName("down", !pulse.up());
        state.setText(pulse.status().map(status -> !principal.may(Permission.GRID_READ) ? "The grid is up" : status.members().size() == 1 ? "1 member" : status.members().size() + " members")
                .orElse("Waiting for the grid"));
        if (!pulse.up()) {
            banner.setText("Waiting for the grid. " + pulse.trouble() + ". This page goes on by itself as soon as a member is there.");
        } else if (!apart.isEmpty() && principal.may(Permission.GRID_READ)) {
            banner.setText("The cluster stays apart although the network is whole: " + String.join(", ", apart)
                    + " can be reached and has not joined. The member's log says what to do.");
        }
        if (pulse.up() && !up && page instanceof Refreshable refreshable) {
            refreshable.refresh();
        }
        up = pulse.up();
    }
}
