package io.partita.ledger.journal;

/**
 * Where proofs get the hashes of a Merkle log from. Only perfect subtrees are asked for, which never change once their
 * last leaf is there.
 */
@FunctionalInterface
public interface MerkleNodes {

    /** The root of the perfect subtree over the leaves {@code [index << level, (index + 1) << level)}; level 0 is a leaf. */
    byte[] root(int level, long index);
}
