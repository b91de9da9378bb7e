package io.partita.member.ledger.archive;

import io.partita.ledger.LedgerNames;
import io.partita.ledger.proof.BundleVerifier;
import io.partita.ledger.proof.Verdict;
import io.partita.ledger.shard.Shard;
import io.partita.member.ledger.JournalDamagedException;
import io.partita.member.ledger.JournalReader;
import io.partita.member.ledger.ShardLoader;
import io.partita.member.ledger.proof.ProofService;
import io.partita.member.ledger.proof.PurgedLeaves;
import io.partita.member.ledger.proof.TileWriter;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.DigestInputStream;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.sql.SQLException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import javax.sql.DataSource;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.mapper.RowMapper;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Archives closed periods. Nothing leaves the database before
 *
 * <ol>
 * <li>a bundle of the period lies on disk and was verified from there;
 * <li>a head is signed for the period's end, and tiles and hashes are stored that later proofs need;
 * <li>the state of every shard at the period's end is a retained checkpoint.
 * </ol>
 *
 * <p>Then, in one transaction, ids move to {@code ledger_purged_id}, with what a later reversal needs, and rows of transfers are
 * deleted. Rows of transfers that are still pending stay, as does the history of the accounts themselves. A run that fails part-way
 * has purged nothing and is repeated. One run at a time in the cluster, whose members may share the folder. Thread-safe.
 */
public final class LedgerArchive {

    private static final Logger LOG = LoggerFactory.getLogger(LedgerArchive.class);
    private static final int SHARDS_AT_ONCE = 64;
    private static final long LOCK = 0x7061_7274_6172_6368L;

    private static final RowMapper<ArchivedPeriod> PERIOD = (row, _) -> new ArchivedPeriod(row.getLong("from_position"),
            row.getLong("to_position"), row.getString("file"), row.getLong("bytes"), HexFormat.of().formatHex(row.getBytes("sha256")),
            row.getLong("transfers"), Instant.EPOCH.plus(row.getLong("booked_until"), ChronoUnit.MICROS), row.getLong("kept_pendings"),
            row.getTimestamp("archived_at").toInstant());

    private final Jdbi database;
    private final Path folder;
    private final JournalReader journal;
    private final ProofService proofs;
    private final TileWriter tiles;
    private final ShardLoader shards;

    public LedgerArchive(DataSource database, Path folder, JournalReader journal, ProofService proofs, TileWriter tiles) {
        this.database = Jdbi.create(database);
        this.folder = folder;
        this.journal = journal;
        this.proofs = proofs;
        this.tiles = tiles;
        this.shards = new ShardLoader(database);
    }

    /** All archived periods, by position. */
    public List<ArchivedPeriod> periods() {
        return database.withHandle(handle -> handle.createQuery("select * from ledger_archive order by from_position").map(PERIOD).list());
    }

    /** The file of a period. */
    public Path file(ArchivedPeriod period) {
        return folder.resolve(period.file());
    }

    /** Archives everything booked before a time. */
    public Optional<ArchivedPeriod> archiveBefore(Instant time) {
        return archiveBefore(journal.positionAt(ChronoUnit.MICROS.between(Instant.EPOCH, time)));
    }

    /**
     * Archives all batches that end at or before a position.
     *
     * @return the period, or nothing if no batch lies between the last archived period and the position
     */
    public synchronized Optional<ArchivedPeriod> archiveBefore(long position) {
        return database.withHandle(lock -> {
            lock.execute("select pg_advisory_lock(?)", LOCK);
            try {
                return archiveAlone(position);
            } finally {
                lock.execute("select pg_advisory_unlock(?)", LOCK);
            }
        });
    }

    private Optional<ArchivedPeriod> archiveAlone(long position) {
        long from = journal.firstPosition();
        long size = journal.head().size();
        if (position <= from || size <= from) {
            return Optional.empty();
        }
        long to = position >= size ? size : journal.at(position).orElseThrow().seal().position();
        return to <= from ? Optional.empty() : Optional.of(archive(from, to));
    }

