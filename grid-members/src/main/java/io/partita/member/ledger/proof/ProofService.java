package io.partita.member.ledger.proof;

import io.partita.ledger.journal.MerkleProofs;
import io.partita.ledger.journal.Placed;
import io.partita.ledger.proof.BundleHeader;
import io.partita.ledger.proof.BundleWriter;
import io.partita.ledger.proof.ConsistencyProof;
import io.partita.ledger.proof.InclusionProof;
import io.partita.ledger.proof.SignedTreeHead;
import io.partita.ledger.proof.VerificationKey;
import io.partita.member.ledger.JournalDamagedException;
import io.partita.member.ledger.JournalReader;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import javax.sql.DataSource;
import org.jdbi.v3.core.Jdbi;

/**
 * Proofs about the journal, for whoever asks: that an entry is in it, that it only ever grew, and whole parts of it to take away.
 * Every proof is verified before it is handed out, so that a damaged journal shows here first. Thread-safe.
 */
public final class ProofService {

    private final Jdbi database;
    private final JournalReader journal;
    private final TreeHeads heads;

    public ProofService(DataSource database, JournalReader journal, TreeHeads heads) {
        this.database = Jdbi.create(database);
        this.journal = journal;
        this.heads = heads;
    }

    /** Where the database begins: what is before it was archived. */
    public long firstPosition() {
        return journal.firstPosition();
    }

    public TreeHeads heads() {
        return heads;
    }

    /** The proof that a transfer or an account command is in the journal; empty if its id is not in it. */
    public Optional<InclusionProof> inclusion(UUID id) {
        return journal.find(id).map(this::inclusion);
    }

    /** The proof that the entry at a position is in the journal; empty beyond its end. */
    public Optional<InclusionProof> inclusion(long position) {
        return journal.at(position).map(this::inclusion);
    }

    private InclusionProof inclusion(Placed placed) {
        SignedTreeHead head = heads.covering(placed.position());
        VerificationKey key = heads.keys().get(head.keyId());
        InclusionProof proof = new InclusionProof(placed.position(), placed.entry(),
                MerkleProofs.inclusion(new TileNodes(database, journal, head.size()), placed.position(), head.size()), head, key);
        if (!proof.holds()) {
            throw new JournalDamagedException("The entry at position " + placed.position()
                    + " or one near it is not what was booked: no path leads from it to the root that was signed at size " + head.size());
        }
        return proof;
    }

    /**
     * The proof that the journal of one size is a prefix of that of another.
     *
     * @return empty if no batch ended at one of the sizes, so that no head can be signed for it
     * @throws IllegalArgumentException unless {@code 0 < first <= second}
     */
    public Optional<ConsistencyProof> consistency(long first, long second) {
        if (first <= 0 || first > second) {
            throw new IllegalArgumentException("Sizes are positive, and the first is not above the second");
        }
        Optional<SignedTreeHead> smaller = heads.at(first);
        Optional<SignedTreeHead> larger = heads.at(second);
        if (smaller.isEmpty() || larger.isEmpty()) {
            return Optional.empty();
        }
        ConsistencyProof proof = new ConsistencyProof(smaller.get(), larger.get(),
                MerkleProofs.consistency(new TileNodes(database, journal, second), first, second), heads.keys());
        if (!proof.holds()) {
            throw new JournalDamagedException("The journal of size " + second + " does not continue the one of size " + first);
        }
        return Optional.of(proof);
    }

    /** A part of the journal that can be exported: from the beginning of a batch to the end of one. */
    public record Range(long from, long to) {
    }

    /** The smallest range of whole batches that holds all entries with {@code from <= position < to}. */
    public Range range(long from, long to) {
        long end = Math.min(to, journal.head().size());
        long start = Math.min(from, end);
        return new Range(start == end ? end : boundary(start), start == end ? end : journal.at(end - 1)
                .map(last -> last.seal().position() + last.seal().index() + 1).orElse(end));
    }

    private long boundary(long position) {
        return journal.at(position).map(placed -> placed.seal().position()).orElse(position);
    }

    /**
     * Writes the bundle of a range. Streams; the range may be the whole journal.
     *
     * @return the signed head at its end
     * @throws JournalDamagedException if the rows do not lead to the root that was committed
     */
    public SignedTreeHead bundle(Range range, OutputStream target) throws IOException {
        SignedTreeHead head = heads.at(range.to())
                .orElseThrow(() -> new IllegalArgumentException("No batch ends at " + range.to()));
        Deque<SignedTreeHead> along = new ArrayDeque<>(heads.between(range.from() + 1, range.to() - 1));
        Map<String, VerificationKey> keys = heads.keys();
        BundleHeader header = new BundleHeader(range.from(),
                MerkleProofs.frontier(new TileNodes(database, journal, range.from()), range.from()), head, keys);
        try (BundleWriter writer = new BundleWriter(target, header)) {
            journal.read(range.from(), range.to(), (_, entry, _) -> {
                writer.entry(entry);
                if (!along.isEmpty() && along.peek().size() == writer.position()) {
                    writer.head(along.poll());
                }
            });
            writer.finish();
        } catch (IllegalStateException e) {
            throw new JournalDamagedException(e.getMessage(), e);
        }
        return head;
    }
}
