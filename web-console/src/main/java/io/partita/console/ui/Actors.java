package io.partita.console.ui;

import com.vaadin.flow.component.textfield.TextField;
import io.partita.console.api.Callers;
import io.partita.console.api.Person;

/** Who does something: a name that is kept with it. It is that of whoever has signed in, for everybody to see, and not to be changed. */
public final class Actors {

    private Actors() {
    }

    public static TextField field() {
        TextField field = new TextField("Your name");
        field.setValue(Callers.person().map(Person::name).orElse(""));
        field.setReadOnly(true);
        return field;
    }
}
