package io.partita.console.ui;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Span;
import io.partita.console.api.Callers;
import io.partita.console.api.Person;
import io.partita.security.Permission;

/** Parts of a page for those who may use them. The members refuse everybody else anyway; this spares people the try. */
public final class Permitted {

    private Permitted() {
    }

    /** Whether whoever looks at the page may do that. */
    public static boolean may(Permission... permissions) {
        return Callers.person().map(person -> person.may(permissions)).orElse(false);
    }

    /** Whether they see what is about the accounts of everybody. */
    public static boolean unbound() {
        return Callers.person().map(Person::unbound).orElse(false);
    }

    /** Something to press, which others do not see. */
    public static <C extends Component> C only(Permission permission, C component) {
        if (!may(permission)) {
            component.setVisible(false);
        }
        return component;
    }

    /** A form; others see what they would need to use it. */
    public static Component form(Permission permission, Component form) {
        if (may(permission)) {
            return form;
        }
        Span hint = new Span("For those who may " + permission.scope() + ". None of your roles has that.");
        hint.addClassName("hint");
        Div instead = new Div(hint);
        instead.addClassName("not-permitted");
        return instead;
    }
}
