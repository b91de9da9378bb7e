package io.partita.console.ui;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.icon.VaadinIcon;
import io.partita.console.api.Problem;

/** What stands in the place of content that is not there: on its way, refused, or out of reach. All pages say it in the same way. */
public final class Absent {

    private Absent() {
    }

    /** It takes a moment. @param what goes on, as in "Measuring" */
    public static Panel working(String what) {
        Span text = new Span(what + "\u2026");
        text.addClassName("working");
        text.getElement().setAttribute("role", "status");
        return new Panel("", text).untitled();
    }

    /** No member answered; it is asked for again when one does. */
    public static Component unreachable(String why) {
        return new Panel("", new EmptyState(VaadinIcon.CONNECT_O, "Waiting for the grid", why)).untitled();
    }

    /** A member refused. */
    public static RefusalBox refused(Problem problem) {
        RefusalBox box = new RefusalBox();
        box.show(problem);
        return box;
    }
}
