package io.partita.console.ui;

import com.vaadin.flow.component.textfield.TextField;
import com.vaadin.flow.server.VaadinSession;

/** Who does something: a name that is kept with it, and remembered for the next time. */
public final class Actors {

    private static final String ACTOR = "partita.actor";
    private static final int LONGEST = 200;

    private Actors() {
    }

    /** A field that begins with what was said last. */
    public static TextField field() {
        TextField field = new TextField("Your name");
        field.setMaxLength(LONGEST);
        field.setValue(VaadinSession.getCurrent().getAttribute(ACTOR) instanceof String known ? known : "");
        field.addValueChangeListener(_ -> field.setInvalid(false));
        return field;
    }

    /** Says at the field that a name is missing. Returns whether there is one. */
    public static boolean check(TextField field) {
        return Fields.check(field, field.getValue().isBlank() ? "It is kept with what you do." : "");
    }

    /** The name, remembered. */
    public static String said(TextField field) {
        String name = field.getValue().strip();
        VaadinSession.getCurrent().setAttribute(ACTOR, name);
        return name;
    }
}
