package io.partita.console.ui;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.page.WindowSize;
import com.vaadin.flow.signals.Signal;
import java.util.function.Consumer;

/** What fits on the reader's screen, for what style sheets cannot decide: which columns a grid has. */
public final class Screen {

    /** Narrower than this, a page has one column. The style sheet says the same. */
    private static final int NARROW = 720;

    private Screen() {
    }

    /** Calls back with true for a narrow window, now and whenever that changes, while the component is attached. */
    public static void onWidth(Component component, Consumer<Boolean> narrow) {
        component.addAttachListener(event -> {
            UI ui = event.getUI();
            Signal<WindowSize> size = ui.getPage().windowSizeSignal();
            Boolean[] last = {null};
            Signal.effect(component, () -> {
                int width = size.get().width();
                boolean now = width > 0 && width < NARROW;
                if (last[0] == null || last[0] != now) {
                    last[0] = now;
                    narrow.accept(now);
                }
            });
        });
    }
}
