package io.partita.console.ui;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.dialog.Dialog;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Paragraph;

/** Something secret that is shown once, and that nobody can look up afterwards. */
public final class Secrets {

    private Secrets() {
    }

    /** @param what it is and what it is for */
    public static void show(String title, String what, String secret) {
        Dialog dialog = new Dialog(title);
        dialog.setCloseOnEsc(false);
        dialog.setCloseOnOutsideClick(false);
        Div content = new Div(new Paragraph(what), new CopyableCode(secret, "Copy: " + title), new Paragraph("It is shown this once. Nobody can look it up again."));
        content.addClassNames("secret", "form");
        dialog.add(content);
        Button done = new Button("I have it", _ -> dialog.close());
        done.addThemeVariants(ButtonVariant.LUMO_PRIMARY);
        dialog.getFooter().add(done);
        dialog.open();
    }
}
