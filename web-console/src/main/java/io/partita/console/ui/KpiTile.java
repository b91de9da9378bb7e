package io.partita.console.ui;

import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Span;

/** One figure that matters, with its unit and a line that puts it into context. */
public final class KpiTile extends Div {

    private final Span value = new Span("\u2013");
    private final Span hint = new Span();

    public KpiTile(String label, String unit) {
        addClassName("kpi");
        Span title = new Span(label);
        title.addClassName("kpi-label");
        value.addClassName("kpi-value");
        Span unitText = new Span(unit);
        unitText.addClassName("kpi-unit");
        Div figure = new Div(value, unitText);
        figure.addClassName("kpi-figure");
        hint.addClassName("kpi-hint");
        add(title, figure, hint);
    }

    public void show(String newValue, String newHint) {
        value.setText(newValue);
        hint.setText(newHint);
        removeClassName("kpi-stale");
    }

    /** Keeps the last figure, visibly out of date. */
    public void fade() {
        addClassName("kpi-stale");
    }
}
