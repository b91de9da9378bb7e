package io.partita.console.ui;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Span;
import io.partita.console.api.Problem;

/** Why something was not done: the code, what it means, and what more there is to say. Hidden until there is something. */
public final class RefusalBox extends Div {

    public RefusalBox() {
        addClassName("refusal");
        getElement().setAttribute("role", "alert");
        setVisible(false);
    }

    public void show(String code, String meaning) {
        removeClassName("waits");
        Span name = new Span(code);
        name.addClassName("refusal-code");
        removeAll();
        add(name, new Span(meaning));
        setVisible(true);
    }

    /** What a member refused, and why. */
    public void show(Problem problem) {
        show(problem.code(), problem.meaning());
        setClassName("waits", problem.waits());
        if (problem.waits()) {
            detail(new Anchor("approvals?id=" + problem.detail(), "See the request"));
        } else {
            detail(problem.detail());
        }
    }

    /** That it is not known whether something was done. @param where that shows, or what to do; may be null */
    public void showNoAnswer(String where) {
        show("NO_ANSWER", "No member answered.");
        detail(where);
    }

    /** A further line; left out if there is nothing in it. */
    public void detail(String text) {
        if (text != null && !text.isBlank()) {
            Span line = new Span(text);
            line.addClassName("refusal-detail");
            add(line);
        }
    }

    /** Something to follow up. */
    public void detail(Component link) {
        add(link);
    }

    public void hide() {
        setVisible(false);
    }
}
