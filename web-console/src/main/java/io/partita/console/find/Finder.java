package io.partita.console.find;

import com.vaadin.flow.component.AttachEvent;
import com.vaadin.flow.component.ClientCallable;
import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.DetachEvent;
import com.vaadin.flow.component.Tag;
import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.dependency.JavaScript;
import com.vaadin.flow.component.sidenav.SideNav;
import com.vaadin.flow.router.Location;
import io.partita.console.api.Person;
import io.partita.console.find.Search.Known;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * One field for everything: type a name, an id, a page or an action, and press Enter. The browser's part, {@code partita/finder.js}, has the dialog and the keys; what fits is decided here,
 * where it is known what the reader may see. A search ends when another one begins.
 */
@Tag("partita-finder")
@JavaScript("context://partita/finder.js")
public final class Finder extends Component {

    private static final String WORKING = "Looking\u2026";

    private final Search search;
    private final Person reader;
    private final List<Place> places;
    private final List<Action> actions = new ArrayList<>();
    private Thread searching;

    /** Some things of a kind, as the browser shows them. */
    record Group(String name, List<Hit> hits) {
    }

    /** A letter that leads to a page after {@code g}. */
    record Letter(String letter, String name, String to) {
    }

    Finder(Kinds kinds, Person reader, Stream<SideNav> navigation) {
        this.search = new Search(kinds.all(), Search.PATIENCE);
        this.reader = reader;
        this.places = Place.of(navigation);
    }

    /** Something that can be done by its name. */
    public Finder with(Action action) {
        actions.add(action);
        return this;
    }

    /** Shows which keys there are. */
    public void shortcuts() {
        call("shortcuts");
    }

    @Override
    protected void onAttach(AttachEvent event) {
        call("setUp", places.stream().filter(place -> !place.letter().isEmpty()).map(place -> new Letter(place.letter(), place.name(), place.path())).toList());
    }

    @Override
    protected void onDetach(DetachEvent event) {
        stop();
    }

    private void call(String method, Object... arguments) {
        // The script may still be loading.
        String passed = arguments.length == 0 ? "" : "$0";
        getElement().executeJs("customElements.whenDefined('partita-finder').then(() => this." + method + "(" + passed + "))", arguments);
    }

    private void stop() {
        if (searching != null) {
            searching.interrupt();
            searching = null;
        }
    }

    /** Somebody has typed. @param turn by which the browser knows what is late */
    @ClientCallable
    void find(int turn, String typed) {
        stop();
        Wanted wanted = Wanted.of(typed);
        List<Group> own = own(wanted);
        if (!wanted.worthAsking()) {
            show(turn, own, "", false);
            return;
        }
        show(turn, own, WORKING, true);
        UI ui = UI.getCurrent();
        // The page may be gone by the time that something is found.
        searching = Thread.startVirtualThread(() -> search.ask(wanted, reader, known -> ui.accessLater(() -> show(turn, wanted, own, known), () -> { }).run()));
    }

    /** Pages and actions: all of them while nothing was typed. */
    private List<Group> own(Wanted wanted) {
        List<Hit> doing = wanted.text().isEmpty() ? actions.stream().map(Action::hit).toList()
                : Match.best(actions, wanted.text(), action -> Stream.concat(Stream.of(action.title()), action.also().stream()).toList()).map(Action::hit).toList();
        List<Hit> going = wanted.text().isEmpty() ? places.stream().map(Place::hit).toList()
                : Match.best(places, wanted.text(), place -> List.of(place.name(), place.group())).map(Place::hit).toList();
        return Stream.of(new Group("Pages", going), new Group("Actions", doing)).filter(group -> !group.hits().isEmpty()).toList();
    }

    private void show(int turn, Wanted wanted, List<Group> own, Known known) {
        List<Group> all = new ArrayList<>(own);
        known.kinds().forEach((name, hits) -> all.add(new Group(name, hits)));
        show(turn, all, known.done() ? remark(wanted, known, all.isEmpty()) : WORKING, !known.done());
    }

    private static String remark(Wanted wanted, Known known, boolean nothing) {
        if (!known.late().isEmpty()) {
            return "No answer in time about: " + String.join(", ", known.late()).toLowerCase(Locale.ROOT) + ".";
        }
        return nothing ? wanted.nothing() : "";
    }

    private void show(int turn, List<Group> groups, String remark, boolean busy) {
        getElement().callJsFunction("show", turn, groups, remark, busy);
    }

    /** Somebody has chosen. @param to where a {@link Hit} leads */
    @ClientCallable
    void choose(String to) {
        stop();
        if (to.startsWith(Action.PREFIX)) {
            actions.stream().filter(action -> action.hit().to().equals(to)).findFirst().ifPresent(action -> action.run().run());
        } else {
            // The gate stands before every page.
            Location place = new Location(to);
            UI.getCurrent().navigate(place.getPath(), place.getQueryParameters());
        }
    }
}
