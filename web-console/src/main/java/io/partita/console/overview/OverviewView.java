package io.partita.console.overview;

import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.router.PageTitle;
import com.vaadin.flow.router.Route;
import io.partita.console.api.GridFeed;
import io.partita.console.api.GridPulse;
import io.partita.console.api.GridStatus;
import io.partita.console.ledger.LedgerFeed;
import io.partita.console.ui.Amounts;
import io.partita.console.ui.KpiTile;
import io.partita.console.ui.Live;
import io.partita.console.ui.PageHead;
import io.partita.console.ui.Panel;
import io.partita.console.ui.Permitted;
import io.partita.console.ui.SeriesChart;
import io.partita.console.ui.SeriesChart.Line;
import io.partita.console.ui.SeriesChart.Point;
import io.partita.security.Permission;
import java.util.List;

/** The grid at a glance, live. */
@Route("")
@PageTitle("Overview \u00B7 Partita")
public class OverviewView extends Div {

    private final KpiTile rate = new KpiTile("Transfers", "/ s");
    private final KpiTile median = new KpiTile("Commit p50", "ms");
    private final KpiTile tail = new KpiTile("Commit p99", "ms");
    private final KpiTile accounts = new KpiTile("Accounts", "");
    private final KpiTile journal = new KpiTile("Journal", "entries");
    private final KpiTile members = new KpiTile("Members serving", "");
    private final SeriesChart throughput = new SeriesChart("Transfers per second, last five minutes", "/s",
            GridFeed.REMEMBERED, new Line("Transfers", "--series-1"));
    private final SeriesChart latency = new SeriesChart("Commit latency, last five minutes", "ms",
            GridFeed.REMEMBERED, new Line("99th", "--series-2"), new Line("Median", "--series-3"));
    private final MembersTable membersTable = new MembersTable();
    private final LatestTransfers latest = new LatestTransfers();
    private final TrialBalancePanel trialBalance = new TrialBalancePanel();

    OverviewView(GridFeed grid, LedgerFeed ledger) {
        addClassNames("page", "overview");
        Div tiles = new Div(rate, median, tail, accounts, journal, members);
        tiles.addClassName("kpis");
        Div charts = new Div(new Panel("Throughput", throughput), new Panel("Commit latency", latency));
        charts.addClassName("halves");
        Div lower = new Div(latest, trialBalance);
        lower.addClassName("two-thirds");
        boolean books = Permitted.may(Permission.LEDGER_READ) && Permitted.unbound();
        lower.setVisible(books);
        add(new PageHead("Overview", "What the grid is doing now. Times are UTC."), tiles, charts, lower, membersTable);
        List<GridPulse> history = grid.history();
        throughput.reset(history.stream().map(OverviewView::throughputOf).toList());
        latency.reset(history.stream().map(OverviewView::latencyOf).toList());
        show(grid.latest());
        Live.of(this, grid::listen, pulse -> {
            show(pulse);
            throughput.push(throughputOf(pulse));
            latency.push(latencyOf(pulse));
        });
        if (books) {
            Live.of(this, ledger::onLatest, latest::show);
            Live.of(this, ledger::onTrialBalance, trialBalance::show);
        }
    }

    private static Point throughputOf(GridPulse pulse) {
        return Point.of(pulse.at(), pulse.status().map(status -> status.ledger().transfersPerSecond()).orElse(Double.NaN));
    }

    private static Point latencyOf(GridPulse pulse) {
        return Point.of(pulse.at(), pulse.status().map(status -> status.ledger().commitMillisP99()).orElse(Double.NaN),
                pulse.status().map(status -> status.ledger().commitMillisP50()).orElse(Double.NaN));
    }

    private void show(GridPulse pulse) {
        pulse.status().ifPresentOrElse(this::showFigures,
                () -> List.of(rate, median, tail, accounts, journal, members).forEach(KpiTile::fade));
    }

    private void showFigures(GridStatus status) {
        GridStatus.Ledger figures = status.ledger();
        rate.show(Amounts.rough(figures.transfersPerSecond()), Amounts.rough(figures.acceptedTotal()) + " accepted, "
                + Amounts.rough(figures.refusedTotal()) + " refused");
        median.show(latency(figures, figures.commitMillisP50()), Amounts.rough(figures.commitsPerSecond()) + " commits / s");
        tail.show(latency(figures, figures.commitMillisP99()), Amounts.rough(figures.batchSizeMean()) + " transfers each");
        accounts.show(Amounts.rough(figures.accounts()), Amounts.count(status.shards().serving()) + " of "
                + status.shards().total() + " shards serve");
        journal.show(Amounts.rough(figures.size()), figures.storeAvailable() ? "database reachable" : "database not reachable");
        members.show(status.servingMembers() + " of " + status.members().size(),
                status.view() == null ? "" : "term " + status.view().term());
        membersTable.show(status);
    }

    /** While nothing is committed there is no latency, which is not the same as none at all. */
    private static String latency(GridStatus.Ledger figures, double millis) {
        return figures.commitsPerSecond() == 0 && millis == 0 ? "\u2013" : Amounts.millis(millis);
    }
}
