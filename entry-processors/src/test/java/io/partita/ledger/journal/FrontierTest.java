package io.partita.ledger.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

class FrontierTest {

    private final NaiveTree tree = NaiveTree.random(700, 1);

    @Test
    void the_empty_log_has_the_hash_of_nothing_as_its_root() {
        assertThat(HexFormat.of().formatHex(Frontier.empty().root()))
                .isEqualTo("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
        assertThat(Frontier.empty().encoded()).isEmpty();
    }

    @Test
    void every_size_has_the_root_of_the_naive_tree() {
        Frontier frontier = Frontier.empty();
        for (int size = 0; size < tree.size(); size++) {
            assertThat(frontier.root()).isEqualTo(tree.root(0, size));
            assertThat(frontier.size()).isEqualTo(size);
            frontier.append(tree.leaf(size));
        }
    }

    @Test
    void a_frontier_is_the_roots_of_the_perfect_subtrees_and_can_be_kept_and_continued_at_any_size() {
        for (int stop : List.of(0, 1, 2, 3, 7, 8, 100, 255, 256, 257, 511)) {
            Frontier first = Frontier.empty();
            for (int i = 0; i < stop; i++) {
                first.append(tree.leaf(i));
            }
            assertThat(first.encoded()).isEqualTo(tree.perfectRoots(stop));
            Frontier second = Frontier.of(stop, first.encoded());
            Frontier third = second.copy();
            for (int i = stop; i < tree.size(); i++) {
                second.append(tree.leaf(i));
            }
            assertThat(second.root()).isEqualTo(tree.root(0, tree.size()));
            assertThat(third.root()).as("a copy stays what it was").isEqualTo(tree.root(0, stop));
        }
    }

    @Test
    void whole_subtrees_can_be_appended_where_they_fit() {
        Frontier frontier = Frontier.empty();
        frontier.appendSubtree(9, tree.root(0, 512), 0);
        frontier.appendSubtree(7, tree.root(512, 640), 0);
        frontier.append(tree.leaf(640));
        assertThat(frontier.root()).isEqualTo(tree.root(0, 641));
        assertThatThrownBy(() -> frontier.appendSubtree(1, tree.leaf(0), 0)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void a_size_that_does_not_belong_to_the_roots_is_refused() {
        assertThatThrownBy(() -> Frontier.of(3, new byte[32])).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Frontier.of(-1, new byte[0])).isInstanceOf(IllegalArgumentException.class);
    }
}
