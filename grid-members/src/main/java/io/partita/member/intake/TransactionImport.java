package io.partita.member.intake;

import io.partita.ledger.AccountCommand;
import io.partita.ledger.LedgerClient;
import io.partita.ledger.LedgerResult;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Streams a file of transactions into the ledger, in memory that does not depend on the file's size.
 *
 * <p>One thread reads, opens the accounts of the next rows, sends these rows as a batch, and takes the answers of earlier
 * batches in the order of the file; a few batches are under way at once. After each batch the refused rows are written
 * and then the place reached. A run that breaks off anywhere is continued by the next one, which may send again what
 * was not confirmed: the transfer ids follow from the file, so nothing is booked twice.
 */
public final class TransactionImport {

    private static final Duration PAUSE = Duration.ofMillis(500);

    private final LedgerClient ledger;
    private final ImportSettings settings;
    private final ImportListener listener;
    private final KnownAccounts known = new KnownAccounts();
    private CsvRows rows;
    private long bytes;
    private RowMapper mapper;
    private ImportIds ids;
    private ImportProgress progress;
    private RefusedRows refused;

    public TransactionImport(LedgerClient ledger, ImportSettings settings, ImportListener listener) {
        this.ledger = ledger;
        this.settings = settings;
        this.listener = listener;
    }

    /**
     * Imports what is left to import.
     *
     * @throws ImportStopped    if it cannot go on; what was confirmed is kept, and another run continues
     * @throws MappingException if the mapping does not fit
     * @throws IOException      if a file cannot be read or written
     */
    public ImportReport run() throws IOException {
        try (RefusedRows refusedRows = new RefusedRows(settings.refused());
             CsvRows csvRows = new CsvRows(settings.file())) {
            refused = refusedRows;
            rows = csvRows;
            bytes = java.nio.file.Files.size(settings.file());
            String fingerprint = Fingerprint.of(settings.file(), listener);
            Mapping mapping = bind();
            progress = placeReached(fingerprint, mapping.name());
            ids = new ImportIds(progress.name());
            if (!progress.finished()) {
                refused.resumeAt(progress.refusedBytes());
                book();
                progress.finish();
                progress.save();
            }
            return progress.report();
        }
    }

    private Mapping bind() throws IOException {
        CsvRow header = rows.next();
        if (header == null || header.fault() != null) {
            throw new ImportStopped(settings.file() + " has no header line"
                    + (header == null ? ": it is empty." : " (" + header.fault() + ")."));
        }
        Mapping mapping = settings.mapping() != null ? settings.mapping() : Mapping.detect(header.fields())
                .orElseThrow(() -> new MappingException("No built-in mapping fits the header of " + settings.file() + ": "
                        + String.join(",", header.fields()) + ". Write a mapping (docs/import.md) and give it with --mapping FILE."));
        mapper = mapping.bind(header.fields());
        return mapping;
    }

    /** Where to begin: the place that an earlier run of the same import on the same ledger has reached, or the first row. */
    private ImportProgress placeReached(String fingerprint, String mapping) {
        String name = settings.name() == null ? "sha256:" + fingerprint : settings.name();
        ImportProgress fresh = ImportProgress.begin(settings.progress(), name, fingerprint, mapping);
        ImportProgress stored = settings.restart() ? null : ImportProgress.load(settings.progress()).orElse(null);
        if (stored == null) {
            return fresh;
        }
        if (!stored.name().equals(name)) {
            throw new ImportStopped(settings.file() + " is not what " + settings.progress() + " was written for: it has changed, or"
                    + " the import had another name (" + stored.name() + "). If rows were only appended, go on with --name "
                    + stored.name() + "; to import it as a new file, with new ids, use --restart.");
        }
        if (!stored.mapping().equals(mapping)) {
            throw new ImportStopped("The import was begun with the mapping " + stored.mapping() + ", not " + mapping
                    + ". Go on with --mapping " + stored.mapping() + ", or send every row again with --restart.");
        }
        if (!knows(stored)) {
            listener.note("This ledger does not know the accounts that " + settings.progress()
                    + " speaks of: it is another ledger, so the import begins at the first row.");
            return fresh;
        }
        if (!stored.fingerprint().equals(fingerprint)) {
            stored.reopen();
        }
        if (!stored.finished()) {
            listener.note("Going on after line " + stored.line() + ", which an earlier run has reached.");
        }
        return stored;
    }

    private boolean knows(ImportProgress stored) {
        return stored.witness() != 0 && await(ledger.balanceAsync(stored.witness())).balance().isPresent();
    }

    private void book() throws IOException {
        Deque<ImportBatch> batches = new ArrayDeque<>();
        Deque<CompletableFuture<Void>> answers = new ArrayDeque<>();
        for (ImportBatch batch = nextBatch(); batch != null; batch = nextBatch()) {
            openAccounts(batch);
            batches.add(batch);
            answers.add(batch.send(ledger));
            if (batches.size() >= settings.inFlight()) {
                confirm(batches.poll(), answers.poll());
            }
        }
        while (!batches.isEmpty()) {
            confirm(batches.poll(), answers.poll());
        }
    }

    private ImportBatch nextBatch() throws IOException {
        List<ImportBatch.Item> items = new ArrayList<>(settings.rows());
        while (items.size() < settings.rows()) {
            CsvRow row = rows.next();
            if (row == null) {
                break;
            }
            if (row.line() > progress.line()) {
                items.add(item(row));
            }
        }
        return items.isEmpty() ? null : new ImportBatch(items, ids, mapper);
    }

