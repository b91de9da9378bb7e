package io.partita.member.intake;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;

/**
 * What to import, and how.
 *
 * @param file     the data
 * @param mapping  how to read it; null to find out from its header
 * @param name     the import's name, from which the transfer ids follow; null for the SHA-256 of the file
 * @param refused  where refused rows go
 * @param progress where the place reached is kept
 * @param restart  whether to forget the place reached and send every row again
 * @param rows     rows of one batch, 1 to {@value #MAX_ROWS}
 * @param inFlight batches under way at once, at least 1
 * @param patience how long to repeat what the ledger cannot take now
 */
public record ImportSettings(Path file, Mapping mapping, String name, Path refused, Path progress, boolean restart,
                             int rows, int inFlight, Duration patience) {

    /** So that the accounts of one batch of rows fit one call. */
    public static final int MAX_ROWS = 4_000;

    public ImportSettings {
        Objects.requireNonNull(file, "file");
        Objects.requireNonNull(refused, "refused");
        Objects.requireNonNull(progress, "progress");
        Objects.requireNonNull(patience, "patience");
        if (rows < 1 || rows > MAX_ROWS) {
            throw new IllegalArgumentException("A batch has 1 to " + MAX_ROWS + " rows, not " + rows);
        }
        if (inFlight < 1) {
            throw new IllegalArgumentException("At least one batch is in flight, not " + inFlight);
        }
    }

    /** The usual settings: files beside the data, 2,000 rows in a batch, 4 batches in flight, patience of 10 minutes. */
    public static ImportSettings of(Path file) {
        return new ImportSettings(file, null, null, beside(file, ".refused.csv"), beside(file, ".progress"), false,
                2_000, 4, Duration.ofMinutes(10));
    }

    private static Path beside(Path file, String suffix) {
        return file.resolveSibling(file.getFileName() + suffix);
    }

    public ImportSettings withMapping(Mapping newMapping) {
        return new ImportSettings(file, newMapping, name, refused, progress, restart, rows, inFlight, patience);
    }

    public ImportSettings withName(String newName) {
        return new ImportSettings(file, mapping, newName, refused, progress, restart, rows, inFlight, patience);
    }

    public ImportSettings withRefused(Path newRefused) {
        return new ImportSettings(file, mapping, name, newRefused, progress, restart, rows, inFlight, patience);
    }

    public ImportSettings withProgress(Path newProgress) {
        return new ImportSettings(file, mapping, name, refused, newProgress, restart, rows, inFlight, patience);
    }

    public ImportSettings withRestart(boolean newRestart) {
        return new ImportSettings(file, mapping, name, refused, progress, newRestart, rows, inFlight, patience);
    }

    public ImportSettings withBatches(int newRows, int newInFlight) {
        return new ImportSettings(file, mapping, name, refused, progress, restart, newRows, newInFlight, patience);
    }

    public ImportSettings withPatience(Duration newPatience) {
        return new ImportSettings(file, mapping, name, refused, progress, restart, rows, inFlight, newPatience);
    }
}
