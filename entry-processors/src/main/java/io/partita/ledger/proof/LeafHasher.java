package io.partita.ledger.proof;

import io.partita.ledger.journal.JournalEntry;
import io.partita.ledger.journal.MerkleHash;
import java.nio.BufferOverflowException;
import java.nio.ByteBuffer;

/** Leaf hashes of entries, over one buffer. Not thread-safe. */
final class LeafHasher {

    private final MerkleHash hash = new MerkleHash();
    private final ByteBuffer encoded = ByteBuffer.allocate(JournalEntry.MAX_ENCODED);

    /** The hash of an entry; throws {@link IllegalArgumentException} if it is larger than any entry is. */
    byte[] hash(JournalEntry entry) {
        try {
            entry.encode(encoded.clear());
        } catch (BufferOverflowException e) {
            throw new IllegalArgumentException("The entry is larger than any that was ever booked", e);
        }
        return hash.leaf(encoded.array(), 0, encoded.position());
    }
}
