package io.partita.console.ui;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.html.DescriptionList;
import com.vaadin.flow.component.html.DescriptionList.Description;
import com.vaadin.flow.component.html.DescriptionList.Term;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Span;

/** Names and values, as a description list that folds to one column where there is no room. */
public final class Facts extends DescriptionList {

    public Facts() {
        addClassName("facts");
    }

    public Facts with(String name, Component value) {
        // A div around each pair is what HTML allows for styling a description list.
        Div pair = new Div(new Term(name), new Description(value));
        pair.addClassName("fact");
        getElement().appendChild(pair.getElement());
        return this;
    }

    /** Leaves the fact out if there is nothing to say. */
    public Facts with(String name, String value) {
        return value == null || value.isBlank() ? this : with(name, new Span(value));
    }

    public Facts withCode(String name, String value) {
        return value == null || value.isBlank() ? this : with(name, new CopyableCode(value, "Copy: " + name));
    }
}
