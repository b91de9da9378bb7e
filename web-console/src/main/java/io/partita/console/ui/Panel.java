package io.partita.console.ui;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H2;
import com.vaadin.flow.component.html.Section;
import com.vaadin.flow.component.html.Span;
import java.util.stream.Stream;

/** A titled part of a page. */
public final class Panel extends Section {

    private final Div head = new Div();
    private final Span aside = new Span();

    public Panel(String title, Component... content) {
        addClassName("panel");
        H2 heading = new H2(title);
        aside.addClassName("panel-aside");
        head.addClassName("panel-head");
        head.add(heading, aside);
        add(head);
        add(content);
        if (!title.isEmpty()) {
            Stream.of(content).filter(Table.class::isInstance).map(Table.class::cast).forEach(table -> table.named(title));
        }
    }

    /** A remark at the right of the title. */
    public Panel withAside(String text) {
        aside.setText(text);
        return this;
    }

    /** Something to press at the right of the title. */
    public Panel withAction(Component action) {
        head.add(action);
        return this;
    }

    /** Leaves the title line out. */
    public Panel untitled() {
        remove(head);
        addClassName("untitled");
        return this;
    }

    /** Lets the content touch the edges, as a table does. */
    public Panel flush() {
        addClassName("flush");
        return this;
    }
}
