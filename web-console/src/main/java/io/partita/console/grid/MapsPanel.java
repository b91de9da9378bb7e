package io.partita.console.grid;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Span;
import io.partita.console.grid.ClusterApi.MapFigures;
import io.partita.console.ui.Amounts;
import io.partita.console.ui.Panel;
import io.partita.console.ui.Table;
import io.partita.console.ui.TableRows;
import java.util.Comparator;
import java.util.List;

/** The maps of the grid, domain by domain. */
final class MapsPanel extends Div {

    private final Table table = new Table("Map", "Domain", "#Entries", "#Copies", "#Heap", "#Hits").withEmptyText("No member has told of its maps yet.");
    private final TableRows<MapFigures> rows = new TableRows<>(table, MapFigures::name, MapsPanel::cells);
    private final Panel panel = new Panel("Maps", table).flush();

    MapsPanel() {
        add(panel);
    }

    void show(List<MapFigures> maps) {
        rows.show(maps.stream().sorted(Comparator.comparing(MapFigures::domain).thenComparing(MapFigures::name)).toList());
        panel.withAside(maps.size() + " maps, " + Amounts.rough(maps.stream().mapToLong(MapFigures::entries).sum()) + " entries. Objects and their hits are not counted.");
    }

    private static Component[] cells(MapFigures map) {
        Span name = new Span(map.name());
        name.addClassName("strong");
        name.setTitle(map.name());
        return new Component[] {name, new Span(map.domain()), new Span(Amounts.count(map.entries())), new Span(Amounts.count(map.backups())),
                new Span(map.cost() == null ? "\u2013" : Bytes.text(map.cost())), new Span(map.hits() == null ? "\u2013" : Amounts.count(map.hits()))};
    }
}
