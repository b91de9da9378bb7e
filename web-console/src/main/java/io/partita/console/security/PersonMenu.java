package io.partita.console.security;

import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.contextmenu.MenuItem;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.icon.VaadinIcon;
import com.vaadin.flow.component.menubar.MenuBar;
import com.vaadin.flow.component.menubar.MenuBarVariant;
import io.partita.console.api.Person;
import io.partita.console.ui.ComponentsView;

/** Who is signed in, with the way to their profile and the way out. */
public final class PersonMenu extends MenuBar {

    /** @param tour shows around */
    public PersonMenu(Person person, People people, Runnable tour) {
        addThemeVariants(MenuBarVariant.LUMO_TERTIARY, MenuBarVariant.LUMO_SMALL);
        addClassName("person-menu");
        Div name = new Div(VaadinIcon.USER.create(), new Span(person.name()));
        name.addClassName("inline");
        MenuItem item = addItem(name);
        item.setAriaLabel("Signed in as " + person.name());
        item.getSubMenu().addItem("Profile", _ -> UI.getCurrent().navigate(ProfileView.class));
        item.getSubMenu().addItem("Take the tour", _ -> tour.run());
        item.getSubMenu().addItem("Components", _ -> UI.getCurrent().navigate(ComponentsView.class));
        // Ending it is what brings every window of the session to the page to sign in.
        item.getSubMenu().addItem("Sign out", _ -> people.signOut(person));
    }
}
