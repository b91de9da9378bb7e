package io.partita.member.ledger.reconcile;

import io.partita.ledger.Account;
import io.partita.ledger.Refusal;
import io.partita.ledger.Side;
import io.partita.member.ledger.query.LedgerQueries;
import io.partita.member.ledger.query.Snapshots;
import io.partita.member.rest.RequestCode;
import io.partita.member.rest.RequestProblem;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * Matches statements from outside with the entries of an account, and keeps the result. The same file for the same account is
 * matched once; it can be matched again, when the ledger has what was missing. Thread-safe.
 */
final class ExternalReconciliation {

    /** Entries of the account that one statement is compared with. */
    private static final int MAX_ENTRIES = 200_000;

    private final Snapshots snapshots;
    private final LedgerQueries queries;
    private final StatementFiles files;
    private final InstantSource clock;

    ExternalReconciliation(Snapshots snapshots, LedgerQueries queries, StatementFiles files, InstantSource clock) {
        this.snapshots = snapshots;
        this.queries = queries;
        this.files = files;
        this.clock = clock;
    }

    /** A stored file; {@code repeated} if it had been loaded before. */
    record Loaded(UUID file, boolean repeated) {
    }

    /** Loads a file and matches it; or finds it again, when it was loaded before. */
    Loaded load(long account, String name, byte[] bytes, int tolerance) {
        Account details = queries.account(account);
        byte[] hash = sha256(bytes);
        Optional<UUID> known = files.find(account, hash);
        if (known.isPresent()) {
            return new Loaded(known.get(), true);
        }
        List<StatementLine> lines = StatementCsv.read(new String(bytes, StandardCharsets.UTF_8), details.currency());
        UUID file = UUID.randomUUID();
        List<StatementMatching.Item> items = match(details, lines, tolerance, file);
        return files.store(new StatementFiles.NewFile(file, account, hash, name, tolerance, clock.instant()), details.currency(), items);
    }

    /** Matches a stored file again with what the ledger has now. */
    void matchAgain(UUID file) {
        StatementFiles.Stored stored = files.stored(file)
                .orElseThrow(() -> RequestProblem.of(RequestCode.RECONCILIATION_NOT_FOUND, "There is no statement " + file + "."));
        Account details = queries.account(stored.account());
        List<StatementMatching.Item> items = match(details, files.lines(file), stored.tolerance(), file);
        files.replace(file, details.currency(), items, clock.instant());
    }

    private List<StatementMatching.Item> match(Account account, List<StatementLine> lines, int tolerance, UUID file) {
        List<LocalDate> dates = lines.stream().map(StatementLine::date).filter(Objects::nonNull).sorted(Comparator.naturalOrder()).toList();
        List<StatementMatching.Entry> entries = dates.isEmpty() ? List.of()
                : entries(account, dates.getFirst().minusDays(tolerance), dates.getLast().plusDays(tolerance), files.matchedElsewhere(account.id(), file));
        return new StatementMatching(account.currency().code(), tolerance, lines, entries).match();
    }

    private List<StatementMatching.Entry> entries(Account account, LocalDate from, LocalDate to, Set<Long> taken) {
        List<StatementMatching.Entry> entries = snapshots.read(Snapshots.INTERACTIVE, handle -> handle.createQuery("""
                        select position, effective_date, side, posted, reference from ledger_leg
                         where account = :account and posted <> 0 and effective_date between :from and :to order by position limit :limit""")
                .bind("account", account.id()).bind("from", from).bind("to", to).bind("limit", MAX_ENTRIES + 1)
                .map((rs, context) -> {
                    boolean increases = Side.values()[rs.getInt(3)] == account.type().normalSide();
                    String reference = rs.getString(5);
                    return new StatementMatching.Entry(rs.getLong(1), rs.getObject(2, LocalDate.class), increases ? rs.getLong(4) : -rs.getLong(4),
                            reference == null ? "" : reference);
                }).list());
        if (entries.size() > MAX_ENTRIES) {
            throw RequestProblem.of(Refusal.INVALID_REQUEST, "The account has more than " + MAX_ENTRIES + " entries in the statement's period: split the file.");
        }
        return entries.stream().filter(entry -> !taken.contains(entry.position())).toList();
    }

    private static byte[] sha256(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
