package io.partita.member.intake;

import io.partita.money.Currency;
import java.io.IOException;
import java.io.Reader;
import java.io.Writer;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Collections;
import java.util.Optional;
import java.util.Properties;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The place that an import has reached, in a small properties file beside the data: every row up to {@code line} is in
 * the journal or in the refused file. Owned by the importing thread.
 */
final class ImportProgress {

    private final Path file;
    private final String name;
    private final String fingerprint;
    private final String mapping;
    private final SortedMap<Currency, BigInteger> paid = new TreeMap<>();
    private final SortedMap<String, Long> refused = new TreeMap<>();
    private long line;
    private long resumed;
    private long accepted;
    private long repeated;
    private long accounts;
    private long witness;
    private long refusedBytes;
    private boolean finished;

    private ImportProgress(Path file, String name, String fingerprint, String mapping) {
        this.file = file;
        this.name = name;
        this.fingerprint = fingerprint;
        this.mapping = mapping;
    }

    static ImportProgress begin(Path file, String name, String fingerprint, String mapping) {
        return new ImportProgress(file, name, fingerprint, mapping);
    }

    /** What the file says, or nothing if there is none or it was cut off; then rows are sent again, which is harmless. */
    static Optional<ImportProgress> load(Path file) {
        Properties stored = new Properties();
        try (Reader reader = Files.newBufferedReader(file)) {
            stored.load(reader);
            ImportProgress progress = new ImportProgress(file, stored.getProperty("name"),
                    stored.getProperty("fingerprint"), stored.getProperty("mapping"));
            progress.line = number(stored, "line");
            progress.resumed = progress.line;
            progress.accepted = number(stored, "accepted");
            progress.repeated = number(stored, "repeated");
            progress.accounts = number(stored, "accounts");
            progress.witness = number(stored, "witness");
            progress.refusedBytes = number(stored, "refused.bytes");
            progress.finished = Boolean.parseBoolean(stored.getProperty("finished"));
            for (String key : stored.stringPropertyNames()) {
                if (key.startsWith("paid.")) {
                    progress.paid.put(Currency.of(key.substring(5)), new BigInteger(stored.getProperty(key)));
                } else if (key.startsWith("refused.code.")) {
                    progress.refused.put(key.substring(13), number(stored, key));
                }
            }
            return progress.name == null || progress.fingerprint == null || progress.mapping == null ? Optional.empty() : Optional.of(progress);
        } catch (IOException | IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static long number(Properties stored, String key) {
        return Long.parseLong(stored.getProperty(key, ""));
    }

    /** Replaces the file in one step: a crash leaves the old one or the new one. */
    void save() throws IOException {
        Properties stored = new Properties();
        stored.setProperty("name", name);
        stored.setProperty("fingerprint", fingerprint);
        stored.setProperty("mapping", mapping);
        stored.setProperty("line", Long.toString(line));
        stored.setProperty("accepted", Long.toString(accepted));
        stored.setProperty("repeated", Long.toString(repeated));
        stored.setProperty("accounts", Long.toString(accounts));
        stored.setProperty("witness", Long.toString(witness));
        stored.setProperty("refused.bytes", Long.toString(refusedBytes));
        stored.setProperty("finished", Boolean.toString(finished));
        paid.forEach((currency, sum) -> stored.setProperty("paid." + currency, sum.toString()));
        refused.forEach((code, count) -> stored.setProperty("refused.code." + code, count.toString()));
        Path fresh = file.resolveSibling(file.getFileName() + ".new");
        try (Writer writer = Files.newBufferedWriter(fresh)) {
            stored.store(writer, "Place reached by ./partita import; delete it to begin again");
        }
        Files.move(fresh, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
    }

    void accepted(MappedRow row, boolean before) {
        accepted++;
        repeated += before ? 1 : 0;
        paid.merge(row.paid().currency(), BigInteger.valueOf(row.paid().minor()), BigInteger::add);
    }

    /** Rows that were taken, of files that pay nothing. */
    void counted(int taken, int before) {
        accepted += taken;
        repeated += before;
    }

    void refused(String code) {
        refused.merge(code, 1L, Long::sum);
    }

    void opened(AccountKey account, boolean before) {
        accounts += before ? 0 : 1;
        witness = account.id();
    }

    void reached(long newLine, long newRefusedBytes) {
        line = newLine;
        refusedBytes = newRefusedBytes;
    }

    void finish() {
        finished = true;
    }

    /** More rows may follow: the file has grown since. */
    void reopen() {
        finished = false;
    }

    String name() {
        return name;
    }

    String fingerprint() {
        return fingerprint;
    }

    String mapping() {
        return mapping;
    }

    boolean finished() {
        return finished;
    }

    long line() {
        return line;
    }

    /** An account that the import opened, by which its ledger is recognised; 0 for none. */
    long witness() {
        return witness;
    }

    long refusedBytes() {
        return refusedBytes;
    }

    ImportReport report() {
        return new ImportReport(mapping, finished, resumed, accepted, repeated, accounts,
                Collections.unmodifiableSortedMap(new TreeMap<>(paid)),
                Collections.unmodifiableSortedMap(new TreeMap<>(refused)));
    }
}
