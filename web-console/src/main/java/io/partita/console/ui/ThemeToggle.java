package io.partita.console.ui;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.icon.VaadinIcon;

/** Switches between light and dark, in the browser alone; the choice is kept there. */
public final class ThemeToggle extends Button {

    public ThemeToggle() {
        super(VaadinIcon.ADJUST.create());
        addThemeVariants(ButtonVariant.LUMO_TERTIARY, ButtonVariant.LUMO_ICON);
        addClassName("theme-toggle");
        setAriaLabel("Switch between light and dark");
        setTooltipText("Light or dark");
        getElement().executeJs("this.addEventListener('click', () => window.partitaTheme.toggle())");
    }
}
