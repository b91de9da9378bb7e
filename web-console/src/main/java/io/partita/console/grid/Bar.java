package io.partita.console.grid;

import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Span;

/** A figure, and below it how much of the whole it is. */
final class Bar extends Div {

    Bar(String text, double part) {
        Div fill = new Div();
        fill.getStyle().setWidth(Math.round(Math.clamp(part, 0, 1) * 100) + "%");
        Div track = new Div(fill);
        track.addClassName("bar-track");
        addClassName("bar-cell");
        add(new Span(text), track);
    }
}
