package io.partita.member.drill.check;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Against the definitions of RFC 6962, section 2.1, taken literally. */
class MerkleLogTest {

    private static final int LEAVES = 40;

    private static byte[] leaf(int index) {
        return MerkleLog.leaf(new byte[] {(byte) index});
    }

    private static MerkleLog log(int from, int to) {
        MerkleLog log = new MerkleLog();
        for (int i = from; i < to; i++) {
            log.append(leaf(i));
        }
        return log;
    }

    private static int split(int count) {
        return Integer.highestOneBit(count - 1);
    }

    private static List<byte[]> path(int index, int from, int to) {
        if (to - from == 1) {
            return new ArrayList<>();
        }
        int middle = from + split(to - from);
        List<byte[]> path = index < middle ? path(index, from, middle) : path(index, middle, to);
        path.add(index < middle ? log(middle, to).root() : log(from, middle).root());
        return path;
    }

    private static List<byte[]> proof(int first, int from, int to, boolean known) {
        if (first == to - from) {
            return known ? new ArrayList<>() : new ArrayList<>(List.of(log(from, to).root()));
        }
        int middle = split(to - from);
        List<byte[]> proof = first <= middle ? proof(first, from, from + middle, known) : proof(first - middle, from + middle, to, false);
        proof.add(first <= middle ? log(from + middle, to).root() : log(from, from + middle).root());
        return proof;
    }

    @Test
    void the_root_is_that_of_the_published_test_vectors() {
        MerkleLog log = new MerkleLog();
        for (String entry : List.of("", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f")) {
            log.append(MerkleLog.leaf(HexFormat.of().parseHex(entry)));
        }
        assertThat(HexFormat.of().formatHex(log.root())).isEqualTo("5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328");
    }

    @Test
    void a_path_leads_from_its_leaf_to_the_root_and_from_no_other() {
        for (int size = 1; size <= LEAVES; size++) {
            byte[] root = log(0, size).root();
            for (int index = 0; index < size; index++) {
                List<byte[]> path = path(index, 0, size);
                assertThat(MerkleLog.includes(index, size, leaf(index), path, root)).isTrue();
                assertThat(MerkleLog.includes(index, size, leaf(index + 1), path, root)).isFalse();
                assertThat(MerkleLog.includes(index + 1, size, leaf(index), path, root)).isFalse();
                assertThat(MerkleLog.includes(index, size, leaf(index), path, log(0, size + 1).root())).isFalse();
                path.add(root);
                assertThat(MerkleLog.includes(index, size, leaf(index), path, root)).isFalse();
            }
        }
    }

    @Test
    void a_log_continues_what_it_began_with_and_nothing_else() {
        for (int second = 1; second <= LEAVES; second++) {
            byte[] late = log(0, second).root();
            for (int first = 1; first <= second; first++) {
                byte[] early = log(0, first).root();
                List<byte[]> proof = proof(first, 0, second, true);
                assertThat(MerkleLog.continues(first, second, early, late, proof)).as("%d to %d", first, second).isTrue();
                byte[] other = early.clone();
                other[3] ^= 1;
                assertThat(MerkleLog.continues(first, second, other, late, proof)).isFalse();
                assertThat(MerkleLog.continues(first, second, early, other, proof)).isFalse();
                if (!proof.isEmpty()) {
                    proof.getLast()[0] ^= 1;
                    assertThat(MerkleLog.continues(first, second, early, late, proof)).isFalse();
                    assertThat(MerkleLog.continues(first, second, early, late, proof.subList(0, proof.size() - 1))).isFalse();
                }
            }
        }
        assertThat(MerkleLog.continues(0, 5, leaf(0), leaf(0), Arrays.asList(leaf(1)))).isFalse();
    }
}
