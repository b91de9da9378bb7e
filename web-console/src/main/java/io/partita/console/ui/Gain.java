package io.partita.console.ui;

import com.vaadin.flow.component.html.Span;
import java.math.BigDecimal;

/** What was gained or lost, with its sign, in the colour of that; a dash where it is not known. */
public final class Gain extends Span {

    /** @param amount in major units, or null */
    public Gain(BigDecimal amount) {
        super(amount == null ? "\u2013" : Amounts.signed(amount));
        addClassName(tone(amount));
    }

    /** The class of the colour. */
    public static String tone(BigDecimal amount) {
        return amount == null || amount.signum() == 0 ? "plain" : amount.signum() > 0 ? "good" : "bad";
    }
}
