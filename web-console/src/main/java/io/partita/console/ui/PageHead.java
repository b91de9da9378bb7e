package io.partita.console.ui;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H1;
import com.vaadin.flow.component.html.Header;
import com.vaadin.flow.component.html.Paragraph;

/** Title of a page, a line below it, and its main actions. */
public final class PageHead extends Header {

    private final Div actions = new Div();

    public PageHead(String title, String subtitle) {
        this(title, new Paragraph(subtitle));
    }

    public PageHead(String title, Component below) {
        addClassName("page-head");
        below.addClassName("page-sub");
        Div text = new Div(new H1(title), below);
        text.addClassName("page-title");
        actions.addClassName("page-actions");
        add(text, actions);
    }

    public PageHead with(Component... more) {
        actions.add(more);
        return this;
    }
}
