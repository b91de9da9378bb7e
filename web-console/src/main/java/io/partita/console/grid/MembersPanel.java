package io.partita.console.grid;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Span;
import io.partita.console.grid.ClusterApi.Cluster;
import io.partita.console.grid.ClusterApi.Member;
import io.partita.console.ui.Amounts;
import io.partita.console.ui.Panel;
import io.partita.console.ui.Pill;
import io.partita.console.ui.Table;
import io.partita.console.ui.TableRows;
import io.partita.console.ui.Times;
import io.partita.console.ui.TwoLines;
import java.time.Duration;
import java.util.List;

/** The members, and what each of them uses. */
final class MembersPanel extends Div {

    private final Table table = new Table("Member", "Role", "State", "#Uptime", "#CPU", "#Load", "#Heap", "#Outside the heap", "#Garbage collections").withEmptyText("No member has told of itself yet.");
    private final TableRows<Member> rows = new TableRows<>(table, Member::id, MembersPanel::row);
    private final Panel panel = new Panel("Members", table).flush();

    MembersPanel() {
        add(panel);
    }

    void show(Cluster cluster) {
        rows.show(cluster.members());
        List<String> silent = cluster.silent();
        panel.withAside(silent.isEmpty() ? "" : "Silent: " + String.join(", ", silent));
    }

    private static Component[] row(Member member) {
        Span name = new Span(member.address());
        name.addClassName("strong");
        return new Component[] {new TwoLines(name, member.version()), new Span(member.oldest() ? "Oldest, keeps the view" : "Member"), state(member),
                new Span(Times.span(Duration.ofSeconds(member.uptimeSeconds()))),
                new TwoLines(member.cpu() < 0 ? "\u2013" : Amounts.percent(member.cpu(), 0), "of " + member.processors() + (member.processors() == 1 ? " core" : " cores")).atEnd(),
                new Span(member.load() < 0 ? "\u2013" : String.format(java.util.Locale.ROOT, "%.2f", member.load())),
                new Bar(Bytes.text(member.memory().heapUsed()) + " / " + Bytes.text(member.memory().heapMax()),
                        member.memory().heapMax() == 0 ? 0 : (double) member.memory().heapUsed() / member.memory().heapMax()),
                new TwoLines(Bytes.text(member.memory().nonHeap() + member.memory().direct()), Bytes.text(member.memory().direct()) + " in buffers").atEnd(),
                new TwoLines(Amounts.count(member.memory().collections()), Times.span(Duration.ofMillis(member.memory().collectionMillis())) + " in all").atEnd()};
    }

    private static Pill state(Member member) {
        return !member.inView() ? new Pill("Not in the view", Pill.Tone.BAD) : member.shardsServing() < member.shards() ? new Pill("Taking shards over", Pill.Tone.WAITING)
                : new Pill("Serving", Pill.Tone.GOOD);
    }
}
