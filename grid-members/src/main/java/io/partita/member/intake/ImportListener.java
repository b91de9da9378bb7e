package io.partita.member.intake;

/** Hears how an import goes; called by the importing thread, which it must not hold up. */
public interface ImportListener {

    /** Hears nothing. */
    ImportListener SILENT = new ImportListener() {
        @Override
        public void progress(String phase, long bytes, long total, ImportReport report) {
            // Nothing to show.
        }

        @Override
        public void note(String message) {
            // Nothing to show.
        }
    };

    /**
     * Some of the work was done, or some time has passed.
     *
     * @param phase  what is being done, such as "Importing"
     * @param bytes  how much of the file was read
     * @param total  the file's size
     * @param report what became of the rows, or null before the first
     */
    void progress(String phase, long bytes, long total, ImportReport report);

    /** Something that the user should know. */
    void note(String message);
}
