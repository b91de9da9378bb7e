package io.partita.console.tour;

import com.vaadin.flow.component.AttachEvent;
import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.DetachEvent;
import com.vaadin.flow.component.Tag;
import com.vaadin.flow.component.dependency.JavaScript;
import com.vaadin.flow.shared.Registration;
import io.partita.console.api.Person;
import java.util.List;

/**
 * A few steps that point at what is on every page. It begins by itself when somebody sees a page for the first time in a browser, which remembers that, and whenever they ask for it
 * ({@code partita/tour.js}).
 */
@Tag("partita-tour")
@JavaScript("context://partita/tour.js")
public final class Tour extends Component {

    private static final List<Step> STEPS = List.of(
            new Step(List.of("vaadin-side-nav", "vaadin-drawer-toggle"), "Where everything is", "The pages that you may open, by what they are about. What your roles do not allow is not here."),
            new Step(List.of(".find-button"), "Find anything", "Names and ids of accounts, transfers, orders, trades, instruments, portfolios, alerts and jobs. The key / opens it, too."),
            new Step(List.of(".find-button"), "Do anything", "The same field goes to pages and does things: Ctrl K from wherever you are, a few letters, Enter. The key ? lists all keys."),
            new Step(List.of(".bell > vaadin-button"), "What needs you", "Approvals that wait for you, limits that are crossed, alerts, jobs that fail, members that are gone: told here as it happens."),
            new Step(List.of(".theme-toggle"), "Light or dark", "As your system has it, until you choose."),
            new Step(List.of(".person-menu"), "You", "Password, second factor and sessions are in your profile. This tour can be taken again from here."));

    private final Person person;
    private Registration arriving = () -> { };

    /** @param at selectors of what is pointed at; the first one that is to be seen */
    record Step(List<String> at, String title, String text) {
    }

    public Tour(Person person) {
        this.person = person;
    }

    /** Begins, whether or not it was seen. */
    public void start() {
        getElement().executeJs("customElements.whenDefined('partita-tour').then(() => this.start($0, $1))", STEPS, person.name());
    }

    @Override
    protected void onAttach(AttachEvent event) {
        offer();
        // Whoever has to choose a password has something else to do first.
        arriving = event.getUI().addAfterNavigationListener(_ -> offer());
    }

    @Override
    protected void onDetach(DetachEvent event) {
        arriving.remove();
    }

    private void offer() {
        if (!person.mustChangePassword() && !person.mustEnrolSecondFactor()) {
            arriving.remove();
            arriving = () -> { };
            getElement().executeJs("customElements.whenDefined('partita-tour').then(() => this.offer($0, $1))", STEPS, person.name());
        }
    }
}