    private ArchivedPeriod archive(long from, long to) {
        LOG.info("Archiving positions {} to {}", from, to - 1);
        try {
            Path file = export(from, to);
            tiles.catchUp();
            checkpoint(from, to);
            guardIds();
            ArchivedPeriod period = database.inTransaction(handle -> purge(handle, from, to, file));
            LOG.info("Archived positions {} to {} in {}, purged {} transfers, kept {} pending ones", from, to - 1, period.file(),
                    period.transfers(), period.keptPendings());
            return period;
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot archive positions " + from + " to " + (to - 1), e);
        }
    }

    // ---- the file ------------------------------------------------------------------------------------------------------------

    private Path export(long from, long to) throws IOException {
        Files.createDirectories(folder);
        Path file = folder.resolve("journal-%d-%d.jsonl.gz".formatted(from, to));
        // Of this run alone: a member that has lost its lock with its connection must not write into what another has verified.
        Path partial = folder.resolve(file.getFileName() + "." + UUID.randomUUID() + ".partial");
        try {
            write(partial, from, to);
            verify(partial, from, to);
            Files.move(partial, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(partial);
        }
        return file;
    }

    private void write(Path partial, long from, long to) throws IOException {
        try (FileOutputStream out = new FileOutputStream(partial.toFile())) {
            proofs.bundle(new ProofService.Range(from, to), keepOpen(out));
            out.getFD().sync();
        }
    }

    /** The bundle's writer closes what it writes to; here the file must still be flushed to disk after that. */
    private static OutputStream keepOpen(FileOutputStream file) {
        return new java.io.FilterOutputStream(file) {
            @Override
            public void write(byte[] bytes, int offset, int length) throws IOException {
                out.write(bytes, offset, length);
            }

            @Override
            public void close() throws IOException {
                flush();
            }
        };
    }

    /** What cannot be verified from the disk is not purged. */
    private void verify(Path file, long from, long to) throws IOException {
        Map<Long, byte[]> known = new HashMap<>();
        proofs.heads().between(from, to).forEach(head -> known.put(head.size(), head.root()));
        Verdict verdict;
        try (InputStream in = Files.newInputStream(file)) {
            verdict = new BundleVerifier(proofs.heads().keys().values(), known, _ -> { }).verify(in);
        }
        if (!verdict.valid() || verdict.header().from() != from || verdict.header().to() != to) {
            throw new JournalDamagedException("The archive of positions " + from + " to " + (to - 1) + " does not verify: "
                    + verdict.findings().stream().map(Object::toString).findFirst().orElse("another range"));
        }
    }

    // ---- what stays ------------------------------------------------------------------------------------------------------------

    /** Stores the state of every shard at the boundary, a fold of the journal up to there, as a retained checkpoint. */
    private void checkpoint(long from, long to) {
        Map<Integer, Long> sequences = sequencesAt(from, to);
        List<Integer> all = new ArrayList<>(sequences.keySet());
        for (int first = 0; first < all.size(); first += SHARDS_AT_ONCE) {
            Map<Integer, Long> targets = new HashMap<>();
            all.subList(first, Math.min(first + SHARDS_AT_ONCE, all.size())).forEach(shard -> targets.put(shard, sequences.get(shard)));
            try {
                Map<Integer, Shard> states = shards.load(targets);
                database.useTransaction(handle -> states.values().forEach(state -> handle.execute("""
                        insert into ledger_checkpoint (shard, seq, position, state, retained) values (?, ?, ?, ?, true)
                        on conflict (shard, seq) do update set retained = true, position = excluded.position, state = excluded.state""",
                        state.number(), state.appliedSequence(), to, state.encoded())));
            } catch (SQLException e) {
                throw new IllegalStateException("Cannot fold shards to position " + to, e);
            }
        }
    }

    /** The last sequence of each shard before a position; shards that nobody touched by then are absent. */
    private Map<Integer, Long> sequencesAt(long from, long to) {
        Map<Integer, Long> sequences = new HashMap<>();
        database.useHandle(handle -> handle.createQuery("""
                        select shard, max(seq) as seq from (
                            select shard, seq from ledger_checkpoint where retained and position <= :from
                            union all
                            select s, f + c - 1 from ledger_batch, unnest(shards, firsts, counts) as given(s, f, c)
                             where position >= :from and position < :to) known
                         group by shard""")
                .bind("from", from).bind("to", to)
                .map((row, _) -> sequences.put(row.getInt("shard"), row.getLong("seq"))).list());
        if (sequences.keySet().stream().anyMatch(shard -> shard < 0 || shard >= LedgerNames.SHARD_COUNT)) {
            throw new JournalDamagedException("A batch before position " + to + " names a shard that does not exist");
        }
        return sequences;
    }

    /** From now on the database refuses ids that were purged, whoever books them. A transaction of its own: it locks the table. */
    private void guardIds() {
        database.useTransaction(handle -> {
            boolean guarded = handle.createQuery("select exists (select 1 from pg_trigger where tgname = 'ledger_transfer_purged')")
                    .mapTo(boolean.class).one();
            if (!guarded) {
                handle.execute("""
                        create trigger ledger_transfer_purged after insert on ledger_transfer referencing new table as booked
                        for each statement execute function ledger_refuse_purged()""");
            }
        });
    }

    // ---- what goes -------------------------------------------------------------------------------------------------------------

    private ArchivedPeriod purge(Handle handle, long from, long to, Path file) throws IOException {
        handle.createUpdate("""
                        create temporary table open_pending on commit drop as
                        select t.id, t.batch, b.position + t.index as position from ledger_transfer t join ledger_batch b using (batch)
                         where b.position < %d and t.kind = 1
                           and not exists (select 1 from ledger_transfer e where e.relates_to = t.id and e.kind in (2, 3, 4))"""
                .formatted(to)).execute();
        List<Long> kept = handle.createQuery("select position from open_pending").mapTo(Long.class).list();
        PurgedLeaves.store(handle, journal, kept, from, to);
        long transfers = moveIds(handle, to);
        handle.createUpdate("""
                        delete from ledger_transfer t using ledger_batch b
                         where b.batch = t.batch and b.position < :to and not exists (select 1 from open_pending p where p.id = t.id)""")
                .bind("to", to).execute();
        long bookedUntil = handle.createQuery("select booked_at from ledger_batch where position < :to order by position desc limit 1")
                .bind("to", to).mapTo(long.class).one();
        handle.createUpdate("""
                        delete from ledger_batch b where b.position < :to
                           and not exists (select 1 from open_pending p where p.batch = b.batch)
                           and not exists (select 1 from ledger_account_change c where c.batch = b.batch)""")
                .bind("to", to).execute();
        handle.execute("""
                insert into ledger_archive (from_position, to_position, file, bytes, sha256, transfers, booked_until, kept_pendings)
                values (?, ?, ?, ?, ?, ?, ?, ?)""", from, to, file.getFileName().toString(), Files.size(file), sha256(file), transfers,
                bookedUntil, kept.size());
        return handle.createQuery("select * from ledger_archive where from_position = :from").bind("from", from).map(PERIOD).one();
    }

    private static long moveIds(Handle handle, long to) {
        return handle.createUpdate("""
                        insert into ledger_purged_id (id, digest, position, debit_sequence, credit_sequence, booked_at,
                                                      kind, debit_account, credit_account, amount, currency, relates_to)
                        select t.id, ledger_request_digest(t), b.position + t.index,
                               b.firsts[array_position(b.shards, t.debit_shard)] + t.debit_ordinal,
                               b.firsts[array_position(b.shards, t.credit_shard)] + t.credit_ordinal, b.booked_at,
                               t.kind, t.debit_account, t.credit_account, t.amount, t.currency, t.relates_to
                          from ledger_transfer t join ledger_batch b using (batch)
                         where b.position < :to and not exists (select 1 from open_pending p where p.id = t.id)""")
                .bind("to", to).execute();
    }

    private static byte[] sha256(Path file) throws IOException {
        try (DigestInputStream in = new DigestInputStream(Files.newInputStream(file), MessageDigest.getInstance("SHA-256"))) {
            in.transferTo(OutputStream.nullOutputStream());
            return in.getMessageDigest().digest();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every JDK has SHA-256", e);
        }
    }
}