    private ImportBatch.Item item(CsvRow row) {
        try {
            return new ImportBatch.Item(row, mapper.map(row));
        } catch (RowRefused e) {
            ImportBatch.Item item = new ImportBatch.Item(row, null);
            item.refuse(e.code().name(), e.getMessage());
            return item;
        }
    }

    /** Opens what the batch needs and is not known to be open; rows whose account cannot be opened are refused. */
    private void openAccounts(ImportBatch batch) {
        Map<String, AccountKey> parents = new LinkedHashMap<>();
        Map<String, AccountKey> accounts = new LinkedHashMap<>();
        for (ImportBatch.Item item : batch.items()) {
            if (!item.settled()) {
                accountsOf(item.mapped).forEach(account -> need(account, parents, accounts));
            }
        }
        open(parents.values());
        Map<String, LedgerResult.Refused> closed = open(accounts.values());
        if (!closed.isEmpty()) {
            batch.items().stream().filter(item -> !item.settled()).forEach(item -> accountsOf(item.mapped).stream()
                    .filter(account -> closed.containsKey(key(account))).findFirst()
                    .ifPresent(account -> refuse(item, account, closed.get(key(account)))));
        }
    }

    private void need(AccountKey account, Map<String, AccountKey> parents, Map<String, AccountKey> accounts) {
        if (!known.contains(account)) {
            accounts.putIfAbsent(key(account), account);
            if (account.hasParent() && !known.contains(account.parent())) {
                parents.putIfAbsent(key(account.parent()), account.parent());
            }
        }
    }

    private List<AccountKey> accountsOf(MappedRow row) {
        return row.crossesCurrencies()
                ? List.of(row.payer(), row.payee(), mapper.position(row.paid().currency()), mapper.position(row.received().currency()))
                : List.of(row.payer(), row.payee());
    }

    private static void refuse(ImportBatch.Item item, AccountKey account, LedgerResult.Refused refusal) {
        item.refuse(refusal.code().name(), "account " + account.reference() + " in " + account.currency() + " (id " + account.id()
                + ") cannot be opened: " + refusal.detail());
    }

    private static String key(AccountKey account) {
        return account.reference() + ':' + account.currency();
    }

    /** Opens accounts, and answers with those that the ledger refuses. */
    private Map<String, LedgerResult.Refused> open(Collection<AccountKey> accounts) {
        Map<String, LedgerResult.Refused> closed = new HashMap<>();
        List<AccountKey> left = new ArrayList<>(accounts);
        for (Patience patience = new Patience(); !left.isEmpty(); ) {
            List<LedgerResult> results = await(ledger.accountsAsync(
                    left.stream().map(account -> AccountCommand.open(account.details())).toList()));
            List<AccountKey> again = new ArrayList<>();
            String reason = "";
            for (int i = 0; i < left.size(); i++) {
                AccountKey account = left.get(i);
                switch (results.get(i)) {
                    case LedgerResult.Booked booked -> {
                        known.add(account);
                        progress.opened(account, booked.repeated());
                    }
                    case LedgerResult.Refused refusal when refusal.code().retryable() -> {
                        again.add(account);
                        reason = refusal.code() + ", " + refusal.detail();
                    }
                    case LedgerResult.Refused refusal -> closed.put(key(account), refusal);
                }
            }
            left = again;
            if (!left.isEmpty()) {
                patience.pause(reason);
            }
        }
        return closed;
    }

    /** Waits until every row of a batch is settled, writes what was refused, and then the place reached. */
    private void confirm(ImportBatch batch, CompletableFuture<Void> answers) throws IOException {
        await(answers);
        for (Patience patience = new Patience(); !batch.takeAnswers(); ) {
            patience.pause(batch.reasonToWait());
            await(batch.send(ledger));
        }
        for (ImportBatch.Item item : batch.items()) {
            if (item.booked()) {
                progress.accepted(item.mapped, item.before());
            } else {
                progress.refused(item.code());
                refused.add(item.row, item.code(), item.detail());
            }
        }
        progress.reached(batch.lastLine(), refused.flush());
        progress.save();
        show();
    }

    private <T> T await(CompletableFuture<T> future) {
        try {
            while (true) {
                try {
                    return future.get(PAUSE.toMillis(), TimeUnit.MILLISECONDS);
                } catch (TimeoutException e) {
                    show();
                }
            }
        } catch (ExecutionException e) {
            throw new ImportStopped("The connection to the ledger broke off: " + e.getCause().getMessage()
                    + ". Run the same command again to go on.", e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ImportStopped("Interrupted. Run the same command again to go on.", e);
        }
    }

    private void show() {
        if (progress != null) {
            listener.progress("Importing", rows.bytesRead(), bytes, progress.report());
        }
    }

    /** Bounds how long the same rows are sent again. */
    private final class Patience {

        private final long until = System.nanoTime() + settings.patience().toNanos();
        private boolean told;

        void pause(String reason) {
            if (System.nanoTime() > until) {
                throw new ImportStopped("The ledger has not taken rows for " + settings.patience().toSeconds() + " s (" + reason
                        + "). When it serves again, run the same command again to go on.");
            }
            if (!told) {
                listener.note("The ledger cannot take rows now (" + reason + "); trying again.");
                told = true;
            }
            try {
                TimeUnit.MILLISECONDS.sleep(PAUSE.toMillis());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new ImportStopped("Interrupted. Run the same command again to go on.", e);
            }
        }
    }
}
