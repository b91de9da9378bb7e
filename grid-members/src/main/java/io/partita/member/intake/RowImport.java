package io.partita.member.intake;

import io.partita.member.positions.PositionClient;
import io.partita.member.positions.RowJson.RefusedRow;
import io.partita.member.positions.RowJson.Taken;
import io.partita.member.rest.MemberCalls.Answer;
import io.partita.member.rest.MemberCalls.Done;
import io.partita.member.rest.MemberCalls.Refused;
import io.partita.positions.PositionRefusal;
import io.partita.security.SecurityRefusal;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * Streams a file of prices or positions to a member, batch by batch, in memory that does not depend on the file's size. After each batch the
 * refused rows are written and then the place reached; a run that breaks off anywhere is continued by the next one. What is sent twice counts once:
 * rows are known by the import's name and their line.
 */
public final class RowImport {

    private static final long PAUSE_MILLIS = 500;
    private static final String WITH_A_KEY = " Name the file of a key with --key-file; a member writes one as operator.key into its data folder.";

    private final PositionClient member;
    private final ImportSettings settings;
    private final RowFile kind;
    private final ImportListener listener;
    private CsvRows rows;
    private RowColumns columns;
    private ImportProgress progress;
    private RefusedRows refused;
    private long bytes;
    private long corrected;

    /** @param settings of which the mapping and the batches in flight do not count */
    public RowImport(PositionClient member, ImportSettings settings, RowFile kind, ImportListener listener) {
        this.member = member;
        this.settings = settings;
        this.kind = kind;
        this.listener = listener;
    }

    /**
     * Imports what is left to import.
     *
     * @throws ImportStopped if it cannot go on; what was confirmed is kept, and another run continues
     * @throws IOException   if a file cannot be read or written
     */
    public ImportReport run() throws IOException {
        try (RefusedRows refusedRows = new RefusedRows(settings.refused())) {
            refused = refusedRows;
            bytes = Files.size(settings.file());
            String fingerprint = Fingerprint.of(settings.file(), listener);
            String name = settings.name() == null ? "sha256:" + fingerprint : settings.name();
            progress = ImportProgress.begin(settings.progress(), name, fingerprint, kind.kind());
            resume(settings.restart() ? null : ImportProgress.load(settings.progress()).orElse(null), name, fingerprint);
            if (!progress.finished()) {
                refused.resumeAt(progress.refusedBytes());
                try (CsvRows opened = opened()) {
                    send(opened);
                }
                progress.finish();
                progress.save();
            }
            return progress.report();
        }
    }

    /** Prices of this run that took the place of others. */
    public long corrected() {
        return corrected;
    }

    private CsvRows opened() throws IOException {
        rows = new CsvRows(settings.file());
        CsvRow header = rows.next();
        if (header == null || header.fault() != null) {
            rows.close();
            throw new ImportStopped(settings.file() + " has no header line" + (header == null ? ": it is empty." : " (" + header.fault() + ")."));
        }
        columns = new RowColumns(header.fields(), kind.fields(), kind.constants(), kind.ignored());
        return rows;
    }

    /** Goes on where an earlier run of the same import has come to, if the member still knows what that has sent. */
    private void resume(ImportProgress stored, String name, String fingerprint) throws IOException {
        if (stored == null) {
            return;
        }
        if (!stored.name().equals(name) || !stored.mapping().equals(kind.kind())) {
            throw new ImportStopped(settings.file() + " is not what " + settings.progress()
                    + " was written for: it has changed, or the import had another name ("
                    + stored.name() + "). If rows were only appended, go on with --name " + stored.name()
                    + "; to import it as a new file, use --restart.");
        }
        if (stored.line() > 0 && !known(name)) {
            listener.note("This member does not know what " + settings.progress()
                    + " speaks of: it has another database, so the import begins at the first row.");
            return;
        }
        progress = stored;
        if (!stored.fingerprint().equals(fingerprint)) {
            progress.reopen();
        }
        if (!progress.finished()) {
            listener.note("Going on after line " + stored.line() + ", which an earlier run has reached.");
        }
    }

