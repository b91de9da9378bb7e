package io.partita.console.grid;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.router.PageTitle;
import com.vaadin.flow.router.Route;
import io.partita.console.api.GridFeed;
import io.partita.console.api.GridPulse;
import io.partita.console.api.GridStatus;
import io.partita.console.grid.ClusterApi.Cluster;
import io.partita.console.grid.ClusterApi.State;
import io.partita.console.grid.ClusterBoard.Seen;
import io.partita.console.ui.Absent;
import io.partita.console.ui.Amounts;
import io.partita.console.ui.KpiTile;
import io.partita.console.ui.Live;
import io.partita.console.ui.PageHead;
import io.partita.console.ui.Panel;
import io.partita.console.ui.SeriesChart;
import io.partita.console.ui.SeriesChart.Line;
import io.partita.console.ui.SeriesChart.Point;
import io.partita.console.ui.Times;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/** The members of the cluster and what each of them holds, live. */
@Route("cluster")
@PageTitle("Cluster \u00B7 Partita")
public class ClusterView extends Div {

    /** Colours of lines: more members share a chart badly. */
    private static final int MOST_LINES = 10;

    private final GridFeed grid;
    private final KpiTile members = new KpiTile("Members", "");
    private final KpiTile partitions = new KpiTile("Partitions", "");
    private final KpiTile view = new KpiTile("View epoch", "");
    private final KpiTile shards = new KpiTile("Shards serving", "");
    private final KpiTile commit = new KpiTile("Commit p99", "ms");
    private final KpiTile journal = new KpiTile("Journal", "rows");
    private final ViewPanel viewPanel = new ViewPanel();
    private final MembersPanel membersPanel = new MembersPanel();
    private final PartitionsPanel partitionsPanel = new PartitionsPanel();
    private final ShardsPanel shardsPanel = new ShardsPanel();
    private final MapsPanel mapsPanel = new MapsPanel();
    private final StorePanel storePanel = new StorePanel();
    private final Panel heapPanel = new Panel("Heap per member");
    private final Panel ownedPanel = new Panel("Partitions per member");
    /** Comes all at once, with what the members tell first: nothing has to make room for anything. */
    private final Div told = new Div();
    private final Component working = Absent.working("Asking the members");
    private List<String> drawn = List.of();
    private SeriesChart heap;
    private SeriesChart owned;

    ClusterView(GridFeed grid, ClusterBoard board) {
        this.grid = grid;
        addClassNames("page", "cluster");
        Div tiles = new Div(members, partitions, view, shards, commit, journal);
        tiles.addClassName("kpis");
        Div charts = new Div(heapPanel, ownedPanel);
        charts.addClassName("halves");
        Div lower = new Div(partitionsPanel, storePanel);
        lower.addClassName("halves");
        told.add(viewPanel, membersPanel, charts, lower, shardsPanel, mapsPanel);
        told.addClassName("stack");
        told.setVisible(false);
        add(new PageHead("Cluster", "What each member told within the last seconds. Times are UTC."), tiles, working, told);
        Live.of(this, grid::listen, this::chart);
        Live.of(this, board::listen, this::show);
    }

    private void chart(GridPulse pulse) {
        if (!told.isVisible()) {
            return;
        }
        pulse.status().ifPresent(status -> {
            List<String> now = status.members().stream().map(GridStatus.Member::address).limit(MOST_LINES).toList();
            if (now.equals(drawn)) {
                heap.push(point(pulse, ClusterView::heapOf));
                owned.push(point(pulse, GridStatus.Member::ownedPartitions));
                return;
            }
            drawn = now;
            heap = replace(heapPanel, heap, "Heap used by each member, last five minutes", "MiB", ClusterView::heapOf);
            owned = replace(ownedPanel, owned, "Partitions that each member owns, last five minutes", "", GridStatus.Member::ownedPartitions);
        });
    }

    /** A chart has as many lines as there are members. */
    private SeriesChart replace(Panel panel, SeriesChart old, String label, String unit, ToDoubleFunction<GridStatus.Member> figure) {
        if (old != null) {
            panel.remove(old);
        }
        SeriesChart chart = new SeriesChart(label, unit, GridFeed.REMEMBERED, IntStream.range(0, drawn.size())
                .mapToObj(place -> new Line(drawn.get(place), "--run-" + (place + 1))).toArray(Line[]::new));
        panel.add(chart);
        chart.reset(grid.history().stream().map(pulse -> point(pulse, figure)).toList());
        return chart;
    }

    private static double heapOf(GridStatus.Member member) {
        return Bytes.mebibytes(member.heapUsed());
    }

    private Point point(GridPulse pulse, ToDoubleFunction<GridStatus.Member> figure) {
        return Point.of(pulse.at(), drawn.stream().mapToDouble(address -> pulse.status().stream().flatMap(status -> status.members().stream())
                .filter(member -> member.address().equals(address)).mapToDouble(figure).findFirst().orElse(Double.NaN)).toArray());
    }

    private void show(Seen seen) {
        if (!told.isVisible()) {
            working.setVisible(false);
            told.setVisible(true);
            chart(grid.latest());
        }
        Cluster cluster = seen.cluster();
        members.show(cluster.present() + " of " + cluster.view().expectedMembers(), cluster.silent().isEmpty() ? "all of them told" : cluster.silent().size() + " silent");
        partitions.show(Amounts.count(cluster.partitions().count()), cluster.partitions().moving() > 0 ? cluster.partitions().moving() + " moves to go"
                : cluster.partitions().safe() ? "all copies up to date" : "copies are behind");
        view.show(Amounts.count(cluster.view().epoch()), cluster.view().since() == null ? "" : "for " + Times.span(Duration.between(cluster.view().since(), Instant.now())));
        shards.show(Amounts.count(seen.shards().stream().filter(shard -> shard.state() == State.SERVING).count()), "of " + seen.shards().size() + ", "
                + seen.shards().stream().filter(shard -> shard.state() == State.FENCED).count() + " fenced");
        boolean idle = cluster.store().commitsPerSecond() == 0 && cluster.store().commitMillisP99() == 0;
        commit.show(idle ? "\u2013" : Amounts.millis(cluster.store().commitMillisP99()), Amounts.rough(cluster.store().commitsPerSecond()) + " commits / s");
        journal.show(Amounts.rough(cluster.store().journalRows()), "database reachable from " + cluster.store().reachableFrom() + " of " + cluster.store().members());
        viewPanel.show(cluster);
        membersPanel.show(cluster);
        partitionsPanel.show(cluster);
        storePanel.show(cluster);
        shardsPanel.show(seen.shards());
        mapsPanel.show(seen.maps());
    }
}
