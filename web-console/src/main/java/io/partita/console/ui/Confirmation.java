package io.partita.console.ui;

import com.vaadin.flow.component.confirmdialog.ConfirmDialog;

/** A question before something that counts. */
public final class Confirmation {

    private Confirmation() {
    }

    /**
     * Asks, and acts when the answer is yes.
     *
     * @param verb   what the button says that does it
     * @param danger whether it takes something away
     */
    public static void ask(String question, String consequence, String verb, boolean danger, Runnable action) {
        ConfirmDialog dialog = new ConfirmDialog();
        dialog.setHeader(question);
        dialog.setText(consequence);
        dialog.setCancelable(true);
        dialog.setConfirmText(verb);
        dialog.setConfirmButtonTheme(danger ? "error primary" : "primary");
        dialog.addConfirmListener(_ -> action.run());
        dialog.open();
    }
}
