package io.partita.console.find;

import com.vaadin.flow.component.sidenav.SideNav;
import io.partita.console.api.Person;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;

/** Makes the field for everything, for whoever has signed in. Thread-safe. */
@Component
public class Finders {

    private final Kinds kinds;

    Finders(Kinds kinds) {
        this.kinds = kinds;
    }

    /** @param navigation what they may open */
    public Finder of(Person reader, Stream<SideNav> navigation) {
        return new Finder(kinds, reader, navigation);
    }
}
