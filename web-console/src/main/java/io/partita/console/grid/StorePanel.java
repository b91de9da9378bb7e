package io.partita.console.grid;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Span;
import io.partita.console.grid.ClusterApi.Cluster;
import io.partita.console.grid.ClusterApi.MemberStore;
import io.partita.console.ui.Amounts;
import io.partita.console.ui.Panel;
import io.partita.console.ui.Pill;
import io.partita.console.ui.Table;
import io.partita.console.ui.TableRows;

/** PostgreSQL, as each member has it. */
final class StorePanel extends Div {

    /** What a row shows. */
    private record Row(String member, MemberStore store) {
    }

    private final Table table = new Table("Member", "Reachable", "#Commit p50", "#Commit p99", "#Commits / s").withEmptyText("No member has told of the database yet.");
    private final TableRows<Row> rows = new TableRows<>(table, Row::member, StorePanel::cells);
    private final Panel panel = new Panel("PostgreSQL", table).flush();

    StorePanel() {
        add(panel);
    }

    void show(Cluster cluster) {
        rows.show(cluster.members().stream().map(member -> new Row(member.address(), member.store())).toList());
        panel.withAside(Amounts.count(cluster.store().journalRows()) + " rows in the journal");
    }

    private static Component[] cells(Row row) {
        Span name = new Span(row.member());
        name.addClassName("strong");
        MemberStore store = row.store();
        return new Component[] {name, store.reachable() ? new Pill("Yes", Pill.Tone.GOOD) : new Pill("No", Pill.Tone.BAD), new Span(millis(store, store.commitMillisP50())),
                new Span(millis(store, store.commitMillisP99())), new Span(Amounts.rough(store.commitsPerSecond()))};
    }

    /** While nothing is committed there is no delay. */
    static String millis(MemberStore store, double millis) {
        return store.commitsPerSecond() == 0 && millis == 0 ? "\u2013" : Amounts.millis(millis) + " ms";
    }
}
