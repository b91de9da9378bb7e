package io.partita.console.grid;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Span;
import io.partita.console.grid.ClusterApi.Cluster;
import io.partita.console.grid.ClusterApi.Member;
import io.partita.console.grid.ClusterApi.Partitions;
import io.partita.console.ui.Amounts;
import io.partita.console.ui.Panel;
import io.partita.console.ui.Pill;
import io.partita.console.ui.Table;
import io.partita.console.ui.TableRows;

/** Where the partitions and their copies are. */
final class PartitionsPanel extends Div {

    /** What a row shows. */
    private record Row(String member, int owned, int backups, int shards, boolean safe, int all) {
    }

    private final Table table = new Table("Member", "#Owned", "#Copies", "#Shards", "Up to date").withEmptyText("No member has told of its partitions yet.");
    private final TableRows<Row> rows = new TableRows<>(table, Row::member, PartitionsPanel::cells);
    private final Pill verdict = new Pill("\u2026", Pill.Tone.CALM);
    private final Panel panel = new Panel("Partitions", table).flush().withAction(verdict);

    PartitionsPanel() {
        add(panel);
    }

    void show(Cluster cluster) {
        Partitions all = cluster.partitions();
        rows.show(cluster.members().stream().map(member -> row(member, all)).toList());
        panel.withAside(Amounts.count(all.owned()) + " of " + Amounts.count(all.count()) + " have an owner" + (all.moving() > 0 ? ", " + Amounts.count(all.moving()) + " moves to go" : ""));
        verdict.show(all.moving() > 0 ? "Moving" : all.safe() ? "\u2713 Safe" : "Copies are behind", all.moving() > 0 ? Pill.Tone.WAITING : all.safe() ? Pill.Tone.GOOD : Pill.Tone.BAD);
    }

    private static Row row(Member member, Partitions all) {
        return new Row(member.address(), member.partitions().owned(), member.partitions().backups(), member.shards(), member.partitions().safe(), all.count());
    }

    private static Component[] cells(Row row) {
        Span name = new Span(row.member());
        name.addClassName("strong");
        return new Component[] {name, bar(row.owned(), row.all()), bar(row.backups(), row.all()), new Span(Amounts.count(row.shards())),
                row.safe() ? new Pill("Yes", Pill.Tone.GOOD) : new Pill("Not yet", Pill.Tone.WAITING)};
    }

    private static Bar bar(int part, int all) {
        return new Bar(Amounts.count(part), all == 0 ? 0 : (double) part / all);
    }
}
