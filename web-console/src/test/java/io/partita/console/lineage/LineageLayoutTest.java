package io.partita.console.lineage;

import static org.assertj.core.api.Assertions.assertThat;

import io.partita.console.lineage.LineageApi.Edge;
import io.partita.console.lineage.LineageApi.Kind;
import io.partita.console.lineage.LineageApi.Lineage;
import io.partita.console.lineage.LineageApi.Node;
import io.partita.console.lineage.LineageLayout.Box;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class LineageLayoutTest {

    private static Lineage lineage(String nodes, String... edges) {
        return new Lineage("", "", nodes.chars().mapToObj(each -> new Node(String.valueOf((char) each), Kind.TRANSFER, "", "", null, null)).toList(),
                Stream.of(edges).map(edge -> new Edge(edge.substring(0, 1), edge.substring(1), "")).toList(), List.of());
    }

    private static Box box(LineageLayout layout, String key) {
        return layout.boxes().stream().filter(box -> box.node().key().equals(key)).findFirst().orElseThrow();
    }

    @Test
    void what_came_later_stands_right_of_all_that_led_to_it() {
        LineageLayout layout = LineageLayout.of(lineage("abcd", "ab", "bc", "ad", "cd"));
        assertThat(List.of(box(layout, "a").column(), box(layout, "b").column(), box(layout, "c").column(), box(layout, "d").column())).containsExactly(0, 1, 2, 3);
        assertThat(box(layout, "d").x() + LineageLayout.BOX_WIDTH).isLessThan(layout.width());
    }

    @Test
    void boxes_of_a_column_do_not_overlap_and_stand_as_what_leads_to_them_does() {
        LineageLayout layout = LineageLayout.of(lineage("abdc", "ac", "bd"));
        assertThat(box(layout, "a").y() + LineageLayout.BOX_HEIGHT).isLessThan(box(layout, "b").y());
        assertThat(box(layout, "c").y()).isLessThan(box(layout, "d").y());
        assertThat(layout.boxes()).allSatisfy(box -> assertThat(box.y() + LineageLayout.BOX_HEIGHT).isLessThanOrEqualTo(layout.height()));
    }

    @Test
    void a_circle_ends_and_nothing_is_drawn_of_nothing() {
        assertThat(LineageLayout.of(lineage("ab", "ab", "ba")).boxes()).hasSize(2);
        assertThat(LineageLayout.of(lineage("")).boxes()).isEmpty();
    }
}
