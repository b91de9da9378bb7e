package io.partita.console.ui;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.html.Code;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.icon.VaadinIcon;

/** A hash, an id or a command line, with a button that copies it. */
public final class CopyableCode extends Span {

    public CopyableCode(String text) {
        this(text, "Copy");
    }

    /** @param action what the button does, for those who cannot see what it stands beside */
    public CopyableCode(String text, String action) {
        addClassName("copyable");
        Code code = new Code(text);
        Button copy = new Button(VaadinIcon.COPY_O.create());
        copy.addThemeVariants(ButtonVariant.LUMO_TERTIARY_INLINE, ButtonVariant.LUMO_ICON);
        copy.setAriaLabel(action);
        copy.setTooltipText("Copy");
        copy.addClickListener(_ -> copy.getElement().executeJs("""
                const done = () => { this.classList.add('copied'); setTimeout(() => this.classList.remove('copied'), 1200); };
                // Browsers give the clipboard to pages over HTTPS or from this machine only; elsewhere the text is marked, to be copied by hand.
                if (navigator.clipboard) { navigator.clipboard.writeText($0).then(done); }
                else { getSelection().selectAllChildren($1); }
                """, text, code.getElement()));
        add(code, copy);
    }
}
