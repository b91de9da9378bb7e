package io.partita.member.ledger.proof;

import io.partita.ledger.journal.MerkleProofs;
import io.partita.ledger.proof.SignedTreeHead;
import io.partita.ledger.proof.VerificationKey;
import io.partita.member.ledger.JournalDamagedException;
import io.partita.member.ledger.JournalReader;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.sql.DataSource;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.mapper.RowMapper;

/**
 * Signs tree heads and keeps what was signed. Before it signs, it proves to itself that the journal continues the last head
 * that any member signed: a member never vouches for a rewritten past. Thread-safe.
 */
public final class TreeHeads {

    private static final RowMapper<SignedTreeHead> HEAD = (row, _) -> new SignedTreeHead(row.getLong("size"),
            row.getBytes("root"), row.getLong("signed_at"), row.getString("key_id"), row.getBytes("signature"));

    private final Jdbi database;
    private final JournalReader journal;
    private final SigningKey key;
    private final InstantSource clock;

    public TreeHeads(DataSource database, JournalReader journal, SigningKey key, InstantSource clock) {
        this.database = Jdbi.create(database);
        this.journal = journal;
        this.key = key;
        this.clock = clock;
    }

    /** The head of the journal as it is now, signed if nobody has signed it yet. */
    public SignedTreeHead latest() {
        JournalReader.Head head = journal.head();
        return signed(head.size(), head.root());
    }

    /** A signed head that covers a position: one that there is already, if it does, so that asking for proofs signs nothing. */
    SignedTreeHead covering(long position) {
        Optional<SignedTreeHead> last = last(Long.MAX_VALUE);
        return last.isPresent() && last.get().size() > position ? last.get() : latest();
    }

    /** The signed head of exactly this size; signed now if a batch ended there. Empty if none did. */
    public Optional<SignedTreeHead> at(long size) {
        Optional<SignedTreeHead> known = between(size, size).stream().findFirst();
        return known.isPresent() ? known : rootAt(size).map(root -> signed(size, root));
    }

    private Optional<byte[]> rootAt(long size) {
        JournalReader.Head head = journal.head();
        return size == head.size() ? Optional.of(head.root()) : journal.rootAt(size);
    }

    /** The largest signed head of at most this size. */
    public Optional<SignedTreeHead> last(long size) {
        return database.withHandle(handle -> handle.createQuery("select * from ledger_tree_head where size <= :size order by size desc limit 1")
                .bind("size", size).map(HEAD).findOne());
    }

    /** Signed heads with {@code from <= size <= to}, by size. */
    public List<SignedTreeHead> between(long from, long to) {
        return database.withHandle(handle -> handle.createQuery("select * from ledger_tree_head where size between :from and :to order by size")
                .bind("from", from).bind("to", to).map(HEAD).list());
    }

    /** All keys that ever signed, by their ids; this member's own first. */
    public Map<String, VerificationKey> keys() {
        Map<String, VerificationKey> keys = new LinkedHashMap<>();
        keys.put(key.verificationKey().id(), key.verificationKey());
        database.useHandle(handle -> handle.createQuery("select public_key from ledger_key order by created_at")
                .mapTo(byte[].class).map(VerificationKey::decode).forEach(known -> keys.putIfAbsent(known.id(), known)));
        return keys;
    }

    private SignedTreeHead signed(long size, byte[] root) {
        Optional<SignedTreeHead> known = between(size, size).stream().findFirst();
        if (known.isPresent()) {
            requireSame(known.get(), root);
            return known.get();
        }
        requireContinuation(size, root);
        SignedTreeHead head = key.sign(size, root, ChronoUnit.MICROS.between(Instant.EPOCH, clock.instant()));
        return database.inTransaction(handle -> {
            handle.execute("insert into ledger_key (key_id, public_key) values (?, ?) on conflict do nothing",
                    key.verificationKey().id(), key.verificationKey().encoded());
            handle.execute("""
                    insert into ledger_tree_head (size, root, signed_at, key_id, signature) values (?, ?, ?, ?, ?)
                    on conflict do nothing""", size, root, head.signedAt(), head.keyId(), head.signature());
            // Another member may have been faster: what was signed first is the head.
            return handle.createQuery("select * from ledger_tree_head where size = :size").bind("size", size).map(HEAD).one();
        });
    }

    private static void requireSame(SignedTreeHead known, byte[] root) {
        if (!java.util.Arrays.equals(known.root(), root)) {
            throw new JournalDamagedException("The journal of size " + known.size() + " has another root than was signed for it");
        }
    }

    private void requireContinuation(long size, byte[] root) {
        Optional<SignedTreeHead> before = last(size).filter(head -> head.size() > 0);
        if (before.isEmpty()) {
            return;
        }
        SignedTreeHead first = before.get();
        List<byte[]> proof = MerkleProofs.consistency(new TileNodes(database, journal, size), first.size(), size);
        if (!MerkleProofs.consistent(first.size(), size, first.root(), root, proof)) {
            throw new JournalDamagedException("The journal of size " + size + " does not continue the one of size " + first.size()
                    + " that was signed at " + first.signedInstant());
        }
    }
}
