package io.partita.console.overview;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Span;
import io.partita.console.api.GridStatus;
import io.partita.console.ui.Amounts;
import io.partita.console.ui.Panel;
import io.partita.console.ui.Pill;
import io.partita.console.ui.Table;
import io.partita.console.ui.Times;
import java.time.Duration;

/** The members of the cluster and what each of them holds. */
final class MembersTable extends Div {

    private final Table table = new Table("Member", "State", "#Partitions", "#Shards", "#Heap", "#Uptime");
    private final Panel panel = new Panel("Members and partitions", table).flush();

    MembersTable() {
        add(panel);
    }

    void show(GridStatus status) {
        GridStatus.Partitions partitions = status.partitions();
        panel.withAside(Amounts.count(partitions.count()) + " partitions"
                + (partitions.migrating() > 0 ? ", " + partitions.migrating() + " moving" : ""));
        table.show(status.members().stream().map(member -> row(status, member)).toList());
    }

    private static Component[] row(GridStatus status, GridStatus.Member member) {
        Div name = new Div(new Span(member.address()));
        name.addClassName("strong");
        return new Component[] {
                name,
                state(status, member),
                share(member.ownedPartitions(), status.partitions().count()),
                share(member.ownedShards(), status.shards().total()),
                heap(member),
                new Span(Times.span(Duration.ofSeconds(member.uptimeSeconds())))};
    }

    private static Pill state(GridStatus status, GridStatus.Member member) {
        if (status.view() == null || !status.view().serving()) {
            return new Pill("Not serving", Pill.Tone.BAD);
        }
        boolean inView = status.view().members().stream()
                .anyMatch(known -> known.equals(member.id()) || known.equals(member.address()));
        return inView ? new Pill("Serving", Pill.Tone.GOOD) : new Pill("Joining", Pill.Tone.WAITING);
    }

    private static Component share(int owned, int total) {
        return bar(Amounts.count(owned), total == 0 ? 0 : (double) owned / total);
    }

    private static Component heap(GridStatus.Member member) {
        long mebibyte = 1024 * 1024;
        return bar(Amounts.count(member.heapUsed() / mebibyte) + " / " + Amounts.count(member.heapMax() / mebibyte) + " MiB",
                member.heapMax() == 0 ? 0 : (double) member.heapUsed() / member.heapMax());
    }

    private static Component bar(String text, double part) {
        Div fill = new Div();
        fill.getStyle().setWidth(Math.round(part * 100) + "%");
        Div track = new Div(fill);
        track.addClassName("bar-track");
        Div cell = new Div(new Span(text), track);
        cell.addClassName("bar-cell");
        return cell;
    }
}
