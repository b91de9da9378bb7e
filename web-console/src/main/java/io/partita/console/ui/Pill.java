package io.partita.console.ui;

import com.vaadin.flow.component.html.Span;
import java.util.Locale;

/** A word about a state, in the colour of what it means. */
public final class Pill extends Span {

    /** What a state means for the reader. */
    public enum Tone {
        GOOD, CALM, WAITING, BAD;

        private String className() {
            return "pill-" + name().toLowerCase(Locale.ROOT);
        }
    }

    public Pill(String text, Tone tone) {
        super(text);
        addClassNames("pill", tone.className());
    }

    public void show(String text, Tone tone) {
        setText(text);
        for (Tone each : Tone.values()) {
            setClassName(each.className(), each == tone);
        }
    }
}
