package io.partita.console.ui;

/** A page that can ask for its content again, as when the grid has come back. */
public interface Refreshable {

    /** Called with the session locked. */
    void refresh();
}
