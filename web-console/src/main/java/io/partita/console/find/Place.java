package io.partita.console.find;

import com.vaadin.flow.component.sidenav.SideNav;
import com.vaadin.flow.component.sidenav.SideNavItem;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * A page that the reader may open.
 *
 * @param group of the navigation
 * @param path  its address
 */
record Place(String name, String group, String path) {

    /** The letters after {@code g}, by the address they lead to. */
    private static final Map<String, String> LETTERS = Map.ofEntries(Map.entry("", "o"), Map.entry("accounts", "a"), Map.entry("transfers", "j"), Map.entry("transfers/new", "t"),
            Map.entry("markets", "m"), Map.entry("portfolios", "p"), Map.entry("risk", "r"), Map.entry("limits", "l"), Map.entry("watchlist", "w"), Map.entry("alerts", "e"),
            Map.entry("jobs", "b"), Map.entry("approvals", "v"), Map.entry("users", "u"), Map.entry("audit", "d"));

    /** What the navigation offers to the reader is what they may open. */
    static List<Place> of(Stream<SideNav> navigation) {
        return navigation.flatMap(nav -> nav.getItems().stream().map(item -> new Place(item.getLabel(), nav.getLabel(), path(item)))).toList();
    }

    private static String path(SideNavItem item) {
        return item.getPath() == null ? "" : item.getPath();
    }

    /** Empty if there is none. */
    String letter() {
        return LETTERS.getOrDefault(path, "");
    }

    Hit hit() {
        return new Hit(name, group + (letter().isEmpty() ? "" : " \u00B7 g " + letter()), path);
    }
}
