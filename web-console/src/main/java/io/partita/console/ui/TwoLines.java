package io.partita.console.ui;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.HtmlComponent;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Span;

/** What a cell says, and a smaller line below it. */
public final class TwoLines extends Div {

    public TwoLines(Component text, String below) {
        HtmlComponent small = new HtmlComponent("small");
        small.getElement().setText(below);
        add(text, small);
        addClassName("two-lines");
    }

    public TwoLines(String text, String below) {
        this(new Span(text), below);
    }

    /** Aligned as figures are. */
    public TwoLines atEnd() {
        addClassName("end");
        return this;
    }
}
