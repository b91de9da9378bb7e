package io.partita.console.risk;

import com.vaadin.flow.component.html.Div;
import java.math.BigDecimal;
import java.util.Locale;

/** How much of a limit is used: a bar, with marks at the soft and at the hard level. What it says stands beside it as text. */
final class UseBar extends Div {

    /** The hard level stands before the end, so that more than that can be seen. */
    private static final double HARD_AT = 0.8;

    /** @param value null if there is no figure */
    UseBar(BigDecimal value, BigDecimal soft, BigDecimal hard, String state) {
        addClassNames("use-bar", state.toLowerCase(Locale.ROOT));
        getElement().setAttribute("aria-hidden", "true");
        if (hard.signum() == 0) {
            return;
        }
        Div fill = new Div();
        fill.addClassName("use-fill");
        fill.getStyle().setWidth(percent(value == null ? 0 : value.doubleValue() / hard.doubleValue() * HARD_AT));
        add(fill, mark("soft", soft.doubleValue() / hard.doubleValue() * HARD_AT), mark("hard", HARD_AT));
    }

    private static Div mark(String level, double at) {
        Div mark = new Div();
        mark.addClassNames("use-mark", level);
        mark.getStyle().set("left", percent(at));
        return mark;
    }

    private static String percent(double part) {
        return String.format(Locale.ROOT, "%.2f%%", Math.clamp(part, 0, 1) * 100);
    }
}
