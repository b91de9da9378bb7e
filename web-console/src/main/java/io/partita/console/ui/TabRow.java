package io.partita.console.ui;

import com.vaadin.flow.component.tabs.Tab;
import com.vaadin.flow.component.tabs.Tabs;

/** A few parts of one list, of which one is shown. */
public final class TabRow extends Tabs {

    public TabRow(Tab... tabs) {
        super(tabs);
        // A list of tabs may hold nothing else that can have the focus, and its own scroller could.
        addAttachListener(_ -> getElement().executeJs("(this.updateComplete ?? Promise.resolve()).then(() => this.shadowRoot.getElementById('scroll')?.removeAttribute('tabindex'))"));
    }
}
