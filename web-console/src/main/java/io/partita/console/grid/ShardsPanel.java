package io.partita.console.grid;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Span;
import io.partita.console.grid.ClusterApi.Shard;
import io.partita.console.grid.ClusterApi.State;
import io.partita.console.ui.Amounts;
import io.partita.console.ui.Panel;
import io.partita.console.ui.Table;
import io.partita.console.ui.TableRows;
import io.partita.console.ui.Times;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/** The ledger's shards: a picture, and the same by owner as a table. */
final class ShardsPanel extends Div {

    /** What a row shows: the shards of an owner. */
    private record Row(String mark, String owner, long serving, long waiting, long fenced, long idle, int lowest, int highest, Instant movedAt) {
    }

    private final ShardPicture picture = new ShardPicture();
    private final Table table = new Table("Owner", "#Serving", "#Wait for updates", "#Fenced", "#Not served", "#Epochs", "#Last commit seen").withEmptyText("No member has told of its shards yet.");
    private final TableRows<Row> rows = new TableRows<>(table, Row::owner, ShardsPanel::cells);
    private final Panel panel = new Panel("Shards of the ledger", picture, table).flush();

    ShardsPanel() {
        table.addClassName("shard-table");
        add(panel);
    }

    void show(List<Shard> shards) {
        Map<String, List<Shard>> byOwner = new TreeMap<>();
        shards.forEach(shard -> byOwner.computeIfAbsent(shard.owner() == null ? "" : shard.owner(), _ -> new ArrayList<>()).add(shard));
        Map<String, Integer> places = new LinkedHashMap<>();
        byOwner.keySet().stream().filter(owner -> !owner.isEmpty()).forEach(owner -> places.put(owner, places.size()));
        picture.show(shards, places);
        List<Row> shown = new ArrayList<>();
        byOwner.forEach((owner, own) -> shown.add(row(places, owner, own)));
        rows.show(shown);
        panel.withAside(Amounts.count(count(shards, State.SERVING)) + " of " + shards.size() + " serve");
    }

    private static Row row(Map<String, Integer> places, String owner, List<Shard> own) {
        return new Row(owner.isEmpty() ? "?" : ShardPicture.letter(places.get(owner)), owner, count(own, State.SERVING), count(own, State.GAP), count(own, State.FENCED),
                count(own, State.IDLE) + count(own, State.UNKNOWN), own.stream().mapToInt(Shard::epoch).min().orElse(0), own.stream().mapToInt(Shard::epoch).max().orElse(0),
                own.stream().map(Shard::movedAt).filter(Objects::nonNull).max(Comparator.naturalOrder()).orElse(null));
    }

    private static long count(List<Shard> shards, State state) {
        return shards.stream().filter(shard -> shard.state() == state).count();
    }

    private static Component[] cells(Row row) {
        Span name = new Span(row.mark() + "  " + (row.owner().isEmpty() ? "Nobody told" : row.owner()));
        name.addClassName("strong");
        return new Component[] {name, figure(row.serving(), false), figure(row.waiting(), true), figure(row.fenced(), true), figure(row.idle(), true),
                new Span(row.lowest() == row.highest() ? Amounts.count(row.lowest()) : Amounts.count(row.lowest()) + " to " + Amounts.count(row.highest())),
                new Span(row.movedAt() == null ? "\u2013" : Times.clock(row.movedAt()))};
    }

    private static Span figure(long number, boolean bad) {
        Span text = new Span(Amounts.count(number));
        text.setClassName("bad", bad && number > 0);
        return text;
    }
}
