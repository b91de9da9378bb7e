package io.partita.console;

import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.HasErrorParameter;
import com.vaadin.flow.server.ServiceInitEvent;
import com.vaadin.flow.server.VaadinServiceInitListener;
import io.partita.console.api.Callers;
import io.partita.console.api.Person;
import io.partita.console.overview.OverviewView;
import io.partita.console.security.People;
import io.partita.console.security.ProfileView;
import io.partita.console.security.SignInView;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** Stands before every page: who is not signed in is asked to, who has something to do first does that, and who may not open a page is told so. */
@Component
class Gate implements VaadinServiceInitListener {

    private final People people;

    Gate(People people) {
        this.people = people;
    }

    @Override
    public void serviceInit(ServiceInitEvent event) {
        event.getSource().addUIInitListener(begun -> begun.getUI().addBeforeEnterListener(Gate::enter));
        event.getSource().addSessionDestroyListener(gone -> people.left(gone.getSession()));
    }

    private static void enter(BeforeEnterEvent event) {
        Class<?> page = event.getNavigationTarget();
        if (page == SignInView.class) {
            return;
        }
        Optional<Person> known = Callers.person().filter(person -> person.over().isEmpty());
        if (known.isEmpty()) {
            SignInView.comeBack(event.getUI(), event.getLocation());
            event.forwardTo(SignInView.class);
            return;
        }
        Person person = known.get();
        if (person.mustChangePassword() || person.mustEnrolSecondFactor()) {
            if (page != ProfileView.class) {
                event.forwardTo(ProfileView.class);
            }
        } else if (page == OverviewView.class && !Routes.allowed(page, person.principal())) {
            event.forwardTo(Routes.first(person.principal()));
        } else if (!HasErrorParameter.class.isAssignableFrom(page) && !Routes.allowed(page, person.principal())) {
            event.rerouteToError(new Denied(), "");
        }
    }

    /** Somebody may not open a page. */
    static final class Denied extends RuntimeException {
    }
}