    /** Sends the first rows again: whoever knows them says so. Rows that were refused say nothing. */
    private boolean known(String name) throws IOException {
        try (CsvRows opened = opened()) {
            List<CsvRow> first = batch(opened, 0).stream().filter(row -> row.fault() == null && columns.fit(row)).toList();
            Taken taken = first.isEmpty() ? null : send(name, first);
            return taken == null || taken.accepted() == taken.repeated();
        }
    }

    private void send(CsvRows from) throws IOException {
        for (List<CsvRow> batch = batch(from, progress.line()); !batch.isEmpty(); batch = batch(from, progress.line())) {
            List<CsvRow> whole = batch.stream().filter(row -> row.fault() == null && columns.fit(row)).toList();
            Taken taken = whole.isEmpty() ? new Taken(0, 0, 0, List.of()) : send(progress.name(), whole);
            confirm(batch, taken);
        }
    }

    private List<CsvRow> batch(CsvRows from, long after) throws IOException {
        List<CsvRow> batch = new ArrayList<>(settings.rows());
        while (batch.size() < settings.rows()) {
            CsvRow row = from.next();
            if (row == null) {
                break;
            }
            if (row.line() > after) {
                batch.add(row);
            }
        }
        return batch;
    }

    private void confirm(List<CsvRow> batch, Taken taken) throws IOException {
        Map<Long, RefusedRow> wrong = new HashMap<>();
        taken.refused().forEach(row -> wrong.put(row.row(), row));
        for (CsvRow row : batch) {
            RefusedRow refusal = wrong.get(row.line());
            if (row.fault() != null || !columns.fit(row)) {
                refuse(row, PositionRefusal.MALFORMED_ROW.name(), row.fault() != null ? row.fault() : row.fields().size() + " columns");
            } else if (refusal != null) {
                refuse(row, refusal.code(), refusal.detail());
            }
        }
        progress.counted(taken.accepted(), taken.repeated());
        corrected += taken.corrected();
        progress.reached(batch.getLast().line(), refused.flush());
        progress.save();
        listener.progress("Importing", rows.bytesRead(), bytes, progress.report());
    }

    private void refuse(CsvRow row, String code, String detail) {
        progress.refused(code);
        refused.add(row, code, detail);
    }

    /** Sends rows until the member has taken them, for as long as there is patience. */
    private Taken send(String name, List<CsvRow> batch) {
        long until = System.nanoTime() + settings.patience().toNanos();
        boolean told = false;
        while (true) {
            String reason;
            try {
                Answer<Taken> answer = kind.send(member, name, columns, batch);
                switch (answer) {
                    case Done<Taken>(Taken taken) -> {
                        return taken;
                    }
                    case Refused<Taken>(String code, String detail, boolean again) when again -> reason = code + ", " + detail;
                    case Refused<Taken>(String code, String detail, boolean _) -> throw new ImportStopped("The member refused rows as " + code + ": "
                            + detail + (code.equals(SecurityRefusal.UNAUTHENTICATED.name()) ? WITH_A_KEY : ""));
                }
            } catch (IOException unreachable) {
                reason = "no answer";
            } catch (InterruptedException stop) {
                Thread.currentThread().interrupt();
                throw new ImportStopped("Interrupted. Run the same command again to go on.", stop);
            }
            if (System.nanoTime() > until) {
                throw new ImportStopped("The member has not taken rows for " + settings.patience().toSeconds() + " s (" + reason
                        + "). When it serves again, run the same command again to go on.");
            }
            if (!told) {
                listener.note("The member cannot take rows now (" + reason + "); trying again.");
                told = true;
            }
            pause();
        }
    }

    private static void pause() {
        try {
            TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            throw new ImportStopped("Interrupted. Run the same command again to go on.", stop);
        }
    }
}
