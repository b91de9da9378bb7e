package io.partita.ledger.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class MerkleProofsTest {

    private static final int SIZE = 70;

    private final NaiveTree tree = NaiveTree.random(SIZE, 2);
    private final MerkleNodes nodes = tree.nodes();
    private final Random random = new Random(3);

    @Test
    void inclusion_proofs_of_every_leaf_in_every_size_equal_the_naive_ones_and_verify() {
        for (int size = 1; size <= SIZE; size++) {
            byte[] root = tree.root(0, size);
            assertThat(MerkleProofs.root(nodes, 0, size)).isEqualTo(root);
            for (int index = 0; index < size; index++) {
                List<byte[]> path = MerkleProofs.inclusion(nodes, index, size);
                assertThat(path).usingElementComparator(java.util.Arrays::compare).isEqualTo(tree.path(index, 0, size));
                assertThat(MerkleProofs.includes(index, size, tree.leaf(index), path, root)).isTrue();
            }
        }
    }

    @Test
    void an_inclusion_proof_shows_nothing_about_another_leaf_place_size_or_root() {
        for (int round = 0; round < 2_000; round++) {
            int size = 2 + random.nextInt(SIZE - 1);
            int index = random.nextInt(size);
            byte[] root = tree.root(0, size);
            List<byte[]> path = MerkleProofs.inclusion(nodes, index, size);
            assertThat(MerkleProofs.includes(index, size, tree.leaf((index + 1) % size), path, root)).isFalse();
            assertThat(MerkleProofs.includes((index + 1) % size, size, tree.leaf(index), path, root)).isFalse();
            assertThat(MerkleProofs.includes(index, size, tree.leaf(index), path, tree.root(0, size - 1))).isFalse();
            assertThat(MerkleProofs.includes(index, size, tree.leaf(index), broken(path), root)).isFalse();
            assertThat(MerkleProofs.includes(index - size, size, tree.leaf(index), path, root)).isFalse();
        }
    }

    @Test
    void consistency_proofs_between_any_two_sizes_equal_the_naive_ones_and_verify() {
        for (int second = 1; second <= SIZE; second++) {
            for (int first = 1; first <= second; first++) {
                List<byte[]> proof = MerkleProofs.consistency(nodes, first, second);
                assertThat(proof).usingElementComparator(java.util.Arrays::compare).isEqualTo(tree.proof(first, second));
                assertThat(MerkleProofs.consistent(first, second, tree.root(0, first), tree.root(0, second), proof)).isTrue();
                if (!proof.isEmpty()) {
                    assertThat(MerkleProofs.consistent(first, second, tree.root(0, first), tree.root(0, second),
                            broken(proof))).isFalse();
                    assertThat(MerkleProofs.consistent(first, second, tree.root(0, first), tree.root(0, first), proof))
                            .isFalse();
                    assertThat(MerkleProofs.consistent(first, second, tree.root(0, second), tree.root(0, second), proof))
                            .isFalse();
                }
            }
        }
    }

    @Test
    void every_subtree_is_shown_to_be_a_part_of_every_log_that_holds_it() {
        for (int size = 1; size <= 40; size++) {
            for (int start = 0; start < size; start++) {
                int room = start == 0 ? size : Integer.lowestOneBit(start);
                for (int end = start + 1; end <= Math.min(size, start + room); end++) {
                    byte[] part = tree.root(start, end);
                    List<byte[]> proof = MerkleProofs.consistency(nodes, start, end, size);
                    assertThat(proof).usingElementComparator(java.util.Arrays::compare)
                            .as("[%d, %d) of %d", start, end, size).isEqualTo(tree.proof(start, end, size));
                    assertThat(MerkleProofs.consistent(start, end, size, part, tree.root(0, size), proof))
                            .as("[%d, %d) of %d", start, end, size).isTrue();
                    for (int index = start; index < end; index++) {
                        List<byte[]> path = MerkleProofs.inclusion(nodes, index, start, end);
                        assertThat(MerkleProofs.includes(index, start, end, tree.leaf(index), path, part)).isTrue();
                    }
                }
            }
        }
    }

    @Test
    void the_frontier_of_any_size_is_found_from_the_nodes() {
        for (int size = 0; size <= SIZE; size++) {
            Frontier frontier = MerkleProofs.frontier(nodes, size);
            assertThat(frontier.size()).isEqualTo(size);
            assertThat(frontier.encoded()).isEqualTo(tree.perfectRoots(size));
        }
    }

    @Test
    void sizes_near_the_largest_long_do_not_confuse_the_verifier() {
        byte[] any = tree.leaf(0);
        List<byte[]> path = new ArrayList<>();
        for (int i = 0; i < 64; i++) {
            path.add(any);
            assertThat(MerkleProofs.includes(Long.MAX_VALUE - 1, Long.MAX_VALUE, any, path, any)).isFalse();
            assertThat(MerkleProofs.includes(0, Long.MAX_VALUE, any, path, any)).isFalse();
            assertThat(MerkleProofs.consistent(Long.MAX_VALUE - 1, Long.MAX_VALUE, any, any, path)).isFalse();
            assertThat(MerkleProofs.consistent(1, Long.MAX_VALUE, any, any, path)).isFalse();
        }
    }

    @Test
    void a_proof_that_cannot_exist_is_refused() {
        assertThatThrownBy(() -> MerkleProofs.inclusion(nodes, 5, 5)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> MerkleProofs.inclusion(nodes, -1, 5)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> MerkleProofs.consistency(nodes, 0, 5)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> MerkleProofs.consistency(nodes, 6, 5)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> MerkleProofs.consistency(nodes, 2, 6, 8)).isInstanceOf(IllegalArgumentException.class);
    }

    /** The proof with one bit turned, one hash dropped, doubled, or two swapped. */
    private List<byte[]> broken(List<byte[]> proof) {
        List<byte[]> broken = new ArrayList<>(proof);
        int place = random.nextInt(proof.size());
        switch (random.nextInt(3)) {
            case 0 -> {
                byte[] turned = broken.get(place).clone();
                turned[random.nextInt(turned.length)] ^= (byte) (1 << random.nextInt(8));
                broken.set(place, turned);
            }
            case 1 -> broken.remove(place);
            default -> broken.add(place, broken.get(place));
        }
        return broken;
    }
}
