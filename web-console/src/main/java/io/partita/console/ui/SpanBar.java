package io.partita.console.ui;

import com.vaadin.flow.component.html.Div;
import java.util.Locale;

/** A bar from one value to another on a scale that others share, with a line at zero; what it says stands beside it as text. */
public final class SpanBar extends Div {

    /**
     * @param low  of the scale; not above zero
     * @param high of the scale; not below zero
     * @param tone class of its colour
     */
    public SpanBar(double from, double to, double low, double high, String tone) {
        addClassName("span-bar");
        getElement().setAttribute("aria-hidden", "true");
        double range = high - low;
        if (!(range > 0)) {
            return;
        }
        Div zero = new Div();
        zero.addClassName("span-zero");
        zero.getStyle().set("left", percent((0 - low) / range));
        Div fill = new Div();
        fill.addClassNames("span-fill", tone);
        fill.getStyle().set("left", percent((Math.min(from, to) - low) / range)).set("width", percent(Math.abs(to - from) / range));
        add(zero, fill);
    }

    private static String percent(double part) {
        return String.format(Locale.ROOT, "%.2f%%", Math.clamp(part, 0, 1) * 100);
    }
}
